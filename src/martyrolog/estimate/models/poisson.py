"""Many Poisson log-linear fits at once, by iteratively reweighted least squares on masked arrays.

One design serves all fits; each fit has its own counts, its own terms and its own cells. This is
what makes exhaustive search and the bootstrap affordable without compiled code.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

MOST_STEPS = 40
SETTLED_STEP = 1e-6
CHUNK_BYTES = 64_000_000


@dataclass(frozen=True, eq=False)
class PoissonFits:
    """Fits by row.

    Attributes:
        coefficients: Shape (fits, terms); 0 for a term that a fit does not have.
        fitted: Shape (fits, cells); 0 for a cell that a fit does not have.
        log_likelihood: Shape (fits,): sum of n log mu - mu, constants left out.
        settled: Shape (fits,): the last step was below 1e-6, so the maximum is inside. Where it is
            not, a coefficient goes on by about 1 a step, until rounding stops it at far more.
    """

    coefficients: Floats
    fitted: Floats
    log_likelihood: Floats
    settled: Mask


def fit_poisson(
    design: Floats, counts: Floats, terms: Mask, cells: Mask, *, start: Floats | None = None
) -> PoissonFits:
    """Fit log mu = design @ coefficients, a fit a row.

    Args:
        design: Shape (cells, terms).
        counts: Shape (fits, cells); zero wherever a fit does not have the cell.
        terms: Shape (fits, terms): terms that a fit has.
        cells: Shape (fits, cells): cells that a fit has.
        start: Shape (fits, terms): coefficients to start from; without it from counts + 0.5.

    Returns:
        The fits. Where no maximum exists the coefficients wander off and fitted cells go to zero:
        whether it exists is not decided here.
    """
    size = max(1, CHUNK_BYTES // (16 * design.shape[1] ** 2 + 64 * design.shape[0]))
    products = _products(design)
    parts = []
    for low in range(0, len(counts), size):
        rows = slice(low, low + size)
        begin = None if start is None else start[rows]
        parts.append(_fit(design, products, counts[rows], terms[rows], cells[rows], begin))
    names = ("coefficients", "fitted", "log_likelihood", "settled")
    return PoissonFits(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _products(design: Floats) -> Floats:
    """Shape (cells, terms (terms + 1) / 2): products of two columns, once each."""
    left, right = np.triu_indices(design.shape[1])
    return design[:, left] * design[:, right]


def _fit(
    design: Floats,
    products: Floats,
    counts: Floats,
    terms: Mask,
    cells: Mask,
    start: Floats | None,
) -> PoissonFits:
    beta = _start(design, products, counts, terms, cells, start)
    fitted = _means(design, beta, cells)
    likelihood = _log_likelihood(counts, fitted)
    active = np.arange(len(counts))
    settled = np.zeros(len(counts), dtype=bool)
    for _ in range(MOST_STEPS):
        y, have, mu = counts[active], terms[active], fitted[active]
        gradient = ((y - mu) @ design) * have
        step = _solve(products, mu, gradient, have)
        tried, mean, gain = _climb(design, y, cells[active], beta[active], step, likelihood[active])
        beta[active], fitted[active], likelihood[active] = tried, mean, gain
        settled[active] = np.abs(step).max(axis=1) < SETTLED_STEP
        residual = np.abs(((y - mean) @ design) * have).max(axis=1)
        active = active[~settled[active] | (residual > 1e-9 * (1 + y.sum(axis=1)))]
        if not len(active):
            break
    return PoissonFits(beta, fitted, likelihood, settled)


def _start(
    design: Floats,
    products: Floats,
    counts: Floats,
    terms: Mask,
    cells: Mask,
    start: Floats | None,
) -> Floats:
    if start is not None:
        return np.where(terms, start, 0.0)
    raised = (counts + 0.5) * cells
    logs = np.log(counts + 0.5)
    return _solve(products, raised, ((raised * logs) @ design) * terms, terms)


def _solve(products: Floats, weights: Floats, right: Floats, terms: Mask) -> Floats:
    """Weighted least squares by row; absent terms stay at zero."""
    size = terms.shape[1]
    upper = np.triu_indices(size)
    information = np.empty((len(weights), size, size))
    information[:, upper[0], upper[1]] = weights @ products
    information[:, upper[1], upper[0]] = information[:, upper[0], upper[1]]
    information *= terms[:, :, None] & terms[:, None, :]
    diagonal = np.einsum("bii->bi", information)
    ridge = 1e-12 * diagonal.max(axis=1, keepdims=True) + 1e-300
    diagonal += np.where(terms, ridge, 1.0)
    return np.asarray(np.linalg.solve(information, right[..., None])[..., 0])


def _means(design: Floats, beta: Floats, cells: Mask) -> Floats:
    return np.exp(np.clip(beta @ design.T, -300, 300)) * cells


def _log_likelihood(counts: Floats, fitted: Floats) -> Floats:
    logs = np.log(np.maximum(fitted, 1e-300))
    return np.asarray((counts * logs - fitted).sum(axis=1))


def _climb(
    design: Floats, counts: Floats, cells: Mask, beta: Floats, step: Floats, before: Floats
) -> tuple[Floats, Floats, Floats]:
    """The step, halved by row until the likelihood does not fall."""
    scale = np.minimum(1.0, 10.0 / np.maximum(np.abs(step).max(axis=1), 1e-300))
    slack = 1e-12 * (1 + np.abs(before))
    for _ in range(30):
        tried = beta + scale[:, None] * step
        fitted = _means(design, tried, cells)
        gain = _log_likelihood(counts, fitted)
        worse = ~(gain >= before - slack)
        if not worse.any():
            break
        scale[worse] /= 2
    return tried, fitted, gain
