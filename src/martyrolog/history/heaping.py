"""Heaping: a month of the year, or a day of the month, on which dates were put for want of better.

Files that know only the year were often entered under its last month. Such a month stands far
above both its neighbours again and again, in years that have nothing else in common; what really
happened in one month of one year does not. Found heaps are reported, and what stands above the
neighbours is spread over the whole year again (`levelled`), so that no event is lost or gained.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from martyrolog.history.timeline import Floats, Ints, Timeline

FAR_ABOVE = 2.0
"""A period stands far above where it has more than twice the events of either neighbour."""

FEWEST = 10
"""Fewest events of a period and its neighbours together that tell anything."""

SIGNIFICANCE = 0.01
"""Chance, over all positions together, that a series without heaps shows one."""

SHORTEST = 3
"""Fewest cycles in which a position is far above for it to be a heap: twice is no habit."""


@dataclass(frozen=True)
class Heap:
    """One heaped position.

    Attributes:
        position: Month of the year, or day of the month, from 1.
        cycles: Years (or months) that tell anything of it.
        above: Those of them in which it stands far above both its neighbours.
        probability: Probability of so many, at the rate of all other positions (binomial).
        excess: Events above the larger neighbour in those cycles: what `levelled` moves.
    """

    position: int
    cycles: int
    above: int
    probability: float
    excess: float


def find_heaps(timeline: Timeline) -> list[Heap]:
    """The heaped positions of a timeline of months (in the year) or days (in the month).

    Args:
        timeline: Of step ``month`` or ``day``.
    """
    from scipy.stats import binomtest  # here: it takes half a second

    position, _ = _calendar(timeline)
    told, above, excess = _neighbours(timeline.expected)
    positions = int(position.max()) if len(position) else 0
    heaps = []
    for one in range(1, positions + 1):
        mine = position == one
        cycles, often = int((told & mine).sum()), int((above & mine).sum())
        elsewhere = int((told & ~mine).sum())
        if often < SHORTEST or not elsewhere:
            continue
        rate = (int((above & ~mine).sum()) + 1) / (elsewhere + 2)
        chance = float(binomtest(often, cycles, rate, alternative="greater").pvalue)
        if chance < SIGNIFICANCE / positions:
            heaps.append(Heap(one, cycles, often, chance, float(excess[above & mine].sum())))
    return heaps


def levelled(timeline: Timeline, heaps: list[Heap]) -> Timeline:
    """The timeline with the excess of its heaps spread evenly over their year (or month).

    Args:
        timeline: As given to :func:`find_heaps`.
        heaps: What it found.
    """
    position, cycle = _calendar(timeline)
    _, above, excess = _neighbours(timeline.expected)
    heaped = above & np.isin(position, [heap.position for heap in heaps])
    if not heaped.any():
        return timeline
    moved = np.where(heaped, excess, 0.0)
    numbers, which = np.unique(cycle, return_inverse=True)
    share = np.bincount(which, moved, len(numbers)) / np.bincount(which, minlength=len(numbers))
    expected = timeline.expected - moved + share[which]
    certain = np.minimum(timeline.certain, np.floor(expected).astype(np.int64))
    return Timeline(timeline.step, timeline.starts, expected, certain, timeline.undated)


def _neighbours(counts: Floats) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], Floats]:
    """Whether a period tells anything, stands far above its neighbours, and by how much."""
    larger, together = np.zeros(len(counts)), np.zeros(len(counts))
    if len(counts) > 2:
        larger[1:-1] = np.maximum(counts[:-2], counts[2:])
        together[1:-1] = counts[:-2] + counts[1:-1] + counts[2:]
    told = together >= FEWEST
    return told, told & (counts > FAR_ABOVE * larger), np.maximum(counts - larger, 0.0)


def _calendar(timeline: Timeline) -> tuple[Ints, Ints]:
    """Position in its cycle, from 1, and number of the cycle, of each period."""
    days = timeline.starts[:-1].astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    if timeline.step == "day":
        return (days - months).astype(np.int64) + 1, months.astype(np.int64)
    years = days.astype("datetime64[Y]")
    return (months - years.astype("datetime64[M]")).astype(np.int64) + 1, years.astype(np.int64)
