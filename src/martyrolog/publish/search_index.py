"""The search index of the site: small files that the page loads by the sound of a name.

Every person stands under the folded keys of each surname and other name that a list gives. The rows
are cut into shards by the beginning of the key, each at most ``LARGEST`` bytes where one key is not
longer by itself; a second set of shards leads from misspelt beginnings to keys (deletion
neighbourhoods of the first letters: Garbe, SymSpell). Each shard is a script that calls
``martyrologSearch.add``, so that it loads from the file system too. Nothing here is not on a page.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from martyrolog.names import fold_many
from martyrolog.publish.content import Content, Row
from martyrolog.publish.paths import person_page
from martyrolog.publish.site import Site

LARGEST = 20_000  # bytes of a shard before it is cut by a further letter
END = "0"  # stands after the last letter of a key, so that a short key can have a shard of its own
LONGEST_BEGINNING = 24  # letters in the name of a shard: file names have an end
TYPO_LETTERS = 6  # letters at the beginning of a key within which a misspelling is looked for
NAME_FIELDS = {"surname": "surname", "other_names": "surname", "given_name": "given_name",
               "patronymic": "patronymic"}  # fmt: skip
"""Fields that hold names, and what each is searched as."""
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class SearchRow:
    """A person as search knows it.

    Attributes:
        surnames: Folded keys of every surname and other name.
        given_names: Folded keys of the given names.
        patronymics: Folded keys of the patronymics.
        birth_year: Year, '' where it is not known; so ``death_year``.
    """

    person_id: str
    name_cyrillic: str
    name_latin: str
    birth_year: str
    death_year: str
    surnames: Sequence[str]
    given_names: Sequence[str]
    patronymics: Sequence[str]


def search_rows(content: Content, persons: Iterable[Row]) -> list[SearchRow]:
    """Persons with the keys under which they are found, in their order."""
    rows = {row["person_id"]: row for row in persons}
    words = name_words(content, rows)
    keys = {"surname": _keys(words, "surname", surname=True),
            "given_name": _keys(words, "given_name", surname=False),
            "patronymic": _keys(words, "patronymic", surname=False)}  # fmt: skip
    return [
        SearchRow(
            person_id, person["name_cyrillic"] or "", person["name_latin"],
            _year(person["birth_date"]), _year(person["death_date"]),
            *(_distinct(keys[kind], words[kind].get(person_id, ())) for kind in keys),
        )
        for person_id, person in rows.items()
    ]  # fmt: skip


def name_words(
    content: Content, persons: Mapping[str, Row]
) -> Mapping[str, Mapping[str, list[str]]]:
    """Words of the surnames, given names and patronymics of each person, from every list."""
    found: dict[str, defaultdict[str, list[str]]] = {
        kind: defaultdict(list) for kind in ("surname", "given_name", "patronymic")
    }
    for person_id, person in persons.items():
        for name, kind in NAME_FIELDS.items():
            found[kind][person_id] += _WORD.findall(person[name] or "")
    for name, kind in NAME_FIELDS.items():
        for row in content.of("statement", "field", name):
            if row["person_id"] in persons:
                found[kind][row["person_id"]] += _WORD.findall(row["value"])
    return found


def _keys(
    words: Mapping[str, Mapping[str, list[str]]], kind: str, *, surname: bool
) -> dict[str, tuple[str, ...]]:
    distinct = sorted({word for found in words[kind].values() for word in found})
    folded = fold_many(distinct, kind="surname" if surname else "any")
    return dict(zip(distinct, folded, strict=True))


def _distinct(keys: Mapping[str, tuple[str, ...]], words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(key for word in words for key in keys[word]))


def _year(edtf: str | None) -> str:
    found = _YEAR.search(edtf or "")
    return found[0] if found else ""


def make_shards(site: Site) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of the index."""
    rows = search_rows(site.content, site.content.persons.values())
    names: defaultdict[str, list[str]] = defaultdict(list)
    for place, row in enumerate(rows):
        text = _row_text(row, place)
        for key in row.surnames:
            names[key].append(text)
    name_shards = _cut({key: sum(map(len, texts)) for key, texts in names.items()})
    typos = _typos(names)
    typo_shards = _cut(
        {start: sum(map(len, keys)) + 8 * len(keys) for start, keys in typos.items()}
    )
    for shard, keys in name_shards.items():
        texts = dict.fromkeys(text for key in sorted(keys) for text in names[key])
        yield _file("names", shard, "[" + ",\n".join(texts) + "]")
    for shard, starts in typo_shards.items():
        found = {start: " ".join(sorted(typos[start])) for start in sorted(starts)}
        yield _file("typos", shard, _script_safe(json.dumps(found, separators=(",", ":"))))
    listed = json.dumps(
        {"names": list(name_shards), "typos": list(typo_shards)}, separators=(",", ":")
    )
    yield "search/shards.js", f"var martyrologShards={listed};\n".encode()


def _row_text(row: SearchRow, place: int) -> str:
    value = [
        person_page(row.person_id).split("/", 1)[1].removesuffix("/index.html"),
        row.name_cyrillic, row.name_latin, row.birth_year, row.death_year,
        " ".join(row.surnames), " ".join(row.given_names), " ".join(row.patronymics),
        place,
    ]  # fmt: skip
    return _script_safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _script_safe(text: str) -> str:
    """JSON that is the same as a script: nothing ends a script element or a line."""
    for letter in "<>&\u2028\u2029\ufeff":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


def _file(kind: str, shard: str, content: str) -> tuple[str, bytes]:
    return (
        f"search/{kind}-{shard}.js",
        f'martyrologSearch.add("{kind}-{shard}",{content});\n'.encode(),
    )


def _cut(sizes: Mapping[str, int]) -> dict[str, list[str]]:
    """Keys by the shortest beginnings that keep each shard small, sorted."""
    shards: dict[str, list[str]] = {}

    def cut(beginning: str, keys: list[str]) -> None:
        total = sum(sizes[key] for key in keys)
        small = total <= LARGEST and beginning
        if len(keys) == 1 or small or len(beginning) == LONGEST_BEGINNING:
            shards[beginning] = keys
            return
        parts: defaultdict[str, list[str]] = defaultdict(list)
        for key in keys:
            parts[(key + END)[: len(beginning) + 1]].append(key)
        for part in sorted(parts):
            cut(part, parts[part])

    if sizes:
        cut("", sorted(sizes))
    return {beginning or END: keys for beginning, keys in sorted(shards.items())}


def _typos(names: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """Keys by their first letters, whole and with any one of them left out."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key in names:
        for start in beginnings(key):
            found[start].add(key)
    return found


def beginnings(key: str) -> list[str]:
    """The first letters of a key, whole and with any one of them left out."""
    first = key[:TYPO_LETTERS]
    shorter = [first[:i] + first[i + 1 :] for i in range(len(first))] if len(first) > 1 else []
    return list(dict.fromkeys([first, *shorter]))
