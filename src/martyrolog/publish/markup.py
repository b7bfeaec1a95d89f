"""Pieces of pages that are made hundreds of thousands of times: in Python, not in a template.

Always holds: every value passes ``escape`` here, as it does in the templates; nothing else in
publishing makes markup out of text.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup
from markupsafe import escape as escape_anew

from martyrolog.publish.content import script_language
from martyrolog.publish.site import Entry
from martyrolog.publish.voice import Voice


@lru_cache(maxsize=65_536)  # labels and headings come again on every page
def escape(text: str) -> str:
    """The text as it stands in a page."""
    return str(escape_anew(text))


@cache
def person_line(entry: Entry, home: str) -> Markup:
    """A person as a line of a list; made once for all pages of one depth.

    Args:
        entry: The person.
        home: The way from the page to the root of its language.
    """
    return written_line(entry.name, entry.language, entry, home)


@cache
def release_mark(what: str, instead: Markup = Markup()) -> Markup:  # noqa: B008 - unchanging
    """A place that ``static/release.css`` fills, so that a new release leaves the page as it is.

    Args:
        what: ``id``, ``day`` or ``hash`` of the release.
        instead: What stands there where there is no style sheet.
    """
    return Markup('<span class="release-{}">{}</span>').format(what, instead)


def cite_page(voice: Voice, title: str, archive: str, path: str, home: str) -> Markup:
    """How to cite a page: its title, the archive, the release and the way to the page.

    Args:
        voice: The language.
        title: Title of the page.
        archive: Title of the archive.
        path: The page, from the root of its language.
        home: The way from the page to that root, where the release is told without a style sheet.
    """
    return Markup(  # noqa: S704 - a text of the catalogue, the rest escaped here
        voice.texts["cite_page"].format(
            title=escape(title), archive=escape(archive), path=escape(path),
            release=release_mark("id", _about(voice, home)), date=release_mark("day"),
        )
    )  # fmt: skip


@cache
def _about(voice: Voice, home: str) -> Markup:
    return Markup('<a href="{}about/index.html">{}</a>').format(home, voice.t("cite_release"))


def person_items(entries: Iterable[Entry], home: str) -> Markup:
    """Persons as the items of a list."""
    items = (f"<li>{person_line(entry, home)}</li>\n" for entry in entries)
    return Markup("".join(items))  # noqa: S704 - escaped by person_line


def references(numbers: Sequence[int], label: str) -> Markup:
    """Links to the sources of a page.

    Args:
        numbers: Numbers of the sources.
        label: What a screen reader says before the number.
    """
    return _references(tuple(numbers), label)


@lru_cache(maxsize=4096)  # nearly all are [1] or [1, 2]
def _references(numbers: tuple[int, ...], label: str) -> Markup:
    return Markup(  # noqa: S704 - escaped within
        "".join(
            f' <a class="ref" href="#source-{number}" aria-label="{escape(label)} {number}">'
            f"{number}</a>"
            for number in numbers
        )
    )


@lru_cache(maxsize=1024)  # the same in each language
def cell_items(cells: tuple[tuple[str, str], ...]) -> Markup:
    """The cells of a verbatim row, heading and text."""
    return Markup(  # noqa: S704 - escaped within
        "".join(
            f'<div><dt lang="{script_language(heading)}"><bdi>{escape(heading)}</bdi></dt>'
            f'<dd lang="{script_language(text)}"><bdi>{escape(text)}</bdi></dd></div>\n'
            for heading, text in cells
        )
    )


def written_line(name: str, language: str, entry: Entry, home: str) -> Markup:
    """A line of the alphabetical index: the name as it is spelt there, then the other one."""
    line = (
        f'<a href="{escape(home + entry.page)}" lang="{escape(language)}">'
        f"<bdi>{escape(name)}</bdi></a>"
    )
    other, other_language = entry.name, entry.language
    if other == name:
        other, other_language = entry.other_name, entry.other_language
    if other:
        line += (
            f' <span class="other" lang="{escape(other_language)}">'
            f"<bdi>{escape(other)}</bdi></span>"
        )
    if entry.years:
        line += f' <span class="years">{escape(entry.years)}</span>'
    return Markup(line)  # noqa: S704 - escaped above


def fact_items(facts: Iterable[Mapping[str, Any]], voice: Voice, home: str) -> Markup:
    """What the lists say of a person, field by field; the preferred statement first.

    Args:
        facts: Label, page of the group that the value belongs to, and statements of each field.
        voice: The language.
        home: The way from the page to the root of its language.
    """
    return Markup(  # noqa: S704 - escaped within
        "".join(
            f"<div><dt>{escape(fact['label'])}</dt>\n{_statements(fact, voice, home)}</div>\n"
            for fact in facts
        )
    )


def _statements(fact: Mapping[str, Any], voice: Voice, home: str) -> str:
    first, *others = fact["statements"]
    if fact["page"]:
        value = (
            f'<a class="group" href="{escape(home + fact["page"])}"'
            f' lang="{escape(first["language"])}"><bdi>{escape(first["text"])}</bdi></a>'
        )
    else:
        value = f'<bdi lang="{escape(first["language"])}">{escape(first["text"])}</bdi>'
    why = ""
    if others and first["preference"]:
        reason = voice.t("shown_first", reason=first["preference"])
        why = f' <span class="why">{escape(reason)}</span>'
    contradicting = "".join(
        f'<dd class="conflict"><span class="also">{escape(voice.t("also"))} </span>'
        f'<bdi lang="{escape(said["language"])}">{escape(said["text"])}</bdi>'
        f"{_backing(said, voice)}</dd>\n"
        for said in others
    )
    return f"<dd>{value}{_backing(first, voice)}{why}</dd>\n{contradicting}"


def _backing(said: Mapping[str, Any], voice: Voice) -> str:
    """The sources of a statement, who corrected it by hand, and that it was not verified."""
    backing = str(references(said["numbers"], voice.t("reference")))
    if said["author"]:
        corrected = escape(voice.t("corrected_by", author=said["author"]))
        backing += f' <span class="why">{corrected}</span>'
    if not said["verified"]:
        backing += f' <span class="mark">{escape(voice.t("not_verified"))}</span>'
    return backing
