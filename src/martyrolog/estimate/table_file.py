"""A file of capture histories: a 0/1 column per list, ``count``, and perhaps columns of strata.

CSV in UTF-8 with commas, semicolons or tabs. Without ``count`` every row is one person. A column
that is neither a stratum nor holds 0 and 1 alone is refused by name, not guessed at.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from martyrolog.errors import EstimateError
from martyrolog.estimate.counts import CaptureCounts, make_counts

COUNT = "count"
MOST_ROWS = 2_000_000

csv.field_size_limit(1_000_000)


@dataclass(frozen=True)
class HistoryFile:
    """What a file says.

    Attributes:
        counts: All rows as one table.
        strata: Stratum (column to value) and its table, sorted by values; empty without strata.
            All have the same lists.
    """

    counts: CaptureCounts
    strata: tuple[tuple[Mapping[str, str], CaptureCounts], ...]


def read_histories(path: Path, *, strata: Sequence[str] = (), count: str = COUNT) -> HistoryFile:
    """Read and check a file of capture histories.

    Args:
        path: CSV file.
        strata: Columns whose values divide the rows.
        count: Column of the numbers of persons; where the file has no such column, each row is one.

    Raises:
        EstimateError: no such file, empty, not UTF-8, a row with too many or too few cells, no such
            column, a column without a name or with that of another, a cell that is neither 0 nor 1,
            a count that is no whole number.
    """
    columns, rows = _rows(path)
    for wanted in strata:
        if wanted not in columns:
            raise EstimateError("estimate.no_such_column", path=str(path), column=wanted,
                                known=", ".join(columns))  # fmt: skip
    lists = [name for name in columns if name not in strata and name != count]
    places = [columns.index(name) for name in lists]
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(rows):
        key = tuple(row[columns.index(name)] for name in strata)
        groups.setdefault(key, []).append(number)
    patterns = [[_number(row[place], number, columns[place]) for place in places]
                for number, row in enumerate(rows, 1)]  # fmt: skip
    numbers = _counts(columns, rows, count)
    whole = make_counts(patterns, numbers, lists)
    divided = []
    for key in sorted(groups) if strata else ():
        chosen = groups[key]
        if any(numbers[i] for i in chosen):
            table = make_counts([patterns[i] for i in chosen], [numbers[i] for i in chosen], lists)
            divided.append((dict(zip(strata, key, strict=True)), table))
    return HistoryFile(whole, tuple(divided))


def _rows(path: Path) -> tuple[list[str], list[list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as problem:
        raise EstimateError("estimate.no_file", path=str(path)) from problem
    except (OSError, ValueError) as problem:
        raise EstimateError("estimate.unreadable", path=str(path), why=str(problem)) from problem
    heading = text.split("\n", 1)[0]
    if not heading.strip():
        raise EstimateError("estimate.empty_file", path=str(path))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count))
    try:
        found = [[cell.strip() for cell in row] for row in reader if any(row)]
    except csv.Error as problem:
        raise EstimateError("estimate.unreadable", path=str(path), why=str(problem)) from problem
    columns, rows = found[0], found[1:]
    _check_columns(path, columns)
    if len(rows) > MOST_ROWS:
        raise EstimateError("estimate.over_rows", path=str(path), most=MOST_ROWS)
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            raise EstimateError("estimate.wrong_width", path=str(path), row=number, found=len(row),
                                expected=len(columns))  # fmt: skip
    return columns, rows


def _check_columns(path: Path, columns: list[str]) -> None:
    """Every column has a name, and one of its own: also ``count`` and columns of strata."""
    if "" in columns:
        raise EstimateError("estimate.nameless_column", path=str(path),
                            place=columns.index("") + 1)  # fmt: skip
    for name in columns:
        if columns.count(name) > 1:
            raise EstimateError("estimate.list_twice", list_id=name)


def _counts(columns: list[str], rows: list[list[str]], count: str) -> list[float]:
    if count not in columns:
        if count != COUNT:
            raise EstimateError("estimate.no_such_column", path="", column=count,
                                known=", ".join(columns))  # fmt: skip
        return [1.0] * len(rows)
    place = columns.index(count)
    return [_number(row[place], number, count) for number, row in enumerate(rows, 1)]


def _number(cell: str, row: int, column: str) -> float:
    try:
        # Python reads 1_000 as a number; in a table it is a slip of somebody's
        return float(cell.replace("_", "?"))
    except ValueError as problem:
        shown = cell[:40]
        raise EstimateError("estimate.not_a_number", row=row, column=column,
                            found=shown) from problem  # fmt: skip
