"""A lower bound that needs no model of dependence: Chao's, from persons in one and in two lists.

Chao (1987), Estimating the population size for capture-recapture data with unequal catchability,
Biometrics 43. Lists may have unequal reach and persons unequal chances; what is estimated is the
least number that fits, so the upper end of the interval is that of the bound, not of N.
"""

import numpy as np
from scipy.special import ndtri

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.models.answering import Answering, central, spread_quantiles
from martyrolog.estimate.result import Estimate, Reason

DRAWS = 4000


def fit_chao(counts: CaptureCounts, *, level: float = 0.95, seed: int = 0) -> Estimate:
    """Lower bound from two or more lists.

    Args:
        counts: Lists that hold somebody.
        level: Probability of the interval, which is log-normal in the number of the unseen.
        seed: Of the order of the draws.

    Returns:
        Status ``lower_bound``; ``not_identified`` where nobody is in two lists or more.
    """
    answer = Answering.begin("chao", counts, level, seed=seed)
    refusal = answer.needs_lists(2)
    if refusal is not None:
        return refusal
    used = answer.counts
    ones, twos = (int(f) for f in used.frequencies[:2])
    reasons = [Reason("estimate.is_lower_bound")]
    if used.n_lists == 2:
        reasons.append(Reason("estimate.two_lists"))
    if twos == 0:
        reasons.append(Reason("estimate.nobody_in_exactly_two"))
    unseen = chao_unseen(used.n_lists, ones, twos)
    variance = chao_variance(used.n_lists, ones, twos, unseen)
    spread = np.sqrt(np.log1p(variance / unseen**2)) if unseen > 0 else 0.0
    middle = used.n_observed + unseen
    low, high = used.n_observed + unseen * np.exp(ndtri(central(level)) * spread)
    quantiles = ndtri(spread_quantiles(DRAWS, seed))
    draws = used.n_observed + unseen * np.exp(quantiles * spread)
    return answer.give("lower_bound", draws[None], *reasons, mean=middle, median=middle,
                       ends=(float(low), float(high)),
                       details={"f1": ones, "f2": twos})  # fmt: skip


def chao_unseen(n_lists: int, ones: int, twos: int) -> float:
    """((K - 1)/K) f1^2 / (2 f2); bias-corrected, f1 (f1 - 1)/2, where f2 = 0.

    >>> chao_unseen(4, 100, 50)
    75.0
    """
    share = (n_lists - 1) / n_lists
    return share * ones**2 / (2 * twos) if twos else share * ones * (ones - 1) / 2


def chao_variance(n_lists: int, ones: int, twos: int, unseen: float) -> float:
    """Variance with r = f1/f2 and A = (K - 1)/K (Chao 1987; where f2 = 0, Chao 1989).

    f2 (A r^2 / 2 + A^2 r^3 + A^2 r^4 / 4); where f2 = 0,
    A f1 (f1 - 1)/2 + A^2 f1 (2 f1 - 1)^2 / 4 - A^2 f1^4 / (4 n0).
    """
    share = (n_lists - 1) / n_lists
    if twos:
        ratio = ones / twos
        return twos * (share / 2 * ratio**2 + share**2 * ratio**3 + share**2 / 4 * ratio**4)
    if unseen == 0:
        return 0.0
    plain = share * ones * (ones - 1) / 2 + share**2 * ones * (2 * ones - 1) ** 2 / 4
    return max(plain - share**2 * ones**4 / (4 * unseen), 0.0)
