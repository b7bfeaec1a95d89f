"""Queries of articles, closed in: they can read the tables handed in and nothing else.

The engine enforces it. Access to files, network and extensions is off, so is the look-up of
variables of this program under table names; the configuration is locked; only one statement, a
SELECT without chance or present day (`syntax`), is run, in a process of its own (`confined`) whose
memory and time the operating system bounds, without spilling to disk, into a bounded number of
rows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from martyrolog.articles import process, syntax
from martyrolog.errors import QueryError

_MEMORY = re.compile(r"(\d+)(MB|GB)")
_BYTES = {"MB": 1_000_000, "GB": 1_000_000_000}


@dataclass(frozen=True)
class Limits:
    """What one query may use.

    Attributes:
        seconds: Time.
        memory: Memory beside that of the tables, in ``MB`` or ``GB``.
        rows: Rows of its result.
    """

    seconds: float = 20.0
    memory: str = "1GB"
    rows: int = 10_000

    @property
    def memory_bytes(self) -> int:
        """The memory in bytes."""
        found = _MEMORY.fullmatch(self.memory)
        if found is None:
            raise ValueError(self.memory)
        return int(found[1]) * _BYTES[found[2]]


LIMITS = Limits()


@dataclass(frozen=True)
class Place:
    """Where a query stands, for messages: article, line of its block, name of the query."""

    article: str
    line: int
    query: str

    def error(self, key: str, **values: object) -> QueryError:
        """An error that names the place."""
        return QueryError(key, article=self.article, line=self.line, query=self.query, **values)


@dataclass(frozen=True, eq=False)
class Answer:
    """The result of a query with what its tables say of it.

    Attributes:
        table: The result.
        unverified: Of columns that can be marked, whether the cell of each row is not verified.
    """

    table: pa.Table
    unverified: Mapping[str, Sequence[bool]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Behind:
    """The rows that a value rests on.

    Attributes:
        answer: The first of them, in the order of their columns.
        number: How many there are.
    """

    answer: Answer
    number: int


class Sandbox:
    """A closed database with some tables, for one query after another.

    Args:
        tables: Tables by name; nothing else can be read. One goes to the process when a query
            first reads it.
        limits: What each query may use.
    """

    def __init__(self, tables: Mapping[str, pa.Table], limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._waiting = dict(tables)
        self._columns = {name: _columns_of(table) for name, table in tables.items()}
        self._process = process.take()
        self._process.ask("open", memory=limits.memory_bytes)

    def __enter__(self) -> "Sandbox":
        """The sandbox itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Free the process for the next."""
        process.give_back(self._process)

    def ask(self, statement: str, place: Place) -> pa.Table:
        """The result of one query of an article.

        Args:
            statement: SQL of an author: one SELECT over the names of the tables.
            place: Where it stands.

        Raises:
            QueryError: no SELECT, wrong SQL, no such table or column, or a limit is reached. The
                message names article, line and query.
        """
        self._parsed(statement, place)
        return self._run(statement, place)

    def answer(self, statement: str, place: Place) -> Answer:
        """The result of a named query with its marks; the next queries can read it by that name.

        Raises:
            QueryError: as :meth:`ask`.
        """
        tree = self._parsed(statement, place)
        found = self._marked(tree, place, place.query) or Answer(
            self._run(statement, place, name=place.query)
        )
        self._columns[place.query] = _columns_of(found.table)
        return found

    def behind(self, statement: str, place: Place, most: int) -> Behind | None:
        """The rows that a query counts; None where it counts nothing.

        Args:
            statement: SQL of an author that was answered before.
            place: Where it stands.
            most: Rows that are given.

        Raises:
            QueryError: a limit is reached.
        """
        star = syntax.select_of(self._parsed("SELECT * FROM (SELECT 1)", place)) or {}
        counted = syntax.rows_counted(self._parsed(statement, place), star["select_list"])
        if counted is None:
            return None
        rows = self._written(counted, place)
        count = f"SELECT count(*) AS number FROM ({rows})"  # noqa: S608 - as the parser wrote it
        number = self._run(count, place)["number"][0].as_py()
        first = f"{rows} ORDER BY ALL LIMIT {most:d}"
        answer = self._marked(self._parsed(first, place), place) or Answer(self._run(first, place))
        return Behind(answer, number)

    def _parsed(self, statement: str, place: Place) -> syntax.Tree:
        """The tree of a statement that may be run; the tables that it reads are there then."""
        said = self._said(place, self._limits.seconds, "parse", sql=statement)
        tree: syntax.Tree = said["tree"]
        if tree.get("error") and tree.get("error_type") != "not implemented":
            raise place.error("history.query_wrong", why=_first_line(tree["error_message"]))
        if syntax.select_of(tree) is None:
            raise place.error("history.query_no_select")
        word = syntax.changing_word(tree)
        if word is not None:
            raise place.error("history.query_changing", word=word)
        self._bring(syntax.tables_read(tree), place)
        return tree

    def _bring(self, names: set[str], place: Place) -> None:
        known = {name.casefold(): name for name in self._columns}
        for name in sorted(names):
            if name.casefold() not in known:
                raise place.error("history.query_no_table", table=name)
            own = known[name.casefold()]
            if own in self._waiting:
                self._said(place, process.SLOWEST_START, "table", name=own,
                           table=self._waiting.pop(own))  # fmt: skip

    def _marked(self, tree: syntax.Tree, place: Place, name: str = "") -> Answer | None:
        """The result with a column of marks for each that can have some; None where none can."""
        marks = syntax.with_marks(tree, self._columns)
        select = syntax.select_of(tree)
        if not marks or select is None:
            return None
        own = len(marks)
        said = ", ".join(mark for _, mark in marks)
        added = syntax.select_of(self._parsed(f"SELECT {said}", place)) or {}
        select["select_list"] += added["select_list"]
        whole = self._run(self._written(tree, place), place, name=name, hidden=own)
        table = whole.select(range(whole.num_columns - own))
        found = whole.columns[-own:]
        by_column = zip((column for column, _ in marks), found, strict=True)
        return Answer(table, {column: values.to_pylist() for column, values in by_column})

    def _written(self, tree: syntax.Tree, place: Place) -> str:
        return str(self._said(place, self._limits.seconds, "write", tree=tree)["sql"])

    def _run(self, statement: str, place: Place, *, name: str = "", hidden: int = 0) -> pa.Table:
        said = self._said(
            place, self._limits.seconds, "run", sql=statement, rows=self._limits.rows + 1,
            seconds=self._limits.seconds, name=name, hidden=hidden,
        )  # fmt: skip
        found = said["table"]
        if found.num_rows > self._limits.rows:
            raise place.error("history.query_too_many", rows=self._limits.rows)
        return found

    def _said(self, place: Place, within: float, asked: str, **values: object) -> dict[str, Any]:
        try:
            said = self._process.ask(asked, within, **values)
        except process.BoundReachedError as ended:
            if ended.by == "time":
                seconds = f"{self._limits.seconds:g}"
                raise place.error("history.query_too_long", seconds=seconds) from ended
            raise place.error("history.query_too_large", memory=self._limits.memory) from ended
        if "problem" in said:
            raise place.error("history.query_wrong", why=_first_line(said["why"]))
        return said


def run_query(
    statement: str, tables: Mapping[str, pa.Table], place: Place, limits: Limits = LIMITS
) -> pa.Table:
    """One query in a sandbox of its own; see :meth:`Sandbox.ask`."""
    with Sandbox(tables, limits) as sandbox:
        return sandbox.ask(statement, place)


def _columns_of(table: pa.Table) -> set[str]:
    """Its columns, those left out that are named as marks and are none."""
    marks = {syntax.VERIFIED: pa.types.is_boolean, syntax.UNVERIFIED: pa.types.is_list}
    return {column.name for column in table.schema
            if marks.get(column.name, bool)(column.type)}  # fmt: skip


def _first_line(problem: str) -> str:
    return problem.strip().partition("\n")[0]
