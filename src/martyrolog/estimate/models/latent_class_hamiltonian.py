"""Hamiltonian trajectories of all classes that hold persons, which go far along the ridges.

Memberships, n_0 and the concentration are integrated out. What such a table says least about is how
many persons are hard to see: N and the chances move together, a long narrow ridge on which Gibbs
sampling creeps, since it holds the unseen fixed while it moves the chances. A trajectory runs along
it; its coordinates are those in which the information of a table with known memberships is constant
for given sizes of the classes, so that one step length suits every table and every hill:

- l is |z_0|^2 of a point z = (z_0, z_1) of the unit sphere in four dimensions: uniform l is uniform
  z, nothing is singular where l is 0 or 1, and free motion is a rotation (Byrne and Girolami 2013,
  Geodesic Monte Carlo on embedded manifolds, Scand. J. Stat. 40). Mass 4 times the persons.
- log (weight x P(observed)) instead of the log weight, Jacobian 1: how many observed persons a
  class has does not change while its chances do. Mass the observed persons.

Masses must not depend on the place, yet sizes differ by class and state. So they are taken from
hints: log sizes with normal noise, drawn anew and held for one trajectory. The hints' density given
the state is part of what the trajectory leaves invariant; so it is a move of the joint density of
state and hints, whose margin is the posterior. Classes whose hint says few persons stand still.
"""

import math
from typing import NamedTuple

import numpy as np

from martyrolog.estimate.models.compiled import compiled
from martyrolog.estimate.models.latent_class_state import (
    Mask,
    Numbers,
    State,
    Table,
    add_up,
    copy_class,
    copy_into,
    draw_below,
    fill_cells,
    log_likelihood,
    log_weight_prior,
    mix,
)

MOST_LEAPS = 60
SIZES = (0.4, 1.0)
NOISE = 1.0
ADDED = 4.0
FEWEST = 10.0


class Motion(NamedTuple):
    """Room for the trajectories of one chain.

    Attributes:
        proposed: Where the trajectory is.
        moving: Shape (classes,): whether a class moves.
        place: Shape (classes, lists, 4): z of every l.
        speed: Shape (classes, lists, 4): its velocity times the root of the mass.
        force: Shape (classes, lists, 2): what z_0 and z_1 are multiplied by in the gradient.
        seen: Shape (3, classes): log (weight x P(observed)), velocity times root of mass, gradient.
        pace: Shape (2, classes): one over the root of the mass of l and of the weight.
        hint: Shape (2, classes): noisy log (persons + 4), all and observed.
        pull: Shape (2, classes): gradient of the hints' log density by log size.
        rest: Shape (classes,): weights from a class on, added up.
        shares: Shape (cells,): a class's expected persons of each cell.
    """

    proposed: State
    moving: Mask
    place: Numbers
    speed: Numbers
    force: Numbers
    seen: Numbers
    pace: Numbers
    hint: Numbers
    pull: Numbers
    rest: Numbers
    shares: Numbers


def make_motion(table: Table, state: State) -> Motion:
    """Room for a table and a state of such shapes."""
    classes, lists = state.logit.shape
    return Motion(
        proposed=State(*(part.copy() for part in state)),
        moving=np.zeros(classes, dtype=bool),
        place=np.zeros((classes, lists, 4)),
        speed=np.zeros((classes, lists, 4)),
        force=np.zeros((classes, lists, 2)),
        seen=np.zeros((3, classes)),
        pace=np.zeros((2, classes)),
        hint=np.zeros((2, classes)),
        pull=np.zeros((2, classes)),
        rest=np.zeros(classes),
        shares=np.zeros(len(table.counts)),
    )


@compiled
def take_trajectory(table: Table, state: State, room: Motion, rng: np.random.Generator) -> None:
    """One trajectory of random length, accepted by Metropolis; ``state`` must be up to date."""
    proposed = room.proposed
    set_out(table, state, room, rng)
    before = log_joint(table, state, room)
    size = SIZES[0] + (SIZES[1] - SIZES[0]) * rng.random()
    leap(table, room, 1 + draw_below(MOST_LEAPS, rng), size)
    if math.log(rng.random()) < log_joint(table, proposed, room) - before:
        for k in range(len(state.weight)):
            if room.moving[k]:
                for j in range(state.logit.shape[1]):
                    proposed.logit[k, j] = math.log(proposed.chance[k, j] / proposed.absent[k, j])
                copy_class(proposed, state, k)
        copy_into(proposed.mixed, state.mixed)
        copy_into(proposed.logs, state.logs)


