"""Profile likelihood of the unseen: how far n0 may move before the table contradicts it.

Cormack (1992), Interval estimation for mark-recapture studies of closed populations, Biometrics 48:
for each N the model is fitted to the table completed with n0 = N - n, and the multinomial
likelihood of the completed table is compared with its best. The signed root of twice the difference
is normal, which gives interval and confidence distribution at once.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from martyrolog.estimate.models.existence import keep
from martyrolog.estimate.models.lattice import Model, design_of, terms_of
from martyrolog.estimate.models.poisson import fit_poisson

Floats = npt.NDArray[np.float64]

FURTHEST_ROOT = 4.0
SMALLEST_UNSEEN = 1e-3
LARGEST_RATIO = 1e6
GRID = 161


@dataclass(frozen=True, eq=False)
class Profile:
    """Signed roots along n0, ascending.

    Attributes:
        unseen: Shape (points,): n0.
        roots: Shape (points,): negative below the best n0, positive above.
    """

    unseen: Floats
    roots: Floats

    def quantile(self, z: npt.ArrayLike) -> Floats:
        """n0 at normal quantiles ``z``; infinite where the likelihood never falls so far."""
        wanted = np.asarray(z, dtype=float)
        found = np.exp(np.interp(wanted, self.roots, np.log(self.unseen)))
        found = np.where(wanted < self.roots[0], 0.0, found)
        return np.where(wanted > self.roots[-1], np.inf, found)


def profile(n_lists: int, table: Floats, model: Model, estimate: float) -> Profile:
    """Profile one model.

    Args:
        n_lists: K.
        table: Shape (2^K - 1,): counts by code from 1.
        model: Interaction terms; its estimate exists and is identified.
        estimate: n0.
    """
    likelihood = _Likelihood.of(n_lists, table, model)
    low, high = np.log([SMALLEST_UNSEEN, LARGEST_RATIO * max(float(table.sum()), estimate)])
    centre = float(np.clip(np.log(max(estimate, SMALLEST_UNSEEN)), low, high))
    reach = np.concatenate([-np.geomspace(1e-3, centre - low + 1e-3, GRID)[::-1],
                            np.geomspace(1e-3, high - centre, GRID)])  # fmt: skip
    coarse = centre + reach
    values = likelihood(np.exp(coarse))
    near = np.flatnonzero(values > values.max() - FURTHEST_ROOT**2 / 2)
    ends = coarse[max(near[0] - 1, 0)], coarse[min(near[-1] + 1, len(coarse) - 1)]
    logs = np.linspace(*ends, GRID)
    values = likelihood(np.exp(logs))
    top = int(values.argmax())
    roots = np.sqrt(2 * np.maximum(values[top] - values, 0))
    roots[:top] *= -1
    return Profile(np.exp(logs), np.maximum.accumulate(roots))


@dataclass(frozen=True, eq=False)
class _Likelihood:
    """Multinomial likelihood of the table completed by n0, at its best for a model."""

    design: Floats
    table: Floats
    cells: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, n_lists: int, table: Floats, model: Model) -> "_Likelihood":
        all_terms = terms_of(n_lists, tuple(sorted(model)))
        design = design_of(n_lists, all_terms, unseen=True)
        kept = keep(design[1:], table[None], np.ones((1, len(all_terms)), dtype=bool))
        cells = np.concatenate([[True], kept.cells[0]])
        return cls(design[np.ix_(cells, kept.terms[0])], table, cells)

    def __call__(self, unseen: Floats) -> Floats:
        counts = np.column_stack([unseen, np.repeat(self.table[None], len(unseen), axis=0)])
        counts = counts[:, self.cells]
        every = np.ones((len(unseen), self.design.shape[1]), dtype=bool)
        fits = fit_poisson(self.design, counts, every, np.ones(counts.shape, dtype=bool))
        total = counts.sum(axis=1)
        # with mu = N p: sum n log p = sum n log mu - N log N; of the factorials N and n0 move
        logs = fits.log_likelihood + total - total * np.log(total)
        return np.asarray(logs + gammaln(total + 1) - gammaln(unseen + 1))
