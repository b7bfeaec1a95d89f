"""What an uncertain linkage adds: estimates from several draws of the clustering become one.

Each draw of the clustering gives capture histories and an estimate of its own. They are combined on
the logarithm of the unseen by Rubin's rules: T = W + (1 + 1/m) B with df = (m - 1)(1 + m W /
((m + 1) B))^2. Missed links turn one person into two and raise N; false links lower it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from martyrolog.estimate.counts import CaptureCounts, make_counts
from martyrolog.estimate.result import Estimate, Reason

Floats = npt.NDArray[np.float64]

DRAWS = 4000
LEAST_UNSEEN = 0.5


@dataclass(frozen=True)
class Combined:
    """Parts of the variance of log n0.

    Attributes:
        mean: Mean of log n0 over the draws of the clustering.
        within: W, mean of the variances within a draw.
        between: B, variance of the means between draws.
        total: T.
        df: Degrees of freedom; infinite where B is 0.
    """

    mean: float
    within: float
    between: float
    total: float
    df: float

    @property
    def linkage_share(self) -> float:
        """Part of the variance that the linkage brings in, 0 to 1."""
        return 1 - self.within / self.total if self.total else 0.0


def counts_of_clustering(
    clusters: npt.NDArray[np.int64], held_by: npt.NDArray[np.int64], lists: Sequence[str]
) -> CaptureCounts:
    """Capture histories of one draw of the clustering.

    Args:
        clusters: Shape (records,): cluster of each record, any numbers.
        held_by: Shape (records,): place of its list in ``lists``; -1 for a list not used.
        lists: Names of the lists used.
    """
    used = held_by >= 0
    _, persons = np.unique(clusters[used], return_inverse=True)
    patterns = np.zeros((int(persons.max(initial=-1)) + 1, len(lists)), dtype=bool)
    patterns[persons, held_by[used]] = True
    return make_counts(patterns, np.ones(len(patterns)), lists)


def combine_logs(means: Floats, variances: Floats) -> Combined:
    """Rubin's rules.

    Args:
        means: Shape (m,), m of at least 2: mean of log n0 of each draw of the clustering.
        variances: Shape (m,): its variance within that draw.
    """
    m = len(means)
    within, between = float(variances.mean()), float(means.var(ddof=1))
    total = within + (1 + 1 / m) * between
    df = np.inf if between == 0 else (m - 1) * (1 + m * within / ((m + 1) * between)) ** 2
    return Combined(float(means.mean()), within, between, total, float(df))


def combine_estimates(estimates: Sequence[Estimate], *, seed: int = 0) -> Estimate:
    """One estimate from those of several draws of the clustering.

    Args:
        estimates: Of one model and level, one for each draw.
        seed: Of the draws given back.

    Returns:
        Like the first (like the first lower bound where one is), with the observed number averaged,
        the interval from a t distribution of log n0, and ``details`` with W, B, T and df. Where a
        draw was refused, the whole is: with the status and the reasons of that draw.

    Raises:
        ValueError: fewer than two estimates.
    """
    if len(estimates) < 2:
        raise ValueError("two draws of the clustering are the least")
    refused = next((one for one in estimates if one.draws is None), None)
    if refused is not None:
        return replace(refused, details={"refused_draws": _refused(estimates)})
    logs = [np.log(np.maximum(one.draws - one.n_observed, LEAST_UNSEEN))
            for one in estimates if one.draws is not None]  # fmt: skip
    found = combine_logs(np.array([log.mean() for log in logs]),
                         np.array([log.var(ddof=1) for log in logs]))  # fmt: skip
    observed = round(float(np.mean([one.n_observed for one in estimates])))
    spread = stats.t(found.df) if np.isfinite(found.df) else stats.norm()
    even = np.random.default_rng(seed).permutation((np.arange(DRAWS) + 0.5) / DRAWS)
    draws = observed + np.exp(found.mean + np.sqrt(found.total) * spread.ppf(even))
    bound = next((one for one in estimates if one.status == "lower_bound"), None)
    first = bound or estimates[0]
    ends = [(1 - first.level) / 2, 0.5, (1 + first.level) / 2]
    low, middle, high = (
        observed + np.exp(found.mean + np.sqrt(found.total) * spread.ppf(end)) for end in ends
    )
    reason = Reason(
        "estimate.linkage_included",
        {
            "draws": len(estimates),
            "share": f"{100 * found.linkage_share:.0f}",
            "persons": _span([one.n_observed for one in estimates]),
        },
    )
    return replace(
        first, n_observed=observed, mean=None, median=float(middle), lower=float(low),
        upper=float(high), draws=draws[None], reasons=(*first.reasons, reason),
        seconds=sum(one.seconds for one in estimates),
        details={"W": found.within, "B": found.between, "T": found.total, "df": found.df,
                 "n_observed": [one.n_observed for one in estimates],
                 "medians": [one.median for one in estimates]},
    )  # fmt: skip


def _refused(estimates: Sequence[Estimate]) -> int:
    return sum(one.draws is None for one in estimates)


def _span(numbers: Sequence[int]) -> str:
    low, high = min(numbers), max(numbers)
    return f"{low}" if low == high else f"{low}–{high}"