@compiled
def set_out(table: Table, state: State, room: Motion, rng: np.random.Generator) -> None:
    """Draw hints and velocities; the trajectory begins where the state is."""
    unit = add_up(table.counts) / state.mixed[-1]
    for k in range(len(state.weight)):
        copy_class(state, room.proposed, k)
        persons = unit * state.weight[k]
        room.hint[0, k] = math.log(persons + ADDED) + NOISE * rng.standard_normal()
        persons *= state.cells[k, -1]
        room.hint[1, k] = math.log(persons + ADDED) + NOISE * rng.standard_normal()
        room.pace[0, k] = 0.5 * math.exp(-0.5 * room.hint[0, k])
        room.pace[1, k] = math.exp(-0.5 * room.hint[1, k])
        room.moving[k] = room.hint[0, k] > math.log(FEWEST + ADDED)
        if room.moving[k]:
            _start_class(state, room, k, rng)
    copy_into(state.mixed, room.proposed.mixed)
    copy_into(state.logs, room.proposed.logs)
    _find_forces(table, room)


@compiled
def _start_class(state: State, room: Motion, k: int, rng: np.random.Generator) -> None:
    """Place and velocity, normal in the three directions that lie on the sphere.

    The phases of z_0 and z_1 are free, since l and 1 - l are all that the posterior sees of them.
    """
    room.seen[0, k] = state.log_weight[k] + math.log(state.cells[k, -1])
    room.seen[1, k] = rng.standard_normal()
    for j in range(state.logit.shape[1]):
        place, speed = room.place[k, j], room.speed[k, j]
        place[0], place[1] = math.sqrt(state.chance[k, j]), 0.0
        place[2], place[3] = math.sqrt(state.absent[k, j]), 0.0
        along = rng.standard_normal()
        speed[0], speed[2] = along * place[2], -along * place[0]
        speed[1], speed[3] = rng.standard_normal(), rng.standard_normal()


@compiled
def log_joint(table: Table, state: State, room: Motion) -> float:
    """Log density of state, hints and velocities at the state's end of the trajectory."""
    found, unit = state.logs[0] + state.logs[1], add_up(table.counts) / state.mixed[-1]
    for k in range(len(state.weight)):
        persons = unit * state.weight[k]
        error = (room.hint[0, k] - math.log(persons + ADDED)) / NOISE
        found -= 0.5 * error * error
        persons *= state.cells[k, -1]
        error = (room.hint[1, k] - math.log(persons + ADDED)) / NOISE
        found -= 0.5 * error * error
        if room.moving[k]:
            found -= 0.5 * room.seen[1, k] * room.seen[1, k]
            for j in range(state.logit.shape[1]):
                for one in room.speed[k, j]:
                    found -= 0.5 * one * one
    return float(found)


@compiled
def leap(table: Table, room: Motion, leaps: int, size: float) -> None:
    """Leapfrog steps from where ``room`` stands; the proposed state has logs at the end."""
    proposed, classes = room.proposed, len(room.proposed.weight)
    for _ in range(leaps):
        for k in range(classes):
            if room.moving[k]:
                _kick(room, k, size)
                _drift(room, k, size)
                _fill_class(table, room, k)
        mix(proposed.weight, proposed.cells, proposed.mixed)
        _find_forces(table, room)
        for k in range(classes):
            if room.moving[k]:
                _kick(room, k, size)
    proposed.logs[0] = log_likelihood(table, proposed.mixed)
    proposed.logs[1] = log_weight_prior(proposed.log_weight)


@compiled
def _kick(room: Motion, k: int, size: float) -> None:
    """Half a step of the velocities."""
    half = 0.5 * size * room.pace[0, k]
    for j in range(room.place.shape[1]):
        place, speed = room.place[k, j], room.speed[k, j]
        first, second = half * room.force[k, j, 0], half * room.force[k, j, 1]
        speed[0] += first * place[0]
        speed[1] += first * place[1]
        speed[2] += second * place[2]
        speed[3] += second * place[3]
    room.seen[1, k] += 0.5 * size * room.pace[1, k] * room.seen[2, k]


