"""Chains: the right posterior on tables that can be integrated, and the truth ranked evenly.

Simulation-based calibration: Talts, Betancourt, Simpson, Vehtari, Gelman (2018), arXiv:1804.06788.
``benchmarks/estimate/latent_class_calibration.py`` runs it at full size.
"""

import itertools

import numpy as np
import pytest
from scipy import stats

from martyrolog.estimate.diagnostics.convergence import ess_mean
from martyrolog.estimate.models.latent_class_chain import sample_chain, start_chain
from martyrolog.estimate.models.latent_class_memberships import draw_binomial, draw_poisson
from martyrolog.estimate.models.latent_class_state import draw_prior, make_state, make_table

PATTERNS = np.array([p for p in itertools.product([0, 1], repeat=3) if any(p)], dtype=bool)


@pytest.mark.parametrize(
    "counts", [[6, 4, 1, 5, 2, 1, 1], [9, 0, 3, 0, 0, 4, 0], [3, 5, 0, 7, 0, 0, 0]]
)
def test_the_posterior_of_n_is_that_of_brute_force_integration(counts: list[int]) -> None:
    # One million draws of l, V and a from the prior, weighted by the likelihood as it is written
    # in the paper; nothing of the package takes part.
    rng = np.random.default_rng(5)
    chance = rng.random((2, 3, 1_000_000))
    share = rng.beta(1, np.maximum(rng.gamma(0.25, 4, 1_000_000), 1e-12))
    written = [*PATTERNS, np.zeros(3, dtype=bool)]
    cells = np.array([np.where(p[:, None], chance, 1 - chance).prod(axis=1) for p in written])
    mixed = share * cells[:, 0] + (1 - share) * cells[:, 1]
    logs = np.asarray(counts) @ np.log(mixed[:-1]) - sum(counts) * np.log(1 - mixed[-1])
    weights = np.exp(logs - logs.max())
    effective = weights.sum() ** 2 / (weights**2).sum()
    assert effective > 500

    table = make_table(PATTERNS, counts)
    draws = []
    for place in range(4):
        chain = np.random.default_rng(place)
        state = start_chain(table, 2, place % 2 == 0, chain)
        draws.append(sample_chain(table, state, 12_000, chain)[0, 2_000:])
    unseen = np.array(draws) - sum(counts)
    for probability in (0.05, 0.25, 0.5, 0.75, 0.95):
        cut = np.quantile(unseen, probability)
        # P(n_0 <= cut) given the parameters is that of a negative binomial number.
        below = stats.nbinom.cdf(cut, sum(counts), 1 - mixed[-1])
        expected = float(below @ weights / weights.sum())
        found = (unseen <= cut).astype(float)
        error = np.sqrt(found.var() / ess_mean(found) + expected * (1 - expected) / effective)
        assert found.mean() == pytest.approx(expected, abs=4 * error)


def test_the_truth_ranks_uniformly_among_posterior_draws() -> None:
    rng = np.random.default_rng(11)
    ranks = []
    for _ in range(200):
        truth = make_state(make_table(PATTERNS, np.ones(7)), *draw_prior(4, 3, rng))
        table = make_table(PATTERNS, rng.multinomial(60, truth.mixed[:-1] / truth.mixed[:-1].sum()))
        seen = truth.mixed[-1] / truth.weight.sum()
        unseen = min(rng.negative_binomial(60, max(seen, 1e-9)), 10**14) + rng.random()
        draws = sample_chain(table, start_chain(table, 4, True, rng), 1_000, rng)[0, 10::10] - 60
        ranks.append((draws + rng.random(len(draws)) < unseen).sum())
    bins = np.bincount(np.array(ranks) * 10 // 100, minlength=10)
    assert stats.chisquare(bins).pvalue > 1e-3


@pytest.mark.parametrize("mean", [0.3, 9.0, 40.0, 2e5])
def test_poisson_numbers_have_their_distribution(mean: float) -> None:
    rng = np.random.default_rng(1)
    draws = np.array([draw_poisson(mean, rng) for _ in range(20_000)])
    reached = stats.poisson.cdf(draws - 1, mean)
    reached += rng.random(draws.size) * stats.poisson.pmf(draws, mean)
    assert stats.kstest(reached, "uniform").pvalue > 1e-3


@pytest.mark.parametrize(("persons", "chance"), [(7, 0.3), (300, 0.02), (30_000, 0.4), (5, 1.5)])
def test_binomial_numbers_have_their_distribution(persons: int, chance: float) -> None:
    rng = np.random.default_rng(1)
    draws = np.array([draw_binomial(persons, chance, rng) for _ in range(20_000)])
    chance = min(chance, 1.0)
    reached = stats.binom.cdf(draws - 1, persons, chance)
    reached += rng.random(draws.size) * stats.binom.pmf(draws, persons, chance)
    assert stats.kstest(reached, "uniform").pvalue > 1e-3
