"""Waves: stretches of time in which far more was done than before and after.

A wave is a run of levels around a level that is higher than both its neighbours. It reaches as far
as the levels stay above half of its height over its surroundings (the full width at half of the
prominence, as in `scipy.signal.peak_widths`). A series of one level has none. Nothing here knows a
date: what begins in August 1937 is found there or not at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from martyrolog.history.changes import Change, find_changes, level_means
from martyrolog.history.timeline import Floats, Ints, Timeline

LEAST_SUPPORT = 0.5
"""Share of the bootstrap's draws that must find a change for it to bound a wave."""

LEAST_HEIGHT = 2.0
"""How many times as high as around it the highest level of a wave stands at least."""


@dataclass(frozen=True)
class Wave:
    """One wave, in periods of its timeline.

    Attributes:
        first: First period of the wave.
        last: Last period of the wave.
        onset: The change with which it begins; None where the series begins within it.
        end: The change after its last period; None where the series ends within it.
        peak: The period with the most events.
        mass: Events in it.
        share: Its share of all dated events of the series.
        level: Events a period, of its highest level.
        around: Events a period, of the higher of the lowest levels on either side.
    """

    first: int
    last: int
    onset: Change | None
    end: Change | None
    peak: int
    mass: float
    share: float
    level: float
    around: float


def find_waves(timeline: Timeline, *, seed: int = 0) -> list[Wave]:
    """The waves of a series, the one with the most events first.

    Args:
        timeline: Events per period.
        seed: Seed of the bootstrap that says how sure each change is.
    """
    return waves_of(timeline.expected, find_changes(timeline.expected, seed=seed))


def waves_of(counts: Floats, changes: Sequence[Change]) -> list[Wave]:
    """The waves between given changes; changes of little support are left out."""
    sure = [change for change in changes if change.support >= LEAST_SUPPORT]
    if not len(counts) or not sure:
        return []
    begins = np.array([0, *(change.at for change in sure)], dtype=np.int64)
    means = level_means(counts, begins)
    waves = [_wave(counts, begins, means, sure, *run) for run in _runs(means)]
    return sorted(waves, key=lambda wave: (-wave.mass, wave.first))


def _runs(means: Floats) -> Iterator[tuple[int, int, int, float]]:
    """Levels from .. to of each wave, its highest level and the height around it.

    The highest level comes first; what a higher wave has taken is no wave again.
    """
    taken = np.zeros(len(means), dtype=bool)
    for top in np.argsort(-means, kind="stable").tolist():
        around = _around(means, top)
        if taken[top] or around is None or means[top] < LEAST_HEIGHT * around:
            continue
        half = (means[top] + around) / 2
        low = high = top
        while low > 0 and means[low - 1] > half and not taken[low - 1]:
            low -= 1
        while high + 1 < len(means) and means[high + 1] > half and not taken[high + 1]:
            high += 1
        taken[low : high + 1] = True
        yield low, high, top, around


def _around(means: Floats, top: int) -> float | None:
    """The higher of the lowest levels on either side, as far as nothing is higher than ``top``.

    None where the next level on either side is no lower: then it is no top. At an edge of the
    series the other side alone counts.
    """
    sides = []
    for side in (means[:top][::-1], means[top + 1 :]):
        if not len(side):
            continue
        higher = np.flatnonzero(side >= means[top])
        reach = side[: higher[0]] if len(higher) else side
        if not len(reach):
            return None
        sides.append(float(reach.min()))
    return max(sides) if sides else None


def _wave(
    counts: Floats, begins: Ints, means: Floats, changes: Sequence[Change],
    low: int, high: int, top: int, around: float,
) -> Wave:  # fmt: skip
    first = int(begins[low])
    last = int(begins[high + 1]) - 1 if high + 1 < len(begins) else len(counts) - 1
    mass = float(counts[first : last + 1].sum())
    return Wave(
        first, last, changes[low - 1] if low else None,
        changes[high] if high < len(changes) else None,
        first + int(counts[first : last + 1].argmax()),
        mass, mass / float(counts.sum()), float(means[top]), around,
    )  # fmt: skip


def peak_window(counts: Floats, share: float) -> tuple[int, int] | None:
    """First and last period of the shortest interval that holds a share of all events.

    Of several equally short ones that with the most events, then the earliest.

    Args:
        counts: Events a period.
        share: Share of all events, above 0 and at most 1.

    Returns:
        None where there is no event.

    >>> peak_window(np.array([1.0, 5.0, 4.0, 0.0]), 0.9)
    (1, 2)
    """
    total = float(counts.sum())
    if total <= 0:
        return None
    sums = np.concatenate(([0.0], np.cumsum(counts)))
    wanted = min(share * total, sums[-1]) - 1e-9 * total
    ends = np.searchsorted(sums, sums[:-1] + wanted, side="left")
    begins = np.flatnonzero(ends < len(sums))
    lengths = ends[begins] - begins
    mass = sums[ends[begins]] - sums[begins]
    best = begins[np.lexsort((begins, -mass, lengths))[0]]
    return int(best), int(ends[best]) - 1