@compiled
def _drift(room: Motion, k: int, size: float) -> None:
    """A whole step of the places: great circles at constant speed."""
    step = size * room.pace[0, k]
    for j in range(room.place.shape[1]):
        place, speed = room.place[k, j], room.speed[k, j]
        rate = math.sqrt(
            speed[0] * speed[0] + speed[1] * speed[1] + speed[2] * speed[2] + speed[3] * speed[3]
        )
        sine, cosine = math.sin(step * rate), math.cos(step * rate)
        for i in range(4):
            was = place[i]
            place[i] = was * cosine + speed[i] / rate * sine
            speed[i] = speed[i] * cosine - was * rate * sine
    room.seen[0, k] += size * room.pace[1, k] * room.seen[1, k]


@compiled
def _fill_class(table: Table, room: Motion, k: int) -> None:
    """Chances, cells and weight of a class from its places."""
    state = room.proposed
    for j in range(room.place.shape[1]):
        place = room.place[k, j]
        state.chance[k, j] = place[0] * place[0] + place[1] * place[1]
        state.absent[k, j] = place[2] * place[2] + place[3] * place[3]
    fill_cells(table, state.chance[k], state.absent[k], state.cells[k])
    state.log_weight[k] = room.seen[0, k] - math.log(state.cells[k, -1])
    state.weight[k] = math.exp(state.log_weight[k])


@compiled
def _find_forces(table: Table, room: Motion) -> None:
    """Gradients of posterior and hints: of z_0 and z_1 over themselves, of the log weights."""
    state = room.proposed
    classes, total = len(state.weight), add_up(table.counts)
    held = _find_pulls(room, total)
    rest = 0.0
    for k in range(classes - 1, -1, -1):
        rest += state.weight[k]
        room.rest[k] = rest
    spread = math.log(rest) - state.log_weight[classes - 1]
    pull, passed = (classes - 0.75) / (0.25 + spread), 0.0
    for k in range(classes):
        if room.rest[k] > 0:  # below 1e-308 a force may err: any force leaves the same posterior
            passed += 1 / room.rest[k]
        if room.moving[k]:
            prior = 1 - state.weight[k] * (passed + pull / rest)
            prior += pull if k == classes - 1 else 0.0
            _find_force(table, room, k, prior, held / total)


@compiled
def _find_pulls(room: Motion, total: float) -> float:
    """Into ``pull`` the gradients of the hints by log persons; returns their sum."""
    state, held = room.proposed, 0.0
    for k in range(len(state.weight)):
        persons = total * state.weight[k] / state.mixed[-1]
        for i in range(2):
            error = room.hint[i, k] - math.log(persons + ADDED)
            room.pull[i, k] = error / (NOISE * NOISE) * persons / (persons + ADDED)
            held += room.pull[i, k]
            persons *= state.cells[k, -1]
    return held


@compiled
def _find_force(table: Table, room: Motion, k: int, prior: float, held: float) -> None:
    """Of one class: persons expected in a list or in none of it over the chance, less all."""
    state, unit = room.proposed, add_up(table.counts) / room.proposed.mixed[-1]
    count, lists = table.patterns.shape
    observed, unseen = 0.0, 1.0
    for m in range(count):
        room.shares[m] = table.counts[m] * state.weight[k] * state.cells[k, m] / state.mixed[m]
    for m in range(count):
        observed += room.shares[m]
    for j in range(lists):
        unseen *= state.absent[k, j]
    expected = unit * state.weight[k] * state.cells[k, -1]
    slope = observed - expected + prior + room.pull[0, k]
    room.seen[2, k] = slope + room.pull[1, k] - expected * held
    missed = unseen * (unit * state.weight[k] + slope / state.cells[k, -1])
    for j in range(lists):
        there = 0.0
        for m in range(count):
            there += room.shares[m] if table.by_list[j, m] else 0.0
        both = observed + missed
        room.force[k, j, 0] = 2 * (there / state.chance[k, j] - both)
        room.force[k, j, 1] = 2 * ((both - there) / state.absent[k, j] - both)
