"""Averaging over all decomposable graphs, for 3 to 6 lists.

Madigan and York (1997), Bayesian methods for estimation of the size of a closed population,
Biometrika 84; the hyper-Dirichlet prior of Dawid and Lauritzen (1993). Each graph says which lists
depend on which; every graph is as likely as any other beforehand, p(N) is proportional to 1/N, and
each cell of the full table has the prior count ``prior_count`` (2^-K by default). The answer is
exact up to the grid of N: there are no chains and nothing to converge. It depends on the prior
count, so each answer carries a sweep over it.
"""

import math

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.diagnostics.predictive import every_code, fit_rows
from martyrolog.estimate.models.answering import Answering, central, spread_quantiles
from martyrolog.estimate.models.chao import chao_unseen
from martyrolog.estimate.models.graphs import decomposable_graphs, graph_cliques
from martyrolog.estimate.models.unseen_grid import Posterior, UnseenTooMany, posterior
from martyrolog.estimate.result import Estimate, Reason

Floats = npt.NDArray[np.float64]
Graphs = npt.NDArray[np.int8]

LEAST_LISTS, MOST_LISTS = 3, 6
DRAWS = 4000
SHOWN_GRAPHS = 10
NEGLIGIBLE_GRAPH = 1e-6
MOST_OF_TAIL = 0.5


def fit_dga(
    counts: CaptureCounts,
    *,
    prior_count: float | None = None,
    most_unseen: int | None = None,
    most_unseen_times: float | None = None,
    level: float = 0.95,
    seed: int = 0,
    sweep: bool = True,
) -> Estimate:
    """Estimate by Bayesian averaging over decomposable graphs.

    Args:
        counts: Three to six lists that hold somebody.
        prior_count: Prior count d of each of the 2^K cells, above 0; default 2^-K.
        most_unseen: Take as known that no more are unseen, as the grid of the R package dga does
            silently; the answer says how much of the posterior lies beyond. Default: no such limit.
        most_unseen_times: The same limit as a multiple of the persons observed.
        level: Probability of the interval.
        seed: Of the order of the draws.
        sweep: Also estimate under other prior counts, and say how each cell is fitted.

    Returns:
        The estimate. The mean is None where the far tail decides it; ``not_identified`` where a
        noticeable share of the posterior lies beyond 10^12.
    """
    lists = counts.n_lists - len(counts.empty_lists)
    chosen = 2.0**-lists if prior_count is None else float(prior_count)
    if most_unseen_times is not None:
        most_unseen = math.floor(most_unseen_times * counts.n_observed)
    answer = Answering.begin("dga", counts, level, seed=seed, prior_count=chosen,
                             most_unseen=most_unseen)  # fmt: skip
    refusal = answer.needs_lists(LEAST_LISTS, MOST_LISTS)
    if refusal is not None:
        return refusal
    try:
        found, weights = dga_posterior(answer.counts, chosen)
    except UnseenTooMany as reached:
        return answer.refuse("not_identified", _why_beyond(reached, answer.counts))
    details: dict[str, object] = {"graphs": _best_graphs(weights, answer.counts.lists)}
    if sweep:
        details["prior_sweep"] = prior_sweep(answer.counts, level, most_unseen)
        unseen = float(found.quantile(0.5))
        expected = expected_cells(answer.counts, chosen, unseen, weights)
        details["cells"] = fit_rows(answer.counts, every_code(answer.counts), expected)
    reasons = []
    if most_unseen is not None:
        values = {"most": most_unseen, "share": f"{100 * found.beyond(most_unseen):.2g}"}
        reasons.append(Reason("estimate.limited_unseen", values))
        found = found.up_to(most_unseen)
    return _answer(answer, found, reasons, details, seed)


def _why_beyond(reached: UnseenTooMany, counts: CaptureCounts) -> Reason:
    """Why the posterior has no end: the graph that ties all lists, or lists that share few persons.

    Under the saturated graph nothing but the prior says how many are unseen; its tail falls like
    n/N, so that of a large table reaches the cap however much the lists overlap. Where Chao's bound
    already lies there, the lists share too few.
    """
    full = (1 << counts.n_lists) - 1
    saturated = int(np.flatnonzero(decomposable_graphs(counts.n_lists)[:, full] == 1)[0])
    values: dict[str, object] = {"cap": reached.cap}
    bound = chao_unseen(counts.n_lists, *(int(f) for f in counts.frequencies[:2]))
    if reached.shares[saturated] < MOST_OF_TAIL or bound > reached.cap / 10:
        return Reason("estimate.cap_reached", values)
    values["share"] = f"{100 * reached.weights[saturated]:.3g}"
    return Reason("estimate.saturated_graph", values)


def _answer(
    answer: Answering,
    found: Posterior,
    reasons: list[Reason],
    details: dict[str, object],
    seed: int,
) -> Estimate:
    n = answer.counts.n_observed
    middle, low, high = (n + found.quantile(p) for p in (0.5, *central(answer.level)))
    if not found.mean_is_stable:
        reasons = [*reasons, Reason("estimate.mean_undetermined")]
    draws = n + found.quantile(spread_quantiles(DRAWS, seed))
    given = answer.give("estimated", draws[None], *reasons, mean=n + found.mean,
                        median=float(middle), ends=(float(low), float(high)),
                        details=details)  # fmt: skip
    return given if found.mean_is_stable else given.without_mean()


