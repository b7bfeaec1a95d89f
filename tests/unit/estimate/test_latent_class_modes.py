"""Hills of a posterior: how many, where, with how much of it in each chain."""

import numpy as np
import pytest

from martyrolog.estimate.models.latent_class_modes import find_modes

RNG = np.random.default_rng(1)


def test_one_hill_is_one_mode_with_all_the_mass() -> None:
    (mode,) = find_modes(np.exp(RNG.normal(9, 0.2, (4, 5000))))
    assert mode.mass == 1
    assert mode.location == pytest.approx(np.exp(9), rel=0.02)
    assert mode.lower < mode.location < mode.upper


def test_a_heavy_tail_is_no_second_mode() -> None:
    assert len(find_modes(np.exp(9 + RNG.exponential(0.5, (4, 5000))))) == 1


def test_two_hills_show_where_they_are_and_how_the_chains_disagree_about_them() -> None:
    low, high = np.exp(RNG.normal(9, 0.1, (2, 5000))), np.exp(RNG.normal(10, 0.1, (2, 5000)))
    first, second = find_modes(np.concatenate([low, high]))
    assert first.location == pytest.approx(np.exp(9), rel=0.02)
    assert second.location == pytest.approx(np.exp(10), rel=0.02)
    assert first.mass == pytest.approx(0.5, abs=0.01)
    assert first.mass_by_chain == pytest.approx((1, 1, 0, 0), abs=0.01)


def test_equal_draws_are_one_mode() -> None:
    (mode,) = find_modes(np.full((4, 100), 68.0))
    assert (mode.location, mode.mass) == (68, 1)
