"""Posterior of the number of the unseen under many models at once, on a grid that finds itself.

First a coarse walk over orders of magnitude, in steps no wider than the posterior can be, finds
where the mass lies and which models carry any; then a fine grid covers it: every whole number where
there are at most 8,000 of them. Sums are taken in log space, block by block.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LogWeight = Callable[[Floats, npt.NDArray[np.int64]], Floats]

CAP = 10**12
TAIL_BELOW = 1e-6
NEGLIGIBLE = 1e-9
BLOCK = 2_000_000
FINE_POINTS = 8000
WIDEST_STEP = 0.05
STABLE_MEAN = 0.01


class UnseenTooMany(Exception):  # noqa: N818  a finding about the table, not a mistake
    """More than a millionth of the posterior lies near or beyond the cap.

    Attributes:
        cap: Largest number of the unseen looked at.
        shares: Shape (models,): which part of the mass near and beyond the cap each model has.
        weights: Shape (models,): probability of each model as far as the cap.
    """

    def __init__(self, shares: Floats, weights: Floats) -> None:
        super().__init__("the posterior reaches beyond the grid")
        self.cap = CAP
        self.shares = shares
        self.weights = weights


@dataclass(frozen=True, eq=False)
class Posterior:
    """Mass of n0 on a grid.

    Attributes:
        unseen: Shape (points,): n0, ascending.
        mass: Shape (points,): probability, adding up to 1.
        log_evidence: Log of the sum over models and n0, up to a constant of the table.
    """

    unseen: Floats
    mass: Floats
    log_evidence: float

    @property
    def mean(self) -> float:
        """Mean of n0 over the grid."""
        return float(self.unseen @ self.mass)

    @property
    def mean_is_stable(self) -> bool:
        """Whether the mean moves by less than 1 % when the last 10^-4 of the mass is left out.

        Tails like 1/N^2 have no mean: what a grid then gives depends on where it ends.
        """
        inner = self.mass.cumsum() < 1 - 1e-4
        if not inner.any():
            return True
        rest = self.unseen[inner] @ self.mass[inner] / self.mass[inner].sum()
        return bool(abs(self.mean - rest) <= STABLE_MEAN * max(self.mean, 1.0))

    def up_to(self, most: float) -> "Posterior":
        """The posterior given that at most so many are unseen."""
        inside = self.unseen <= most
        mass = self.mass[inside]
        return Posterior(self.unseen[inside], mass / mass.sum(), self.log_evidence)

    def beyond(self, most: float) -> float:
        """Probability of more unseen than ``most``."""
        return float(self.mass[self.unseen > most].sum())

    def quantile(self, probabilities: npt.ArrayLike) -> Floats:
        """n0 at probabilities, between grid points by straight lines."""
        middle = self.mass.cumsum() - self.mass / 2
        return np.asarray(np.interp(np.asarray(probabilities, dtype=float), middle, self.unseen))


def posterior(log_weight: LogWeight, models: int, n_observed: int) -> tuple[Posterior, Floats]:
    """Posterior of n0, and the probability of each model.

    Args:
        log_weight: ``(points, models) -> shape (models, points)``: log of prior times likelihood.
        models: How many there are.
        n_observed: Persons observed: the more, the finer the steps.

    Raises:
        UnseenTooMany: see there.
    """
    step = float(np.clip(2 / np.sqrt(n_observed), 5e-4, WIDEST_STEP))
    coarse = np.expm1(np.arange(0, np.log1p(CAP) + step, step))
    each, by_point = _sums(log_weight, np.arange(models), coarse, _widths(coarse))
    shares = _shares(by_point)
    far = coarse > CAP / 10
    if shares[far].sum() > TAIL_BELOW:
        tail, _ = _sums(log_weight, np.arange(models), coarse[far], _widths(coarse)[far])
        raise UnseenTooMany(_shares(tail), _shares(each))
    reached = shares.cumsum()
    first = max(int(np.searchsorted(reached, NEGLIGIBLE)) - 1, 0)
    last = min(int(np.searchsorted(reached, 1 - TAIL_BELOW / 10)) + 1, len(coarse) - 1)
    kept = np.flatnonzero(each > each.max() + np.log(NEGLIGIBLE / models))
    fine = _fine_grid(np.floor(coarse[first]), np.ceil(coarse[last]))
    each_fine, by_fine = _sums(log_weight, kept, fine, _widths(fine))
    weights = np.zeros(models)
    weights[kept] = _shares(each_fine)
    return Posterior(fine, _shares(by_fine), float(np.logaddexp.reduce(by_fine))), weights


def _fine_grid(low: float, high: float) -> Floats:
    if high - low <= FINE_POINTS:
        return np.arange(low, high + 1)
    return np.unique(np.round(np.expm1(np.linspace(np.log1p(low), np.log1p(high), FINE_POINTS))))


def _widths(points: Floats) -> Floats:
    """How many whole numbers each point stands for; in between, those of the trapezium rule."""
    gaps = np.diff(points)
    first, last = min(1.0, float(gaps[0])), float(gaps[-1])
    return np.asarray((np.append(first, gaps) + np.append(gaps, last)) / 2)


def _sums(
    log_weight: LogWeight, models: npt.NDArray[np.int64], points: Floats, widths: Floats
) -> tuple[Floats, Floats]:
    """Log sums over the points for each model, and over the models for each point."""
    each = np.full(len(models), -np.inf)
    by_point = np.empty(len(points))
    size = max(1, BLOCK // len(models))
    for low in range(0, len(points), size):
        block = slice(low, low + size)
        logs = log_weight(points[block], models) + np.log(widths[block])
        top = logs.max()
        scaled = np.exp(logs - top)
        with np.errstate(divide="ignore"):
            by_point[block] = top + np.log(scaled.sum(axis=0))
            each = np.logaddexp(each, top + np.log(scaled.sum(axis=1)))
    return each, by_point


def _shares(logs: Floats) -> Floats:
    found = np.exp(logs - logs.max())
    return np.asarray(found / found.sum())
