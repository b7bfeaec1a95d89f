"""Ladders of particles that exchange places."""

import numpy as np
import pytest

from martyrolog.estimate.models.latent_class_exchange import exchange, make_ladders


def test_every_particle_stands_on_one_rung_and_never_leaves_its_ladder() -> None:
    ladders = make_ladders(40, rungs=5)
    rng = np.random.default_rng(1)
    for _ in range(50):
        exchange(rng.normal(0, 3, 40), ladders, rng)
        assert sorted(ladders.holders.ravel()) == list(range(40))
        assert (ladders.holders // 5 == np.arange(8)[:, None]).all()
    assert (ladders.done > 0).all()
    assert (ladders.tried == 400).all()


def test_the_particle_that_fits_better_rises() -> None:
    ladders = make_ladders(2, rungs=2, ratio=0.5)
    exchange(np.array([-1000.0, 0.0]), ladders, np.random.default_rng(1))
    assert ladders.at_posterior.tolist() == [1]
    assert ladders.power_of_particles().tolist() == [0.5, 1.0]


def test_two_hills_are_visited_as_often_as_they_weigh() -> None:
    # A particle is up or down with likelihood ratio e^4; all begin on the wrong hill.
    rng = np.random.default_rng(3)
    ladders = make_ladders(2000, rungs=4, ratio=0.5)
    state = np.zeros(2000, dtype=bool)
    for _ in range(80):
        # Only the lowest rung may change its hill; the others learn of it by exchange.
        lowest = ladders.holders[:, -1]
        state[lowest] = rng.random(len(lowest)) < 1 / (1 + np.exp(-4 * ladders.powers[-1]))
        exchange(4.0 * state, ladders, rng)
    share = state[ladders.at_posterior].mean()
    assert share == pytest.approx(1 / (1 + np.exp(-4)), abs=4 * np.sqrt(0.018 * 0.982 / 500))
