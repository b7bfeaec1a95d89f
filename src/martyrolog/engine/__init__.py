"""Where tables are computed: DuckDB on one machine.

Joins and counts on integer keys happen here; every comparison of strings happens in
``martyrolog.names`` (DuckDB's own compare bytes, not letters).
"""

from martyrolog.engine.duckdb import connect, query

__all__ = ["connect", "query"]
