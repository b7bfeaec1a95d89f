"""Tables in memory and in ``build/NAME.parquet``, checked against their declarations.

Always holds: a table that is read, written or made here has exactly the declared columns, in the
declared order, with the declared types; a column that is not nullable has no null; a key is unique.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from martyrolog.errors import StorageError, TableError
from martyrolog.provenance import replaced_file
from martyrolog.tables.declared import TABLES
from martyrolog.tables.schema import TYPES, Table


def make_table(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as a checked table; columns that a row does not mention are null.

    Args:
        name: A key of ``TABLES``.
        rows: One mapping a row; an unknown column is an error.

    Raises:
        TableError: a row is not as declared.
    """
    declared = TABLES[name]
    for row in rows:
        unknown = row.keys() - set(declared.names)
        if unknown:
            raise TableError("core.table_unknown_column", table=name, column=min(unknown))
    table = pa.table(
        {
            column.name: pa.array([row.get(column.name) for row in rows], TYPES[column.type])
            for column in declared.columns
        }
    )
    return check_table(name, table)


def check_table(name: str, table: pa.Table) -> pa.Table:
    """The table, in the declared order of columns, or the first difference as an error.

    Args:
        name: A key of ``TABLES``.
        table: What a stage is about to take or to hand on.

    Raises:
        TableError: a column is missing, unknown, of another type, or null where it may not be;
            or a key stands twice.
    """
    declared = TABLES[name]
    for column in declared.columns:
        if column.name not in table.column_names:
            raise TableError("core.table_missing_column", table=name, column=column.name)
        found = table.schema.field(column.name).type
        if found != TYPES[column.type]:
            raise TableError("core.table_wrong_type", table=name, column=column.name,
                             found=str(found), expected=column.type)  # fmt: skip
        if not column.nullable and table.column(column.name).null_count:
            raise TableError("core.table_null", table=name, column=column.name)
    for extra in table.column_names:
        if extra not in declared.names:
            raise TableError("core.table_unknown_column", table=name, column=extra)
    _check_key(declared, table)
    return table.select(list(declared.names)).cast(declared.schema)


def _check_key(declared: Table, table: pa.Table) -> None:
    if not declared.key or table.num_rows < 2:
        return
    distinct = table.select(list(declared.key)).group_by(list(declared.key)).aggregate([])
    if distinct.num_rows != table.num_rows:
        raise TableError("core.table_key", table=declared.name, key=", ".join(declared.key))


def empty_table(name: str) -> pa.Table:
    """The table without a row."""
    return TABLES[name].schema.empty_table()


def read_table(folder: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """``folder/NAME.parquet``, checked unless only some columns are asked for.

    Raises:
        TableError: the file is missing, is no Parquet file, or is not as declared.
    """
    path = folder / f"{name}.parquet"
    try:
        table = pq.read_table(path, columns=None if columns is None else list(columns))
    except FileNotFoundError as problem:
        raise TableError("core.table_missing", table=name, path=str(path),
                         stage=TABLES[name].stage) from problem  # fmt: skip
    except pa.ArrowInvalid as problem:
        raise TableError("core.table_damaged", table=name, path=str(path),
                         stage=TABLES[name].stage) from problem  # fmt: skip
    return table if columns is not None else check_table(name, table)


def write_table(folder: Path, name: str, table: pa.Table) -> Path:
    """Write ``folder/NAME.parquet`` whole or not at all; same table, same bytes.

    Raises:
        TableError: the table is not as declared.
        StorageError: the folder cannot be written, the disk is full.
    """
    return write_table_file(folder / f"{name}.parquet", name, table)


def write_table_file(path: Path, name: str, table: pa.Table) -> Path:
    """As :func:`write_table`, to a file of any name."""
    checked = check_table(name, table).combine_chunks()
    try:
        with replaced_file(path) as unfinished:
            pq.write_table(checked, unfinished, compression="zstd", row_group_size=131_072)
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(path), why=why) from problem
    return path
