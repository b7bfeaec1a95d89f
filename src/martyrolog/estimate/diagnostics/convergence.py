"""Have the chains mixed: rank-normalised split R-hat and effective sample sizes.

Vehtari, Gelman, Simpson, Carpenter, Bürkner (2021), Rank-normalization, folding, and localization:
An improved R-hat for assessing convergence of MCMC, Bayesian Analysis 16(2). Equation numbers are
theirs. The rule of this project: R-hat below 1.01 and both effective sample sizes at least 400,
from four or more dispersed chains; otherwise there is no estimate.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats
from scipy.fft import next_fast_len

RHAT_BELOW = 1.01
ESS_AT_LEAST = 400.0

Draws = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Convergence:
    """Diagnostics of one quantity over several chains."""

    rhat: float
    ess_bulk: float
    ess_tail: float

    @property
    def converged(self) -> bool:
        """Whether all three cut-offs are met; a value that is not a number meets none."""
        return (
            self.rhat < RHAT_BELOW
            and self.ess_bulk >= ESS_AT_LEAST
            and self.ess_tail >= ESS_AT_LEAST
        )


def diagnose(draws: npt.ArrayLike) -> Convergence:
    """All three diagnostics.

    Args:
        draws: Shape (chains, draws), at least 4 draws a chain, all finite.

    Returns:
        The diagnostics; not a number where a chain is too short or a draw is not finite.
    """
    values = np.asarray(draws, dtype=float)
    return Convergence(rhat(values), ess_bulk(values), ess_tail(values))


def rhat(draws: Draws) -> float:
    """Rank-normalised split R-hat: the larger of that of the draws and of the folded draws (4.1).

    1 where all draws are equal.
    """
    if not _usable(draws):
        return float("nan")
    if np.ptp(draws) == 0:
        return 1.0
    chains = _split(draws)
    folded = np.abs(chains - np.median(chains))
    return max(_rhat(_normal_scores(one)) for one in (chains, folded))


def ess_bulk(draws: Draws) -> float:
    """Effective sample size of the rank-normalised split chains: for mean and median."""
    return _ess(_normal_scores(_split(draws))) if _usable(draws) else float("nan")


def ess_tail(draws: Draws) -> float:
    """The smaller effective sample size of the indicators of the 5 % and 95 % quantiles."""
    if not _usable(draws):
        return float("nan")
    quantiles = np.quantile(draws, [0.05, 0.95])
    return min(_ess(_split((draws <= q).astype(float))) for q in quantiles)


def ess_mean(draws: Draws) -> float:
    """Effective sample size of the mean of the draws as they are: for Monte Carlo errors."""
    return _ess(_split(draws)) if _usable(draws) else float("nan")


def monte_carlo_error(draws: Draws) -> float:
    """Standard error of the mean of the draws."""
    return float(np.std(draws, ddof=1) / np.sqrt(ess_mean(draws)))


def _usable(draws: Draws) -> bool:
    return draws.ndim == 2 and draws.shape[1] >= 4 and bool(np.isfinite(draws).all())


def _split(draws: Draws) -> Draws:
    """Each chain as two halves; the middle draw of an odd number is left out."""
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def _normal_scores(draws: Draws) -> Draws:
    """Ranks over all chains as normal quantiles (14)."""
    ranks = stats.rankdata(draws).reshape(draws.shape)
    return np.asarray(stats.norm.ppf((ranks - 0.375) / (draws.size + 0.25)))


def _rhat(chains: Draws) -> float:
    """R-hat of split chains (1)-(4)."""
    length = chains.shape[1]
    within = float(chains.var(axis=1, ddof=1).mean())
    between = length * float(chains.mean(axis=1).var(ddof=1))
    if within == 0:
        return float("inf") if between else 1.0
    return float(np.sqrt((between / within + length - 1) / length))


def _ess(chains: Draws) -> float:
    """Effective sample size of split chains (10)-(13), by Geyer's initial monotone sequence.

    All draws equal: their number, as arviz has it.
    """
    number, length = chains.shape
    if np.ptp(chains) == 0:
        return float(chains.size)
    covariance = _autocovariance(chains)
    within = float(covariance[:, 0].mean()) * length / (length - 1)
    pooled = within * (length - 1) / length
    if number > 1:
        pooled += float(chains.mean(axis=1).var(ddof=1))
    correlation = 1 - (within - covariance.mean(axis=0)) / pooled
    correlation[0] = 1.0
    time = _correlation_time(correlation, length)
    return float(chains.size / max(time, 1 / np.log10(chains.size)))


def _correlation_time(correlation: Draws, length: int) -> float:
    """Integrated autocorrelation time from sums of neighbouring pairs, kept from growing."""
    even = correlation[: length // 2 * 2].reshape(-1, 2)
    pairs = even.sum(axis=1)
    negative = np.flatnonzero(pairs[1:] < 0)
    last = int(negative[0]) + 1 if len(negative) else len(pairs) - 1
    monotone = np.minimum.accumulate(pairs[:last])
    rest = max(float(correlation[2 * last]), 0.0) if 2 * last < len(correlation) else 0.0
    return float(-1 + 2 * monotone.sum() + rest)


def _autocovariance(chains: Draws) -> Draws:
    """Shape (chains, lags), divided by the length, by the fast Fourier transform."""
    length = chains.shape[1]
    size = next_fast_len(2 * length)
    centred = chains - chains.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, n=size, axis=1)
    return np.asarray(np.fft.irfft(np.abs(spectrum) ** 2, n=size, axis=1)[:, :length] / length)
