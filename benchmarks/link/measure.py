"""Pairwise precision, recall and F1 of clusters against the truth."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """How well found clusters agree with true ones, over pairs of records."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def agreement(found: Sequence[Hashable], true: Sequence[Hashable]) -> Agreement:
    """Pairwise agreement.

    Args:
        found: Cluster of each record.
        true: Person of each record, in the same order.
    """
    both = _pairs(Counter(zip(found, true, strict=True)))
    return Agreement(both / _pairs(Counter(found)), both / _pairs(Counter(true)))


def _pairs(sizes: Counter[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
