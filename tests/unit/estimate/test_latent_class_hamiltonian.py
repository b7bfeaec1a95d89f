"""Trajectories: the forces are gradients, the way back is the way there, size governs the error.

That a trajectory leaves the posterior as it is stands in ``test_latent_class_moves.py``.
"""

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

from martyrolog.estimate.models.latent_class_hamiltonian import (
    Motion,
    leap,
    log_joint,
    make_motion,
    set_out,
)
from martyrolog.estimate.models.latent_class_state import (
    State,
    Table,
    draw_prior,
    make_state,
    make_table,
)

PATTERNS = np.array([p for p in itertools.product([0, 1], repeat=4) if any(p)], dtype=bool)
COUNTS = np.array([40, 35, 12, 50, 15, 14, 6, 0, 22, 31, 3, 1, 17, 4, 9])
CLASSES = 4


def _starts(number: int) -> Iterator[tuple[Table, State, Motion]]:
    """States of the prior with persons in their classes, ready to set out."""
    rng = np.random.default_rng(2)
    table = make_table(PATTERNS, COUNTS)
    while number:
        state = make_state(table, *draw_prior(CLASSES, 4, rng))
        room = make_motion(table, state)
        set_out(table, state, room, rng)
        if state.weight.min() > 1e-6 and room.moving.sum() >= 2:
            number -= 1
            yield table, state, room


def _gained(table: Table, logit: np.ndarray, log_seen: np.ndarray, room: Motion) -> float:
    """Log posterior and hints at chances and log (weight x P(observed))."""
    at_once = make_state(table, logit, np.zeros(len(logit)))
    state = make_state(table, logit, log_seen - np.log(at_once.cells[:, -1]))
    room.speed[:], room.seen[1] = 0.0, 0.0
    return log_joint(table, state, room)


def test_forces_are_the_gradient_of_posterior_and_hints() -> None:
    for table, state, room in _starts(10):
        log_seen = state.log_weight + np.log(state.cells[:, -1])
        # |z_0|^2 = l, so one unit of log odds turns z by sqrt(l (1 - l)) / 2.
        turn = 0.5 * room.place[..., 0] * room.place[..., 2]
        by_logit = turn * (room.place[..., 0] * room.place[..., 2])
        by_logit *= room.force[..., 0] - room.force[..., 1]
        by_seen, step = room.seen[2].copy(), 1e-4
        for k in np.flatnonzero(room.moving):
            shifted = np.zeros(CLASSES)
            shifted[k] = step
            ends = [_gained(table, state.logit, log_seen + s * shifted, room) for s in (1, -1)]
            assert by_seen[k] == pytest.approx((ends[0] - ends[1]) / 2 / step, abs=1e-4, rel=1e-4)
            for j in range(4):
                moved = np.zeros((CLASSES, 4))
                moved[k, j] = step
                ends = [_gained(table, state.logit + s * moved, log_seen, room) for s in (1, -1)]
                slope = (ends[0] - ends[1]) / 2 / step
                assert by_logit[k, j] == pytest.approx(slope, abs=1e-4, rel=1e-4)


def test_a_trajectory_turned_back_returns_to_where_it_set_out() -> None:
    for table, state, room in _starts(10):
        leap(table, room, 20, 0.3)
        assert not np.allclose(room.proposed.chance, state.chance)
        room.speed[:] *= -1
        room.seen[1] *= -1
        leap(table, room, 20, 0.3)
        np.testing.assert_allclose(room.proposed.chance, state.chance, rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(room.proposed.weight, state.weight, rtol=1e-6)


def test_a_step_half_as_long_errs_a_quarter_as_much() -> None:
    errors = []
    for size, leaps in ((0.02, 20), (0.01, 40)):
        found = []
        for table, state, room in _starts(40):
            before = log_joint(table, state, room)
            leap(table, room, leaps, size)
            found.append(abs(log_joint(table, room.proposed, room) - before))
        errors.append(np.median(found))
    assert errors[0] < 0.05
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.25)


def test_classes_that_hold_few_persons_stand_still() -> None:
    table = make_table(PATTERNS, COUNTS)
    rng = np.random.default_rng(1)
    state = make_state(table, np.zeros((3, 4)), np.array([0.0, -0.5, -60.0]))
    room = make_motion(table, state)
    moved = np.zeros(3)
    for _ in range(200):
        set_out(table, state, room, rng)
        leap(table, room, 3, 0.3)
        moved += (room.proposed.chance != state.chance).any(axis=1)
    assert moved[:2].min() > 180
    assert moved[2] < 60
