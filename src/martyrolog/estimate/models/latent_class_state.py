"""The state of one chain of the latent-class sampler, and how probable it is.

Manrique-Vallier (2016), Bayesian population size estimation using Dirichlet process mixtures,
Biometrics 72. A person belongs to class k with probability v_k and is in list j with probability
l_jk there; v is stick breaking with V_k ~ Beta(1, a), l_jk ~ Beta(1, 1), a ~ Gamma(1/4, 1/4),
p(N) proportional to 1/N. Classes of persons, N and a are integrated out, which leaves

    log posterior = sum_m f_m log p_m - n log(1 - p_0)
                    + sum_k log V_k - (K* - 3/4) log(1/4 - log v_K*) + sum_jk log l_jk (1 - l_jk)

in the coordinates (logit l, log v up to a constant): with S = -sum log(1 - V_k) = -log v_K*, the
integral over a of a^(K* - 1) exp(-a S) Gamma(a; 1/4, 1/4) is (S + 1/4)^-(K* - 3/4), and log V_k is
log v_k less the logarithm of the tail sum from k on. The likelihood is the same for weights times
any constant, since the f_m add to n; so weights are kept without being normalised.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from martyrolog.estimate.models.compiled import compiled

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Table(NamedTuple):
    """What was observed.

    Attributes:
        patterns: Shape (cells, lists).
        counts: Shape (cells,): persons, whole numbers.
        by_list: Shape (lists, cells): the patterns again, one list after another.
    """

    patterns: Mask
    counts: Numbers
    by_list: Mask


class State(NamedTuple):
    """Parameters and what follows from them; all arrays are changed in place.

    Attributes:
        logit: Shape (classes, lists): log odds of l.
        chance: Shape (classes, lists): l.
        absent: Shape (classes, lists): 1 - l, to its own digits.
        log_weight: Shape (classes,): log v up to a constant.
        weight: Shape (classes,): exp of log_weight.
        cells: Shape (classes, cells + 1): probability of each observed cell in a class; the last
            column is that of being observed at all.
        mixed: Shape (cells + 1,): the same summed over classes by weight.
        logs: Shape (2,): log likelihood, log prior density of the weights.
    """

    logit: Numbers
    chance: Numbers
    absent: Numbers
    log_weight: Numbers
    weight: Numbers
    cells: Numbers
    mixed: Numbers
    logs: Numbers


def make_table(patterns: npt.ArrayLike, counts: npt.ArrayLike) -> Table:
    """The table of one data set."""
    rows = np.ascontiguousarray(patterns, dtype=bool)
    return Table(rows, np.array(counts, dtype=np.float64), np.ascontiguousarray(rows.T))


def make_state(table: Table, logit: Numbers, log_weight: Numbers) -> State:
    """A state from its parameters: shapes (classes, lists) and (classes,)."""
    classes, cells = len(log_weight), len(table.counts) + 1
    like = np.empty_like(logit)
    state = State(
        logit=logit.copy(),
        chance=like.copy(),
        absent=like.copy(),
        log_weight=log_weight.copy(),
        weight=np.empty(classes),
        cells=np.empty((classes, cells)),
        mixed=np.empty(cells),
        logs=np.empty(2),
    )
    for k in range(classes):
        fill_class(table, state.logit[k], state.chance[k], state.absent[k], state.cells[k])
    refresh(table, state)
    return state


def draw_prior(
    classes: int, lists: int, rng: np.random.Generator
) -> tuple[Numbers, Numbers]:  # fmt: skip
    """Logit l and log weights of one draw from the prior."""
    logit = rng.logistic(size=(classes, lists))
    concentration = max(rng.gamma(0.25, 4), 1e-300)
    sticks = rng.exponential(size=classes - 1) / concentration
    before = np.append(0, sticks.cumsum())
    taken = np.append(np.log(-np.expm1(-sticks)), 0)
    return logit, taken - before


@compiled
def fill_class(
    table: Table, logit: Numbers, chance: Numbers, absent: Numbers, cells: Numbers
) -> None:
    """Chances and cells of one class."""
    for j in range(len(logit)):
        odds = math.exp(-abs(logit[j]))
        large, small = 1 / (1 + odds), odds / (1 + odds)
        chance[j] = large if logit[j] >= 0 else small
        absent[j] = small if logit[j] >= 0 else large
    fill_cells(table, chance, absent, cells)


@compiled
def fill_cells(table: Table, chance: Numbers, absent: Numbers, cells: Numbers) -> None:
    """Cells of one class; that of being observed without cancellation."""
    lists, count = table.by_list.shape
    seen = 0.0
    for j in range(lists - 1, -1, -1):
        seen = chance[j] + absent[j] * seen
    for m in range(count):
        cells[m] = 1.0
    for j in range(lists):
        named, not_named = chance[j], absent[j]
        for m in range(count):
            cells[m] *= named if table.by_list[j, m] else not_named
    cells[count] = seen


@compiled
def refresh(table: Table, state: State) -> None:
    """Compute weights, mixed cells and logs anew: no rounding gathers."""
    largest = state.log_weight[0]
    for one in state.log_weight:
        largest = max(largest, one)
    for k in range(len(state.weight)):
        state.log_weight[k] -= largest
        state.weight[k] = math.exp(state.log_weight[k])
    mix(state.weight, state.cells, state.mixed)
    state.logs[0] = log_likelihood(table, state.mixed)
    state.logs[1] = log_weight_prior(state.log_weight)


@compiled
def mix(weight: Numbers, cells: Numbers, mixed: Numbers) -> None:
    """Cells of all classes summed by weight, into ``mixed``."""
    for m in range(len(mixed)):
        mixed[m] = 0.0
    for k in range(len(weight)):
        share = weight[k]
        for m in range(len(mixed)):
            mixed[m] += share * cells[k, m]


@compiled
def log_likelihood(table: Table, mixed: Numbers) -> float:
    """Of the observed cells given that they are observed."""
    total, found = 0.0, 0.0
    for m in range(len(table.counts)):
        total += table.counts[m]
        found += table.counts[m] * math.log(mixed[m])
    return found - total * math.log(mixed[-1])


@compiled
def log_weight_prior(log_weight: Numbers) -> float:
    """Log density of the log weights, the concentration a integrated out."""
    classes = len(log_weight)
    tail, found = log_weight[-1], 0.0
    for k in range(classes - 2, -1, -1):
        one = log_weight[k]
        tail = max(one, tail) + math.log1p(math.exp(-abs(one - tail)))
        found += one - tail
    return found - (classes - 0.75) * math.log(0.25 + tail - log_weight[-1])


@compiled
def logit_prior(logit: Numbers) -> float:
    """Log density of logit l of one class, l uniform on (0, 1)."""
    found = 0.0
    for j in range(len(logit)):
        found -= abs(logit[j]) + 2 * math.log1p(math.exp(-abs(logit[j])))
    return found


@compiled
def draw_below(number: int, rng: np.random.Generator) -> int:
    """One of 0 .. number - 1."""
    return int(rng.random() * number)


@compiled
def add_up(values: Numbers) -> float:
    """Their sum."""
    found = 0.0
    for one in values:
        found += one
    return found


@compiled
def copy_into(source: Numbers, target: Numbers) -> None:
    """All numbers of one array into another of its length."""
    for place in range(len(source)):
        target[place] = source[place]


@compiled
def exchange_rows(rows: Numbers, i: int, j: int) -> None:
    """Row i for row j."""
    for column in range(rows.shape[1]):
        kept = rows[i, column]
        rows[i, column] = rows[j, column]
        rows[j, column] = kept


@compiled
def exchange(values: Numbers, i: int, j: int) -> None:
    """Value i for value j."""
    kept = values[i]
    values[i] = values[j]
    values[j] = kept


@compiled
def draw_two(number: int, rng: np.random.Generator) -> tuple[int, int]:
    """Two different places."""
    first, second = draw_below(number, rng), draw_below(number - 1, rng)
    return first, second + 1 if second >= first else second


@compiled
def copy_class(source: State, target: State, k: int) -> None:
    """All of class k but what it adds to the mixed cells."""
    target.log_weight[k] = source.log_weight[k]
    target.weight[k] = source.weight[k]
    copy_into(source.logit[k], target.logit[k])
    copy_into(source.chance[k], target.chance[k])
    copy_into(source.absent[k], target.absent[k])
    copy_into(source.cells[k], target.cells[k])
