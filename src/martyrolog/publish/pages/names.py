"""The alphabetical index: Cyrillic and Latin, split by letters until a page is short enough.

Every person stands under the name of each script, and under every other spelling of the surname
that a list gives («Jeschow, see Ежов»). A letter with more than ``LONGEST`` lines is split by the
second letter, then by the third. й follows и, ё stands with е.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from martyrolog.names import index_letter, script_of, to_latin
from martyrolog.publish.content import Row, collation
from martyrolog.publish.paths import letters_slug, page_name
from martyrolog.publish.site import Entry, Page, Site
from martyrolog.publish.voice import Voice

LONGEST = 250  # lines on a page before it is split by a further letter
DEEPEST = 3  # letters
Script = Literal["cyrillic", "latin"]
SCRIPTS: tuple[Script, ...] = ("cyrillic", "latin")


@dataclass(frozen=True)
class Line:
    """A name of the index: how it sorts and is shown, whose it is; ``see``: another spelling."""

    key: tuple[str, str]
    prefix: str
    name: str
    person_id: str
    see: bool


def make_pages(site: Site, voice: Voice) -> Iterator[Page]:
    """The first page of the index and the pages of the letters."""
    lists = sorted(site.content.lists)
    alphabets = []
    for script in SCRIPTS:
        letters = _split(index_lines(site, script), 1)
        alphabets.append(
            {
                "title": voice.t(f"index_{script}"),
                "lang": "ru" if script == "cyrillic" else "en",
                "letters": [
                    (letter, _letters_page(script, letter), len(lines)) for letter, lines in letters
                ],
            }
        )
        for letter, lines in letters:
            yield from _letter(site, voice, script, letter, lines)
    yield Page("names/index.html", "names.html", voice.t("index"), {
        "alphabets": [a for a in alphabets if a["letters"]], "persons": len(site.content.persons),
    }, lists=lists)  # fmt: skip


@lru_cache(maxsize=4)
def index_lines(site: Site, script: Script) -> list[Line]:
    """All lines of the index in one script, sorted."""
    lines = []
    for person_id, person in site.content.persons.items():
        own = person["name_cyrillic"] if script == "cyrillic" else person["name_latin"]
        if own:
            lines.append(_line(own, script, person_id, see=False))
        lines += [
            _line(name, script, person_id, see=True)
            for name in _other_spellings(site, person, own or "", script)
        ]
    return sorted(
        lines, key=lambda line: (line.key, line.see, site.content.position[line.person_id])
    )


def _other_spellings(site: Site, person: Row, own: str, script: Script) -> list[str]:
    """Surnames and other names in this script under which nobody would look for the own name."""
    said = {
        name
        for row in site.content.of("statement", "person_id", person["person_id"])
        if row["field"] in ("surname", "other_names")
        for name in row["value"].split("; ")
        if name != person["surname"] and script_of(name) == script
    }
    known = {collation(own, script)[0].split(" ")[0]} if said else set()
    found = []
    for name in sorted(said):
        first = collation(name, script)[0].split(" ")[0]
        if first not in known:
            known.add(first)
            found.append(name)
    return found


def _line(name: str, script: Script, person_id: str, *, see: bool) -> Line:
    plain = to_latin(name) if script == "latin" else name
    letters = [letter for letter in plain if letter.isalpha()][1:DEEPEST]
    following = "".join(_letter_of(letter, script) for letter in letters).lower().replace("#", "")
    prefix = index_letter(name, script) + following
    return Line(collation(name, script), prefix, name, person_id, see)


_letter_of = cache(index_letter)


def _split(lines: Sequence[Line], length: int) -> list[tuple[str, list[Line]]]:
    """Lines by the first letters, in the order of the alphabet."""
    parts: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        parts[line.prefix[:length]].append(line)
    return sorted(parts.items(), key=lambda part: (part[0][:1] == "#", part[1][0].key))


def _letters_page(script: str, letters: str, number: int = 1) -> str:
    return f"names/{script}/{letters_slug(letters)}/{page_name(number)}"


def _letter(site: Site, voice: Voice, script: Any, letters: str,
            lines: Sequence[Line]) -> Iterator[Page]:  # fmt: skip
    parts = _split(lines, len(letters) + 1)
    if len(lines) > LONGEST and len(letters) < DEEPEST and len(parts) > 1:
        short = dict(parts).get(letters, [])  # names no longer than the letters stay on this page
        below = [(part, found) for part, found in parts if part != letters]
        links = [(part, _letters_page(script, part), len(found)) for part, found in below]
        yield _page(site, voice, script, letters, 1, 1, links, short)
        for part, found in below:
            yield from _letter(site, voice, script, part, found)
        return
    count = -(-len(lines) // LONGEST)
    for number in range(1, count + 1):
        shown = lines[(number - 1) * LONGEST : number * LONGEST]
        yield _page(site, voice, script, letters, number, count, (), shown)


def _page(site: Site, voice: Voice, script: str, letters: str, number: int, count: int,
          links: Sequence[Any], lines: Sequence[Line]) -> Page:  # fmt: skip
    shown: list[tuple[Line, Entry]] = [(line, site.entry(line.person_id, voice)) for line in lines]
    above = [letters[:length] for length in range(1, len(letters))]
    return Page(
        _letters_page(script, letters, number), "letters.html",
        voice.t("index_of", letters=letters if number == 1 else f"{letters} ({number})"),
        {"letters": letters, "lang": "ru" if script == "cyrillic" else "en", "links": links,
         "lines": shown, "above": [(part, _letters_page(script, part)) for part in above],
         "pager": pager(count, number)},
        lists=sorted(site.content.lists),
    )  # fmt: skip


def pager(count: int, number: int) -> list[tuple[int, str, bool]]:
    """Number, file name and whether it is the present one, of each page of a long list."""
    return [(n, page_name(n), n == number) for n in range(1, count + 1)] if count > 1 else []
