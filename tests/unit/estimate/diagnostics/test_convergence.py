import arviz
import numpy as np
import pytest

from martyrolog.estimate.diagnostics.convergence import (
    Convergence,
    diagnose,
    ess_mean,
    monte_carlo_error,
    rhat,
)


def autoregressive(correlation: float, chains: int, draws: int) -> np.ndarray:
    noise = np.random.default_rng(1).normal(size=(chains, draws))
    for step in range(1, draws):
        noise[:, step] += correlation * noise[:, step - 1]
    return np.exp(noise / 3)  # skewed, as a number of the unseen is


@pytest.mark.parametrize("correlation", [-0.5, 0.0, 0.5, 0.9])
@pytest.mark.parametrize(("chains", "draws"), [(4, 1000), (4, 501), (2, 400)])
def test_diagnostics_are_those_of_arviz(correlation: float, chains: int, draws: int) -> None:
    values = autoregressive(correlation, chains, draws)
    found = diagnose(values)
    assert found.rhat == pytest.approx(float(arviz.rhat(values)), rel=1e-9)
    assert found.ess_bulk == pytest.approx(float(arviz.ess(values)), rel=5e-3)
    assert found.ess_tail == pytest.approx(float(arviz.ess(values, method="tail")), rel=5e-3)
    assert ess_mean(values) == pytest.approx(float(arviz.ess(values, method="mean")), rel=5e-3)


def test_a_chain_elsewhere_is_noticed() -> None:
    values = np.random.default_rng(2).normal(size=(4, 500))
    assert diagnose(values).converged
    values[3] += 2
    assert not diagnose(values).converged


def test_chains_of_unequal_width_are_noticed_by_the_folded_draws() -> None:
    values = np.random.default_rng(3).normal(size=(4, 500))
    values[3] *= 5
    assert rhat(values) > 1.05


def test_what_is_no_number_has_not_converged() -> None:
    values = np.full((4, 100), np.nan)
    assert not diagnose(values).converged
    assert not diagnose(np.zeros((4, 2))).converged


def test_few_effective_draws_are_not_enough() -> None:
    assert not Convergence(rhat=1.0, ess_bulk=399, ess_tail=1000).converged
    assert Convergence(rhat=1.0, ess_bulk=400, ess_tail=400).converged


def test_monte_carlo_error_of_independent_draws_is_that_of_a_mean() -> None:
    values = np.random.default_rng(4).normal(size=(4, 2500))
    assert monte_carlo_error(values) == pytest.approx(0.01, rel=0.1)
