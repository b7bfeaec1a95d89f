"""BCa bootstrap of a whole estimate, choice of the model included.

Efron (1987), Better bootstrap confidence intervals, JASA 82; Chan, Silverman and Vincent (2021),
section 3.3: persons are drawn anew from the observed cells, the model is chosen anew each time, and
the acceleration comes from leaving out one person of each cell. Silverman, Chan and Vincent (2024),
Statistics and Computing 34: it is enough to choose anew among the best models of the table itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]
Choose = Callable[[Floats], Floats]


@dataclass(frozen=True, eq=False)
class Bca:
    """A bootstrap distribution with its two corrections.

    Attributes:
        replicates: Ascending estimates of n0, those that exist.
        bias: z0, from the share of replicates below the estimate.
        acceleration: a, from the jackknife.
        failed: Replicates without an estimate.
    """

    replicates: Floats
    bias: float
    acceleration: float
    failed: int

    def quantile(self, z: npt.ArrayLike) -> Floats:
        """n0 at normal quantiles ``z`` of the confidence distribution."""
        shifted = self.bias + np.asarray(z, dtype=float)
        level = stats.norm.cdf(self.bias + shifted / (1 - self.acceleration * shifted))
        return np.asarray(np.quantile(self.replicates, np.clip(level, 0, 1)))


def bca(
    table: Floats, estimate: float, choose: Choose, *, replicates: int, rng: np.random.Generator
) -> Bca:
    """Bootstrap one table.

    Args:
        table: Shape (cells,): counts.
        estimate: n0 of the table itself.
        choose: Estimates of n0 for tables of shape (tables, cells); not a number where there is
            none.
        replicates: How many tables are drawn.
        rng: Source of randomness.
    """
    total = int(table.sum())
    drawn = rng.multinomial(total, table / total, size=replicates).astype(float)
    found = choose(drawn)
    usable = np.sort(found[np.isfinite(found)])
    return Bca(
        replicates=usable,
        bias=_bias(usable, estimate),
        acceleration=_acceleration(table, choose),
        failed=int(replicates - len(usable)),
    )


def _bias(replicates: Floats, estimate: float) -> float:
    """z0, ties counted half; kept finite where all replicates lie on one side."""
    below = (replicates < estimate).sum() + 0.5 * (replicates == estimate).sum()
    share = np.clip(below / len(replicates), 0.5 / len(replicates), 1 - 0.5 / len(replicates))
    return float(stats.norm.ppf(share))


def _acceleration(table: Floats, choose: Choose) -> float:
    """From the estimates without one person of each cell, weighted by the cell's count."""
    cells = np.flatnonzero(table)
    without = np.repeat(table[None], len(cells), axis=0)
    without[np.arange(len(cells)), cells] -= 1
    found = choose(without)
    usable = np.isfinite(found)
    if not usable.any():
        return 0.0
    weights, values = table[cells][usable], found[usable]
    away = np.average(values, weights=weights) - values
    spread = float(weights @ away**2)
    return float(weights @ away**3 / (6 * spread**1.5)) if spread > 0 else 0.0
