"""Latent classes (LCMCR), by a sampler that says whether it has converged.

When to use: three lists or more, persons that differ in how likely any list holds them. Reads
counts of capture patterns, nothing else. The model, its priors and its marginal posterior stand in
``latent_class_particles.py``; the moves in ``latent_class_moves.py``; the way to the posterior in
``latent_class_tempering.py``; what helps where chains stay apart in ``latent_class_exchange.py``.

Always holds: a number is given only where independent groups of particles agree (rank-normalised
split R-hat below 1.01, bulk and tail effective sample size at least 400) and no draw reached the
cap. Ranks make these diagnostics the same for N and log N, so a heavy right tail hides nothing.
What did not converge is refused, and its modes are shown. The same seed gives the same draws; only
the time limit, which can turn an answer into a refusal, depends on the machine.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from martyrolog.estimate.diagnostics.convergence import (
    ESS_AT_LEAST,
    RHAT_BELOW,
    Convergence,
    diagnose,
)
from martyrolog.estimate.models.latent_class_exchange import (
    RUNGS,
    make_ladders,
    sweep_ladders,
)
from martyrolog.estimate.models.latent_class_modes import Mode, find_modes
from martyrolog.estimate.models.latent_class_moves import sweep
from martyrolog.estimate.models.latent_class_particles import (
    Numbers,
    Particles,
    draw_prior,
    make_table,
)
from martyrolog.estimate.models.latent_class_tempering import Tempering, temper

CLASSES = 10
CHAINS = 4
PARTICLES = 250
FIRST_SWEEPS = 200
PLAIN_SWEEPS = 400
MOST_SWEEPS = 12_800
SECONDS = 60.0
FEWEST_LISTS = 3
MOST_UNSEEN = 1e15

Status = Literal["estimated", "not_converged", "too_few_lists"]
Cause = Literal["rhat", "ess_bulk", "ess_tail", "cap", "time_limit", "too_few_lists"]


@dataclass(frozen=True, eq=False)
class LatentClassFit:
    """Draws of N with their diagnostics.

    Attributes:
        status: estimated, not_converged or too_few_lists.
        reasons: What the status rests on: rhat, ess_bulk, ess_tail (cut-off missed), cap (a draw
            of the unseen reached 10^15), time_limit, too_few_lists. Empty where estimated.
        draws: Shape (chains, draws): N; a chain holds its particles one after another, each with
            its draws in order. Also where not converged, to be looked at. None without a fit.
        rhat: Rank-normalised split R-hat over the chains.
        ess_bulk: Bulk effective sample size.
        ess_tail: Tail effective sample size.
        mean: Posterior mean of N; None where refused.
        median: Posterior median of N; None where refused.
        lower: Lower end of the central interval; None where refused.
        upper: Upper end; None where refused.
        modes: Separate hills of the posterior of log N, by location; one where there are no more.
        log_evidence: Shape (chains,): log p(table | n) of each group.
        sweeps: Rounds of moves that were kept, of each particle.
        tempered: Whether the draws come from ladders of exchanging particles.
        levels: Rises of the likelihood's power before them.
    """

    status: Status
    reasons: tuple[Cause, ...]
    draws: Numbers | None = None
    rhat: float = float("nan")
    ess_bulk: float = float("nan")
    ess_tail: float = float("nan")
    mean: float | None = None
    median: float | None = None
    lower: float | None = None
    upper: float | None = None
    modes: tuple[Mode, ...] = ()
    log_evidence: Numbers | None = None
    sweeps: int = 0
    tempered: bool = False
    levels: int = 0


def fit_latent_class(
    patterns: npt.NDArray[np.bool_],
    counts: npt.NDArray[np.int64],
    *,
    seed: int,
    classes: int = CLASSES,
    chains: int = CHAINS,
    level: float = 0.95,
    time_limit: float = SECONDS,
    particles: int = PARTICLES,
    most_sweeps: int = MOST_SWEEPS,
    clock: Callable[[], float] = time.thread_time,
) -> LatentClassFit:
    """Posterior draws of the number of persons, or a refusal with its diagnostics.

    Args:
        patterns: Shape (cells, K): the observed patterns, none all False, none twice.
        counts: Shape (cells,): persons, each above zero.
        seed: Of the random numbers.
        classes: K*, the most classes the model has, 2 at least.
        chains: Independent groups of particles, 4 at least.
        level: Probability of the central interval.
        time_limit: Seconds by ``clock`` after which no further round begins; the answer is then
            refused unless it has converged.
        particles: In every chain, a multiple of ten.
        most_sweeps: Rounds of moves after which an answer that has not converged is refused.
        clock: Seconds that pass; of this thread's CPU by default, so that a busy machine refuses
            nothing that a quiet one answers.

    Raises:
        ValueError: fewer than 4 chains or 2 classes, particles that are no multiple of ten.

    Source:
        Manrique-Vallier (2016), Biometrics 72, for the model; Vehtari et al. (2021) for the
        diagnostics.
    """
    if chains < 4 or classes < 2:
        raise ValueError(f"{chains} chains and {classes} classes: 4 and 2 are the least")
    if particles < RUNGS or particles % RUNGS:
        raise ValueError(f"{particles} particles: a multiple of {RUNGS} is needed")
    if patterns.shape[1] < FEWEST_LISTS:
        return LatentClassFit("too_few_lists", ("too_few_lists",))
    began = clock()
    rng = np.random.Generator(np.random.SFC64(seed))
    order = np.lexsort(patterns.T)  # sums round alike whatever the order of the cells
    table = make_table(patterns[order], counts[order])
    # A cell that underflows gives a likelihood of 0 or not a number, and is rejected as such.
    with np.errstate(all="ignore"):
        group = draw_prior(table, classes=classes, size=chains * particles, rng=rng)
        tempering = temper(group, chains, rng)
        found = _sample(group, chains, rng, most_sweeps, lambda: clock() - began > time_limit)
    return _judge(found, tempering, level)


@dataclass(frozen=True, eq=False)
class _Found:
    """Draws as a fit holds them, their diagnostics, and whether time ran out before the end."""

    draws: Numbers
    convergence: Convergence
    sweeps: int
    late: bool
    tempered: bool


def _sample(
    particles: Particles,
    chains: int,
    rng: np.random.Generator,
    most_sweeps: int,
    is_late: Callable[[], bool],
) -> _Found:
    """Sample at the posterior; where the chains stay apart, again with exchanges over ladders."""

    def at_posterior() -> Numbers:
        sweep(particles, 1.0, rng, every_class=False)
        return _draw_persons(particles, rng)

    found = _rounds(at_posterior, chains, min(most_sweeps, PLAIN_SWEEPS), is_late)
    if found.convergence.converged or found.late or most_sweeps <= PLAIN_SWEEPS:
        return found
    ladders = make_ladders(particles.size)

    def on_ladders() -> Numbers:
        sweep_ladders(particles, ladders, rng)
        return _draw_persons(particles, rng)[ladders.at_posterior]

    return _rounds(on_ladders, chains, most_sweeps, is_late, tempered=True)


def _rounds(
    draw: Callable[[], Numbers],
    chains: int,
    most_sweeps: int,
    is_late: Callable[[], bool],
    *,
    tempered: bool = False,
) -> _Found:
    """Double the sweeps until converged, and forget the first half each time.

    What the climb to the posterior got wrong about the mass of the modes is forgotten with it.
    """
    kept: list[Numbers] = []
    goal, late = min(FIRST_SWEEPS, most_sweeps), False
    while True:
        while len(kept) < goal and not late:
            kept.append(draw())
            late = is_late()
        half = kept[len(kept) // 2 :]
        draws = _by_chain(half, chains)
        convergence = diagnose(draws)
        if convergence.converged or late or goal >= most_sweeps:
            return _Found(draws, convergence, len(half), late, tempered)
        goal = min(2 * goal, most_sweeps)


def _draw_persons(particles: Particles, rng: np.random.Generator) -> Numbers:
    """Shape (particles,): N, the unseen drawn from NegBin(n, 1 - p_0) as a gamma mixture."""
    total, seen = float(particles.table.total[0]), particles.observed_probability
    mean = rng.gamma(total, size=particles.size) * (1 - seen) / seen
    return np.asarray(total + rng.poisson(np.minimum(mean, MOST_UNSEEN)), dtype=np.float64)


def _by_chain(kept: list[Numbers], chains: int) -> Numbers:
    """Shape (chains, draws), each particle's draws side by side.

    So an autocorrelation within a chain is that of a particle; the other way round neighbours
    would be different particles, and the effective sample size too large.
    """
    return np.stack(kept, axis=1).reshape(chains, -1)


def _judge(found: _Found, tempering: Tempering, level: float) -> LatentClassFit:
    reasons = _causes(found)
    numbers = {} if reasons else _summary(found.draws, level)
    return LatentClassFit(
        status="not_converged" if reasons else "estimated",
        reasons=reasons,
        draws=found.draws,
        rhat=found.convergence.rhat,
        ess_bulk=found.convergence.ess_bulk,
        ess_tail=found.convergence.ess_tail,
        modes=find_modes(found.draws),
        log_evidence=tempering.log_evidence,
        sweeps=found.sweeps,
        tempered=found.tempered,
        levels=tempering.levels,
        **numbers,
    )


def _causes(found: _Found) -> tuple[Cause, ...]:
    """Why there is no estimate; a value that is not a number misses its cut-off."""
    convergence = found.convergence
    missed: dict[Cause, bool] = {
        "rhat": not convergence.rhat < RHAT_BELOW,
        "ess_bulk": not convergence.ess_bulk >= ESS_AT_LEAST,
        "ess_tail": not convergence.ess_tail >= ESS_AT_LEAST,
        "cap": bool((found.draws >= MOST_UNSEEN).any()),
    }
    causes = [cause for cause, is_missed in missed.items() if is_missed]
    if causes and found.late:
        causes.append("time_limit")
    return tuple(causes)


def _summary(draws: Numbers, level: float) -> dict[str, float]:
    tail = (1 - level) / 2
    lower, median, upper = np.quantile(draws, [tail, 0.5, 1 - tail])
    return {
        "mean": float(draws.mean()),
        "median": float(median),
        "lower": float(lower),
        "upper": float(upper),
    }
