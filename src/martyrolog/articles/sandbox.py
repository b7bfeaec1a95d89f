"""Queries of articles, closed in: they can read the tables handed in and nothing else.

The engine enforces it. Access to files, network and extensions is off, so is the look-up of
variables of this program under table names; the configuration is locked; only one statement, a
SELECT without chance or present day, is run, in bounded memory without spilling to disk, for a
bounded time, into a bounded number of rows.
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import duckdb
import pyarrow as pa

from martyrolog.errors import QueryError


@dataclass(frozen=True)
class Limits:
    """What one query may use.

    Attributes:
        seconds: Time.
        memory: Memory, as DuckDB writes it.
        rows: Rows of its result.
    """

    seconds: float = 20.0
    memory: str = "1GB"
    rows: int = 10_000


LIMITS = Limits()

_SETTINGS: Mapping[str, str] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "max_temp_directory_size": "'0KB'",
    "temp_directory": "''",
    "threads": "2",
    "enable_external_access": "false",
    "lock_configuration": "true",
}
"""In this order: what closes the door comes last."""


@dataclass(frozen=True)
class Place:
    """Where a query stands, for messages: article, line of its block, name of the query."""

    article: str
    line: int
    query: str

    def error(self, key: str, **values: object) -> QueryError:
        """An error that names the place."""
        return QueryError(key, article=self.article, line=self.line, query=self.query, **values)


class Sandbox:
    """A closed database with some tables, for one query after another.

    Args:
        tables: Tables by name; nothing else can be read.
        limits: What each query may use.
    """

    def __init__(self, tables: Mapping[str, pa.Table], limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(f"SET memory_limit = '{limits.memory}'")
        for setting, value in _SETTINGS.items():
            self._connection.execute(f"SET {setting} = {value}")
        for name, table in tables.items():
            self.add(name, table)

    def __enter__(self) -> "Sandbox":
        """The sandbox itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the database."""
        self._connection.close()

    def add(self, name: str, table: pa.Table) -> None:
        """One more table that the next queries can read."""
        self._connection.register(name, table)

    def ask(self, statement: str, place: Place) -> pa.Table:
        """The result of one query of an article.

        Args:
            statement: SQL of an author: one SELECT over the names of the tables.
            place: Where it stands.

        Raises:
            QueryError: no SELECT, wrong SQL, no such table or column, or a limit is reached. The
                message names article, line and query.
        """
        _check(self._connection, statement, place)
        return _run(self._connection, statement, place, self._limits)


def run_query(
    statement: str, tables: Mapping[str, pa.Table], place: Place, limits: Limits = LIMITS
) -> pa.Table:
    """One query in a sandbox of its own; see :meth:`Sandbox.ask`."""
    with Sandbox(tables, limits) as sandbox:
        return sandbox.ask(statement, place)


def _check(connection: duckdb.DuckDBPyConnection, statement: str, place: Place) -> None:
    try:
        found = connection.extract_statements(statement)
    except duckdb.Error as problem:
        raise place.error("history.query_wrong", why=_first_line(problem)) from problem
    if len(found) != 1 or found[0].type != duckdb.StatementType.SELECT:
        raise place.error("history.query_no_select")
    changing = _changing().search(statement)
    if changing is not None:
        raise place.error("history.query_changing", word=changing[0].rstrip("( "))


@cache
def _changing() -> re.Pattern[str]:
    """What gives another answer each time: chance, the present day, the state of the database."""
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'"
        ).fetchall()
    names = "|".join(re.escape(name) for (name,) in sorted(found))
    bare = r"current_(?:date|time|timestamp)|local(?:time|timestamp)|tablesample|using\s+sample"
    return re.compile(rf"\b(?:(?:{names})\s*\(|(?:{bare})\b)", re.IGNORECASE)


def _run(
    connection: duckdb.DuckDBPyConnection, statement: str, place: Place, limits: Limits
) -> pa.Table:
    alarm = threading.Timer(limits.seconds, connection.interrupt)
    alarm.start()
    try:
        found = connection.sql(statement).limit(limits.rows + 1).to_arrow_table()
    except duckdb.InterruptException as problem:
        raise place.error("history.query_too_long", seconds=f"{limits.seconds:g}") from problem
    except duckdb.OutOfMemoryException as problem:
        raise place.error("history.query_too_large", memory=limits.memory) from problem
    except duckdb.Error as problem:
        raise place.error("history.query_wrong", why=_first_line(problem)) from problem
    finally:
        alarm.cancel()
    if found.num_rows > limits.rows:
        raise place.error("history.query_too_many", rows=limits.rows)
    return found


def _first_line(problem: Exception) -> str:
    return str(problem).strip().partition("\n")[0]
