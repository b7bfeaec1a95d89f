"""Two lists: Chapman's estimate, and how it moves when the lists depend on each other.

Chapman (1951), Univ. California Publ. Stat. 1, with his variance; interval by Sadinle (2009),
Transformed logit confidence intervals for small populations in single capture-recapture
estimation, Communications in Statistics 38. Everything here rests on the independence of the two
lists, which two lists can never show: each answer says so and carries the sensitivity.
"""

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.models.answering import Answering, central, spread_quantiles
from martyrolog.estimate.result import Estimate, Reason

Floats = npt.NDArray[np.float64]

ODDS_RATIOS = (0.25, 0.5, 1.0, 2.0, 4.0)
DRAWS = 4000


def fit_chapman(counts: CaptureCounts, *, level: float = 0.95, seed: int = 0) -> Estimate:
    """Estimate from exactly two lists.

    Args:
        counts: Two lists that hold somebody.
        level: Probability of the interval.
        seed: Of the order of the draws.

    Returns:
        The estimate with its warning; ``not_identified`` where the lists share nobody.
    """
    answer = Answering.begin("chapman", counts, level, seed=seed)
    refusal = answer.needs_lists(2, 2)
    if refusal is not None:
        return refusal
    table = answer.counts.full_table()
    first, second, both = int(table[1]), int(table[2]), int(table[3])
    reasons = [Reason("estimate.two_lists")]
    if 0 in (first, second):
        reasons.append(Reason("estimate.contained_list"))
    point = chapman(first + both, second + both, both)
    low, high = (float(n) for n in _logit(first, second, both, np.array(central(level))))
    details = {
        "standard_error": round(chapman_variance(first + both, second + both, both) ** 0.5, 3),
        "by_odds_ratio": by_odds_ratio(first, second, both),
    }
    draws = _logit(first, second, both, spread_quantiles(DRAWS, seed))
    return answer.give("estimated", draws[None], *reasons, mean=point, median=point,
                       ends=(low, high), details=details)  # fmt: skip


def chapman(first: int, second: int, both: int) -> float:
    """(n1 + 1)(n2 + 1)/(m + 1) - 1.

    >>> round(chapman(100, 80, 20), 3)
    388.571
    """
    return (first + 1) * (second + 1) / (both + 1) - 1


def chapman_variance(first: int, second: int, both: int) -> float:
    """(n1 + 1)(n2 + 1)(n1 - m)(n2 - m) / ((m + 1)^2 (m + 2))."""
    outside = (first - both) * (second - both)
    return (first + 1) * (second + 1) * outside / ((both + 1) ** 2 * (both + 2))


def by_odds_ratio(first: int, second: int, both: int) -> list[dict[str, float]]:
    """N under an odds ratio between the lists other than 1, about which two lists say nothing.

    Args:
        first: Persons only in the first list.
        second: Persons only in the second list.
        both: Persons in both.

    Returns:
        For each odds ratio n + ratio x (first x second)/(both + 1), the nearly unbiased number of
        the unseen. At 1 this is Chapman's estimate.
    """
    seen = first + second + both
    return [
        {"odds_ratio": ratio, "N": round(seen + ratio * first * second / (both + 1), 1)}
        for ratio in ODDS_RATIOS
    ]


def _logit(first: int, second: int, both: int, probabilities: Floats) -> Floats:
    """Quantiles of N by Sadinle's transformed logit."""
    one, two, shared = first + 0.5, second + 0.5, both + 0.5
    width = np.sqrt(1 / shared + 1 / one + 1 / two + shared / (one * two))
    unseen = one * two / shared * np.exp(ndtri(probabilities) * width)
    return np.asarray(first + second + both - 0.5 + unseen)
