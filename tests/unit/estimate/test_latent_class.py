"""The fit: what is answered, what is refused, and that a seed fixes it."""

import itertools
from typing import Any

import numpy as np
import pytest

from martyrolog.estimate.diagnostics.convergence import diagnose
from martyrolog.estimate.models import latent_class
from martyrolog.estimate.models.latent_class import LatentClassFit, fit_latent_class

PATTERNS = np.array([p for p in itertools.product([0, 1], repeat=3) if any(p)], dtype=bool)
COUNTS = np.array([40, 35, 12, 50, 15, 14, 6])


def _draws(fit: LatentClassFit) -> np.ndarray:
    assert fit.draws is not None
    return fit.draws


def _interval(fit: LatentClassFit) -> tuple[float, float, float]:
    assert fit.lower is not None
    assert fit.median is not None
    assert fit.upper is not None
    return fit.lower, fit.median, fit.upper


FAST: dict[str, Any] = {"classes": 4}


def test_an_answer_has_converged_and_its_interval_lies_around_its_median() -> None:
    fit = fit_latent_class(PATTERNS, COUNTS, seed=1, **FAST)
    assert (fit.status, fit.reasons) == ("estimated", ())
    assert fit.rhat < 1.01
    assert min(fit.ess_bulk, fit.ess_tail) >= 400
    lower, median, upper = _interval(fit)
    assert COUNTS.sum() <= lower < median < upper
    assert _draws(fit).shape[0] == 4
    assert _draws(fit).shape[1] == fit.rounds


def test_lists_that_are_independent_give_back_the_number_they_were_drawn_from() -> None:
    cells = np.where(PATTERNS, 0.4, 0.6).prod(axis=1)
    fit = fit_latent_class(PATTERNS, np.round(5000 * cells).astype(int), seed=1, **FAST)
    lower, _, upper = _interval(fit)
    assert lower < 5000 < upper


def test_a_seed_fixes_the_draws_whatever_the_order_of_the_cells() -> None:
    first = fit_latent_class(PATTERNS, COUNTS, seed=5, **FAST)
    again = fit_latent_class(PATTERNS[::-1], COUNTS[::-1], seed=5, **FAST)
    np.testing.assert_array_equal(_draws(first), _draws(again))
    other = fit_latent_class(PATTERNS, COUNTS, seed=6, **FAST)
    assert not np.array_equal(_draws(first)[:, :50], _draws(other)[:, :50])


def test_two_seeds_differ_by_no_more_than_their_monte_carlo_errors() -> None:
    fits = [fit_latent_class(PATTERNS, COUNTS, seed=seed, **FAST) for seed in (1, 2)]
    errors = [np.log(_draws(f)).std() / np.sqrt(f.ess_bulk) for f in fits]
    means = [np.log(_draws(f)).mean() for f in fits]
    assert abs(means[0] - means[1]) < 4 * np.hypot(*errors)


def test_what_has_not_converged_is_refused_without_a_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(latent_class, "BLOCK", 50)
    fit = fit_latent_class(PATTERNS, COUNTS, seed=1, most_rounds=50, **FAST)
    assert fit.status == "not_converged"
    assert {"rhat", "ess_bulk", "ess_tail"} & set(fit.reasons)
    assert (fit.mean, fit.median, fit.lower, fit.upper) == (None, None, None, None)
    assert fit.draws is not None
    assert fit.modes


def test_when_the_time_is_over_the_refusal_says_so() -> None:
    fit = fit_latent_class(
        PATTERNS, COUNTS, seed=1, clock=iter(range(0, 10**6, 50)).__next__, **FAST
    )
    assert fit.status == "not_converged"
    assert "time_limit" in fit.reasons
    assert fit.median is None


