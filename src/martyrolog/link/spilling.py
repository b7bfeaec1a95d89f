"""Arrays that grow: in memory, or on disk where memory is bounded.

:func:`growing` gives either; both are appended to and read as one array. Files have no name, so the
system removes them when they are closed, also after the program was killed.
"""

import os
import tempfile
import weakref
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import DTypeLike, NDArray

from martyrolog.errors import StorageError


class Growing(Protocol):
    """An array that is appended to."""

    def append(self, values: NDArray[Any]) -> None:
        """Put values at its end."""

    def whole(self) -> NDArray[Any]:
        """All values, in memory."""

    def mapped(self) -> NDArray[Any]:
        """All values; where they lie on disk, they are read from there when they are looked at."""


def growing(dtype: DTypeLike, folder: Path | None) -> Growing:
    """An empty array.

    Args:
        dtype: Of its values; may have fields or a shape.
        folder: Where it lies on disk; None for memory.
    """
    return _InMemory(np.dtype(dtype)) if folder is None else _OnDisk(np.dtype(dtype), folder)


class _InMemory:
    def __init__(self, dtype: np.dtype[Any]) -> None:
        self._parts = [np.zeros(0, dtype)]

    def append(self, values: NDArray[Any]) -> None:
        self._parts.append(values)

    def whole(self) -> NDArray[Any]:
        filled = [part for part in self._parts if len(part)] or self._parts[:1]
        self._parts = [np.concatenate(filled) if len(filled) > 1 else filled[0]]
        return self._parts[0]

    def mapped(self) -> NDArray[Any]:
        return self.whole()


class _OnDisk:
    def __init__(self, dtype: np.dtype[Any], folder: Path) -> None:
        self._dtype, self._folder, self._count = dtype, folder, 0
        try:
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 closed by finalize
        except OSError as problem:
            raise self._unwritable(problem) from problem
        weakref.finalize(self, self._file.close)

    def append(self, values: NDArray[Any]) -> None:
        flat = np.ascontiguousarray(values, self._dtype.base).reshape(-1)
        # written, not mapped: a full disk is then an error that can be said
        try:
            self._file.write(flat.view(np.uint8).data)
        except OSError as problem:
            raise self._unwritable(problem) from problem
        self._count += len(values)

    def whole(self) -> NDArray[Any]:
        values = np.empty((self._count, *self._dtype.shape), self._dtype.base)
        if self._count:
            self._flush()
            self._file.seek(0)
            self._file.readinto(values.view(np.uint8).reshape(-1).data)
            self._file.seek(0, os.SEEK_END)
        return values

    def mapped(self) -> NDArray[Any]:
        self._flush()
        if not self._count:
            return np.zeros(0, self._dtype)
        shape = (self._count, *self._dtype.shape)
        return np.memmap(self._file, self._dtype.base, "r", shape=shape)

    def _flush(self) -> None:
        try:
            self._file.flush()
        except OSError as problem:
            raise self._unwritable(problem) from problem

    def _unwritable(self, problem: OSError) -> StorageError:
        why = str(problem.strerror)
        return StorageError("core.cannot_write", path=str(self._folder), why=why)
