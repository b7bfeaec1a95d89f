"""Gibbs steps of the latent-class sampler: persons into classes, parameters given the persons.

Persons of one cell are alike, so a cell is divided by one multinomial draw whatever its count: a
round costs the same for a hundred persons and for ten million. The sticks are drawn by their
logarithms: a class that takes nearly all leaves the others weights far below 1e-300.
"""

import math
from typing import NamedTuple

import numpy as np

from martyrolog.estimate.models.compiled import compiled
from martyrolog.estimate.models.latent_class_state import (
    Numbers,
    State,
    Table,
    add_up,
    fill_class,
    refresh,
)

MOST_UNSEEN = 1e15
FEW = 10.0
LEAST_CONCENTRATION = 1e-300
CONCENTRATION_STEPS = (1.0, 3.0)


class Members(NamedTuple):
    """How many persons each class holds; whole numbers.

    Attributes:
        cells: Shape (cells + 1, classes): by cell, the unseen last.
        size: Shape (classes,): all together.
        present: Shape (classes, lists): those of a class that a list names.
        shares: Shape (classes,): room for the chances of a cell's persons.
    """

    cells: Numbers
    size: Numbers
    present: Numbers
    shares: Numbers


def make_members(cells: int, classes: int, lists: int) -> Members:
    """Room for memberships of a table of so many cells."""
    sizes = np.zeros(classes)
    return Members(np.zeros((cells + 1, classes)), sizes, np.zeros((classes, lists)), sizes.copy())


@compiled
def draw_unseen(table: Table, state: State, rng: np.random.Generator) -> float:
    """n_0 from NegBin(n, 1 - p_0), as a gamma mixture of Poisson numbers."""
    missed = 0.0
    for k in range(len(state.weight)):
        missed += _missed(state, k)
    mean = rng.standard_gamma(add_up(table.counts)) * missed / state.mixed[-1]
    return draw_poisson(min(mean, MOST_UNSEEN), rng)


@compiled
def draw_poisson(mean: float, rng: np.random.Generator) -> float:
    """A Poisson number by gamma and binomial ones (Ahrens and Dieter 1974, Computing 12).

    The m-th arrival of a Poisson process is a gamma number: where it comes before ``mean``, m are
    there and the rest of the time is left; otherwise the earlier m - 1 lie evenly before it.
    """
    found = 0.0
    while mean > FEW:
        arrivals = math.floor(0.875 * mean)
        time = rng.standard_gamma(arrivals)
        if time > mean:
            return found + draw_binomial(arrivals - 1.0, mean / time, rng)
        found += arrivals
        mean -= time
    product = rng.random()
    while product > math.exp(-mean):
        found += 1
        product *= rng.random()
    return found


@compiled
def _missed(state: State, k: int) -> float:
    """Weight of class k times its probability of being in no list."""
    product = state.weight[k]
    for j in range(state.absent.shape[1]):
        product *= state.absent[k, j]
    return float(product)


@compiled
def draw_members(table: Table, state: State, members: Members, rng: np.random.Generator) -> None:
    """Divide every cell and the unseen among the classes."""
    (count, lists), shares = table.patterns.shape, members.shares
    for m in range(count + 1):
        for k in range(len(shares)):
            shares[k] = state.weight[k] * state.cells[k, m] if m < count else _missed(state, k)
        persons = table.counts[m] if m < count else draw_unseen(table, state, rng)
        _divide(persons, shares, members.cells[m], rng)
    for k in range(len(shares)):
        members.size[k] = 0.0
        for m in range(count + 1):
            members.size[k] += members.cells[m, k]
        for j in range(lists):
            members.present[k, j] = 0.0
            for m in range(count):
                if table.patterns[m, j]:
                    members.present[k, j] += members.cells[m, k]


@compiled
def _divide(persons: float, shares: Numbers, parts: Numbers, rng: np.random.Generator) -> None:
    """A multinomial draw as a chain of binomial ones."""
    rest = add_up(shares)
    last = len(shares) - 1
    for k in range(last):
        if persons == 0:
            parts[k] = 0.0
            continue
        chance = shares[k] / rest if rest > 0 else 1.0
        parts[k] = draw_binomial(persons, chance, rng)
        persons -= parts[k]
        rest -= shares[k]
    parts[last] = persons


@compiled
def draw_binomial(persons: float, chance: float, rng: np.random.Generator) -> float:
    """A binomial number; a chance outside of [0, 1] by rounding is taken for its end."""
    if chance >= 1:
        return float(persons)
    if persons == 0 or chance <= 0:
        return 0.0
    if persons == 1:
        return 1.0 if rng.random() < chance else 0.0
    return float(rng.binomial(int(persons), chance))


@compiled
def draw_concentration(log_weight: Numbers, rng: np.random.Generator) -> float:
    """The concentration a given log weights of which the largest is 0."""
    classes, total = len(log_weight), 0.0
    for one in log_weight:
        total += math.exp(one)
    spread = math.log(total) - log_weight[-1]
    return float(max(rng.standard_gamma(classes - 0.75) / (0.25 + spread), LEAST_CONCENTRATION))


@compiled
def log_sizes(size: Numbers, concentration: float) -> float:
    """Log probability of the memberships given a, the sticks integrated out."""
    after, found = add_up(size), 0.0
    for k in range(len(size) - 1):
        after -= size[k]
        found += math.lgamma(1 + size[k]) + math.lgamma(concentration + after)
        found -= math.lgamma(1 + size[k] + concentration + after)
    return float(found + (len(size) - 1) * math.log(concentration))


@compiled
def move_concentration(size: Numbers, concentration: float, rng: np.random.Generator) -> float:
    """Metropolis walks of log a, the sticks integrated out."""
    for step in CONCENTRATION_STEPS:
        new = concentration * math.exp(step * rng.standard_normal())
        log_ratio = log_sizes(size, new) - log_sizes(size, concentration)
        log_ratio += 0.25 * (math.log(new / concentration) - new + concentration)
        if math.log(rng.random()) < log_ratio:
            concentration = new
    return concentration


@compiled
def draw_parameters(
    table: Table, state: State, members: Members, concentration: float, rng: np.random.Generator
) -> None:
    """Chances l and the weights given memberships and concentration."""
    last = len(members.size) - 1
    after, before = add_up(members.size), 0.0
    for k in range(last + 1):
        after -= members.size[k]
        for j in range(members.present.shape[1]):
            there = members.present[k, j]
            state.logit[k, j] = _log_gamma(1 + there, rng)
            state.logit[k, j] -= _log_gamma(1 + members.size[k] - there, rng)
        fill_class(table, state.logit[k], state.chance[k], state.absent[k], state.cells[k])
        state.log_weight[k] = before
        if k < last:
            taken = _log_gamma(1 + members.size[k], rng)
            left = _log_gamma(concentration + after, rng)
            both = max(taken, left) + math.log1p(math.exp(-abs(taken - left)))
            state.log_weight[k] += taken - both
            before += left - both
    refresh(table, state)


@compiled
def _log_gamma(shape: float, rng: np.random.Generator) -> float:
    """Log of a gamma number; below shape 1 by Gamma(s + 1) U^(1/s), which cannot underflow."""
    if shape >= 1:
        return math.log(rng.standard_gamma(shape))
    return math.log(rng.standard_gamma(shape + 1)) + math.log(rng.random()) / shape
