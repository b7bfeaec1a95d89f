import numpy as np
import pytest
from scipy.optimize import minimize

from martyrolog.estimate.models.lattice import design_of, hierarchical_models, terms_of
from martyrolog.estimate.models.poisson import fit_poisson
from martyrolog.estimate.models.selection import choose_best, fit_models, rank_models

TABLE = np.array([40.0, 30, 12, 25, 9, 11, 6])


def test_a_fit_is_the_maximum_that_a_general_optimiser_finds() -> None:
    terms = terms_of(3, (3,))
    design = design_of(3, terms)
    every = np.ones((1, len(terms)), dtype=bool)
    found = fit_poisson(design, TABLE[None], every, np.ones((1, 7), dtype=bool))

    def loss(beta: np.ndarray) -> float:
        return float(np.exp(design @ beta).sum() - TABLE @ design @ beta)

    other = minimize(loss, np.zeros(len(terms)), method="BFGS", options={"gtol": 1e-9})
    assert found.coefficients[0] == pytest.approx(other.x, abs=1e-4)
    assert found.log_likelihood[0] == pytest.approx(-other.fun)


def test_fitted_margins_are_the_observed_ones() -> None:
    design = design_of(3, terms_of(3, (3, 5)))
    every = np.ones((1, design.shape[1]), dtype=bool)
    found = fit_poisson(design, TABLE[None], every, np.ones((1, 7), dtype=bool))
    assert found.fitted[0] @ design == pytest.approx(TABLE @ design)


def test_fits_of_many_tables_are_those_of_each_alone() -> None:
    design = design_of(3, terms_of(3, (6,)))
    tables = np.random.default_rng(1).poisson(20, size=(50, 7)).astype(float)
    every = np.ones((50, design.shape[1]), dtype=bool)
    cells = np.ones((50, 7), dtype=bool)
    together = fit_poisson(design, tables, every, cells).coefficients
    alone = [fit_poisson(design, tables[i : i + 1], every[:1], cells[:1]).coefficients[0]
             for i in range(50)]  # fmt: skip
    assert together == pytest.approx(np.array(alone), abs=1e-8)


def test_three_lists_with_two_pairs_are_a_closed_form() -> None:
    """Bishop, Fienberg and Holland (1975), 6.4: with pairs 12 and 13, n0 = f2 f3 / f23."""
    design = design_of(3, terms_of(3, (3, 5)))
    fitted = fit_models(design, TABLE[None], np.ones((1, design.shape[1]), dtype=bool))
    assert np.exp(fitted.fits.coefficients[0, 0]) == pytest.approx(30 * 25 / 11)


def test_there_are_as_many_hierarchical_models_as_known() -> None:
    assert [len(hierarchical_models(k)) for k in (2, 3, 4, 5)] == [1, 8, 113, 6893]


def test_the_ranking_and_the_choice_among_all_agree() -> None:
    ranking = rank_models(3, TABLE, bic=True)
    chosen = choose_best(3, TABLE[None], hierarchical_models(3), bic=True)
    assert chosen.model() == ranking.models[0]
    assert chosen.unseen[0] == pytest.approx(ranking.unseen[0])


def test_six_lists_are_too_many_for_all_models() -> None:
    with pytest.raises(ValueError, match="6 lists"):
        hierarchical_models(6)
