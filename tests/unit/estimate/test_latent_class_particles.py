"""The posterior that the latent-class sampler aims at, against the model written out."""

import itertools

import numpy as np
import pytest
from scipy import integrate, stats

from martyrolog.estimate.models.latent_class_particles import (
    Particles,
    class_cells,
    draw_prior,
    log_tails,
    log_weight_prior,
    logit_prior,
    make_table,
    weights_of_sticks,
)

PATTERNS = np.array([p for p in itertools.product([0, 1], repeat=3) if any(p)], dtype=bool)


def _particles(seed: int = 1, size: int = 20) -> Particles:
    table = make_table(PATTERNS, np.arange(1, 8))
    return draw_prior(table, classes=4, size=size, rng=np.random.default_rng(seed))


def test_the_likelihood_is_that_of_the_observed_cells_given_that_they_are_observed() -> None:
    particles = _particles()
    chance = 1 / (1 + np.exp(-particles.logit))
    weight = particles.weight / particles.weight.sum(axis=0)
    cells = np.array(
        [
            (weight * np.where(pattern[None, :, None], chance, 1 - chance).prod(axis=1)).sum(axis=0)
            for pattern in PATTERNS
        ]
    )
    unseen = (weight * (1 - chance).prod(axis=1)).sum(axis=0)
    expected = stats.multinomial.logpmf(np.arange(1, 8), 28, (cells / (1 - unseen)).T)
    coefficient = stats.multinomial.logpmf(np.arange(1, 8), 28, np.full(7, 1 / 7))
    coefficient += 28 * np.log(7)
    np.testing.assert_allclose(particles.log_likelihood + coefficient, expected, rtol=1e-10)
    np.testing.assert_allclose(particles.observed_probability, 1 - unseen, rtol=1e-8)


def test_the_prior_of_the_weights_has_the_concentration_integrated_out() -> None:
    sticks = np.array([[0.3, 2.0], [1.1, 0.01], [0.2, 4.0]])
    log_weight = weights_of_sticks(sticks)
    found = log_weight_prior(log_weight, log_tails(log_weight))

    def density(concentration: float, column: int) -> float:
        chance = -np.expm1(-sticks[:, column])
        gamma = stats.gamma.pdf(concentration, 0.25, scale=4)
        return float(gamma * stats.beta.pdf(chance, 1, concentration).prod())

    expected = []
    for column in range(2):
        over_sticks, _ = integrate.quad(density, 0, np.inf, args=(column,), limit=400)
        # From V to log odds of the sticks, which is what log weights with a free scale come to.
        chance = -np.expm1(-sticks[:, column])
        expected.append(np.log(over_sticks) + np.log(chance * (1 - chance)).sum())
    assert found[0] - found[1] == pytest.approx(expected[0] - expected[1], rel=1e-6)


def test_uniform_chances_have_the_logistic_density_as_log_odds() -> None:
    logit = np.array([[0.3, -40.0], [2.0, 1.0]])
    np.testing.assert_allclose(logit_prior(logit), stats.logistic.logpdf(logit).sum(axis=0))


def test_a_chance_of_one_in_a_billion_keeps_its_digits() -> None:
    table = make_table(PATTERNS, np.ones(7))
    cells, _ = class_cells(table, np.full((3, 1), np.log(1e-9)))
    assert cells[-1, 0] == pytest.approx(3e-9, rel=1e-6)


def test_tails_of_vanishing_weights_are_kept() -> None:
    log_weight = np.array([[0.0], [-2000.0], [-2000.0]])
    np.testing.assert_allclose(log_tails(log_weight)[1:, 0], [-2000 + np.log(2), -2000])


def test_draws_from_the_prior_have_uniform_chances_and_the_concentrations_heavy_tail() -> None:
    particles = _particles(seed=4, size=20_000)
    chance = 1 / (1 + np.exp(-particles.logit[2, 1]))
    assert stats.kstest(chance, "uniform").pvalue > 1e-3
    first = np.exp(particles.log_weight[0] - particles.log_tail[0])
    # P(V > 1/2) = 1 - E 2^-a = 1 - (1/4 / (1/4 + log 2))^(1/4)
    share = 1 - (0.25 / (0.25 + np.log(2))) ** 0.25
    assert (first <= 0.5).mean() == pytest.approx(share, abs=4 * 0.0035)
