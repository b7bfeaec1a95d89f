"""The formats of source files: which one a file has, and its rows.

:func:`open_rows` is the one way into a file. Formats are told by the first bytes, then by the
ending of the name, then by the content.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from martyrolog.errors import ListError
from martyrolog.read.delimited import delimited_cells, find_delimiter
from martyrolog.read.encoding import KEEP_BYTES, Decoded, decode
from martyrolog.read.heading import Known, rows_under_headings
from martyrolog.read.html import html_rows, parse_page
from martyrolog.read.jsonlines import json_rows
from martyrolog.read.profile import Format, Profile
from martyrolog.read.prose import prose_rows
from martyrolog.read.row import MAX_CELL, Opened, Row, named_headings, shown
from martyrolog.read.workbook import sheet_cells

_ENDINGS: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}
_OLE = b"\xd0\xcf\x11\xe0"
_MARKUP = re.compile(rb"^\s*(<!doctype html|<html|<head|<body|<table)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is to be read.

    Attributes:
        path: The file.
        list_id: Its list, for messages.
        profile: How it is written.
        known: Tells which headings are known.
    """

    path: Path
    list_id: str
    profile: Profile
    known: Known


def detect_format(path: Path, *, list_id: str) -> Format:
    """The format of a file.

    Raises:
        ListError: a format that cannot be read, such as an old Excel file.
    """
    with path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if start.startswith((_OLE, b"%PDF", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        raise ListError("read.unknown_format", list_id=list_id, file=path.name)
    ending = _ENDINGS.get(path.suffix.lower())
    if ending in ("xlsx", "parquet"):
        raise ListError("read.not_what_it_says", list_id=list_id, file=path.name, format=ending)
    if ending is not None:
        return ending
    if _MARKUP.match(start):
        return "html"
    return "jsonl" if start.lstrip()[:1] == b"{" else "csv"


def open_rows(source: Source) -> Opened:
    """A file's format, encoding and rows.

    Raises:
        ListError: the file is missing, of another format than the profile says, or unreadable as a
            whole. What is wrong with single rows stands in the rows.
    """
    profile, list_id = source.profile, source.list_id
    try:
        size = source.path.stat().st_size
        format_ = profile.format or detect_format(source.path, list_id=list_id)
        if format_ in ("xlsx", "parquet") and size:
            rows = _workbook_rows(source) if format_ == "xlsx" else _parquet_rows(source)
            return Opened(format_, "utf-8", rows)
        content = source.path.read_bytes()
    except FileNotFoundError as problem:
        raise ListError("read.no_such_file", path=str(source.path)) from problem
    except OSError as problem:
        raise ListError(
            "read.cannot_open", list_id=list_id, file=source.path.name, why=str(problem.strerror)
        ) from problem
    decoded = decode(content, profile.encoding, file=source.path.name, list_id=list_id)
    broken = decoded.broken or "\x00" in decoded.text
    return Opened(format_, decoded.encoding, _text_rows(source, format_, decoded), broken)


def _text_rows(source: Source, format_: Format, decoded: Decoded) -> Iterator[Row]:
    profile = source.profile
    if format_ == "jsonl":
        yield from json_rows(decoded.text)
    elif format_ == "text":
        yield from prose_rows(decoded.text, profile.prose.separator)
    elif format_ == "html":
        page = parse_page(decoded.text, file=source.path.name, list_id=source.list_id)
        if page is not None:
            yield from html_rows(page, profile.html, profile.dialect, source.known)
    else:
        delimiter = profile.dialect.delimiter or (
            "\t" if format_ == "tsv" else find_delimiter(decoded.text)
        )
        yield from rows_under_headings(
            delimited_cells(decoded.text, delimiter),
            known=source.known,
            header_row=profile.dialect.header_row,
            headings=profile.dialect.headings,
        )


def _workbook_rows(source: Source) -> Iterator[Row]:
    dialect = source.profile.dialect
    for name, cells in sheet_cells(source.path, dialect.sheets, list_id=source.list_id):
        yield from rows_under_headings(
            cells,
            known=source.known,
            page=shown(name),
            header_row=dialect.header_row,
            headings=dialect.headings,
        )


def _parquet_rows(source: Source) -> Iterator[Row]:
    try:
        with pq.ParquetFile(source.path) as file:
            headings = named_headings([shown(name) for name in file.schema_arrow.names])
            number = 0
            for batch in file.iter_batches(batch_size=2_000):
                columns = [_column_texts(column) for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield _parquet_row(number, headings, cells)
    except (pa.ArrowException, OSError, ValueError) as problem:
        why = " ".join(str(problem).split())[:200]
        raise ListError(
            "read.parquet_damaged", list_id=source.list_id, file=source.path.name, why=why
        ) from problem


def _parquet_row(number: int, headings: list[str], cells: tuple[str, ...]) -> Row:
    named = dict(zip(headings, cells, strict=True))
    longest = max(map(len, cells), default=0)
    if longest > MAX_CELL:
        return Row(None, number, named, problem="read.oversize_cell", detail=str(longest))
    return Row(None, number, named)


def _column_texts(column: pa.Array) -> list[str]:
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return [shown((value or b"").decode("utf-8", KEEP_BYTES)) for value in column.to_pylist()]
    return [_cell_text(value) for value in column.to_pylist()]


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_cell_text(each) for each in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return shown(str(value))
