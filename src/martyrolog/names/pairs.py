"""Pairs of values: each distinct value is prepared once, each distinct pair compared once.

When to use: by the `*_many` functions, whose callers hold far more pairs than distinct ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from martyrolog.names.small_sets import Codes

Int8Array = npt.NDArray[np.int8]

CompareCodes = Callable[[Codes, Codes], Int8Array]
"""Agreements of pairs of numbers of values."""


def check_lengths(lefts: Sequence[str], rights: Sequence[str]) -> None:
    """Refuse sequences of different lengths.

    Raises:
        ValueError: If the sequences differ in length.
    """
    if len(lefts) != len(rights):
        raise ValueError(f"pairs need two columns of one length: {len(lefts)} and {len(rights)}")


def coded(lefts: Sequence[str], rights: Sequence[str]) -> tuple[list[str], Codes, Codes]:
    """Two columns as distinct values and their numbers.

    Raises:
        ValueError: If the sequences differ in length.
    """
    check_lengths(lefts, rights)
    number: dict[str, int] = {}
    for column in (lefts, rights):
        for value in column:
            number.setdefault(value, len(number))
    left, right = (
        np.fromiter(map(number.__getitem__, column), np.int64, len(column))
        for column in (lefts, rights)
    )
    return list(number), left, right


def compare_distinct(
    lefts: Sequence[str],
    rights: Sequence[str],
    comparer: Callable[[Sequence[str]], CompareCodes],
) -> Int8Array:
    """Compare pairs, each distinct pair once.

    Args:
        lefts: Values.
        rights: As many.
        comparer: Prepares distinct values, and compares pairs of their numbers.

    Raises:
        ValueError: If the sequences differ in length.
    """
    values, left, right = coded(lefts, rights)
    if not values:
        return np.zeros(0, dtype=np.int8)
    distinct, inverse = np.unique(left * len(values) + right, return_inverse=True)
    return comparer(values)(*np.divmod(distinct, len(values)))[inverse]
