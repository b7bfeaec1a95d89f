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
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from martyrolog.provenance import hash_bytes
from martyrolog.publish.previous import Previous, Stamp, stamp_of


class File(NamedTuple):
    """A file of a release.

    Attributes:
        path: Relative to the folder of the site.
        content: Its bytes; None: those of the release before, which offers the file.
        inputs: Hash of what it was made of.
    """

    path: str
    content: bytes | None
    inputs: str | None = None


class MadeFile(NamedTuple):
    """A file that stands in its place.

    Attributes:
        path: Relative to the folder of the site.
        digest: SHA-256 of its content.
        kept: Whether it is the file of the release before.
        inputs: As of :class:`File`.
        stamp: What tells that it is unaltered.
    """

    path: str
    digest: str
    kept: bool
    inputs: str | None
    stamp: Stamp


Files = Iterable[File | tuple[str, bytes]]
Job = Callable[[], Files]
Made = list[MadeFile]
Result = TypeVar("Result")


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


def beside(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin work in a process of its own; what is returned waits for its result.

    Args:
        work: Plain Python; what it gives can be sent.

    Raises:
        Exception: what the work raised, where the result is asked for.
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1:
        return work
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send_result, args=(work, sender), daemon=True)
    _begin(process)
    sender.close()

    def result() -> Result:
        said = receiver.recv()
        process.join()
        if isinstance(said, BaseException):
            raise said
        found: Result = said
        return found

    return result


def _send_result(work: Callable[[], object], sender: Connection) -> None:
    try:
        sender.send(work())
    except BaseException as problem:
        problem.add_note(traceback.format_exc())
        sender.send(problem)


def _begin(process: Any) -> None:
    with warnings.catch_warnings():
        # the processes run plain Python on rows made before; they use none of Arrow's threads
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()


def make_files(
    jobs: Sequence[Job], folder: Path, previous: Previous, processes: int | None = None
) -> Iterator[Made]:
    """Run the jobs and write their files; yield what each job made.

    Args:
        jobs: Each gives paths relative to the folder, and contents.
        folder: Where the files are written.
        previous: Release whose files are taken where they are the same.
        processes: Number of processes; None for one for each processor.

    Raises:
        Exception: what a job raised, whichever process it ran in.
    """
    count = min(processes or len(os.sched_getaffinity(0)), len(jobs))
    if count < 2 or sys.platform != "linux":
        for job in jobs:
            yield _write(job(), folder, previous)
        return
    write = partial(_write, folder=folder, previous=previous)
    yield from _shared_out(jobs, write, count)


def _shared_out(jobs: Sequence[Job], write: Callable[[Files], Made], count: int) -> Iterator[Made]:
    context = multiprocessing.get_context("fork")
    following = context.Value("i", 0)
    gc.freeze()
    receivers, processes = [], []
    for _ in range(count):
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(
            target=_work, args=(jobs, following, write, sender, os.getpid()), daemon=True
        )
        _begin(process)
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


def _work(jobs: Sequence[Job], following: Any, write: Callable[[Files], Made], sender: Any,
          parent: int) -> None:  # fmt: skip
    """Take the next job that nobody has taken, until there is none."""
    try:
        while os.getppid() == parent:
            with following.get_lock():
                place = following.value
                following.value += 1
            if place >= len(jobs):
                sender.send(None)
                return
            sender.send(write(jobs[place]()))
    except BaseException as problem:
        problem.add_note(traceback.format_exc())  # where it happened in that process
        sender.send(problem)


def _write(files: Files, folder: Path, previous: Previous) -> Made:
    made = []
    known: set[str] = set()
    for file in files:
        one = file if isinstance(file, File) else File(*file)
        parent, _, _ = one.path.rpartition("/")
        if parent not in known:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            known.add(parent)
        made.append(_placed(one, folder, previous))
    return made


def _placed(file: File, folder: Path, previous: Previous) -> MadeFile:
    """Put a file in its place: linked from the release before where that holds it, or written."""
    target, content = f"{folder}/{file.path}", file.content
    digest = previous.hashes[file.path] if content is None else hash_bytes(content)
    if content is None or previous.holds(file.path, digest):
        stamp = _linked(f"{previous.site}/{file.path}", target)
        if stamp:
            return MadeFile(file.path, digest, True, file.inputs, stamp)
    if content is None:
        content = Path(f"{previous.site}/{file.path}").read_bytes()
    return MadeFile(file.path, digest, False, file.inputs, _write_bytes(target, content))


def _linked(old: str, new: str) -> Stamp | None:
    """Let both releases hold the same file: it takes no second place on the disk."""
    try:
        os.link(old, new)
    except OSError:  # a file system without links, or the most that it allows
        return None
    return stamp_of(Path(new).stat())


def _write_bytes(path: str, content: bytes) -> Stamp:
    """Fewer calls of the system than a stream makes: there are tens of thousands of files."""
    target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(target, rest) :]
        return stamp_of(os.fstat(target))
    finally:
        os.close(target)
