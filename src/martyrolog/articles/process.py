"""Talk with the confined process: begin it, ask it, end it at the end of a query's time.

A process serves one sandbox after another, each with a database of its own; one that has met a
bound is ended, and its end is its answer.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pyarrow as pa

_PROGRAM = Path(__file__).with_name("confined.py")
_PASSED = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_ALLOCATION = {"MALLOC_ARENA_MAX": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Memory is reserved as it is used: the bound is on what is reserved."""
SLOWEST_START = 60.0
"""Seconds that a process may take to begin, and to take a table in."""


class BoundReachedError(Exception):
    """The process met a bound and is gone.

    Attributes:
        by: ``time`` or ``memory``.
    """

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by


class Process:
    """One confined process and the pipe to it."""

    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        self.owner = os.getpid()
        self.alive = True
        passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603 - a program of this package
            [sys.executable, "-P", str(_PROGRAM), str(theirs.fileno())],
            pass_fds=[theirs.fileno()], env={**passed, **_ALLOCATION},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        theirs.close()

    def ask(self, asked: str, within: float = SLOWEST_START, **values: object) -> dict[str, Any]:
        """What the process answers; of a query the answer holds ``table`` too.

        Args:
            asked: What it should do: a method of :class:`martyrolog.articles.confined.Confined`.
            within: Seconds that it has.
            values: What it needs for that.

        Raises:
            BoundReachedError: it met a bound.
        """
        table = values.pop("table", None)
        try:
            self._pipe.send_bytes(json.dumps({"ask": asked, **values}).encode())
            if isinstance(table, pa.Table):
                self._pipe.send_bytes(_stream(table))
            if not self._pipe.poll(within):
                raise self._ended("time")
            answer: dict[str, Any] = json.loads(self._pipe.recv_bytes())
            if answer.get("problem") == "memory":
                raise self._ended("memory")
            if asked == "run" and "problem" not in answer:
                answer["table"] = pa.ipc.open_stream(self._pipe.recv_bytes()).read_all()
        except (EOFError, OSError) as gone:
            raise self._ended("memory") from gone
        return answer

    def _ended(self, by: str) -> BoundReachedError:
        self._process.kill()
        by_clock = self._process.wait() == -getattr(signal, "SIGXCPU", 0)
        self.close()
        return BoundReachedError("time" if by_clock else by)

    def close(self) -> None:
        """End the process."""
        self.alive = False
        self._pipe.close()
        self._process.kill()
        self._process.wait()


def _stream(table: pa.Table) -> memoryview:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return memoryview(sink.getvalue())


_idle: list[Process] = []


def take() -> Process:
    """A process of this program that serves nobody; a new one where there is none."""
    while _idle:
        process = _idle.pop()
        if process.owner == os.getpid():  # not one inherited from the program this is a copy of
            return process
    return Process()


def give_back(process: Process) -> None:
    """What was taken may serve the next; nothing happens where it met a bound."""
    if process.alive:
        _idle.append(process)


@atexit.register
def _end_idle() -> None:
    while _idle:
        process = _idle.pop()
        if process.owner == os.getpid():
            process.close()
