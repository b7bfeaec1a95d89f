"""Where the headings of a table stand, and its rows under them, each whole or with its problem.

Used by every format that has rows of cells (CSV, Excel, HTML tables). A row above the headings, a
row with more cells than headings, an oversize cell: each comes out as a row with a ``problem``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from martyrolog.read.row import MAX_CELL, MAX_CELLS, Row, named_headings, shown

_SEARCHED = 10
"""Rows among which the headings are looked for."""

Cells = tuple[int, Sequence[str]]
"""Number of the row in its file or sheet, and its cells."""

Known = Callable[[str], bool]
"""Whether a heading is one that the list's fields are known by."""


def rows_under_headings(
    numbered: Iterable[Cells],
    *,
    known: Known,
    page: str | None = None,
    header_row: int | None = None,
    headings: Sequence[str] = (),
) -> Iterator[Row]:
    """Rows of cells as rows with headings; rows without any content are no rows.

    Args:
        numbered: Rows in the order of the file.
        known: Tells which headings are known; the first of the first ten rows with two known
            headings holds them, else the first row does.
        page: Sheet or table.
        header_row: Which row that is not empty holds the headings, counted from 1.
        headings: Headings of a table that has none: then every row is a row of the list.
    """
    filled = ((number, cells) for number, cells in numbered if any(map(str.strip, cells)))
    if headings:
        yield from (
            _row(names_cells, page, named_headings(list(headings))) for names_cells in filled
        )
        return
    first = list(islice(filled, max(_SEARCHED, header_row or 0)))
    if not first:
        return
    position = _find_headings(first, known) if header_row is None else header_row - 1
    if position >= len(first):  # too few rows: none stands under the headings
        yield from (
            _unreadable(number, cells, page, "read.above_headings", str(header_row))
            for number, cells in first
        )
        return
    for number, cells in first[:position]:
        yield _unreadable(number, cells, page, "read.above_headings", str(first[position][0]))
    names = named_headings([shown(cell) for cell in _trimmed(first[position][1])])
    for each in chain(first[position + 1 :], filled):
        yield _row(each, page, names)


def _trimmed(cells: Sequence[str]) -> list[str]:
    """The cells without empty ones at the end."""
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _find_headings(first: Sequence[Cells], known: Known) -> int:
    for position, (_, cells) in enumerate(first):
        if sum(map(known, cells)) >= 2:
            return position
    return 0


def _row(each: Cells, page: str | None, headings: Sequence[str]) -> Row:
    number, cells = each
    kept = _trimmed(cells)
    if len(kept) > max(len(headings), 1):
        detail = f"{len(kept)} > {len(headings)}"
        return _unreadable(number, kept, page, "read.ragged_row", detail)
    if any(len(cell) > MAX_CELL for cell in kept):
        return _unreadable(
            number, kept, page, "read.oversize_cell", str(max(len(cell) for cell in kept))
        )
    padded = chain(kept, [""] * (len(headings) - len(kept)))
    return Row(page, number, dict(zip(headings, map(shown, padded), strict=True)))


def _unreadable(
    number: int, cells: Sequence[str], page: str | None, problem: str, detail: str
) -> Row:
    named = {f"column {place}": shown(cell) for place, cell in enumerate(cells, start=1)}
    if len(named) > MAX_CELLS:
        return Row(page, number, text=shown("\t".join(cells)), problem=problem, detail=detail)
    return Row(page, number, named, problem=problem, detail=detail)
