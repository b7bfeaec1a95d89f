"""JSON Lines: one object a line, its keys the headings."""

import json
from collections.abc import Iterator
from typing import Any

from martyrolog.read.row import MAX_CELL, MAX_CELLS, Row, named_headings, shown


def json_rows(text: str) -> Iterator[Row]:
    """The rows of a JSON Lines text; a line that holds no object is a row with a problem.

    Numbers are given as written by Python, true and false as ``true`` and ``false``, null as an
    empty cell, lists of plain values joined by '; ', other nested values as JSON.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _row(line, number)


def _row(line: str, number: int) -> Row:
    if len(line) > MAX_CELL * 4:
        return _unreadable(line, number, "read.oversize_cell", str(len(line)))
    try:
        pairs = json.loads(line, object_pairs_hook=_Pairs)
        cells = [_cell(value) for _, value in pairs] if isinstance(pairs, _Pairs) else None
    except (ValueError, RecursionError) as problem:
        return _unreadable(line, number, "read.not_json", str(problem)[:200])
    if cells is None:
        return _unreadable(line, number, "read.not_json", "no object")
    if len(cells) > MAX_CELLS or any(len(cell) > MAX_CELL for cell in cells):
        return _unreadable(line, number, "read.oversize_cell", str(len(line)))
    headings = named_headings([shown(str(key)) for key, _ in pairs])
    return Row(None, number, dict(zip(headings, map(shown, cells), strict=True)))


class _Pairs(list[tuple[str, Any]]):
    """The pairs of a JSON object; a key that stands twice is kept twice."""


def _unreadable(line: str, number: int, problem: str, detail: str) -> Row:
    return Row(None, number, text=shown(line), problem=problem, detail=shown(detail))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, _Pairs):
        return json.dumps(dict(value), ensure_ascii=False)
    if isinstance(value, list):
        return "; ".join(_cell(each) for each in value)
    return str(value)
