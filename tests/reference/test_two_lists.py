"""Chapman and Chao on numbers that can be followed by hand."""

import pytest

from martyrolog.estimate import fit_model, make_counts
from martyrolog.estimate.models.chao import chao_unseen
from martyrolog.estimate.models.chapman import chapman, chapman_variance


def test_chapman_and_its_variance() -> None:
    """Seber (1982), The estimation of animal abundance, 3.1: n1 = 48, n2 = 35, m = 18."""
    assert chapman(48, 35, 18) == pytest.approx(49 * 36 / 19 - 1)
    assert chapman_variance(48, 35, 18) == pytest.approx(49 * 36 * 30 * 17 / (19**2 * 20))


def test_lower_bound_of_chao() -> None:
    """Chao (1987): n + ((K - 1)/K) f1^2 / (2 f2)."""
    assert chao_unseen(6, 25, 22) == pytest.approx(5 / 6 * 25**2 / 44)
    assert chao_unseen(6, 25, 0) == pytest.approx(5 / 6 * 25 * 24 / 2)


def test_an_odds_ratio_moves_the_unseen_in_proportion() -> None:
    counts = make_counts([[1, 0], [0, 1], [1, 1]], [300, 200, 99], ["a", "b"])
    found = fit_model("chapman", counts)
    moved = {row["odds_ratio"]: row["N"] for row in found.details["by_odds_ratio"]}
    assert moved[1.0] == pytest.approx(found.median)
    assert moved[2.0] - 599 == pytest.approx(2 * (moved[1.0] - 599))
