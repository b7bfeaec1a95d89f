"""Moves of whole groups of persons between classes: relabel, split, merge, divide anew.

They act on memberships given the concentration, with l and the sticks integrated out, so a group
moves at once and not person by person: the way between modes. Split and merge moves in the manner
of Jain and Neal (2004), J. Comput. Graph. Stat. 13: a launch division, drawn from the persons of
both classes together and blind to how they are divided now, is led near the posterior by a few
restricted Gibbs scans; the last scan is the proposal, so its probability is known.
"""

import math
from typing import NamedTuple

import numpy as np

from martyrolog.estimate.models.compiled import compiled
from martyrolog.estimate.models.latent_class_memberships import (
    Members,
    draw_binomial,
    log_sizes,
)
from martyrolog.estimate.models.latent_class_state import (
    Numbers,
    Table,
    add_up,
    copy_into,
    draw_below,
    draw_two,
    exchange,
    exchange_rows,
)

SCANS = 3
BY_LIST = 0.9
LEAST_CHANCE = 1e-12


class Division(NamedTuple):
    """Two classes' persons, proposed.

    Attributes:
        together: Shape (cells + 1,): persons of each cell in both classes.
        parts: Shape (2, cells + 1): proposed for the first and the second.
        present: Shape (2, lists): those of each part that a list names.
        chance: Shape (cells + 1,): probability that a person of the cell goes to the second.
    """

    together: Numbers
    parts: Numbers
    present: Numbers
    chance: Numbers


def make_division(cells: int, lists: int) -> Division:
    """Room for a division of a table of so many cells."""
    return Division(
        np.empty(cells + 1), np.empty((2, cells + 1)), np.empty((2, lists)), np.empty(cells + 1)
    )


@compiled
def exchange_labels(members: Members, concentration: float, rng: np.random.Generator) -> None:
    """Exchange two classes at random, which the sticks alone see."""
    i, j = draw_two(len(members.size), rng)
    before = log_sizes(members.size, concentration)
    exchange(members.size, i, j)
    if math.log(rng.random()) < log_sizes(members.size, concentration) - before:
        exchange_rows(members.present, i, j)
        for m in range(members.cells.shape[0]):
            exchange(members.cells[m], i, j)
    else:
        exchange(members.size, i, j)


@compiled
def divide_classes(
    table: Table,
    members: Members,
    division: Division,
    concentration: float,
    rng: np.random.Generator,
) -> None:
    """Split one class in two; or merge two, or divide them anew.

    With equal chances a class that holds persons and one that holds none are drawn (a split), or
    two that hold persons (a merge or a new division, with equal chances). From o occupied of K
    classes a split has probability 1/(2 o (K - o)) and its way back 1/(4 (o + 1) o).
    """
    occupied = 0
    for one in members.size:
        occupied += one > 0
    empty = len(members.size) - occupied
    splits, merges = rng.random() < 0.5, rng.random() < 0.5
    if (splits and empty == 0) or (not splits and occupied < 2):
        return
    first, second = draw_two(max(occupied, 2), rng)
    i = _nth(members.size, first if not splits else draw_below(occupied, rng), True)
    j = _nth(members.size, draw_below(empty, rng), False) if splits else 0
    log_ratio = math.log(empty / (2 * (occupied + 1))) if splits else 0.0
    if not splits:
        j = _nth(members.size, second, True)
    _launch(table, members, i, j, division, rng)
    if not splits:
        log_ratio += _log_chance(division.chance, members.cells[:, i], members.cells[:, j])
    if merges and not splits:
        log_ratio += math.log(2 * occupied / (empty + 1))
        copy_into(division.together, division.parts[0])
        for m in range(len(division.together)):
            division.parts[1, m] = 0.0
    else:
        _divide_by_chance(division, rng)
        log_ratio -= _log_chance(division.chance, division.parts[0], division.parts[1])
        if add_up(division.parts[0]) == 0 or add_up(division.parts[1]) == 0:
            return
    _count_present(table, division)
    _decide(members, division, i, j, concentration, log_ratio, rng)


@compiled
def _nth(size: Numbers, number: int, occupied: bool) -> int:
    """The class that is the n-th of those that hold persons, or of those that hold none."""
    for k in range(len(size)):
        if (size[k] > 0) == occupied:
            if number == 0:
                return k
            number -= 1
    return -1


