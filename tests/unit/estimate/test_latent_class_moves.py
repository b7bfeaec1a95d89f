"""Every move leaves the joint distribution of parameters and tables as it is.

Geweke (2004), Getting it right: joint distribution tests of posterior simulators, JASA 99, in the
exact form of Gandy and Scott (2021): begin with independent draws from the prior, one table drawn
for each; move; then parameters and table together must still be distributed as at the beginning.
"""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from martyrolog.estimate.models import latent_class_moves as moves
from martyrolog.estimate.models.latent_class_particles import (
    Particles,
    draw_prior,
    make_table,
    mix_cells,
)
from martyrolog.estimate.models.latent_class_splits import divide_classes

PATTERNS = np.array([p for p in itertools.product([0, 1], repeat=3) if any(p)], dtype=bool)
PERSONS, CLASSES, SIZE, ROUNDS = 40, 4, 6_000, 12

Move = Callable[[Particles, np.random.Generator], None]


def _on_every(move: Callable[[Particles, int, float, np.random.Generator], None]) -> Move:
    """One move on each class in turn."""

    def on_every(particles: Particles, rng: np.random.Generator) -> None:
        for k in range(CLASSES):
            move(particles, k, 1.0, rng)

    return on_every


def _divide(particles: Particles, rng: np.random.Generator) -> None:
    divide_classes(particles, 0, 1, 1.0, rng)
    divide_classes(particles, 2, 0, 1.0, rng)


MOVES: dict[str, Move] = {
    "renew": _on_every(moves.renew_class),
    "shift": _on_every(moves.shift_class),
    "weigh": _on_every(moves.weigh_class),
    "refound": _on_every(moves.refound_class),
    "divide": _divide,
    "tail": lambda p, rng: moves.break_tail(p, 1.0, rng),
    "swap": lambda p, rng: moves.swap_classes(p, rng),
    "all": lambda p, rng: moves.sweep(p, 1.0, rng, every_class=True),
}


def _draw_tables(particles: Particles, rng: np.random.Generator) -> None:
    """A table of its own for every particle, from its parameters."""
    cells = mix_cells(particles.cells, particles.weight)[:-1].T
    counts = rng.multinomial(PERSONS, cells / cells.sum(axis=1, keepdims=True)).T
    particles.table = make_table(PATTERNS, counts)
    particles.refresh()


def _prior(seed: int) -> tuple[Particles, np.random.Generator]:
    rng = np.random.default_rng(seed)
    empty = make_table(PATTERNS, np.zeros((len(PATTERNS), SIZE)))
    with np.errstate(all="ignore"):
        return draw_prior(empty, classes=CLASSES, size=SIZE, rng=rng), rng


def _traits(particles: Particles) -> dict[str, np.ndarray]:
    particles.refresh()
    return {
        "seen": particles.observed_probability,
        "likelihood": particles.log_likelihood,
        "first": particles.weight[0] / particles.weight.sum(axis=0),
        "spread": particles.log_tail[0] - particles.log_weight[-1],
        "chance": particles.logit[0, 0],
        "last": particles.logit[-1, 2],
        "together": particles.logit[0, 0] * particles.log_weight[1].clip(-50, 50),
        "fit": particles.table.counts[0] - PERSONS * particles.mixed[0] / particles.mixed[-1],
    }


def _least_p_value(move: Move, seed: int) -> float:
    particles, rng = _prior(seed)
    with np.errstate(all="ignore"):
        for _ in range(ROUNDS):
            _draw_tables(particles, rng)
            move(particles, rng)
        found = _traits(particles)
        fresh, rng = _prior(seed + 1000)
        _draw_tables(fresh, rng)
        expected = _traits(fresh)
    return float(min(stats.ks_2samp(found[name], expected[name]).pvalue for name in found))


@pytest.mark.parametrize("name", MOVES)
def test_a_move_leaves_parameters_and_tables_jointly_as_the_model_draws_them(name: str) -> None:
    # Eight traits, eight moves: one p-value below 1e-4 in 150 seeds of a right sampler.
    assert _least_p_value(MOVES[name], seed=7) > 1e-4


@pytest.mark.parametrize(
    "wrong",
    [
        lambda p, rng: moves.sweep(p, 0.7, rng, every_class=True),
        lambda p, rng: moves.sweep(p, 1.3, rng, every_class=True),
    ],
)
def test_the_joint_test_sees_moves_that_aim_at_another_posterior(wrong: Move) -> None:
    assert _least_p_value(wrong, seed=7) < 1e-6


def test_what_a_sweep_keeps_up_to_date_is_what_would_be_computed_anew() -> None:
    rng = np.random.default_rng(3)
    table = make_table(PATTERNS, [9, 8, 7, 6, 5, 4, 3])
    with np.errstate(all="ignore"):
        particles = draw_prior(table, classes=CLASSES, size=200, rng=rng)
        for k in range(CLASSES):
            moves.renew_class(particles, k, 1.0, rng)
            moves.shift_class(particles, k, 1.0, rng)
            moves.weigh_class(particles, k, 1.0, rng)
            moves.refound_class(particles, k, 1.0, rng)
        divide_classes(particles, 0, 2, 1.0, rng)
        moves.break_tail(particles, 1.0, rng)
        moves.swap_classes(particles, rng)
        kept = particles.log_likelihood.copy(), particles.weight_prior.copy()
        particles.refresh()
    np.testing.assert_allclose(kept[0], particles.log_likelihood, rtol=1e-9)
    np.testing.assert_allclose(kept[1], particles.weight_prior, rtol=1e-9, atol=1e-9)
