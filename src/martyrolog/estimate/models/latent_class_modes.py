"""Separate hills of a posterior of N, each with its mass: what a refusal can still show.

It looks at N alone: modes of other parameters that give the same N are one hill here. The mass is
that of the draws, so it is known only as far as the chains agree about it; ``mass_by_chain`` says.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter1d

Numbers = npt.NDArray[np.float64]

GRID = 400
BANDWIDTH = 0.35
DEEPEST_SADDLE = 0.8
LEAST_MASS = 0.01


@dataclass(frozen=True)
class Mode:
    """One hill of the posterior of log N.

    Attributes:
        location: Median of the draws on the hill.
        lower: 2.5 % quantile of the draws on the hill.
        upper: 97.5 % quantile.
        mass: Share of all draws.
        mass_by_chain: Share of each chain's draws.
    """

    location: float
    lower: float
    upper: float
    mass: float
    mass_by_chain: tuple[float, ...]


def find_modes(draws: Numbers) -> tuple[Mode, ...]:
    """Hills of the pooled draws and of each chain's, by location.

    The density of log N is estimated for every chain, with a bandwidth of 0.35 of the chain's
    standard deviation, and averaged. Two peaks are two hills where the valley between them is
    below four fifths of the lower peak; a hill with less than a hundredth of the draws is none.

    Args:
        draws: Shape (chains, draws), above zero.
    """
    logs = np.log(draws)
    grid = np.linspace(logs.min(), logs.max(), GRID)
    borders = _valleys(_density(logs, grid), grid)
    places = np.searchsorted(borders, logs)
    hills = [places == place for place in range(len(borders) + 1)]
    return tuple(_mode(draws, hill) for hill in hills if hill.mean() >= LEAST_MASS)


def _density(logs: Numbers, grid: Numbers) -> Numbers:
    step = max(float(grid[1] - grid[0]), 1e-12)
    edges = np.append(grid - step / 2, grid[-1] + step / 2)
    total = np.zeros(len(grid))
    for chain in logs:
        heights = np.histogram(chain, bins=edges)[0] / chain.size
        spread = BANDWIDTH * float(chain.std()) / step
        total += gaussian_filter1d(heights, max(spread, 1.0), mode="constant")
    return total


def _valleys(density: Numbers, grid: Numbers) -> Numbers:
    """Grid points that part the hills: the lowest point between two peaks, if it is low enough."""
    rises = np.diff(density)
    peaks = np.flatnonzero((np.append(0, rises) > 0) & (np.append(rises, 0) <= 0))
    kept: list[int] = []
    borders: list[int] = []
    for peak in (int(place) for place in peaks):
        if not kept:
            kept.append(peak)
            continue
        valley = kept[-1] + int(density[kept[-1] : peak].argmin())
        if density[valley] < DEEPEST_SADDLE * min(density[kept[-1]], density[peak]):
            borders.append(valley)
            kept.append(peak)
        elif density[peak] > density[kept[-1]]:
            kept[-1] = peak
    return np.asarray(grid[borders], dtype=float)


def _mode(draws: Numbers, hill: npt.NDArray[np.bool_]) -> Mode:
    lower, location, upper = np.quantile(draws[hill], [0.025, 0.5, 0.975])
    shares = hill.mean(axis=1)
    return Mode(
        float(location), float(lower), float(upper), float(hill.mean()), tuple(map(float, shares))
    )
