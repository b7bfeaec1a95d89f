"""HTML pages: rows of their tables, or elements that are one entry each.

The parser loads nothing: no network, no DTD, no entities from outside, no huge trees. Markup never
goes further than this file: what comes out is the text of elements.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cssselect import SelectorError
from lxml import etree, html
from lxml.cssselect import CSSSelector

from martyrolog.errors import ListError
from martyrolog.read.heading import Cells, Known, rows_under_headings
from martyrolog.read.profile import Dialect, Html
from martyrolog.read.prose import MAX_ENTRY
from martyrolog.read.row import Row, cleaned, shown

_MAX_SPAN = 1_000


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page and where it comes from, for messages."""

    tree: html.HtmlElement
    file: str
    list_id: str


def parse_page(text: str, *, file: str, list_id: str) -> Page | None:
    """The page of an HTML text; None where it holds nothing.

    Raises:
        ListError: it is nested so deeply, or has a text so long, that the parser would drop some.
    """
    parser = html.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    content = shown(text).encode("utf-8")
    try:
        tree = html.document_fromstring(content, parser=parser) if content.strip() else None
    except etree.ParserError:
        return None
    for entry in parser.error_log:
        if entry.type_name in {"ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY", "ERR_INTERNAL_ERROR"}:
            raise ListError("read.html_limit", list_id=list_id, file=file, row=entry.line)
    if tree is None:
        return None
    etree.strip_elements(tree, "script", "style", "template", with_tail=False)
    return Page(tree, file, list_id)


def html_rows(page: Page, how: Html, dialect: Dialect, known: Known) -> Iterator[Row]:
    """The rows of a page, as entries where the profile names them, else as rows of its tables."""
    if how.entries:
        yield from _entries(page, how)
        return
    for number, table in enumerate(_select(page, how.tables, page.tree), start=1):
        yield from rows_under_headings(
            _table_cells(table),
            known=known,
            page=f"table {number}",
            header_row=dialect.header_row,
            headings=dialect.headings,
        )


@cache
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def _select(page: Page, selector: str, within: html.HtmlElement) -> list[html.HtmlElement]:
    try:
        found: Any = _compiled(selector)(within)
    except (SelectorError, RecursionError) as problem:
        raise ListError(
            "read.wrong_selector", list_id=page.list_id, selector=selector, why=str(problem)
        ) from problem
    return list(found)


_SPACE = re.compile("[ \t\r\n\f]+")
_LINE_BREAK = "\u2028"  # a line break in any text; the parser allows no control characters


def _text(element: html.HtmlElement) -> str:
    """The text of an element as a reader sees it: white space of the source is one space."""
    for line_break in element.iter("br"):
        line_break.text = _LINE_BREAK
    return _SPACE.sub(" ", "".join(element.itertext())).replace(_LINE_BREAK, "\n").strip()


def _entries(page: Page, how: Html) -> Iterator[Row]:
    wanted = {
        element: number
        for number, element in enumerate(_select(page, how.entries, page.tree), start=1)
    }
    contexts = _contexts(page, how.context)
    here = dict.fromkeys(how.context, "")
    for element in page.tree.iter(etree.Element):
        here.update(contexts.get(element, {}))
        if element in wanted:
            yield _entry(page, element, wanted[element], how, dict(here))


def _contexts(page: Page, selectors: Mapping[str, str]) -> dict[html.HtmlElement, dict[str, str]]:
    found: dict[html.HtmlElement, dict[str, str]] = {}
    for name, selector in selectors.items():
        path, _, attribute = selector.partition("@")
        for element in _select(page, path, page.tree):
            value = element.get(attribute, "") if attribute else _text(element)
            found.setdefault(element, {})[name] = cleaned(value)
    return found


def _entry(
    page: Page, element: html.HtmlElement, number: int, how: Html, context: dict[str, str]
) -> Row:
    text = _text(element)
    where = context.get(how.page) or None
    if len(text) > MAX_ENTRY:
        return Row(where, number, text=text, problem="read.oversize_cell", detail=str(len(text)))
    for name, selector in how.parts.items():
        found = _select(page, selector, element)
        context[name] = _text(found[0]) if found else ""
    return Row(where, number, text=text, context=context)


def _table_cells(table: html.HtmlElement) -> Iterator[Cells]:
    """The rows of one table, cells that span several rows or columns repeated or left empty."""
    held: dict[int, tuple[int, str]] = {}
    own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for number, row in enumerate(own, start=1):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _take_held(cells, held)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            text = _text(cell)
            if down > 1:
                held[len(cells)] = (down - 1, text)
            cells += [text] + [""] * (across - 1)
        _take_held(cells, held)
        yield number, cells


def _take_held(cells: list[str], held: dict[int, tuple[int, str]]) -> None:
    while len(cells) in held:
        left, text = held.pop(len(cells))
        if left > 1:
            held[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: html.HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(int(value), _MAX_SPAN) if value.isascii() and value.isdigit() and value != "0" else 1
