"""From the prior to the posterior in small steps: sequential Monte Carlo over the likelihood.

Del Moral, Doucet, Jasra (2006), Sequential Monte Carlo samplers, JRSS B 68. Groups of particles
begin as independent draws from the prior; the power of the likelihood rises from 0 to 1, each rise
as large as leaves every group an effective nine tenths of its particles; each group resamples
among its own and all make their moves. Groups share the ladder, never a particle, so that they may
disagree: R-hat over groups means what it means over chains.
"""

from dataclasses import dataclass

import numpy as np

from martyrolog.estimate.models.latent_class_moves import sweep
from martyrolog.estimate.models.latent_class_particles import Numbers, Particles

KEPT_SHARE = 0.9
SWEEPS_A_LEVEL = 3
HALVINGS = 40


@dataclass(frozen=True, eq=False)
class Tempering:
    """How the climb went.

    Attributes:
        levels: Number of rises of the power.
        log_evidence: Shape (groups,): each group's estimate of log p(table | n); they differ by
            little where the particles are enough.
    """

    levels: int
    log_evidence: Numbers


def temper(
    particles: Particles,
    groups: int,
    rng: np.random.Generator,
    *,
    kept: float = KEPT_SHARE,
    sweeps: int = SWEEPS_A_LEVEL,
) -> Tempering:
    """Carry draws from the prior to the posterior.

    Args:
        particles: Drawn from the prior, changed in place; group g is the g-th equal part.
        groups: Independent groups.
        rng: Source of randomness.
        kept: Effective share of the particles that a rise of the power leaves in every group.
        sweeps: Rounds of moves after each rise.
    """
    power, levels, log_evidence = 0.0, 0, np.zeros(groups)
    while power < 1:
        logs = particles.log_likelihood.reshape(groups, -1)
        rise = _largest_rise(logs, 1 - power, kept)
        power = 1.0 if rise == 1 - power else power + rise
        largest = (rise * logs).max(axis=1, keepdims=True)
        shares = np.exp(rise * logs - largest)
        log_evidence += largest[:, 0] + np.log(shares.mean(axis=1))
        particles.take(_resample(shares, rng))
        for _ in range(sweeps):
            sweep(particles, power, rng, every_class=True)
        levels += 1
    return Tempering(levels, log_evidence)


def _largest_rise(logs: Numbers, most: float, kept: float) -> float:
    """By bisection: the rise that leaves the worst group an effective share of ``kept``."""
    if _effective_share(most * logs) >= kept:
        return most
    low, high = 0.0, most
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _effective_share(middle * logs) > kept else (low, middle)
    return low


def _effective_share(logs: Numbers) -> float:
    shares = np.exp(logs - logs.max(axis=1, keepdims=True))
    effective = shares.sum(axis=1) ** 2 / (shares**2).sum(axis=1)
    return float(effective.min() / logs.shape[1])


def _resample(
    shares: Numbers, rng: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Places of the particles that stay, systematic resampling within every group."""
    groups, size = shares.shape
    places = np.empty((groups, size), dtype=np.intp)
    for group, weights in enumerate(shares):
        reached = weights.cumsum() / weights.sum()
        points = (rng.random() + np.arange(size)) / size
        places[group] = group * size + np.minimum(np.searchsorted(reached, points), size - 1)
    return places.reshape(-1)
