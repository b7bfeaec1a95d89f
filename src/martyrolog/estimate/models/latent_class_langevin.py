"""Langevin steps of all occupied classes together, scaled by the information of the table.

Memberships, n_0 and the concentration are integrated out, so a step goes as far as the data allow
along the direction about which they say least: more persons, all of them harder to see. That is
where Gibbs sampling, which holds the unseen fixed while it moves the chances, creeps. A step
is proposed around one step of gradient times inverse metric, as wide as that inverse, and accepted
by Metropolis and Hastings: Girolami and Calderhead (2011), Riemann manifold Langevin and
Hamiltonian Monte Carlo methods, JRSS B 73 (the simplified form, without derivatives of the metric).
The metric is the empirical Fisher information of the observed cells plus the curvature of a prior.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from martyrolog.estimate.models.compiled import compiled
from martyrolog.estimate.models.latent_class_state import (
    Numbers,
    State,
    Table,
    add_up,
    copy_class,
    copy_into,
    draw_below,
    fill_class,
    log_likelihood,
    log_weight_prior,
    logit_prior,
    mix,
)

Places = npt.NDArray[np.int64]

MOST_CLASSES = 4
STEPS = (0.2, 1.2)
LOGIT_CURVATURE = 1 / 3
WEIGHT_CURVATURE = 0.2
LEAST_PIVOT = 1e-12


class Geometry(NamedTuple):
    """Drift and metric at one point; a class has its logits side by side, then its log weight.

    Attributes:
        drift: Shape (size,): gradient of the log posterior over the metric.
        factor: Shape (size, size): lower Cholesky factor of the metric.
        slopes: Shape (cells + 1, size): room for the gradients of the log cells.
    """

    drift: Numbers
    factor: Numbers
    slopes: Numbers


def _make_geometry(cells: int, size: int) -> Geometry:
    return Geometry(np.empty(size), np.empty((size, size)), np.empty((cells + 1, size)))


class Langevin(NamedTuple):
    """Room for the steps of one chain: geometries, a proposed state, a direction, classes."""

    here: Geometry
    there: Geometry
    proposed: State
    direction: Numbers
    classes: Places
    shares: Numbers


def make_langevin(table: Table, state: State) -> Langevin:
    """Room for a table and a state of such shapes."""
    classes, lists = state.logit.shape
    size = min(classes, MOST_CLASSES) * (lists + 1)
    cells = len(table.counts)
    copy = State(*(part.copy() for part in state))
    return Langevin(
        here=_make_geometry(cells, size),
        there=_make_geometry(cells, size),
        proposed=copy,
        direction=np.empty(size),
        classes=np.zeros((2, classes), dtype=np.int64),
        shares=np.empty(classes),
    )


@compiled
def take_langevin_steps(
    table: Table, state: State, room: Langevin, steps: int, rng: np.random.Generator
) -> None:
    """Steps of up to four occupied classes."""
    chosen = _choose(table, state, room.classes, rng)
    here, there = room.here, room.there
    if chosen == 0 or not _measure(table, state, room.classes[0, :chosen], here):
        return
    places = room.classes[0, :chosen]
    _copy_all(state, room.proposed)
    for _ in range(steps):
        scale = STEPS[0] * math.exp(rng.random() * math.log(STEPS[1] / STEPS[0]))
        forth = _propose(table, state, room.proposed, places, here, scale, room.direction, rng)
        ratio = _log_posterior(room.proposed, places) - _log_posterior(state, places) - forth
        same = ratio > -np.inf and _holds_same(table, room.proposed, room.classes[1])
        if same and _measure(table, room.proposed, places, there):
            ratio += _log_density(room.proposed, state, places, there, scale, room.direction)
            if math.log(rng.random()) < ratio:
                _copy_classes(room.proposed, state, places)
                here, there = there, here
                continue
        _copy_classes(state, room.proposed, places)


@compiled
def _is_occupied(table: Table, state: State, k: int) -> bool:
    """Whether more than one observed person is expected in the class."""
    share = state.weight[k] * state.cells[k, len(table.counts)]
    return bool(add_up(table.counts) * share > state.mixed[len(table.counts)])


@compiled
def _choose(table: Table, state: State, classes: Places, rng: np.random.Generator) -> int:
    """Into row 0 the classes that move, in order; into row 1 whether each is occupied."""
    number = 0
    for k in range(len(state.weight)):
        classes[1, k] = 1 if _is_occupied(table, state, k) else 0
        if classes[1, k]:
            classes[0, number] = k
            number += 1
    while number > MOST_CLASSES:
        number -= 1
        for place in range(draw_below(number + 1, rng), number):
            classes[0, place] = classes[0, place + 1]
    return number


@compiled
def _holds_same(table: Table, state: State, occupied: Places) -> bool:
    for k in range(len(state.weight)):
        if _is_occupied(table, state, k) != (occupied[k] == 1):
            return False
    return True


@compiled
def _copy_all(source: State, target: State) -> None:
    for k in range(len(source.weight)):
        copy_class(source, target, k)
    copy_into(source.mixed, target.mixed)


@compiled
def _copy_classes(source: State, target: State, places: Places) -> None:
    """What a step changes."""
    for k in places:
        copy_class(source, target, k)
    copy_into(source.mixed, target.mixed)
    copy_into(source.logs, target.logs)


@compiled
def _log_posterior(state: State, chosen: Places) -> float:
    """Up to what a step leaves as it is."""
    found = 0.0
    for k in chosen:
        found += logit_prior(state.logit[k])
    return float(found + state.logs[0] + state.logs[1])


@compiled
def _propose(
    table: Table,
    state: State,
    proposed: State,
    chosen: Places,
    at: Geometry,
    scale: float,
    direction: Numbers,
    rng: np.random.Generator,
) -> float:
    """Fill the proposed state; returns the log density of proposing it."""
    lists = state.logit.shape[1]
    size = len(chosen) * (lists + 1)
    log_density = -size * math.log(scale)
    for i in range(size):
        direction[i] = rng.standard_normal()
        log_density += math.log(at.factor[i, i]) - 0.5 * direction[i] ** 2
    _solve_transposed(at.factor, direction, size)
    for a in range(len(chosen)):
        k, first = chosen[a], a * (lists + 1)
        for j in range(lists):
            step = 0.5 * scale * scale * at.drift[first + j] + scale * direction[first + j]
            proposed.logit[k, j] = state.logit[k, j] + step
        step = 0.5 * scale * scale * at.drift[first + lists] + scale * direction[first + lists]
        proposed.log_weight[k] = state.log_weight[k] + step
        proposed.weight[k] = math.exp(proposed.log_weight[k])
        fill_class(table, proposed.logit[k], proposed.chance[k], proposed.absent[k],
                   proposed.cells[k])  # fmt: skip
    mix(proposed.weight, proposed.cells, proposed.mixed)
    proposed.logs[0] = log_likelihood(table, proposed.mixed)
    proposed.logs[1] = log_weight_prior(proposed.log_weight)
    return float(log_density)


@compiled
def _log_density(
    start: State, end: State, chosen: Places, at: Geometry, scale: float, direction: Numbers
) -> float:
    """Log density of proposing ``end`` from ``start``, whose geometry is given."""
    lists = start.logit.shape[1]
    size = len(chosen) * (lists + 1)
    for a in range(len(chosen)):
        k, first = chosen[a], a * (lists + 1)
        for j in range(lists):
            direction[first + j] = end.logit[k, j] - start.logit[k, j]
        direction[first + lists] = end.log_weight[k] - start.log_weight[k]
    found = -size * math.log(scale)
    for i in range(size):
        direction[i] -= 0.5 * scale * scale * at.drift[i]
    for i in range(size):
        along = 0.0
        for c in range(i, size):
            along += at.factor[c, i] * direction[c]
        found += math.log(at.factor[i, i]) - 0.5 * (along / scale) ** 2
    return float(found)


@compiled
def _measure(table: Table, state: State, chosen: Places, found: Geometry) -> bool:
    """Fill the geometry at a state; False where the metric is no positive matrix."""
    size = len(chosen) * (state.logit.shape[1] + 1)
    for i in range(size):
        found.drift[i] = 0.0
        for c in range(i + 1):
            found.factor[i, c] = 0.0
    _fill_slopes(table, state, chosen, found.slopes)
    for m in range(len(table.counts)):
        for i in range(size):
            slope = table.counts[m] * found.slopes[m, i]
            found.drift[i] += slope
            for c in range(i + 1):
                found.factor[i, c] += slope * found.slopes[m, c]
    _add_prior(state, chosen, found)
    if not _factorise(found.factor, size):
        return False
    for i in range(size):
        for c in range(i):
            found.drift[i] -= found.factor[i, c] * found.drift[c]
        found.drift[i] /= found.factor[i, i]
    _solve_transposed(found.factor, found.drift, size)
    return True


@compiled
def _fill_slopes(table: Table, state: State, chosen: Places, slopes: Numbers) -> None:
    """Gradients of log p_m - log(1 - p_0) for every observed cell; of log(1 - p_0) in the last."""
    count, lists = table.patterns.shape
    for a in range(len(chosen)):
        k, first = chosen[a], a * (lists + 1)
        seen = state.weight[k] * state.cells[k, count] / state.mixed[count]
        missed = state.weight[k] * (1 - state.cells[k, count]) / state.mixed[count]
        for j in range(lists):
            slopes[count, first + j] = missed * state.chance[k, j]
        slopes[count, first + lists] = seen
        for m in range(count):
            share = state.weight[k] * state.cells[k, m] / state.mixed[m]
            for j in range(lists):
                slope = state.absent[k, j] if table.patterns[m, j] else -state.chance[k, j]
                slopes[m, first + j] = share * slope - slopes[count, first + j]
            slopes[m, first + lists] = share - seen


@compiled
def _add_prior(state: State, chosen: Places, found: Geometry) -> None:
    """Gradient and curvature of the priors of logit l and of the log weights."""
    classes, lists = state.logit.shape
    tail = add_up(state.weight)
    spread = math.log(tail) - state.log_weight[classes - 1]
    pull = (classes - 0.75) / (0.25 + spread)
    passed, a = 0.0, 0
    for k in range(classes):
        passed += 1 / add_up(state.weight[k:])
        if a < len(chosen) and chosen[a] == k:
            first = a * (lists + 1)
            slope = 1 - state.weight[k] * passed - pull * state.weight[k] / tail
            found.drift[first + lists] += slope + (pull if k == classes - 1 else 0.0)
            found.factor[first + lists, first + lists] += WEIGHT_CURVATURE
            for j in range(lists):
                found.drift[first + j] += 1 - 2 * state.chance[k, j]
                found.factor[first + j, first + j] += LOGIT_CURVATURE
            a += 1


@compiled
def _factorise(matrix: Numbers, size: int) -> bool:
    """Lower Cholesky factor in place."""
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i, j]
            for c in range(j):
                rest -= matrix[i, c] * matrix[j, c]
            if i == j:
                if not rest > LEAST_PIVOT:
                    return False
                matrix[i, i] = math.sqrt(rest)
            else:
                matrix[i, j] = rest / matrix[j, j]
    return True


@compiled
def _solve_transposed(factor: Numbers, values: Numbers, size: int) -> None:
    """Solve factor' x = values in place."""
    for i in range(size - 1, -1, -1):
        for c in range(i + 1, size):
            values[i] -= factor[c, i] * values[c]
        values[i] /= factor[i, i]
