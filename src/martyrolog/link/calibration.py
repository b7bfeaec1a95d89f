"""Whether match probabilities are right: of the pairs given probability p, is a share p true?

:func:`calibrate` sorts compared pairs with a known truth into bins of probability. The expected
calibration error is the mean distance between the probability and the share of true pairs of a bin,
each bin by its pairs (Naeini, Cooper and Hauskrecht, AAAI 2015). It says nothing of pairs that were
never compared.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.metrics import LEVEL

BINS = 20
"""Bins of equal width from 0 to 1."""


@dataclass(frozen=True)
class ProbabilityBin:
    """Compared pairs of about one match probability.

    Attributes:
        pairs: How many.
        probability: Their mean match probability.
        true: Share of them that are of one person.
        low: Lower end of the 95 % interval of that share (Jeffreys).
        high: Its upper end.
    """

    pairs: int
    probability: float
    true: float
    low: float
    high: float


@dataclass(frozen=True)
class Calibration:
    """How right the match probabilities are.

    Attributes:
        pairs: Compared pairs whose truth is known.
        error: Expected calibration error, 0 to 1.
        bins: Bins that hold pairs, by rising probability.
    """

    pairs: int
    error: float
    bins: tuple[ProbabilityBin, ...]


def calibrate(probability: NDArray[np.float64], same: NDArray[np.bool_]) -> Calibration:
    """Compare match probabilities with the truth.

    Args:
        probability: Match probability of each pair.
        same: Whether the pair is of one person.

    >>> calibrate(np.array([0.5, 0.5, 1.0]), np.array([True, False, False])).error
    0.3333333333333333
    """
    which = np.minimum((probability * BINS).astype(np.int64), BINS - 1)
    pairs = np.bincount(which, minlength=BINS)
    summed = np.bincount(which, probability, BINS)
    true = np.bincount(which, same, BINS)
    # loaded where it is used: commands that calibrate nothing start sooner
    from scipy.special import betaincinv

    tail = (1 - LEVEL) / 2
    low, high = (betaincinv(true + 0.5, pairs - true + 0.5, share) for share in (tail, 1 - tail))
    bins = tuple(
        ProbabilityBin(int(pairs[at]), float(summed[at] / pairs[at]), float(true[at] / pairs[at]),
                       float(low[at]), float(high[at]))
        for at in np.flatnonzero(pairs)
    )  # fmt: skip
    error = float(np.abs(summed - true).sum() / max(len(probability), 1))
    return Calibration(len(probability), error, bins)
