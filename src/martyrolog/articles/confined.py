"""The process in which queries of articles run: a closed database that cannot outgrow its bounds.

Run as a program of its own (``python -P confined.py DESCRIPTOR``), so that it imports nothing of
this package. It answers requests over a pipe: JSON, and tables as Arrow streams, so that nothing
it says is ever executed. The bounds are those of the operating system: while a query runs, the
address space may grow by the memory it was granted over what the database and its tables hold,
and the processor time by what it was granted; whoever asks ends the process at the end of its time.
"""

import gc
import json
import math
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

try:
    import resource
except ImportError:  # not on Windows: the database's own limit and the clock remain
    resource = None  # type: ignore[assignment]

SPARE = 48_000_000
"""Bytes beside the memory of the database: stacks of its threads, the answer on its way."""
SETTINGS: Mapping[str, str] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "enable_progress_bar": "false",
    "max_temp_directory_size": "'0KB'",
    "temp_directory": "''",
    "threads": "2",
    "enable_external_access": "false",
    "lock_configuration": "true",
}
"""In this order: what closes the door comes last."""


class Confined:
    """The database of one article at a time."""

    def __init__(self) -> None:
        self._connection = duckdb.connect(":memory:")
        self._memory = self._held = 0

    def open(self, memory: int) -> dict[str, Any]:
        """A new database without a table."""
        self._connection.close()
        gc.collect()
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(f"SET memory_limit = '{memory // 1000}KB'")
        for setting, value in SETTINGS.items():
            self._connection.execute(f"SET {setting} = {value}")
        self.table("warm", pa.table({"a": [1]}))  # what Arrow and DuckDB load at first use
        self._connection.sql("SELECT * FROM warm").to_arrow_table()
        self._connection.unregister("warm")
        self._memory, self._held = memory, _address_space()
        return {}

    def table(self, name: str, table: pa.Table) -> None:
        """One more table."""
        self._connection.register(name, table)
        self._held += table.nbytes

    def parse(self, sql: str) -> dict[str, Any]:
        """The statements of a text as DuckDB's parser reads them."""
        found = self._connection.execute("SELECT json_serialize_sql($1)", [sql]).fetchall()
        return {"tree": json.loads(found[0][0])}

    def write(self, tree: object) -> dict[str, Any]:
        """The text of a parsed statement."""
        said = json.dumps(tree)
        found = self._connection.execute("SELECT json_deserialize_sql($1)", [said]).fetchall()
        return {"sql": found[0][0]}

    def run(self, sql: str, rows: int, seconds: float) -> pa.Table:
        """The first rows of the result of a query."""
        with _bounded(self._held + self._memory + SPARE, seconds):
            return self._connection.sql(sql).limit(rows).to_arrow_table()


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError):
        return 0
    return pages * resource.getpagesize()


@contextmanager
def _bounded(space: int, seconds: float) -> Iterator[None]:
    """While it lasts the process has no more address space and processor time than this."""
    if resource is None:
        yield
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    limits = [(resource.RLIMIT_CPU, math.ceil(used + 2 * seconds) + 1)]
    if _address_space():
        limits.append((resource.RLIMIT_AS, space))
    hard = {kind: resource.getrlimit(kind)[1] for kind, _ in limits}
    for kind, most in limits:
        resource.setrlimit(kind, (most, hard[kind]))
    try:
        yield
    finally:
        for kind, most in hard.items():
            resource.setrlimit(kind, (most, most))


def _answer(confined: Confined, request: dict[str, Any], pipe: Connection) -> dict[str, Any]:
    asked = request.pop("ask")
    try:
        if asked == "table":
            confined.table(request["name"], _received(pipe.recv_bytes()))
            return {}
        if asked != "run":
            answer: dict[str, Any] = getattr(confined, asked)(**request)
            return answer
        name, hidden = request.pop("name"), request.pop("hidden")
        found = confined.run(**request)
        if name:
            confined.table(name, found.select(range(found.num_columns - hidden)))
        return {"bytes": _sent(found)}
    except (duckdb.OutOfMemoryException, MemoryError, pa.ArrowMemoryError):
        return {"problem": "memory"}
    except duckdb.Error as problem:
        if "bad_alloc" in str(problem) or "allocat" in str(problem):
            return {"problem": "memory"}
        return {"problem": "wrong", "why": str(problem)}
    except pa.ArrowException as problem:
        return {"problem": "wrong", "why": str(problem)}


def _received(stream: bytes) -> pa.Table:
    return pa.ipc.open_stream(stream).read_all()


def _sent(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    found: bytes = sink.getvalue().to_pybytes()
    return found


def serve(pipe: Connection) -> None:
    """Answer requests until whoever asks is gone."""
    confined = Confined()
    while True:
        try:
            request = json.loads(pipe.recv_bytes())
        except EOFError:
            return
        answer = _answer(confined, request, pipe)
        table = answer.pop("bytes", None)
        pipe.send_bytes(json.dumps(answer).encode())
        if table is not None:
            pipe.send_bytes(table)


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
