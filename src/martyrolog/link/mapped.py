"""Tables of pairs that lie on disk and are mapped into memory, not loaded."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from martyrolog.errors import StorageError


def mapped_table(path: Path, parts: Iterable[pa.Table]) -> pa.Table:
    """One table of all parts; only one of them is in memory at a time.

    Args:
        path: Where the table is written; the file may be removed afterwards.
        parts: Tables of one schema, at least one.

    Raises:
        StorageError: the file cannot be written.
    """
    parts = iter(parts)
    first = next(parts)
    try:
        with pa.ipc.new_file(path, first.schema) as writer:
            writer.write_table(first)
            for part in parts:
                writer.write_table(part)
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_file(source).read_all()
    except OSError as problem:
        why = str(problem.strerror or problem)
        raise StorageError("core.cannot_write", path=str(path), why=why) from problem
