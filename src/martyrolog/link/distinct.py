"""Distinct values: each pair of them is compared once, however many pairs of records hold it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from martyrolog.levels import MISSING
from martyrolog.link.columns import NO_VALUE, Codes

CompareCodes = Callable[[Codes, Codes], NDArray[np.int8]]
"""Levels of pairs of codes of which left <= right."""


def sorted_distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Distinct values in their order, by sorting: NumPy's hashing is slow on packed pairs."""
    ordered = np.sort(values)
    first = np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)]
    distinct: NDArray[np.int64] = ordered[first]
    return distinct


def compare_distinct(left: Codes, right: Codes, compare: CompareCodes) -> NDArray[np.int8]:
    """Levels of pairs of codes; ``MISSING`` where either is ``NO_VALUE``.

    Args:
        left: Codes.
        right: As many.
        compare: Called once, with the distinct pairs, the smaller code left.
    """
    levels = np.full(len(left), MISSING, dtype=np.int8)
    both = np.flatnonzero((left != NO_VALUE) & (right != NO_VALUE))
    if not len(both):
        return levels
    low = np.minimum(left[both], right[both]).astype(np.int64)
    high = np.maximum(left[both], right[both]).astype(np.int64)
    size = int(high.max()) + 1
    distinct, inverse = np.unique(low * size + high, return_inverse=True)
    lefts, rights = np.divmod(distinct, size)
    levels[both] = compare(lefts.astype(np.int32), rights.astype(np.int32))[inverse]
    return levels
