"""DuckDB, closed to the outside: no files, no extensions, bounded memory.

Use :func:`connect` for a private database in memory and :func:`query` for one statement over Arrow
tables. A statement never contains text from a list: values are bound. Row order is whatever the
statement orders by, so a statement whose result is kept ends with ORDER BY.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa


def connect(*, memory: str = "4GB", threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A private database in memory that can neither read nor write files.

    Args:
        memory: Upper limit, such as ``4GB``; beyond it a query spills to DuckDB's temporary folder.
        threads: Number of threads; None for one a core.
    """
    connection = duckdb.connect(":memory:")
    connection.execute("SET memory_limit = $limit", {"limit": memory})
    if threads is not None:
        connection.execute("SET threads = $threads", {"threads": threads})
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def query(
    statement: str,
    tables: Mapping[str, pa.Table],
    *,
    values: Sequence[Any] = (),
    memory: str = "4GB",
) -> pa.Table:
    """The result of one statement over Arrow tables.

    Args:
        statement: SQL naming the tables by the keys of ``tables``; ``?`` for bound values.
        tables: Arrow tables by name.
        values: The bound values in their order.
        memory: Upper limit.
    """
    with connect(memory=memory) as connection:
        for name, table in tables.items():
            connection.register(name, table)
        return connection.sql(statement, params=list(values)).to_arrow_table()