def dga_posterior(counts: CaptureCounts, prior_count: float) -> tuple[Posterior, Floats]:
    """Posterior of the unseen and the posterior probability of each graph.

    Args:
        counts: Three to six lists, none empty.
        prior_count: d.

    Returns:
        The posterior of n0; shape (graphs,) probabilities in the order of
        :func:`decomposable_graphs`.

    Raises:
        UnseenTooMany: the grid would have to go beyond its cap.
    """
    graphs = decomposable_graphs(counts.n_lists)
    margins = _Margins.of(counts, prior_count)
    constant = graphs @ margins.constant

    def log_weight(unseen: Floats, kept: npt.NDArray[np.int64]) -> Floats:
        return margins.common(unseen) + constant[kept, None] + graphs[kept] @ margins.moving(unseen)

    return posterior(log_weight, len(graphs), counts.n_observed)


def expected_cells(
    counts: CaptureCounts, prior_count: float, unseen: float, weights: Floats
) -> Floats:
    """Posterior mean of each observable cell, given how many are unseen.

    Within a graph the mean of a cell's probability is the product of the means of its cliques over
    that of its separators, since the law is strong hyper Markov (Dawid and Lauritzen 1993).

    Args:
        counts: Three to six lists, none empty.
        prior_count: d.
        unseen: n0.
        weights: Probability of each graph.

    Returns:
        Shape (2^K - 1,): persons by code from 1.
    """
    size = 1 << counts.n_lists
    table = counts.full_table().astype(float)
    table[0] = unseen
    total = table.sum() + prior_count * size
    cells = np.arange(size)
    logs = np.zeros((size, size))
    for members in range(1, size):
        d = prior_count * 2.0 ** (counts.n_lists - members.bit_count())
        margin = np.bincount(cells & members, weights=table, minlength=size)
        logs[members] = np.log((margin[cells & members] + d) / total)
    kept = np.flatnonzero(weights > NEGLIGIBLE_GRAPH)
    shares = np.exp(decomposable_graphs(counts.n_lists)[kept] @ logs)
    mean = weights[kept] @ shares / weights[kept].sum() * table.sum()
    return np.asarray(mean[1:])


def prior_sweep(
    counts: CaptureCounts, level: float = 0.95, most_unseen: int | None = None
) -> list[dict[str, float | None]]:
    """N under prior counts from a quarter of 2^-K to 0.5; None where none can be given.

    Args:
        counts: Three to six lists, none empty.
        level: Probability of the intervals.
        most_unseen: As in :func:`fit_dga`.
    """
    base = 2.0**-counts.n_lists
    swept: list[dict[str, float | None]] = []
    for value in sorted({base / 4, base, base * 4, 0.5}):
        row: dict[str, float | None] = {"prior_count": value}
        try:
            found, _ = dga_posterior(counts, value)
        except UnseenTooMany:
            row |= {"median": None, "lower": None, "upper": None}
        else:
            if most_unseen is not None:
                found = found.up_to(most_unseen)
            ends = dict(zip(("lower", "upper"), central(level), strict=True))
            row |= {name: round(counts.n_observed + float(found.quantile(p)), 1)
                    for name, p in {"median": 0.5, **ends}.items()}  # fmt: skip
        swept.append(row)
    return swept


class _Margins:
    """log h of every set of lists as a function of the unseen.

    h(D) = G(2^K d)/G(N + 2^K d) x product over the cells of the margin D of
    G(n_cell + d_D)/G(d_D), with d_D = d 2^(K - |D|). Only the cell of those in no list of D moves.
    """

    def __init__(self, constant: Floats, outside: Floats, prior: Floats, total: float, n: int):
        self.constant = constant
        self._outside = outside
        self._prior = prior
        self._total = total
        self._n = n

    @classmethod
    def of(cls, counts: CaptureCounts, prior_count: float) -> "_Margins":
        """Margins of one table; the entry of the empty set is zero."""
        size = 1 << counts.n_lists
        table = counts.full_table().astype(float)
        constant, outside, prior = np.zeros(size), np.zeros(size), np.ones(size)
        for members in range(1, size):
            d = prior_count * 2.0 ** (counts.n_lists - members.bit_count())
            margin = np.bincount(np.arange(size) & members, weights=table, minlength=size)
            cells = np.array([code for code in range(1, size) if code & members == code])
            constant[members] = (gammaln(margin[cells] + d) - gammaln(d)).sum() - gammaln(d)
            outside[members], prior[members] = margin[0], d
        total = prior_count * size
        constant[1:] += gammaln(total)
        return cls(constant, outside, prior, total, counts.n_observed)

    def moving(self, unseen: Floats) -> Floats:
        """Shape (sets, points): the part of log h that moves with n0."""
        found = gammaln(unseen + (self._outside + self._prior)[:, None])
        found -= gammaln(unseen + self._n + self._total)
        found[0] = 0
        return np.asarray(found)

    def common(self, unseen: Floats) -> Floats:
        """Shape (points,): multinomial coefficient and prior of N."""
        total = unseen + self._n
        return np.asarray(gammaln(total + 1) - gammaln(unseen + 1) - np.log(total))


def _best_graphs(weights: Floats, lists: tuple[str, ...]) -> list[dict[str, object]]:
    graphs = decomposable_graphs(len(lists))
    best = np.argsort(-weights, kind="stable")[:SHOWN_GRAPHS]
    return [{"graph": graph_cliques(graphs[i], lists), "probability": round(float(weights[i]), 4)}
            for i in best if weights[i] > 0]  # fmt: skip
