"""Pairs of values: each distinct pair is compared once.

When to use: by the `*_many` functions, whose callers hold far more pairs than distinct ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from martyrolog.names.memo import warm

Int8Array = npt.NDArray[np.int8]


def check_lengths(lefts: Sequence[str], rights: Sequence[str]) -> None:
    """Refuse sequences of different lengths.

    Raises:
        ValueError: If the sequences differ in length.
    """
    if len(lefts) != len(rights):
        raise ValueError(f"pairs need two columns of one length: {len(lefts)} and {len(rights)}")


def compare_distinct(
    lefts: Sequence[str], rights: Sequence[str], compare: Callable[[str, str], int]
) -> Int8Array:
    """Compare pairs, each distinct pair once.

    Raises:
        ValueError: If the sequences differ in length.
    """
    check_lengths(lefts, rights)
    warm(lefts)
    warm(rights)
    known: dict[tuple[str, str], int] = {}
    for pair in zip(lefts, rights, strict=True):
        if pair not in known:
            known[pair] = compare(*pair)
    values = (known[pair] for pair in zip(lefts, rights, strict=True))
    return np.fromiter(values, dtype=np.int8, count=len(lefts))
