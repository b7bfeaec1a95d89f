"""All pairs within groups, without a loop: each row with those that follow it in its group."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def count_followers(groups: Ints) -> Ints:
    """How many rows of the same group follow each row.

    Args:
        groups: Number of the group of each row, ascending.

    >>> count_followers(np.array([0, 0, 0, 4, 7, 7])).tolist()
    [2, 1, 0, 0, 1, 0]
    """
    return np.searchsorted(groups, groups, side="right") - np.arange(len(groups)) - 1


def pairs_of_followers(followers: Ints, *, batch: int = 1_000_000) -> Iterator[tuple[Ints, Ints]]:
    """Each row with its followers, as two arrays of rows, about ``batch`` pairs at a time.

    Args:
        followers: How many of the next rows each row is paired with.
        batch: Bounds the memory.

    >>> [(one.tolist(), other.tolist()) for one, other in pairs_of_followers(np.array([2, 1, 0]))]
    [([0, 0, 1], [1, 2, 2])]
    """
    ends = np.cumsum(followers)
    total = int(ends[-1]) if len(ends) else 0
    cuts = np.searchsorted(ends, np.arange(batch, total, batch)) + 1
    for first, last in pairwise(sorted({0, *cuts.tolist(), len(followers)})):
        count = followers[first:last]
        one = np.repeat(np.arange(first, last), count)
        before = np.cumsum(count) - count
        yield one, one + 1 + np.arange(len(one)) - np.repeat(before, count)
