"""Small sets of texts as integers: whether two values share a member, on whole arrays.

When to use: inside the comparisons of this package, where each of many values has a few keys,
classes or initials and far more pairs of values are compared than there are values. It knows no
names.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int64]
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
        met = np.zeros(len(lefts), dtype=bool)
        for one in self._columns(lefts):
            for other in self._columns(rights):
                met |= (one == other) & (one != NO_MEMBER)
        return met

    def _columns(self, values: Codes) -> list[npt.NDArray[np.int32]]:
        """Members of the values, column by column, as far as any of them has one."""
        columns = []
        for at in range(self.members.shape[1]):
            column = self.members[:, at][values]
            if at and not (column != NO_MEMBER).any():
                break
            columns.append(column)
        return columns


def small_sets(sets: Sequence[Collection[str]]) -> SmallSets:
    """Number the members of sets.

    Args:
        sets: One for each value; members may be repeated.
    """
    number: dict[str, int] = {}
    width = min(max(map(len, sets), default=0), WIDEST) or 1
    members = np.full((len(sets), width), NO_MEMBER, dtype=np.int32)
    wide = np.zeros(len(sets), dtype=bool)
    for value, found in enumerate(sets):
        wide[value] = len(found) > WIDEST
        for at, text in zip(range(width), found, strict=False):
            members[value, at] = number.setdefault(text, len(number))
    return SmallSets(members, list(number), wide)


def any_wide(first: SmallSets, *more: SmallSets) -> Bools:
    """Which values have a set of more than `WIDEST` members in any of these."""
    wide = first.wide.copy()
    for sets in more:
        wide |= sets.wide
    return wide
