"""Distinct values: each pair of them is compared once, however many pairs of records hold it."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from martyrolog.levels import MISSING
from martyrolog.link.columns import NO_VALUE, Codes

CompareCodes = Callable[[Codes, Codes], NDArray[np.int8]]
"""Levels of pairs of codes of which left <= right."""

_MOST_SLOTS = 21  # as a power of two: 17 MB of remembered pairs a field
_FEWEST = 1_000
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing: neighbouring pairs get distant slots
_NO_PAIR = -1
_LEVEL_BITS = 4


def sorted_distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Distinct values in their order, by sorting: NumPy's hashing is slow on packed pairs."""
    ordered = np.sort(values)
    first = np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)]
    distinct: NDArray[np.int64] = ordered[first]
    return distinct


class RememberedPairs:
    """Levels of pairs of codes, remembered from batch to batch.

    A direct-mapped table of pairs: a pair that takes another's slot makes it forgotten, so memory
    is bounded and a forgotten pair is compared again, with the same level.

    Args:
        compare: Called with distinct pairs, the smaller code left.
        values: Codes are smaller than this.
        compiled: Whether a compiled loop looks pairs up, for millions of them.
    """

    def __init__(self, compare: CompareCodes, values: int, *, compiled: bool = False) -> None:
        self._compare, self._compiled = compare, compiled
        self._values = max(values, 1)
        self._slots = np.zeros(0, np.int64)
        if compiled:
            self._make_slots(1 << _MOST_SLOTS - 3)

    def levels(self, left: Codes, right: Codes) -> NDArray[np.int8]:
        """Levels of pairs of codes; ``MISSING`` where either is ``NO_VALUE``.

        Args:
            left: Codes.
            right: As many.
        """
        if self._compiled:
            return self._looked_up(left, right)
        levels = np.full(len(left), MISSING, dtype=np.int8)
        both = np.flatnonzero((left != NO_VALUE) & (right != NO_VALUE))
        if len(both):
            levels[both] = self._of_pairs(self._packed(left[both], right[both]))
        return levels

    def _looked_up(self, left: Codes, right: Codes) -> NDArray[np.int8]:
        from martyrolog.link.compiled.levels import remembered_levels  # loads numba

        levels, positions = np.empty(len(left), np.int8), np.empty(len(left), np.int64)
        count = remembered_levels(left, right, self.memory(), levels, positions)
        fresh = positions[:count]
        if count:
            levels[fresh] = self._compared(self._packed(left[fresh], right[fresh]))
        return levels

    def _packed(self, left: Codes, right: Codes) -> NDArray[np.int64]:
        return np.minimum(left, right).astype(np.int64) * self._values + np.maximum(left, right)

    def memory(self) -> tuple[NDArray[np.int64], int, int]:
        """The table as it is: its slots, how many values there are, and the shift.

        A slot holds ``(smaller * values + larger) << 4 | level + 1``, or a negative number. The one
        of a pair is its product with the golden ratio of 64 bits, shifted right.
        """
        if not len(self._slots):
            self._make_slots(0)
        return self._slots, self._values, self._shift()

    def _of_pairs(self, pairs: NDArray[np.int64]) -> NDArray[np.int8]:
        places = self._places(pairs)
        remembered = self._slots[places]
        levels = ((remembered & (1 << _LEVEL_BITS) - 1) - 1).astype(np.int8)
        fresh = np.flatnonzero(remembered >> _LEVEL_BITS != pairs)
        if len(fresh):
            levels[fresh] = self._compared(pairs[fresh])
        return levels

    def _compared(self, pairs: NDArray[np.int64]) -> NDArray[np.int8]:
        """Levels of pairs that are not remembered, and are from now on."""
        # hashed: the same pair of values stands many times
        coded = pa.array(pairs).dictionary_encode()
        distinct = coded.dictionary.to_numpy()
        found = self._compare(*(side.astype(np.int32)
                                for side in np.divmod(distinct, self._values)))  # fmt: skip
        self._slots[self._places(distinct)] = distinct << _LEVEL_BITS | found + np.int64(1)
        levels: NDArray[np.int8] = found[coded.indices.to_numpy()]
        return levels

    def _places(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        if not len(self._slots):
            self._make_slots(len(pairs))
        shift = np.uint64(self._shift())
        return ((pairs.astype(np.uint64) * _SPREAD) >> shift).astype(np.int64)

    def _make_slots(self, pairs: int) -> None:
        slots = 1 << min(_MOST_SLOTS, max(pairs * 2, _FEWEST).bit_length())
        self._slots = np.full(slots, _NO_PAIR, np.int64)

    def _shift(self) -> int:
        return 64 - (len(self._slots).bit_length() - 1)