def test_the_limit_is_one_of_time_that_passes_and_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = [0.0]

    def sample(
        _table: object, _state: object, rounds: int, rng: np.random.Generator, _shares: object = 0
    ) -> np.ndarray:
        passed[0] += 0.25
        return np.array([rng.normal(500, 9, rounds), rng.normal(0, 1, rounds)]).cumsum(axis=1)

    monkeypatch.setattr(latent_class, "sample_chain", sample)
    monkeypatch.setattr(latent_class, "THREADS", 1)
    fit = fit_latent_class(PATTERNS, COUNTS, seed=1, time_limit=20, clock=lambda: passed[0], **FAST)
    assert "time_limit" in fit.reasons
    assert 20 <= passed[0] <= 22
    assert fit.rounds >= 0.4 * 20 / 0.25 / 4 * latent_class.BLOCK  # no chain waits for another


def test_a_draw_that_reaches_the_cap_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latent_class, "MOST_UNSEEN", 60.0)
    fit = fit_latent_class(PATTERNS, COUNTS, seed=1, most_rounds=1000, **FAST)
    assert "cap" in fit.reasons
    assert fit.median is None


def test_chains_that_stay_apart_do_not_converge() -> None:
    # Diagnostics are taken over chains that share nothing, so that they can disagree.
    draws = np.random.default_rng(1).normal(size=(4, 4000)) + np.array([[0], [0], [0], [0.5]])
    assert not diagnose(draws).converged


def test_a_chain_that_fits_worse_than_the_others_is_seen_though_n_agrees(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def sample(
        _table: object, _state: object, rounds: int, rng: np.random.Generator, _shares: object = 0
    ) -> np.ndarray:
        worse = 2.0 if next(chains) % 4 == 0 else 0.0
        return np.array([rng.normal(500, 9, rounds), rng.normal(-worse, 1, rounds)])

    chains = itertools.cycle(range(4))
    monkeypatch.setattr(latent_class, "sample_chain", sample)
    monkeypatch.setattr(latent_class, "THREADS", 1)
    monkeypatch.setattr(latent_class, "BLOCK", 4000)
    fit = fit_latent_class(PATTERNS, COUNTS, seed=1, most_rounds=4000, **FAST)
    assert fit.rhat < 1.01
    assert (fit.reasons, fit.median) == (("fit",), None)


def test_expected_cells_are_those_of_the_table_whatever_the_order_of_its_rows() -> None:
    fit = fit_latent_class(PATTERNS, COUNTS, seed=1, **FAST)
    turned = fit_latent_class(PATTERNS[::-1], COUNTS[::-1], seed=1, **FAST)
    assert fit.expected is not None
    assert turned.expected is not None
    np.testing.assert_array_equal(turned.expected[::-1], fit.expected)
    assert fit.expected.sum() == pytest.approx(COUNTS.sum())  # all seven cells were observed
    assert np.abs(fit.expected - COUNTS).max() < 4 * np.sqrt(COUNTS.max())


def test_two_lists_are_too_few() -> None:
    fit = fit_latent_class(np.array([[1, 0], [0, 1], [1, 1]], bool), np.array([9, 8, 7]), seed=1)
    assert fit.status == "too_few_lists"
    assert fit.draws is None


@pytest.mark.parametrize("wrong", [{"chains": 3}, {"classes": 1}])
def test_three_chains_or_one_class_are_a_mistake_of_the_caller(wrong: Any) -> None:
    with pytest.raises(ValueError, match="least"):
        fit_latent_class(PATTERNS, COUNTS, seed=1, **wrong)


def test_lists_without_overlap_and_ten_million_persons_are_answered_or_refused() -> None:
    apart = fit_latent_class(np.eye(3, dtype=bool), np.array([30, 20, 10]), seed=1, **FAST)
    assert apart.status in {"estimated", "not_converged"}
    cells = np.where(PATTERNS, 0.3, 0.7).prod(axis=1)
    counts = np.round(1e7 * cells).astype(int)
    many = fit_latent_class(PATTERNS, counts, seed=1, most_rounds=4000, **FAST)
    assert many.status in {"estimated", "not_converged"}
    assert np.isfinite(_draws(many)).all()
