"""Does a model give back the table: each cell against what the model expects.

Equal fit does not mean equal N: models that agree on every observed cell can differ about the one
that nobody observed (Aleshin-Guendel, Sadinle and Wakefield 2024).
"""

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import pdtr, pdtrik

from martyrolog.estimate.counts import CaptureCounts, Counts

Floats = npt.NDArray[np.float64]

SHOWN_CELLS = 40


@dataclass(frozen=True)
class CellFit:
    """One cell.

    Attributes:
        lists: Lists of the cell.
        observed: Persons observed.
        expected: Mean under the model.
        tail: Probability of a count at least as far out, on its side (Poisson); halves of ties.
        low: Lower end of the middle 95 % of a Poisson count with that mean.
        high: Upper end.
    """

    lists: tuple[str, ...]
    observed: int
    expected: float
    tail: float
    low: int
    high: int


def cell_fits(counts: CaptureCounts, codes: Counts, expected: Floats) -> list[CellFit]:
    """Cells whose count or mean is at least 0.5, the worst fitted first.

    Args:
        counts: One table.
        codes: Shape (cells,): cells of which the model says what it expects; of a model that has no
            means of empty cells those observed.
        expected: Shape (cells,): their means.
    """
    known = dict(zip(counts.codes.tolist(), counts.counts.tolist(), strict=True))
    observed = np.array([known.get(code, 0) for code in codes.tolist()], dtype=np.int64)
    below = pdtr(observed, expected)
    above = np.where(observed > 0, 1 - pdtr(np.maximum(observed - 1, 0), expected), 1.0)
    tail = np.minimum(np.minimum(above, below), 1.0)
    low, high = (_quantile(end, expected) for end in (0.025, 0.975))
    shown = np.flatnonzero((observed > 0) | (expected >= 0.5))
    worst = shown[np.argsort(tail[shown], kind="stable")]
    return [
        CellFit(
            lists=tuple(counts.lists[j] for j in range(counts.n_lists) if int(codes[at]) >> j & 1),
            observed=int(observed[at]),
            expected=round(float(expected[at]), 2),
            tail=round(float(tail[at]), 4),
            low=int(low[at]),
            high=int(high[at]),
        )
        for at in worst
    ]


def _quantile(probability: float, mean: Floats) -> Floats:
    """Smallest count that a Poisson count does not exceed with a probability."""
    found = np.ceil(np.nan_to_num(pdtrik(probability, mean)))
    # the inverse is that of a smooth function and may be one too high where it hits a whole number
    lower = np.maximum(found - 1, 0)
    return np.asarray(np.where(pdtr(lower, mean) >= probability, lower, found))


def fit_rows(counts: CaptureCounts, codes: Counts, expected: Floats) -> list[dict[str, object]]:
    """The worst fitted cells, as plain JSON values; arguments as of :func:`cell_fits`."""
    return [asdict(cell) for cell in cell_fits(counts, codes, expected)[:SHOWN_CELLS]]


def every_code(counts: CaptureCounts) -> Counts:
    """Shape (2^K - 1,): all cells that could be observed."""
    return np.arange(1, 1 << counts.n_lists, dtype=np.int64)
