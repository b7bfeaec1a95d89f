"""Every move leaves the joint distribution of parameters and tables as it is.

Geweke (2004), Getting it right: joint distribution tests of posterior simulators, JASA 99, in the
exact form of Gandy and Scott (2021): begin with independent draws from the prior, one table drawn
for each; move; then parameters and table together must still be distributed as at the beginning.
"""

import itertools
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from scipy import stats

from martyrolog.estimate.models.latent_class_chain import move_members, swap_classes
from martyrolog.estimate.models.latent_class_hamiltonian import (
    Motion,
    make_motion,
    take_trajectory,
)
from martyrolog.estimate.models.latent_class_memberships import make_members
from martyrolog.estimate.models.latent_class_splits import make_division
from martyrolog.estimate.models.latent_class_state import (
    State,
    Table,
    draw_prior,
    make_state,
    make_table,
    refresh,
)

PATTERNS = np.array([p for p in itertools.product([0, 1], repeat=3) if any(p)], dtype=bool)
PERSONS, CLASSES, SIZE, ROUNDS = 40, 4, 1_500, 8

Move = Callable[[Table, State, Motion, np.random.Generator], None]


def _members(table: Table, state: State, _room: Motion, rng: np.random.Generator) -> None:
    count, lists = table.patterns.shape
    members = make_members(count, CLASSES, lists)
    move_members(table, state, members, make_division(count, lists), rng)


def _swap(_table: Table, state: State, _room: Motion, rng: np.random.Generator) -> None:
    swap_classes(state, rng)


def _trajectory(table: Table, state: State, room: Motion, rng: np.random.Generator) -> None:
    take_trajectory(table, state, room, rng)


def _all(table: Table, state: State, room: Motion, rng: np.random.Generator) -> None:
    for move in (_members, _swap, _trajectory):
        move(table, state, room, rng)


MOVES: dict[str, Move] = {
    "members": _members,
    "swap": _swap,
    "trajectory": _trajectory,
    "all": _all,
}


def _with_table(state: State, rng: np.random.Generator, persons: int = PERSONS) -> Table:
    """A table drawn from the parameters."""
    chances = state.mixed[:-1] / state.mixed[:-1].sum()
    return make_table(PATTERNS, rng.multinomial(persons, chances))


def _traits(table: Table, state: State) -> list[float]:
    weight = state.weight / state.weight.sum()
    return [
        state.mixed[-1] / state.weight.sum(),
        state.logs[0],
        weight[0],
        np.log(state.weight.sum()) - state.log_weight[-1],
        state.logit[0, 0],
        state.logit[-1, 2],
        state.logit[0, 0] * np.clip(state.log_weight[1], -50, 50),
        table.counts[0] - table.counts.sum() * state.mixed[0] / state.mixed[-1],
    ]


def _joint(move: Move | None, seed: int) -> Iterator[list[float]]:
    """Traits of parameters and tables, after moves or as the model draws them."""
    rng = np.random.default_rng(seed)
    empty = make_table(PATTERNS, np.ones(len(PATTERNS)))
    for _ in range(SIZE if move else 4 * SIZE):
        state = make_state(empty, *draw_prior(CLASSES, 3, rng))
        table = _with_table(state, rng)
        refresh(table, state)
        room = make_motion(table, state)
        for _ in range(ROUNDS if move else 0):
            assert move is not None
            move(table, state, room, rng)
            table = _with_table(state, rng)
            refresh(table, state)
        yield _traits(table, state)


@pytest.fixture(scope="module")
def expected() -> np.ndarray:
    return np.array(list(_joint(None, 1000)))


def _least_p_value(move: Move, expected: np.ndarray) -> float:
    found = np.array(list(_joint(move, 7)))
    pairs = zip(found.T, expected.T, strict=True)
    return min(float(stats.ks_2samp(one, other).pvalue) for one, other in pairs)


@pytest.mark.parametrize("name", MOVES)
def test_a_move_leaves_parameters_and_tables_jointly_as_the_model_draws_them(
    name: str, expected: np.ndarray
) -> None:
    # Eight traits, four moves: one p-value below 1e-4 in 300 seeds of a right sampler.
    assert _least_p_value(MOVES[name], expected) > 1e-4


@pytest.mark.parametrize("factor", [2.0, 0.5])
def test_the_joint_test_sees_moves_that_aim_at_another_posterior(
    factor: float, expected: np.ndarray
) -> None:
    def wrong(table: Table, state: State, room: Motion, rng: np.random.Generator) -> None:
        other = make_table(table.patterns, np.floor(factor * table.counts))
        refresh(other, state)
        _all(other, state, room, rng)

    assert _least_p_value(wrong, expected) < 1e-6


def test_what_a_round_keeps_up_to_date_is_what_would_be_computed_anew() -> None:
    rng = np.random.default_rng(3)
    table = make_table(PATTERNS, [9, 8, 7, 6, 5, 4, 3])
    for _ in range(50):
        state = make_state(table, *draw_prior(CLASSES, 3, rng))
        _all(table, state, make_motion(table, state), rng)
        kept = state.logs.copy(), state.mixed / state.weight.sum()
        fresh = make_state(table, state.logit, state.log_weight)
        np.testing.assert_allclose(kept[0], fresh.logs, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(kept[1], fresh.mixed / fresh.weight.sum(), rtol=1e-9)
