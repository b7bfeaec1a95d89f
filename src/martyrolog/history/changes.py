"""Change points: where the level of a timeline changes, and how sure that is.

Counts of repression scatter far more than independent events would: people were shot in batches.
So counts are first put on a scale on which their scatter is one everywhere (negative binomial,
Anscombe 1948), its dispersion taken from neighbouring periods; then PELT (Killick, Fearnhead and
Eckley 2012; library ruptures, Truong, Oudre and Vayatis 2020) finds the levels that fit best at a
cost of ``PENALTY`` x log(periods) for each change. How sure a change is, a parametric bootstrap
tells: counts are drawn anew around the levels found and searched again in the same way.
"""

from dataclasses import dataclass

import numpy as np

from martyrolog.history.timeline import Floats, Ints

PENALTY = 3.0
"""Cost of a change in units of log(number of periods). Of 400 steady synthetic series of 240
periods at 40 events none shows a change where events are independent, 1.5 % at k = 10 and 3 % at
k = 3."""

SHORTEST = 2
"""Fewest periods of one level: a single extraordinary day or month is no new level."""

FEWEST = 6
"""Fewest periods in which changes are sought."""

MOST_PERIODS = 1200
"""Most periods in which changes are sought, a hundred years of months: time grows as its square,
and one misread year can make any series long."""

DRAWS = 200
MOST_DISPERSION, LEAST_DISPERSION = 1e6, 1.0


@dataclass(frozen=True)
class Change:
    """One change of level.

    Attributes:
        at: First period of the new level.
        low: First period of the central 95 % of where the bootstrap found it.
        high: Last period of these.
        support: Share of the draws in which it was found, nearer to it than to another change.
        before: Events a period before it.
        after: Events a period from it on.
    """

    at: int
    low: int
    high: int
    support: float
    before: float
    after: float


def dispersion(counts: Floats) -> float:
    """Dispersion k of counts whose variance is m + m²/k at level m; large where Poisson.

    The k for which the median difference of neighbouring periods, on the stabilised scale, is that
    of unit noise; changes of level are few and do not move a median. Each pair of periods weighs as
    much as it has events: the scatter that matters is that of the time in which most was done, and
    quiet years with a few bursts do not hide it. Pairs of fewer than ten events say nothing of k.
    Between ``LEAST_DISPERSION`` and ``MOST_DISPERSION``.
    """
    events = counts[1:] + counts[:-1]
    telling = events >= 10
    if telling.sum() < FEWEST:
        return MOST_DISPERSION
    left, right, weight = counts[:-1][telling], counts[1:][telling], events[telling]
    low, high = np.log(LEAST_DISPERSION), np.log(MOST_DISPERSION)
    for _ in range(40):
        middle = (low + high) / 2
        k = float(np.exp(middle))
        noise = _weighted_median(np.abs(stabilised(right, k) - stabilised(left, k)), weight)
        low, high = (low, middle) if noise > 0.6745 * np.sqrt(2) else (middle, high)
    return float(np.exp((low + high) / 2))


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def stabilised(counts: Floats, k: float) -> Floats:
    """Counts on a scale of unit scatter (Anscombe 1948, equations 2.6 and 3.1).

    Args:
        counts: Events a period.
        k: Dispersion, at least 1.
    """
    root = np.sqrt((counts + 3 / 8) / max(k - 3 / 4, 0.25))
    return np.asarray(2 * np.sqrt(max(k - 1 / 2, 0.5)) * np.arcsinh(root), dtype=np.float64)


def levels(counts: Floats, k: float) -> Ints:
    """First periods of each level, the first of them 0.

    Args:
        counts: Events a period.
        k: Dispersion, see :func:`dispersion`.
    """
    if len(counts) < FEWEST:
        return np.zeros(1, dtype=np.int64)
    import ruptures  # here: it takes half a second

    search = ruptures.KernelCPD(kernel="linear", min_size=SHORTEST, jump=1)
    found = search.fit(stabilised(counts, k)).predict(pen=PENALTY * np.log(len(counts)))
    return np.array([0, *found[:-1]], dtype=np.int64)


def level_means(counts: Floats, begins: Ints) -> Floats:
    """Events a period of each level."""
    sizes = np.diff(np.append(begins, len(counts)))
    return np.asarray(np.add.reduceat(counts, begins) / sizes, dtype=np.float64)


def find_changes(counts: Floats, *, seed: int = 0, draws: int = DRAWS) -> list[Change]:
    """Every change of level of a series, in order, with what the bootstrap says of it.

    Args:
        counts: Events a period, without gaps; shares of uncertain events are welcome. Of more than
            ``MOST_PERIODS`` only as many are searched, those next to each other with most events.
        seed: Seed of the draws: the same series and seed give the same answer.
        draws: Number of draws.
    """
    if len(counts) < FEWEST:
        return []
    first = _busiest(counts)
    counts = counts[first : first + MOST_PERIODS]
    k = dispersion(counts)
    begins = levels(counts, k)
    means = level_means(counts, begins)
    if len(begins) == 1:
        return []
    positions = _redrawn(counts, begins, means, k, np.random.default_rng(seed), draws)
    found = [_interval(int(at), positions[index], draws) for index, at in enumerate(begins[1:])]
    return [
        Change(first + int(at), first + low, first + high, support,
               float(means[index]), float(means[index + 1]))
        for index, (at, (low, high, support)) in enumerate(zip(begins[1:], found, strict=True))
    ]  # fmt: skip


def _busiest(counts: Floats) -> int:
    """First of the ``MOST_PERIODS`` periods with most events; of equals the middle one."""
    upto = np.append(0, np.cumsum(counts))
    width = min(MOST_PERIODS, len(counts))
    held = upto[width:] - upto[:-width]
    equals = np.flatnonzero(held == held.max())
    return int(equals[len(equals) // 2])


def _redrawn(
    counts: Floats, begins: Ints, means: Floats, k: float, rng: np.random.Generator, draws: int
) -> list[list[int]]:
    """Where each draw finds each change: the found change nearest to it, if it is nearest to it."""
    rate = np.repeat(means, np.diff(np.append(begins, len(counts))))
    known = begins[1:]
    found: list[list[int]] = [[] for _ in known]
    for _ in range(draws):
        drawn = rng.poisson(rng.gamma(k, rate / k)).astype(np.float64)
        again = levels(drawn, k)[1:]
        if not len(again):
            continue
        owner = np.abs(again[:, None] - known[None, :]).argmin(axis=1)
        for index in np.unique(owner):
            mine = again[owner == index]
            found[index].append(int(mine[np.abs(mine - known[index]).argmin()]))
    return found


def _interval(at: int, found: list[int], draws: int) -> tuple[int, int, float]:
    if not found:
        return at, at, 0.0
    low, high = np.quantile(found, [0.025, 0.975], method="nearest")
    return min(int(low), at), max(int(high), at), len(found) / draws
