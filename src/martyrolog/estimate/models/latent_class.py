"""Latent classes (LCMCR), by a sampler that says whether it has converged.

When to use: three lists or more, persons that differ in how likely any list holds them. Reads
counts of capture patterns, nothing else. The model, its priors and its marginal posterior stand in
``latent_class_state.py``; the moves in ``latent_class_chain.py`` and the modules it names.

Always holds: a number is given only where chains that began far apart agree (rank-normalised
split R-hat of N below 1.01, bulk and tail effective sample size at least 400; split R-hat of the
log likelihood below 1.05, since a mode may differ in everything but N) and no draw reached the
cap. Ranks make these diagnostics the same for N and log N, so a heavy right tail hides nothing.
What did not converge is refused, and its modes are shown. The same seed gives the same draws,
whatever the machine and the number of threads; time, by the clock on the wall, can only turn an
answer into a refusal.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
import numpy.typing as npt

from martyrolog.estimate.diagnostics.convergence import (
    ESS_AT_LEAST,
    RHAT_BELOW,
    Convergence,
    diagnose,
    rhat,
)
from martyrolog.estimate.models.latent_class_chain import (
    compiled_just_now,
    sample_chain,
    start_chain,
)
from martyrolog.estimate.models.latent_class_memberships import MOST_UNSEEN
from martyrolog.estimate.models.latent_class_modes import Mode, find_modes
from martyrolog.estimate.models.latent_class_state import Numbers, State, Table, make_table

CLASSES = 10
CHAINS = 4
FIRST_ROUNDS = 4_000
MOST_ROUNDS = 1_024_000
BLOCK = 100
STRIDE = 5
"""Rounds between two looks at the clock; blocks that the chains go before any goes on."""
SECONDS = 60.0
FEWEST_LISTS = 3
FIT_RHAT_BELOW = 1.05
THREADS = 2

Status = Literal["estimated", "not_converged", "too_few_lists"]
Cause = Literal["rhat", "ess_bulk", "ess_tail", "fit", "cap", "time_limit", "too_few_lists"]


@dataclass(frozen=True, eq=False)
class LatentClassFit:
    """Draws of N with their diagnostics.

    Attributes:
        status: estimated, not_converged or too_few_lists.
        reasons: What the status rests on: rhat, ess_bulk, ess_tail (cut-off missed), fit (the
            chains' log likelihoods differ), cap (a draw of the unseen reached 10^15), time_limit,
            too_few_lists. Empty where estimated.
        draws: Shape (chains, draws): N, in order. Also where not converged, to be looked at. None
            without a fit.
        rhat: Rank-normalised split R-hat over the chains.
        ess_bulk: Bulk effective sample size.
        ess_tail: Tail effective sample size.
        fit_rhat: Split R-hat of the log likelihood.
        mean: Posterior mean of N; None where refused.
        median: Posterior median of N; None where refused.
        lower: Lower end of the central interval; None where refused.
        upper: Upper end; None where refused.
        modes: Separate hills of the posterior of log N, by location; one where there are no more.
        rounds: Rounds of moves that were kept, of each chain.
        expected: Shape (cells,): posterior mean of the persons in each observed cell, given how
            many were observed. None without a fit.
    """

    status: Status
    reasons: tuple[Cause, ...]
    draws: Numbers | None = None
    rhat: float = float("nan")
    ess_bulk: float = float("nan")
    ess_tail: float = float("nan")
    fit_rhat: float = float("nan")
    mean: float | None = None
    median: float | None = None
    lower: float | None = None
    upper: float | None = None
    modes: tuple[Mode, ...] = ()
    rounds: int = 0
    expected: Numbers | None = None


def fit_latent_class(
    patterns: npt.NDArray[np.bool_],
    counts: npt.NDArray[np.int64],
    *,
    seed: int,
    classes: int = CLASSES,
    chains: int = CHAINS,
    level: float = 0.95,
    time_limit: float = SECONDS,
    most_rounds: int = MOST_ROUNDS,
    clock: Callable[[], float] = time.monotonic,
) -> LatentClassFit:
    """Posterior draws of the number of persons, or a refusal with its diagnostics.

    Args:
        patterns: Shape (cells, K): the observed patterns, none all False, none twice.
        counts: Shape (cells,): persons, each above zero.
        seed: Of the random numbers.
        classes: K*, the most classes the model has, 2 at least.
        chains: Independent chains, 4 at least; half of them begin with one class that holds nearly
            everybody, half with all classes alike.
        level: Probability of the central interval.
        time_limit: Seconds by ``clock`` after which what has not converged is refused; two chains
            run at a time. Compilation, half a minute once an installation, is not counted.
        most_rounds: Rounds of moves after which an answer that has not converged is refused.
        clock: Seconds that pass; those of the wall by default.

    Raises:
        ValueError: fewer than 4 chains or 2 classes.

    Source:
        Manrique-Vallier (2016), Biometrics 72, for the model; Vehtari et al. (2021) for the
        diagnostics.
    """
    if chains < 4 or classes < 2:
        raise ValueError(f"{chains} chains and {classes} classes: 4 and 2 are the least")
    if patterns.shape[1] < FEWEST_LISTS:
        return LatentClassFit("too_few_lists", ("too_few_lists",))
    began = clock()
    order = np.lexsort(patterns.T)  # sums round alike whatever the order of the cells
    table = make_table(patterns[order], counts[order])
    seeds = np.random.SeedSequence(seed).spawn(chains)
    running = [_Chain.start(table, classes, place, one) for place, one in enumerate(seeds)]
    sample_chain(table, running[0].state, 0, running[0].rng)  # compiles or loads
    began = clock() if compiled_just_now() else began
    found = _sample(running, most_rounds, began + time_limit, clock)
    return _judge(found, level, found.shares[order.argsort()] * counts.sum())


@dataclass(eq=False)
class _Chain:
    """One chain where it stands.

    Attributes:
        blocks: Shape (2, rounds) each: N and log likelihood.
        shares: Shape (cells,) each: mean share of each cell in the rounds of the block.
    """

    table: Table
    state: State
    rng: np.random.Generator
    blocks: list[Numbers]
    shares: list[Numbers]

    @classmethod
    def start(
        cls, table: Table, classes: int, place: int, seed: np.random.SeedSequence
    ) -> "_Chain":
        rng = np.random.Generator(np.random.SFC64(seed))
        return cls(table, start_chain(table, classes, place % 2 == 0, rng), rng, [], [])

    def advance(self, goal: int, in_time: Callable[[], bool]) -> None:
        """Run to so many blocks, at least to one, or until time runs out."""
        while len(self.blocks) < goal and (not self.blocks or in_time()):
            shares = np.zeros(len(self.table.counts))
            self.blocks.append(sample_chain(self.table, self.state, BLOCK, self.rng, shares))
            self.shares.append(shares)


@dataclass(frozen=True, eq=False)
class _Found:
    """Draws and shares of cells, their diagnostics, and whether time ran out before the end."""

    draws: Numbers
    shares: Numbers
    convergence: Convergence
    fit_rhat: float
    late: bool

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Why there is no estimate; a value that is not a number misses its cut-off."""
        convergence = self.convergence
        missed: dict[Cause, bool] = {
            "rhat": not convergence.rhat < RHAT_BELOW,
            "ess_bulk": not convergence.ess_bulk >= ESS_AT_LEAST,
            "ess_tail": not convergence.ess_tail >= ESS_AT_LEAST,
            "fit": not self.fit_rhat < FIT_RHAT_BELOW,
            "cap": bool((self.draws >= MOST_UNSEEN).any()),
            "time_limit": self.late,
        }
        return tuple(cause for cause, is_missed in missed.items() if is_missed)


def _sample(
    running: list[_Chain], most_rounds: int, end: float, clock: Callable[[], float]
) -> _Found:
    """Double the rounds until converged, and forget the first half each time."""
    goal = min(FIRST_ROUNDS, most_rounds) // BLOCK
    with ThreadPoolExecutor(min(THREADS, len(running))) as pool:
        while True:
            _advance(running, goal, lambda: clock() < end, pool)
            late = _length(running) < goal
            found = _look_at(running, late=late)
            if not found.causes or found.late or 2 * goal * BLOCK > most_rounds:
                return found
            goal *= 2


def _advance(
    running: list[_Chain], goal: int, in_time: Callable[[], bool], pool: ThreadPoolExecutor
) -> None:
    """All chains to a goal, stride by stride: where time ends, they have gone equally far."""
    while _length(running) < goal:
        near = min(_length(running) + STRIDE, goal)
        list(pool.map(partial(_Chain.advance, goal=near, in_time=in_time), running))
        if _length(running) < near:
            return


def _length(running: list[_Chain]) -> int:
    """Blocks that all chains have."""
    return min(len(chain.blocks) for chain in running)


def _look_at(running: list[_Chain], *, late: bool) -> _Found:
    """The later half of what all chains have."""
    length = _length(running)
    kept = np.array([np.hstack(chain.blocks[length // 2 : length]) for chain in running])
    shares = np.mean([chain.shares[length // 2 : length] for chain in running], axis=(0, 1))
    return _Found(kept[:, 0], shares, diagnose(kept[:, 0]), rhat(kept[:, 1]), late)


def _judge(found: _Found, level: float, expected: Numbers) -> LatentClassFit:
    numbers = {} if found.causes else _summary(found.draws, level)
    return LatentClassFit(
        status="not_converged" if found.causes else "estimated",
        reasons=found.causes,
        draws=found.draws,
        rhat=found.convergence.rhat,
        ess_bulk=found.convergence.ess_bulk,
        ess_tail=found.convergence.ess_tail,
        fit_rhat=found.fit_rhat,
        modes=find_modes(found.draws),
        rounds=found.draws.shape[1],
        expected=expected,
        **numbers,
    )


def _summary(draws: Numbers, level: float) -> dict[str, float]:
    tail = (1 - level) / 2
    lower, median, upper = np.quantile(draws, [tail, 0.5, 1 - tail])
    return {
        "mean": float(draws.mean()),
        "median": float(median),
        "lower": float(lower),
        "upper": float(upper),
    }
