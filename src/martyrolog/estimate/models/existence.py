"""Does a log-linear estimate exist, and does it say how many are unseen.

Fienberg and Rinaldo (2012), Maximum likelihood estimation in log-linear models, Annals of
Statistics 40; Chan, Silverman and Vincent (2021), Multiple systems estimation for sparse capture
data, JASA 116, section 3. A term whose lists never meet gets the coefficient minus infinity, and
the cells that contain it are dropped; of what remains the linear programme and the rank are asked.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from martyrolog.estimate.models.lattice import design_of

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

EXISTS = 0
DOES_NOT_EXIST = 1
NOT_IDENTIFIED = 2
SMALLEST_SLACK = 1e-6


@dataclass(frozen=True, eq=False)
class Kept:
    """What is left of terms and cells when what never occurs is taken out, a model a row.

    Attributes:
        terms: Shape (models, terms).
        cells: Shape (models, cells).
    """

    terms: Mask
    cells: Mask


def keep(design: Floats, counts: Floats, terms: Mask) -> Kept:
    """Take out the terms whose statistic is zero, and the cells that contain one of them.

    Args:
        design: Shape (cells, terms).
        counts: Shape (models, cells).
        terms: Shape (models, terms): what each model has.
    """
    dropped = terms & (counts @ design < 0.5)
    return Kept(terms & ~dropped, dropped.astype(float) @ design.T < 0.5)


def existence_code(design: Floats, counts: Floats, kept_terms: Mask, kept_cells: Mask) -> int:
    """Code of one model after :func:`keep`.

    Returns:
        0: exists and is identified; 1: does not exist; 2: not identified; 3: both.
    """
    reduced = design[np.ix_(kept_cells, kept_terms)]
    code = EXISTS if _exists(reduced, counts[kept_cells]) else DOES_NOT_EXIST
    return code + (0 if _identified(reduced) else NOT_IDENTIFIED)


def check_model(n_lists: int, table: npt.ArrayLike, model: frozenset[int]) -> int:
    """Existence code of one model on one table.

    Args:
        n_lists: K.
        table: Shape (2^K,), counts by code.
        model: Interaction terms.
    """
    terms = np.array([0, *(1 << j for j in range(n_lists)), *sorted(model)], dtype=np.int64)
    design = design_of(n_lists, terms)
    counts = np.asarray(table, dtype=float)[1:]
    kept = keep(design, counts[None], np.ones((1, len(terms)), dtype=bool))
    return existence_code(design, counts, kept.terms[0], kept.cells[0])


def identified(design: Floats, kept: Kept) -> Mask:
    """Shape (models,): the kept terms are linearly independent on the kept cells.

    A model that lost nothing always is: it has no K-way term.
    """
    found: Mask = np.asarray(kept.cells.all(axis=1))
    for row in np.flatnonzero(~found):
        found[row] = _identified(design[np.ix_(kept.cells[row], kept.terms[row])])
    return found


def _identified(reduced: Floats) -> bool:
    if reduced.shape[0] < reduced.shape[1]:
        return False
    return bool(np.linalg.matrix_rank(reduced) == reduced.shape[1])


def _exists(reduced: Floats, counts: Floats) -> bool:
    """Maximise s with A'x = A'n, x >= s, s >= 0 (Fienberg and Rinaldo): exists where s > 0.

    Written for y = x - s >= 0, with s at most 1, so that the programme is bounded. Whether s > 0
    depends only on which cells are above zero: with ones in them it is well scaled for any n.
    """
    if (counts > 0).all():
        return True
    cells = len(reduced)
    seen = (counts > 0).astype(float)
    equations = np.hstack([reduced.T, reduced.sum(axis=0)[:, None]])
    objective = np.zeros(cells + 1)
    objective[-1] = -1
    bounds = [(0, None)] * cells + [(0, 1)]
    answer = linprog(objective, A_eq=equations, b_eq=reduced.T @ seen, bounds=bounds,
                     method="highs")  # fmt: skip
    return answer.x is not None and float(answer.x[-1]) > SMALLEST_SLACK
