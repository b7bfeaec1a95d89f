"""Particles at several powers of the likelihood that exchange places: the way between modes.

Parallel tempering (Geyer 1991, Markov chain Monte Carlo maximum likelihood; Swendsen and Wang
1986). A ladder of particles holds one at each power; at the low ones the modes run into each other,
and what is found there climbs by exchanges to power 1, whose particle alone is a draw from the
posterior. Ladders never cross groups. It costs a particle for every rung, so it is used where
sampling at power 1 alone leaves the groups apart.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from martyrolog.estimate.models.latent_class_moves import sweep
from martyrolog.estimate.models.latent_class_particles import Numbers, Particles

RUNGS = 10
RATIO = 0.72


@dataclass(eq=False)
class Ladders:
    """Which particle stands on which rung.

    Attributes:
        powers: Shape (rungs,): exponents of the likelihood from 1 down.
        holders: Shape (ladders, rungs): the particle on each rung; ladders of a group side by side.
        tried: Shape (rungs - 1,): exchanges tried between neighbouring rungs.
        done: Shape (rungs - 1,): exchanges made.
    """

    powers: Numbers
    holders: npt.NDArray[np.intp]
    tried: npt.NDArray[np.int64]
    done: npt.NDArray[np.int64]

    @property
    def at_posterior(self) -> npt.NDArray[np.intp]:
        """Shape (ladders,): the particles at power 1."""
        return self.holders[:, 0]

    def power_of_particles(self) -> Numbers:
        """Shape (particles,)."""
        power = np.empty(self.holders.size)
        power[self.holders] = self.powers
        return power


def make_ladders(size: int, *, rungs: int = RUNGS, ratio: float = RATIO) -> Ladders:
    """Ladders of neighbouring particles; ``size`` is a multiple of ``rungs`` in every group."""
    tries = np.zeros(rungs - 1, dtype=np.int64)
    powers = ratio ** np.arange(rungs, dtype=np.float64)
    return Ladders(powers, np.arange(size).reshape(-1, rungs), tries, tries.copy())


def sweep_ladders(particles: Particles, ladders: Ladders, rng: np.random.Generator) -> None:
    """One round of moves at every rung, then of exchanges."""
    sweep(particles, ladders.power_of_particles(), rng, every_class=False)
    exchange(particles.log_likelihood, ladders, rng)


def exchange(log_likelihood: Numbers, ladders: Ladders, rng: np.random.Generator) -> None:
    """Exchange neighbours: first rungs 0 with 1, 2 with 3, ..., then 1 with 2, 3 with 4, ..."""
    for first in (0, 1):
        for rung in range(first, len(ladders.powers) - 1, 2):
            upper, lower = ladders.holders[:, rung].copy(), ladders.holders[:, rung + 1].copy()
            gain = ladders.powers[rung] - ladders.powers[rung + 1]
            log_ratio = gain * (log_likelihood[lower] - log_likelihood[upper])
            accepted = np.log(rng.random(len(upper))) < log_ratio
            ladders.holders[:, rung] = np.where(accepted, lower, upper)
            ladders.holders[:, rung + 1] = np.where(accepted, upper, lower)
            ladders.tried[rung] += len(accepted)
            ladders.done[rung] += int(accepted.sum())
