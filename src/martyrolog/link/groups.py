"""Groups of records that grow link by link, and refuse to."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Opinions = Mapping[int, Mapping[int, int]]
"""For each record, what its compared pairs weigh, in thousandths of a bit."""


class Groups:
    """Disjoint groups of records (union-find with refusals).

    A union is refused that would bring together two signatures that are enemies; or two groups
    whose compared pairs, all together, weigh against it (one accidental link does not make a chain
    of two persons); or that would be larger than is allowed.

    Args:
        signatures: Signature of each record; a group's size is its number of signatures.
        enemies: For each signature, those that may not come together with it.
        opinions: What the compared pairs weigh.
        largest: Signatures that a group may have.
    """

    def __init__(
        self,
        signatures: NDArray[np.int64],
        *,
        enemies: Mapping[int, set[int]],
        opinions: Opinions,
        largest: int,
    ) -> None:
        self._signatures = signatures
        self._enemies = enemies
        self._largest = largest
        self._parent: dict[int, int] = {}
        self._members: dict[int, set[int]] = {}
        self._hostile: dict[int, set[int]] = {}
        self._opinions: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for record, others in opinions.items():
            self._opinions[record] = dict(others)

    def find(self, record: int) -> int:
        """The record that stands for the group of a record."""
        if record not in self._parent:
            signature = int(self._signatures[record])
            self._parent[record] = record
            self._members[record] = {signature}
            self._hostile[record] = set(self._enemies.get(signature, ()))
        while self._parent[record] != record:
            self._parent[record] = self._parent[self._parent[record]]
            record = self._parent[record]
        return record

    def join(self, left: int, right: int, *, forced: bool) -> bool:
        """Make one group of the groups of two records; False where that is refused.

        Args:
            left: A record.
            right: Another; True where they are of one group already.
            forced: Refuse nothing: people decided.
        """
        one, other = self.find(left), self.find(right)
        if one == other:
            return True
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        if not forced and self._refused(one, other):
            return False
        self._parent[other] = one
        self._members[one] |= self._members.pop(other)
        self._hostile[one] |= self._hostile.pop(other)
        self._hand_over_opinions(other, one)
        return True

    def _refused(self, one: int, other: int) -> bool:
        if len(self._members[one]) + len(self._members[other]) > self._largest:
            return True
        if not self._members[other].isdisjoint(self._hostile[one]):
            return True
        return self._opinions[one].get(other, 0) < 0

    def _hand_over_opinions(self, source: int, heir: int) -> None:
        self._opinions[heir].pop(source, None)
        for third, weight in self._opinions.pop(source, {}).items():
            if third == heir:
                continue
            self._opinions[heir][third] = self._opinions[heir].get(third, 0) + weight
            self._opinions[third].pop(source, None)
            self._opinions[third][heir] = self._opinions[third].get(heir, 0) + weight
