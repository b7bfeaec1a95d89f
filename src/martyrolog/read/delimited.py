"""CSV and TSV, also when they are broken: the rows of a text as lists of cells.

RFC 4180 where the text keeps to it. A quote that is opened and never closed takes no more than its
own line with it: a quoted field may run over line ends only if it closes again within
``_LONGEST`` lines and its row then has as many cells as the headings. Quotes within an unquoted
cell are letters.
"""

import csv
import io
import sys
from collections.abc import Iterator, Sequence

from martyrolog.read.heading import Cells

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 200
_LONGEST = 100

# the module's own limit is per process; rows are bounded by heading.MAX_CELL instead
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def find_delimiter(text: str) -> str:
    """The sign that separates cells: the one that gives most lines the headings' number of cells.

    Args:
        text: The file. Only its first 200 lines are looked at.

    Returns:
        One of comma, semicolon, tab, bar; comma where no sign separates anything.
    """
    lines = [line for line in _lines(text[:2_000_000])[:_SAMPLE_LINES] if line.strip()]
    return max(_DELIMITERS, key=lambda sign: (_agreement(lines, sign), -_DELIMITERS.index(sign)))


def _agreement(lines: Sequence[str], delimiter: str) -> float:
    widths = [len(_split(line, delimiter)) for line in lines]
    if not widths or max(widths) < 2:
        return 0.0
    usual = max(set(widths) - {1}, key=lambda width: (widths.count(width), width))
    share = widths.count(usual) / len(widths)
    return share * (1 - 1 / (usual + 1)) + (0.2 if widths[0] == usual else 0.0)


def delimited_cells(text: str, delimiter: str) -> Iterator[Cells]:
    """The rows of a CSV or TSV text with the number of the line on which each begins.

    Args:
        text: The file, decoded.
        delimiter: What separates cells.
    """
    lines = _lines(text)
    width = 0
    position = 0
    while position < len(lines):
        line = lines[position]
        cells, used = _split(line, delimiter), 1
        if '"' in line and _is_open(line, delimiter):
            joined = _joined(lines, position, delimiter, width)
            cells, used = joined or (line.split(delimiter), 1)
        if not width and line.strip():
            width = len(cells)
        yield position + 1, cells
        position += used


def _lines(text: str) -> list[str]:
    # not splitlines(): a cell may hold U+2028 or a form feed, which are no line ends here
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _split(line: str, delimiter: str) -> list[str]:
    if '"' not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter), [""])
    except csv.Error:
        return line.split(delimiter)


def _is_open(line: str, delimiter: str) -> bool:
    """Whether the line ends within a quoted cell."""
    if line.count('"') % 2 == 0 and f'{delimiter}"' not in line and not line.startswith('"'):
        return False
    return _read_strictly(line, delimiter) == "open"


def _read_strictly(text: str, delimiter: str) -> list[str] | str:
    """The cells of one whole row, ``open`` where a quote does not close, ``wrong`` otherwise."""
    # not splitlines(): see _lines()
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as problem:
        return "open" if "unexpected end of data" in str(problem) else "wrong"
    return rows[0] if len(rows) == 1 else "wrong"


def _joined(
    lines: Sequence[str], position: int, delimiter: str, width: int
) -> tuple[list[str], int] | None:
    """The row that begins with an open quote and closes on a later line; how many lines it has."""
    quotes = lines[position].count('"')
    for used in range(2, min(_LONGEST, len(lines) - position) + 1):
        here = lines[position + used - 1].count('"')
        quotes += here
        if not here or quotes % 2:
            continue
        cells = _read_strictly("\n".join(lines[position : position + used]), delimiter)
        fits = isinstance(cells, list) and (not width or len(cells) == width)
        return (cells, used) if fits and isinstance(cells, list) else None
    return None
