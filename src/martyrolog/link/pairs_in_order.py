"""Rows about pairs, put down in any order and given back by rising left, then right.

In memory, or on disk: there in parts of the records, each sorted by itself.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from martyrolog.link.memory import Plan
from martyrolog.link.spilling import growing

PAIR = [("left", np.int32), ("right", np.int32), ("rules", np.uint32)]
"""Fields of a row that every pair has."""


class PairsInOrder:
    """Rows about pairs of records.

    Args:
        dtype: Fields of a row; ``PAIR`` and more.
        records: Number of records.
        plan: How the work is cut up.
    """

    def __init__(self, dtype: DTypeLike, records: int, plan: Plan) -> None:
        self._dtype, self._plan = np.dtype(dtype), plan
        self._width = max(1, -(-records // plan.windows))
        self._parts = [growing(self._dtype, plan.folder) for _ in range(plan.windows)]

    def add(self, **columns: NDArray[Any]) -> None:
        """Put down rows, a column a field."""
        rows = np.empty(len(columns["left"]), self._dtype)
        for name, column in columns.items():
            rows[name] = column
        if len(self._parts) == 1:
            self._parts[0].append(rows)
            return
        part = rows["left"] // self._width
        order = np.argsort(part, kind="stable")
        edges = np.searchsorted(part[order], np.arange(1, len(self._parts)))
        for store, chosen in zip(self._parts, np.split(order, edges), strict=True):
            store.append(rows[chosen])

    def in_order(self) -> Mapping[str, NDArray[Any]]:
        """The columns of all rows, by rising left, then right; to be asked for once."""
        fields = self._dtype.names or ()
        columns = {name: growing(self._dtype[name], self._plan.folder) for name in fields}
        self._parts.reverse()
        while self._parts:  # each is forgotten once it is read
            rows = self._parts.pop().whole()
            order = np.argsort(rows["left"].astype(np.int64) << 32 | rows["right"], kind="stable")
            for name, column in columns.items():
                column.append(rows[name][order])
        return {name: column.mapped() for name, column in columns.items()}
