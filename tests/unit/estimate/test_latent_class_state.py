"""The posterior that the latent-class sampler aims at, against the model written out."""

import itertools

import numpy as np
import pytest
from scipy import integrate, stats

from martyrolog.estimate.models.latent_class_state import (
    State,
    draw_prior,
    log_weight_prior,
    logit_prior,
    make_state,
    make_table,
)

PATTERNS = np.array([p for p in itertools.product([0, 1], repeat=3) if any(p)], dtype=bool)


def _states(size: int = 20) -> list[State]:
    rng = np.random.default_rng(1)
    table = make_table(PATTERNS, np.arange(1, 8))
    return [make_state(table, *draw_prior(4, 3, rng)) for _ in range(size)]


def test_the_likelihood_is_that_of_the_observed_cells_given_that_they_are_observed() -> None:
    coefficient = stats.multinomial.logpmf(np.arange(1, 8), 28, np.full(7, 1 / 7)) + 28 * np.log(7)
    for state in _states():
        chance = 1 / (1 + np.exp(-state.logit))
        weight = state.weight / state.weight.sum()
        cells = [weight @ np.where(p, chance, 1 - chance).prod(axis=1) for p in PATTERNS]
        unseen = weight @ (1 - chance).prod(axis=1)
        expected = stats.multinomial.logpmf(np.arange(1, 8), 28, np.array(cells) / (1 - unseen))
        assert state.logs[0] + coefficient == pytest.approx(expected, rel=1e-10)
        assert state.mixed[-1] / state.weight.sum() == pytest.approx(1 - unseen, rel=1e-8)


def test_the_prior_of_the_weights_has_the_concentration_integrated_out() -> None:
    sticks = np.array([[0.3, 1.1, 0.2], [2.0, 0.01, 4.0]])

    def density(concentration: float, row: np.ndarray) -> float:
        gamma = stats.gamma.pdf(concentration, 0.25, scale=4)
        return float(gamma * stats.beta.pdf(-np.expm1(-row), 1, concentration).prod())

    found, expected = [], []
    for row in sticks:
        taken = np.append(np.log(-np.expm1(-row)), 0)
        found.append(log_weight_prior(taken - np.append(0, row.cumsum())))
        over_sticks, _ = integrate.quad(density, 0, np.inf, args=(row,), limit=400)
        # From V to log odds of the sticks, which is what log weights with a free scale come to.
        chance = -np.expm1(-row)
        expected.append(np.log(over_sticks) + np.log(chance * (1 - chance)).sum())
    assert found[0] - found[1] == pytest.approx(expected[0] - expected[1], rel=1e-6)


def test_uniform_chances_have_the_logistic_density_as_log_odds() -> None:
    logit = np.array([0.3, -40.0, 700.0])
    assert logit_prior(logit) == pytest.approx(stats.logistic.logpdf(logit).sum())


def test_a_chance_of_one_in_a_billion_keeps_its_digits() -> None:
    table = make_table(PATTERNS, np.ones(7))
    state = make_state(table, np.full((1, 3), np.log(1e-9)), np.zeros(1))
    assert state.cells[0, -1] == pytest.approx(3e-9, rel=1e-6)


def test_weights_that_vanish_keep_their_logarithms() -> None:
    # V_1 = 1 nearly, V_2 = 1/2, S = -log v_3 = 2000.
    expected = np.log(0.5) - 2.25 * np.log(0.25 + 2000)
    assert log_weight_prior(np.array([0.0, -2000.0, -2000.0])) == pytest.approx(expected)


def test_draws_from_the_prior_have_uniform_chances_and_the_concentrations_heavy_tail() -> None:
    rng = np.random.default_rng(4)
    drawn = [draw_prior(4, 3, rng) for _ in range(20_000)]
    chance = np.array([1 / (1 + np.exp(-logit[2, 1])) for logit, _ in drawn])
    assert stats.kstest(chance, "uniform").pvalue > 1e-3
    first = np.array([1 / np.exp(w - w.max()).sum() * np.exp(w[0] - w.max()) for _, w in drawn])
    # P(V > 1/2) = 1 - E 2^-a = 1 - (1/4 / (1/4 + log 2))^(1/4)
    share = 1 - (0.25 / (0.25 + np.log(2))) ** 0.25
    assert (first <= 0.5).mean() == pytest.approx(share, abs=4 * 0.0035)