@compiled
def _launch(
    table: Table, members: Members, i: int, j: int, division: Division, rng: np.random.Generator
) -> None:
    """Divide at random or by one list, then scan; ``division.chance`` is for the proposal."""
    count, lists = table.patterns.shape
    by_list, chosen = rng.random() < 0.5, draw_below(lists, rng)
    for m in range(count + 1):
        division.together[m] = members.cells[m, i] + members.cells[m, j]
        if by_list:
            named = m < count and table.patterns[m, chosen]
            division.chance[m] = BY_LIST if named else 1 - BY_LIST
        else:
            division.chance[m] = rng.random()
    for _ in range(SCANS + 1):
        _divide_by_chance(division, rng)
        _count_present(table, division)
        _scan(table, division, rng)


@compiled
def _scan(table: Table, division: Division, rng: np.random.Generator) -> None:
    """Draw l and the weights of both parts; chances of the cells to go to the second."""
    count, lists = table.patterns.shape
    first, second = add_up(division.parts[0]), add_up(division.parts[1])
    ratio = rng.standard_gamma(1 + second) / rng.standard_gamma(1 + first)
    odds = division.chance
    for m in range(count + 1):
        odds[m] = ratio
    for j in range(lists):
        one = _draw_beta(division.present[0, j], first, rng)
        two = _draw_beta(division.present[1, j], second, rng)
        for m in range(count + 1):
            if m < count and table.patterns[m, j]:
                odds[m] *= two / one
            else:
                odds[m] *= (1 - two) / (1 - one)
    for m in range(count + 1):
        chance = odds[m] / (1 + odds[m]) if odds[m] < 1 / LEAST_CHANCE else 1.0
        division.chance[m] = min(max(chance, LEAST_CHANCE), 1 - LEAST_CHANCE)


@compiled
def _draw_beta(present: float, persons: float, rng: np.random.Generator) -> float:
    """A chance given how many of the persons a list names."""
    named = rng.standard_gamma(1 + present)
    return named / (named + rng.standard_gamma(1 + persons - present))


@compiled
def _divide_by_chance(division: Division, rng: np.random.Generator) -> None:
    for m in range(len(division.together)):
        division.parts[1, m] = draw_binomial(division.together[m], division.chance[m], rng)
        division.parts[0, m] = division.together[m] - division.parts[1, m]


@compiled
def _log_chance(chance: Numbers, first: Numbers, second: Numbers) -> float:
    """Log probability of a division of persons told apart, given the chances."""
    found = 0.0
    for m in range(len(first)):
        if second[m] > 0:
            found += second[m] * math.log(chance[m])
        if first[m] > 0:
            found += first[m] * math.log1p(-chance[m])
    return found


@compiled
def _count_present(table: Table, division: Division) -> None:
    for j in range(table.patterns.shape[1]):
        division.present[0, j] = 0.0
        division.present[1, j] = 0.0
        for m in range(table.patterns.shape[0]):
            if table.patterns[m, j]:
                division.present[0, j] += division.parts[0, m]
                division.present[1, j] += division.parts[1, m]


@compiled
def _decide(
    members: Members,
    division: Division,
    i: int,
    j: int,
    concentration: float,
    log_ratio: float,
    rng: np.random.Generator,
) -> None:
    """Accept or not, given the log ratio of the proposals back and forth."""
    first, second = members.size[i], members.size[j]
    log_ratio -= log_sizes(members.size, concentration)
    log_ratio -= _log_lists(first, members.present[i]) + _log_lists(second, members.present[j])
    members.size[i], members.size[j] = add_up(division.parts[0]), add_up(division.parts[1])
    log_ratio += log_sizes(members.size, concentration)
    log_ratio += _log_lists(members.size[i], division.present[0])
    log_ratio += _log_lists(members.size[j], division.present[1])
    if math.log(rng.random()) < log_ratio:
        copy_into(division.present[0], members.present[i])
        copy_into(division.present[1], members.present[j])
        for m in range(len(division.together)):
            members.cells[m, i] = division.parts[0, m]
            members.cells[m, j] = division.parts[1, m]
    else:
        members.size[i], members.size[j] = first, second


@compiled
def _log_lists(size: float, present: Numbers) -> float:
    """Log probability of the lists of a class's persons, l integrated out."""
    found = -len(present) * math.lgamma(size + 2)
    for j in range(len(present)):
        found += math.lgamma(1 + present[j]) + math.lgamma(1 + size - present[j])
    return found
