"""Log-linear models in which persons differ in how easily they are caught.

Rivest and Baillargeon (2007), Applications and extensions of Chao's moment estimator, Biometrics
63; Baillargeon and Rivest (2007), Rcapture, J. Statistical Software 19(5). For occasions of one
kind (days of trapping) rather than lists that differ in what they cover: reference values and
teaching, not among the models of the command.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.models.lattice import design_of, terms_of
from martyrolog.estimate.models.poisson import fit_poisson

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Abundance:
    """N with the standard error of its Poisson model, exp(2 a) var(a) + exp(a) for log n0 = a."""

    abundance: float
    standard_error: float


def mth_poisson(counts: CaptureCounts, *, base: float = 2.0) -> Abundance:
    """Model Mth with Poisson heterogeneity: the column base^k - 1 for k captures."""
    design = design_of(counts.n_lists, terms_of(counts.n_lists, ()))
    times = design[:, 1:].sum(axis=1)
    return _fit(counts, np.column_stack([design, base**times - 1]))


def fit_without_full_cell(counts: CaptureCounts) -> Abundance:
    """Model Mt, independence, with a term of its own for those caught every time."""
    design = design_of(counts.n_lists, terms_of(counts.n_lists, ()))
    full = (design[:, 1:].sum(axis=1) == counts.n_lists).astype(float)
    return _fit(counts, np.column_stack([design, full]))


def _fit(counts: CaptureCounts, design: Floats) -> Abundance:
    table = counts.full_table()[None, 1:].astype(float)
    every = np.ones((1, design.shape[1]), dtype=bool)
    found = fit_poisson(design, table, every, np.ones(table.shape, dtype=bool))
    information = design.T @ (design * found.fitted[0][:, None])
    variance = float(np.linalg.inv(information)[0, 0])
    unseen = float(np.exp(found.coefficients[0, 0]))
    return Abundance(counts.n_observed + unseen, float(np.sqrt(unseen**2 * variance + unseen)))
