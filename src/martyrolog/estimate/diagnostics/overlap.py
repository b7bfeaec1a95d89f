"""What the lists have in common: odds ratios of pairs, and how many persons are in how many lists.

A first look at dependence before any model: where two lists share more than chance, each pair of
lists alone would put N too low.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from martyrolog.estimate.counts import CaptureCounts

LEAST_CONTAINED = 10


@dataclass(frozen=True)
class PairOverlap:
    """Two lists among the persons observed.

    Attributes:
        left: First list.
        right: Second list.
        both: Persons in both.
        odds_ratio: Among the persons in a third list, so that those in neither are known; 0.5 is
            added to each of the four numbers. None where nobody is in a third list.
        lower: Lower end of its 95 % interval (Woolf, on the logarithm).
        upper: Upper end.
    """

    left: str
    right: str
    both: int
    odds_ratio: float | None
    lower: float | None
    upper: float | None


def pair_overlaps(counts: CaptureCounts) -> list[PairOverlap]:
    """Every pair of lists, in the order of the lists.

    Args:
        counts: One table.

    Returns:
        With two lists the odds ratio cannot be known. Persons of a third list are no sample of
        all: this is a description, no test.
    """
    return [_pair(counts, left, right) for left, right in combinations(range(counts.n_lists), 2)]


def _pair(counts: CaptureCounts, left: int, right: int) -> PairOverlap:
    others = [j for j in range(counts.n_lists) if j not in (left, right)]
    inside = (
        counts.patterns[:, others].any(axis=1) if others else np.zeros(len(counts.counts), bool)
    )
    first, second = counts.patterns[:, left], counts.patterns[:, right]
    cells = [int(counts.counts[inside & (first == a) & (second == b)].sum())
             for a, b in ((True, True), (True, False), (False, True), (False, False))]  # fmt: skip
    names = counts.lists[left], counts.lists[right]
    both = int(counts.overlaps[left, right])
    if not sum(cells):
        return PairOverlap(*names, both, None, None, None)
    a, b, c, d = (cell + 0.5 for cell in cells)
    logs, width = np.log(a * d / (b * c)), 1.96 * np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    ends = (float(np.exp(logs + shift)) for shift in (0, -width, width))
    return PairOverlap(*names, both, *(round(end, 3) for end in ends))


def contained_lists(counts: CaptureCounts) -> list[tuple[str, str]]:
    """Lists of ten persons or more that stand wholly within another, each with that list.

    Shorter ones are within another by chance too often to say anything.
    """
    sizes, shared = counts.list_sizes, counts.overlaps
    inside = (shared == sizes[:, None]) & (sizes[:, None] >= LEAST_CONTAINED)
    np.fill_diagonal(inside, False)
    return [(counts.lists[inner], counts.lists[outer]) for inner, outer in np.argwhere(inside)]


def frequency_rows(counts: CaptureCounts) -> list[tuple[int, int, float | None]]:
    """i, f_i, and log(f_i / (K choose i)), which lies on a straight line where lists are alike."""
    rows: list[tuple[int, int, float | None]] = []
    choose = 1.0
    for i, f in enumerate(counts.frequencies.tolist(), 1):
        choose *= (counts.n_lists - i + 1) / i
        rows.append((i, f, round(float(np.log(f / choose)), 3) if f else None))
    return rows
