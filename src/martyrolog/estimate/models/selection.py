"""Choosing a log-linear model: the best of all by AIC or BIC, or pairs added step by step.

Every choice works on many tables at once, so that the bootstrap can repeat it. A model whose
estimate does not exist or is not identified is never chosen.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from martyrolog.estimate.models.existence import (
    EXISTS,
    Kept,
    existence_code,
    identified,
    keep,
)
from martyrolog.estimate.models.lattice import (
    Model,
    design_of,
    hierarchical_models,
    pairs_of,
    terms_of,
)
from martyrolog.estimate.models.poisson import PoissonFits, fit_poisson

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

STEPWISE_P = 0.02


@dataclass(frozen=True, eq=False)
class Chosen:
    """The chosen model of each table.

    Attributes:
        unseen: Shape (tables,): estimate of n0; not a number where no model can be estimated.
        terms: Shape (tables, terms).
        all_terms: Shape (terms,): the terms as numbers.
    """

    unseen: Floats
    terms: Mask
    all_terms: npt.NDArray[np.int64]

    def model(self, table: int = 0) -> Model:
        """Interaction terms chosen for one table."""
        chosen = self.all_terms[self.terms[table]]
        return frozenset(int(term) for term in chosen if int(term).bit_count() >= 2)


@dataclass(frozen=True, eq=False)
class Fitted:
    """Fits with the verdict on their existence.

    Attributes:
        fits: The fits.
        usable: Shape (fits,): exists and is identified.
        kept: Terms and cells that the fits have.
    """

    fits: PoissonFits
    usable: Mask
    kept: Kept


def fit_models(
    design: Floats, counts: Floats, terms: Mask, *, start: Floats | None = None
) -> Fitted:
    """Fit a model a row and say which of them can be used.

    A fit that settled is its own proof of existence; the linear programme is asked about others.
    """
    kept = keep(design, counts, terms)
    fits = fit_poisson(design, counts, kept.terms, kept.cells, start=start)
    usable = identified(design, kept)
    known: dict[bytes, bool] = {}
    for row in np.flatnonzero(usable & ~fits.settled):
        parts = (kept.terms[row], kept.cells[row], counts[row] > 0)
        key = b"".join(part.tobytes() for part in parts)
        if key not in known:
            known[key] = existence_code(design, counts[row], *parts[:2]) == EXISTS
        usable[row] = known[key]
    return Fitted(fits, usable, kept)


def criterion(fitted: Fitted, counts: Floats, terms: Mask, *, bic: bool) -> Floats:
    """AIC or BIC (with log of the persons observed) by row; infinite where not usable.

    Terms at minus infinity are parameters like the others.
    """
    penalty = np.log(counts.sum(axis=1)) if bic else 2.0
    values = -2 * fitted.fits.log_likelihood + penalty * terms.sum(axis=1)
    return np.where(fitted.usable, values, np.inf)


@dataclass(frozen=True, eq=False)
class Ranking:
    """All hierarchical models of one table, best first.

    Attributes:
        models: Interaction terms.
        values: Criterion; infinite where the model cannot be estimated.
        unseen: Estimate of n0.
    """

    models: tuple[Model, ...]
    values: Floats
    unseen: Floats


def rank_models(n_lists: int, table: Floats, *, bic: bool) -> Ranking:
    """Fit every hierarchical model and order them by AIC or BIC; ties by the smaller model.

    Args:
        n_lists: K, at most 5.
        table: Shape (2^K - 1,): counts by code from 1.
        bic: BIC, else AIC.
    """
    models = hierarchical_models(n_lists)
    all_terms = terms_of(n_lists, tuple(sorted(frozenset().union(*models))))
    design = design_of(n_lists, all_terms)
    terms = np.array([[int(t).bit_count() < 2 or int(t) in model for t in all_terms]
                      for model in models])  # fmt: skip
    counts = np.broadcast_to(table, (len(models), len(table)))
    fitted = fit_models(design, counts, terms)
    values = criterion(fitted, counts, terms, bic=bic)
    order = np.lexsort((terms.sum(axis=1), values))
    unseen = np.exp(fitted.fits.coefficients[:, 0])
    return Ranking(tuple(models[i] for i in order), values[order], unseen[order])


def choose_best(n_lists: int, tables: Floats, models: tuple[Model, ...], *, bic: bool) -> Chosen:
    """The best of some models for each table, by AIC or BIC.

    Args:
        n_lists: K.
        tables: Shape (tables, 2^K - 1).
        models: Among which to choose.
        bic: BIC, else AIC.
    """
    all_terms = terms_of(n_lists, tuple(sorted(frozenset().union(*models))))
    best = np.full(len(tables), np.inf)
    unseen = np.full(len(tables), np.nan)
    chosen = np.zeros((len(tables), len(all_terms)), dtype=bool)
    for model in models:  # one design a model: the tables share everything else
        has = np.array([int(t).bit_count() < 2 or int(t) in model for t in all_terms])
        design = design_of(n_lists, all_terms[has])
        terms = np.ones((len(tables), has.sum()), dtype=bool)
        fitted = fit_models(design, tables, terms)
        values = criterion(fitted, tables, terms, bic=bic)
        better = values < best
        best[better] = values[better]
        unseen[better] = np.exp(fitted.fits.coefficients[better, 0])
        chosen[better] = has
    return Chosen(unseen, chosen, all_terms)


def choose_stepwise(n_lists: int, tables: Floats, *, p_value: float = STEPWISE_P) -> Chosen:
    """Add pairs of lists one by one, the least likely overlap first (Chan et al. 2021, 2.3).

    Begins with the main effects. On the null hypothesis that a pair is independent its overlap is
    Poisson with the fitted mean; the pair with the smallest one-sided p-value is added where that
    is below ``p_value`` and the estimate then exists and is identified.

    Args:
        n_lists: K.
        tables: Shape (tables, 2^K - 1).
        p_value: Cut-off, 0.02 as in the paper.
    """
    search = _Stepwise.begin(n_lists, tables)
    active = np.flatnonzero(~np.isnan(search.unseen))
    while len(active):
        chances = search.chances(active)
        best = chances.argmin(axis=1)
        going = chances[np.arange(len(active)), best] < p_value
        active, best = active[going], best[going]
        if len(active):
            search.try_pairs(active, best)
    return Chosen(search.unseen, search.terms, search.all_terms)


@dataclass(eq=False)
class _Stepwise:
    """Where the stepwise search stands, a table a row."""

    all_terms: npt.NDArray[np.int64]
    design: Floats
    tables: Floats
    first_pair: int
    terms: Mask
    open_pairs: Mask
    coefficients: Floats
    means: Floats
    unseen: Floats

    @classmethod
    def begin(cls, n_lists: int, tables: Floats) -> "_Stepwise":
        """Main effects only."""
        all_terms = terms_of(n_lists, pairs_of(n_lists))
        terms = np.zeros((len(tables), len(all_terms)), dtype=bool)
        terms[:, : n_lists + 1] = True
        search = cls(
            all_terms=all_terms,
            design=design_of(n_lists, all_terms),
            tables=tables,
            first_pair=n_lists + 1,
            terms=terms,
            open_pairs=np.ones((len(tables), len(all_terms) - n_lists - 1), dtype=bool),
            coefficients=np.zeros((len(tables), len(all_terms))),
            means=np.zeros(tables.shape),
            unseen=np.full(len(tables), np.nan),
        )
        search._fit(np.arange(len(tables)), terms.copy(), start=None)
        return search

    def chances(self, rows: npt.NDArray[np.int64]) -> Floats:
        """p-value of each pair that may still be added; 1 for the others."""
        pairs = self.design[:, self.first_pair :]
        found = _one_sided(self.tables[rows] @ pairs, self.means[rows] @ pairs)
        return np.where(self.open_pairs[rows], found, 1.0)

    def try_pairs(self, rows: npt.NDArray[np.int64], pairs: npt.NDArray[np.int64]) -> None:
        """Add one pair to each row where the estimate still exists and is identified."""
        self.open_pairs[rows, pairs] = False
        tried = self.terms[rows]
        tried[np.arange(len(rows)), self.first_pair + pairs] = True
        self._fit(rows, tried, start=self.coefficients[rows])

    def _fit(self, rows: npt.NDArray[np.int64], tried: Mask, *, start: Floats | None) -> None:
        used = tried.any(axis=0)
        begin = None if start is None else start[:, used]
        fitted = fit_models(self.design[:, used], self.tables[rows], tried[:, used], start=begin)
        accepted = rows[fitted.usable]
        self.terms[accepted] = tried[fitted.usable]
        self.means[accepted] = fitted.fits.fitted[fitted.usable]
        self.coefficients[np.ix_(accepted, used)] = fitted.fits.coefficients[fitted.usable]
        self.unseen[accepted] = np.exp(fitted.fits.coefficients[fitted.usable, 0])


def _one_sided(observed: Floats, expected: Floats) -> Floats:
    """Poisson probability of an overlap as far from its mean, on its side of it."""
    above = stats.poisson.sf(observed - 1, expected)
    below = stats.poisson.cdf(observed, expected)
    return np.asarray(np.where(observed > expected, above, below))
