"""Jobs shared out among processes that share memory: each makes files and gives their hashes.

A job's files do not depend on which process makes them, so the number of processes changes no byte.
The jobs and what they use are made before the processes begin and are not copied. A process whose
parent was killed ends after its present job.
"""

import gc
import multiprocessing
import os
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from martyrolog.provenance import hash_bytes

Files = Iterable[tuple[str, bytes]]
Job = Callable[[], Files]
Made = list[tuple[str, str]]


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the collector of garbage from walking again and again through rows that all stay."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def make_files(jobs: Sequence[Job], folder: Path, processes: int | None = None) -> Iterator[Made]:
    """Run the jobs and write their files; yield path and SHA-256 of each job's files.

    Args:
        jobs: Each gives paths relative to the folder, and contents.
        folder: Where the files are written.
        processes: Number of processes; None for one for each processor.

    Raises:
        Exception: what a job raised, whichever process it ran in.
    """
    count = min(processes or len(os.sched_getaffinity(0)), len(jobs))
    if count < 2 or sys.platform != "linux":
        for job in jobs:
            yield _write(job(), folder)
        return
    yield from _shared_out(jobs, folder, count)


def _shared_out(jobs: Sequence[Job], folder: Path, count: int) -> Iterator[Made]:
    context = multiprocessing.get_context("fork")
    following = context.Value("i", 0)
    gc.freeze()
    receivers, processes = [], []
    for _ in range(count):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(
            target=_work, args=(jobs, following, folder, sender, os.getpid()), daemon=True
        )
        with warnings.catch_warnings():
            # the processes run plain Python on rows made before; they use none of Arrow's threads
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        sender.close()
        receivers.append(receiver)
        processes.append(process)
    try:
        yield from _received(receivers)
    finally:
        for process in processes:
            process.terminate()
            process.join()
        gc.unfreeze()


def _received(receivers: list[Connection]) -> Iterator[Made]:
    open_ends = list(receivers)
    while open_ends:
        for end in wait(open_ends):
            assert isinstance(end, Connection)
            result = end.recv()
            if result is None:
                open_ends.remove(end)
            elif isinstance(result, BaseException):
                raise result
            else:
                yield result


def _work(jobs: Sequence[Job], following: Any, folder: Path, sender: Any, parent: int) -> None:
    """Take the next job that nobody has taken, until there is none."""
    try:
        while os.getppid() == parent:
            with following.get_lock():
                place = following.value
                following.value += 1
            if place >= len(jobs):
                sender.send(None)
                return
            sender.send(_write(jobs[place](), folder))
    except BaseException as problem:
        problem.add_note(traceback.format_exc())  # where it happened in that process
        sender.send(problem)


def _write(files: Files, folder: Path) -> Made:
    made = []
    known: set[Path] = set()
    for path, content in files:
        target = folder / path
        if target.parent not in known:
            target.parent.mkdir(parents=True, exist_ok=True)
            known.add(target.parent)
        target.write_bytes(content)
        made.append((path, hash_bytes(content)))
    return made
