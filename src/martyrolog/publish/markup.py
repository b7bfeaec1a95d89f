"""Pieces of pages that are made hundreds of thousands of times: in Python, not in a template.

Always holds: every value passes ``escape`` here, as it does in the templates; nothing else in
publishing makes markup out of text.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from markupsafe import Markup, escape

from martyrolog.publish.content import script_language
from martyrolog.publish.site import Entry


@cache
def person_line(entry: Entry, home: str) -> Markup:
    """A person as a line of a list; made once for all pages of one depth.

    Args:
        entry: The person.
        home: The way from the page to the root of its language.
    """
    line = (
        f'<a href="{escape(home + entry.page)}" lang="{escape(entry.language)}">'
        f"<bdi>{escape(entry.name)}</bdi></a>"
    )
    if entry.other_name:
        line += (
            f' <span class="other" lang="{escape(entry.other_language)}">'
            f"<bdi>{escape(entry.other_name)}</bdi></span>"
        )
    if entry.years:
        line += f' <span class="years">{escape(entry.years)}</span>'
    return Markup(line)  # noqa: S704 - escaped above


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
    return Markup(  # noqa: S704 - escaped within
        "".join(
            f' <a class="ref" href="#source-{number}" aria-label="{escape(label)} {number}">'
            f"{number}</a>"
            for number in numbers
        )
    )


def cell_items(cells: Iterable[tuple[str, str]]) -> Markup:
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
