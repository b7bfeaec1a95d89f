"""The published tables as files to carry away: CSV, Parquet and a description (Data Package).

Always holds: the rows of the pages, no more and no less, in an order that depends on the rows
alone; same rows, same bytes. In CSV a cell that a spreadsheet could take for a formula (it begins
with = + - @, a tab or a carriage return) begins with an apostrophe; lists are joined by ' | '. The
Parquet files hold the values unchanged.
"""

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from martyrolog.publish.release_info import ReleaseInfo
from martyrolog.tables import TABLES, Table

FOLDER = "downloads"
NOT_TABLES = ("chart", "estimate_report", "match")
"""Pictures are files of their own (``charts/``); the report of estimation and
why records are linked stand on pages."""
_FORMULA = "^([=+\\-@\t\r])"
_TYPES = {
    "string": "string", "strings": "string", "int": "integer", "float": "number",
    "bool": "boolean", "date": "date", "level": "integer",
}  # fmt: skip


def in_order(table: pa.Table) -> pa.Table:
    """The table sorted by all its columns, so that the order of rows says nothing."""
    if table.num_rows < 2:
        return table
    flat = _flat(table)
    order = pc.sort_indices(flat, sort_keys=[(name, "ascending") for name in flat.column_names])
    return table.take(order).combine_chunks()


def csv_bytes(table: pa.Table) -> bytes:
    """The table as CSV, safe from formulas."""
    safe = _flat(table)
    for index, name in enumerate(safe.column_names):
        if pa.types.is_string(safe.schema.field(name).type):
            values = pc.replace_substring_regex(safe[name], pattern=_FORMULA, replacement="'\\1")
            safe = safe.set_column(index, name, values)
    buffer = io.BytesIO()
    pacsv.write_csv(safe, buffer)
    return buffer.getvalue()


def parquet_bytes(table: pa.Table) -> bytes:
    """The table as Parquet."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd", row_group_size=131_072)
    return buffer.getvalue()


def make_files(tables: Mapping[str, pa.Table], release: ReleaseInfo) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file to download."""
    tables = {name: table for name, table in tables.items() if name not in NOT_TABLES}
    for name in sorted(tables):
        yield f"{FOLDER}/{name}.csv", csv_bytes(tables[name])
        yield f"{FOLDER}/{name}.parquet", parquet_bytes(tables[name])
    yield f"{FOLDER}/datapackage.json", _package(tables, release)


def overview(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """Name, meaning and number of rows of every table."""
    return [{"name": name, "row": TABLES[name].row, "rows": tables[name].num_rows}
            for name in TABLES if name in tables and name not in NOT_TABLES]  # fmt: skip


def _flat(table: pa.Table) -> pa.Table:
    columns = {
        name: pc.binary_join(table[name], " | ")
        if pa.types.is_list(table[name].type)
        else table[name]
        for name in table.column_names
    }
    return pa.table(columns)


def _package(tables: Mapping[str, pa.Table], release: ReleaseInfo) -> bytes:
    about = release.settings.archive
    described = {
        "profile": "tabular-data-package",
        "name": about.id,
        "title": about.title.in_language("en"),
        "description": about.description.in_language("en"),
        "version": release.release_id,
        "created": f"{release.date}T00:00:00Z",
        "resources": [_resource(TABLES[name]) for name in sorted(tables)],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(table: Table) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": _TYPES[column.type],
            "description": column.meaning,
            "constraints": {
                "required": not column.nullable and column.type not in ("string", "strings")
            },
        }
        for column in table.columns
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {"name": table.name.replace("_", "-"), "path": f"{table.name}.csv", "format": "csv",
            "mediatype": "text/csv", "encoding": "utf-8", "profile": "tabular-data-resource",
            "title": table.row, "schema": schema}  # fmt: skip
