"""Small sets of texts as integers: whether two values share a member, on whole arrays.

When to use: inside the comparisons of this package, where each of many values has a few keys,
classes or initials and far more pairs of values are compared than there are values. It knows no
names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
Members = npt.NDArray[np.int32]
Rows = npt.NDArray[np.integer[Any]]
Bools = npt.NDArray[np.bool_]

NO_MEMBER = -1

WIDEST = 16
"""Members of a set that are held; a larger set is marked `wide` and must be compared otherwise."""


@dataclass(frozen=True)
class SmallSets:
    """One small set of texts for each value.

    Attributes:
        members: Numbers of texts, values x members, `NO_MEMBER` where a set has fewer.
        texts: The text of each number.
        wide: Sets of more than `WIDEST` members, of which some are not held.
    """

    members: npt.NDArray[np.int32]
    texts: list[str]
    wide: Bools

    @property
    def empty(self) -> Bools:
        """Which sets have no member."""
        none: Bools = self.members[:, 0] == NO_MEMBER
        return none

    def meet(self, lefts: Codes, rights: Codes) -> Bools:
        """Which pairs of values have a member in common.

        Args:
            lefts: Numbers of values.
            rights: As many.
        """
        return share_a_member(self.members, lefts, self.members, rights)


def share_a_member(left: Members, lefts: Rows, right: Members, rights: Rows) -> Bools:
    """Which rows of two tables of members have one in common; arguments as `member_pairs`."""
    met = np.zeros(len(lefts), dtype=bool)
    for rows, one, other in member_pairs(left, lefts, right, rights):
        met[rows[one == other]] = True
    return met


def member_pairs(
    left: Members, lefts: Rows, right: Members, rights: Rows
) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int32]]]:
    """Every member of the left sets with every member of the right ones, as far as there are any.

    Args:
        left: Numbers of members, values x members; a row ends at its first `NO_MEMBER`.
        lefts: Rows of `left`.
        right: The same of the other side.
        rights: Rows of `right`, as many as `lefts`.

    Yields:
        Positions of the pairs that have another two members, and these.
    """
    some = np.arange(len(lefts))
    for column in range(left.shape[1]):
        ones = left[lefts[some], column]
        held = ones != NO_MEMBER
        some = some[held]
        rows, one = some, ones[held]
        for against in range(right.shape[1]):
            other = right[rights[rows], against]
            held = other != NO_MEMBER
            rows, one, other = rows[held], one[held], other[held]
            if not len(rows):
                break
            yield rows, one, other


def small_sets(sets: Sequence[Collection[str]]) -> SmallSets:
    """Number the members of sets.

    Args:
        sets: One for each value; members may be repeated.
    """
    counts = np.fromiter(map(len, sets), np.int64, len(sets))
    width = min(int(counts.max(initial=0)), WIDEST) or 1
    held = [text for found in sets for text in islice(found, width)]
    number = {text: at for at, text in enumerate(dict.fromkeys(held))}
    members = np.full((len(sets), width), NO_MEMBER, dtype=np.int32)
    members[np.arange(width) < counts[:, None]] = [number[text] for text in held]
    return SmallSets(members, list(number), counts > WIDEST)


def any_wide(first: SmallSets, *more: SmallSets) -> Bools:
    """Which values have a set of more than `WIDEST` members in any of these."""
    wide = first.wide.copy()
    for sets in more:
        wide |= sets.wide
    return wide
