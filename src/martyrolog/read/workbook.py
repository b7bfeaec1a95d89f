"""Excel workbooks (xlsx): the sheets as rows of cells.

Formulas are never computed: a cell has the value that was stored with it. A value merged over
several rows belongs to each of them. Before a workbook is opened it is unpacked once in small
pieces, to nowhere, and refused where it grows beyond bounds (a zip bomb).
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from martyrolog.errors import ListError
from martyrolog.read.heading import Cells

MAX_UNPACKED = 1_500_000_000
"""Bytes that a workbook may unpack to."""

MAX_RATIO = 200
"""How many times its packed size a part of a workbook beyond 10 MB may unpack to."""

MAX_CELLS_OF_SHEET = 60_000_000
"""Cells in the rectangle of a sheet: a single cell far out makes all those before it be held."""

_PIECE = 1 << 20
_SMALL = 10_000_000


def open_workbook(path: Path, *, list_id: str) -> CalamineWorkbook:
    """Open a workbook after its unpacked size has been bounded.

    Raises:
        ListError: no workbook, damaged, protected by a password, or grows beyond bounds.
    """
    _bound_unpacked_size(path, list_id)
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError as problem:
        raise ListError("read.workbook_password", list_id=list_id, file=path.name) from problem
    except (CalamineError, OSError, ValueError) as problem:
        raise _damaged(path, list_id, problem) from problem


def _damaged(path: Path, list_id: str, problem: object) -> ListError:
    return ListError(
        "read.workbook_damaged",
        list_id=list_id,
        file=path.name,
        why=" ".join(str(problem).split())[:200],
    )


def _bound_unpacked_size(path: Path, list_id: str) -> None:
    total = 0
    try:
        with zipfile.ZipFile(path) as packed:
            _refuse_other_formats(packed)
            for part in packed.infolist():
                total += _unpacked_size(packed, part, MAX_UNPACKED - total)
    except _TooLargeError as problem:
        raise ListError(
            "read.workbook_bomb", list_id=list_id, file=path.name, part=str(problem)[:80]
        ) from problem
    except (*_DAMAGES, RuntimeError, NotImplementedError, ValueError) as problem:
        raise _damaged(path, list_id, problem) from problem


_DAMAGES = (zipfile.BadZipFile, zlib.error, OSError, EOFError)


def _refuse_other_formats(packed: zipfile.ZipFile) -> None:
    # calamine would open these as well, and their sheets are not bounded below
    names = {name.lower() for name in packed.namelist()}
    if "xl/workbook.xml" not in names or names & {"content.xml", "xl/workbook.bin"}:
        raise zipfile.BadZipFile("no xlsx workbook")


class _TooLargeError(Exception):
    """A part of the workbook grows beyond bounds."""


def _unpacked_size(packed: zipfile.ZipFile, part: zipfile.ZipInfo, bound: int) -> int:
    # the size that the archive claims may lie: count what really comes out
    size = 0
    extent = _Extent()
    tail = b""
    with packed.open(part) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            tail = extent.take(tail + piece)
            greedy = size > _SMALL and size > MAX_RATIO * max(part.compress_size, 1)
            if size > bound or greedy or len(tail) > _PIECE or extent.cells > MAX_CELLS_OF_SHEET:
                raise _TooLargeError(part.filename)
    return size


_FILLED = re.compile(rb"<(?:[\w.-]+:)?(row|c)(\s(?:[^>]*[^/>])?)?>")
_PLACE = re.compile(rb"""\sr\s*=\s*["']\s*\$?([A-Za-z]*)\$?([0-9]*)""")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class _Extent:
    """The rectangle of a sheet's filled cells: what opening it will ask for in memory."""

    def __init__(self) -> None:
        self._row = self._column = 0
        self._first: tuple[int, int] | None = None
        self._last = (0, 0)
        self.cells = 0

    def take(self, markup: bytes) -> bytes:
        """Widen the rectangle by the cells of some markup; give back its unfinished end."""
        for kind, attributes in _FILLED.findall(markup):
            place = _PLACE.search(attributes)
            letters, digits = place.groups() if place else (b"", b"")
            self._row = int(digits) if digits else self._row + (kind == b"row")
            self._column = 0 if kind == b"row" else _column_number(letters) or self._column + 1
            if kind == b"c":
                self._widen()
        begin = markup.rfind(b"<")
        return markup[begin:] if begin > markup.rfind(b">") else b""

    def _widen(self) -> None:
        if self._row > _LAST_ROW or self._column > _LAST_COLUMN:
            self.cells = MAX_CELLS_OF_SHEET + 1
            return
        first = self._first or (self._row, self._column)
        self._first = (min(first[0], self._row), min(first[1], self._column))
        self._last = (max(self._last[0], self._row), max(self._last[1], self._column))
        rows, columns = (
            last - begin + 1 for begin, last in zip(self._first, self._last, strict=True)
        )
        self.cells = max(self.cells, rows * columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def sheet_cells(
    path: Path, sheets: Sequence[str], *, list_id: str
) -> Iterator[tuple[str, Iterator[Cells]]]:
    """Each sheet's name and its rows with their numbers, counted as Excel counts them.

    Args:
        path: The workbook.
        sheets: Names of the sheets to read; all of them where empty.
        list_id: List for messages.

    Raises:
        ListError: the workbook cannot be read or lacks a sheet.
    """
    book = open_workbook(path, list_id=list_id)
    for name in sheets:
        if name not in book.sheet_names:
            raise ListError(
                "read.no_such_sheet",
                list_id=list_id,
                file=path.name,
                sheet=name,
                known=", ".join(book.sheet_names),
            )
    for name in sheets or book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except CalamineError as problem:
            raise _damaged(path, list_id, problem) from problem
        yield name, _cells(sheet, lambda problem: _damaged(path, list_id, problem))


def _cells(sheet: CalamineSheet, damaged: Callable[[object], ListError]) -> Iterator[Cells]:
    if sheet.start is None or sheet.height == 0:
        return
    _, first_column = sheet.start
    merged = _merged_down(sheet)
    held: dict[int, tuple[int, str]] = {}
    try:
        for row, values in enumerate(sheet.iter_rows()):
            cells = [_cell(value) for value in values]
            _fill_merged(cells, row, first_column, merged, held)
            yield row + 1, cells
    except CalamineError as problem:
        raise damaged(problem) from problem


def _merged_down(sheet: CalamineSheet) -> dict[tuple[int, int], int]:
    """Cell (row, column) to the last row that it is merged over, for cells merged over rows."""
    ranges = sheet.merged_cell_ranges or []
    return {(top, left): bottom for (top, left), (bottom, _) in ranges if bottom > top}


def _fill_merged(
    cells: list[str],
    row: int,
    first_column: int,
    merged: dict[tuple[int, int], int],
    held: dict[int, tuple[int, str]],
) -> None:
    if not merged:
        return
    for place, cell in enumerate(cells):
        column = place + first_column
        if (row, column) in merged:
            held[column] = (merged[row, column], cell)
        elif not cell and column in held and row <= held[column][0]:
            cells[place] = held[column][1]


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""
