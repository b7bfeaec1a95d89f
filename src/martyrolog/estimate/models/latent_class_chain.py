"""One chain of the latent-class sampler: its rounds of moves and where it may begin.

A round leaves the posterior invariant whatever the mix of its moves:

- persons into classes, groups of them moved at once, concentration, l and weights by Gibbs steps;
- labels of two classes exchanged, memberships integrated out (:func:`swap_classes`);
- Hamiltonian trajectories of all classes that hold persons (``latent_class_hamiltonian.py``).

Nothing is tuned to the table, so no warm-up is needed beyond forgetting the start.
"""

import math

import numpy as np

from martyrolog.estimate.models.compiled import compiled
from martyrolog.estimate.models.latent_class_hamiltonian import (
    Motion,
    make_motion,
    take_trajectory,
)
from martyrolog.estimate.models.latent_class_memberships import (
    Members,
    draw_concentration,
    draw_members,
    draw_parameters,
    draw_unseen,
    make_members,
    move_concentration,
)
from martyrolog.estimate.models.latent_class_splits import (
    Division,
    divide_classes,
    exchange_labels,
    make_division,
)
from martyrolog.estimate.models.latent_class_state import (
    Numbers,
    State,
    Table,
    add_up,
    draw_prior,
    draw_two,
    exchange,
    exchange_rows,
    log_weight_prior,
    make_state,
    refresh,
)

EXCHANGES, SWAPS = 4, 4
DIVIDED_EVERY = 0.5
FALLING = 3.0


def start_chain(table: Table, classes: int, crowded: bool, rng: np.random.Generator) -> State:
    """A state far from the posterior: random l, and all classes alike or nearly all in the first.

    Args:
        table: What was observed.
        classes: K*.
        crowded: Every class has the same weight; otherwise each a twentieth of that before it.
        rng: Source of randomness.
    """
    logit, _ = draw_prior(classes, table.patterns.shape[1], rng)
    step = 0.0 if crowded else FALLING
    return make_state(table, logit, -step * np.arange(classes, dtype=np.float64))


def sample_chain(
    table: Table,
    state: State,
    rounds: int,
    rng: np.random.Generator,
    shares: Numbers | None = None,
) -> Numbers:
    """Run a chain, whose state is changed in place.

    Args:
        table: What was observed.
        state: Where the chain stands.
        rounds: How many.
        rng: Source of randomness.
        shares: Shape (cells,): gets the mean over the rounds of each cell's share of the observed.

    Returns:
        Shape (2, rounds): draws of N and their log likelihood.
    """
    cells, lists = table.patterns.shape
    classes = len(state.weight)
    members = make_members(cells, classes, lists)
    draws = np.empty((2, rounds))
    room = make_motion(table, state)
    kept = np.zeros(cells) if shares is None else shares
    _sample(table, state, members, make_division(cells, lists), room, draws, kept, rng)
    return draws


def compiled_just_now() -> bool:
    """Whether this process compiled the loops, once an installation, instead of loading them."""
    return bool(getattr(_sample, "stats", None) and _sample.stats.cache_misses)  # type: ignore[attr-defined]


@compiled
def _sample(
    table: Table,
    state: State,
    members: Members,
    division: Division,
    room: Motion,
    draws: Numbers,
    shares: Numbers,
    rng: np.random.Generator,
) -> None:
    total = add_up(table.counts)
    for t in range(draws.shape[1]):
        move_members(table, state, members, division, rng)
        for _ in range(SWAPS):
            swap_classes(state, rng)
        take_trajectory(table, state, room, rng)
        refresh(table, state)
        draws[0, t] = total + draw_unseen(table, state, rng)
        draws[1, t] = state.logs[0]
        part = 1 / (draws.shape[1] * state.mixed[-1])
        for m in range(len(shares)):
            shares[m] += part * state.mixed[m]


@compiled
def move_members(
    table: Table,
    state: State,
    members: Members,
    division: Division,
    rng: np.random.Generator,
) -> None:
    """Memberships, groups of them, concentration and parameters: one round of Gibbs sampling."""
    draw_members(table, state, members, rng)
    concentration = draw_concentration(state.log_weight, rng)
    for _ in range(EXCHANGES):
        exchange_labels(members, concentration, rng)
    if rng.random() < DIVIDED_EVERY:
        divide_classes(table, members, division, concentration, rng)
    concentration = move_concentration(members.size, concentration, rng)
    draw_parameters(table, state, members, concentration, rng)


@compiled
def swap_classes(state: State, rng: np.random.Generator) -> None:
    """Exchange the labels of two classes, which the prior of the weights alone sees."""
    i, j = draw_two(len(state.weight), rng)
    exchange(state.log_weight, i, j)
    prior = log_weight_prior(state.log_weight)
    if math.log(rng.random()) < prior - state.logs[1]:
        state.logs[1] = prior
        exchange(state.weight, i, j)
        exchange_rows(state.logit, i, j)
        exchange_rows(state.chance, i, j)
        exchange_rows(state.absent, i, j)
        exchange_rows(state.cells, i, j)
    else:
        exchange(state.log_weight, i, j)
