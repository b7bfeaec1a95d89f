"""Simulation-based calibration of the latent-class sampler (Talts et al. 2018, arXiv:1804.06788).

    python -m benchmarks.estimate.latent_class_calibration

Some minutes of CPU; keep its output in ``results/``.

Parameters from the prior, a table of 80 persons on three lists from them, ten classes, the climb to
the posterior and ten rounds of moves; the rank of the true 1 - p_0 and of the true N among 49
posterior draws must be uniform. N given n is negative binomial, so its rank is a test of the draws
of the unseen. All replicates are groups of one run and share its ladder of powers.
"""

import itertools

import numpy as np
from scipy import stats

from martyrolog.estimate.models.latent_class_moves import sweep
from martyrolog.estimate.models.latent_class_particles import (
    Particles,
    draw_prior,
    make_table,
    mix_cells,
)
from martyrolog.estimate.models.latent_class_tempering import temper

REPLICATES, PARTICLES, PERSONS, CLASSES, BINS = 400, 49, 80, 10, 10
PATTERNS = np.array([p for p in itertools.product([0, 1], repeat=3) if any(p)], dtype=bool)


def main() -> None:
    rng = np.random.default_rng(2026)
    with np.errstate(all="ignore"):
        unseen = make_table(PATTERNS, np.zeros(len(PATTERNS)))
        truth = draw_prior(unseen, classes=CLASSES, size=REPLICATES, rng=rng)
        cells = mix_cells(truth.cells, truth.weight)[:-1].T
        counts = rng.multinomial(PERSONS, cells / cells.sum(axis=1, keepdims=True))
        table = make_table(PATTERNS, np.repeat(counts, PARTICLES, axis=0).T)
        found = draw_prior(table, classes=CLASSES, size=REPLICATES * PARTICLES, rng=rng)
        temper(found, REPLICATES, rng, kept=0.7, sweeps=3)
        for _ in range(10):
            sweep(found, 1.0, rng, every_class=True)
    print("quantity,p_value," + ",".join(f"bin_{place}" for place in range(BINS)))
    report("observed_probability", truth.observed_probability, found.observed_probability)
    report("unseen", _draw_unseen(truth, rng), _draw_unseen(found, rng))


def _draw_unseen(particles: Particles, rng: np.random.Generator) -> np.ndarray:
    """Shape (particles,): n_0 plus a number below 1, so that equal counts rank at random."""
    seen = np.maximum(particles.observed_probability, 1e-12)
    mean = rng.gamma(PERSONS, size=particles.size) * (1 - seen) / seen
    return np.asarray(rng.poisson(mean) + rng.random(particles.size))


def report(quantity: str, truth: np.ndarray, draws: np.ndarray) -> None:
    ranks = (draws.reshape(REPLICATES, PARTICLES) < truth[:, None]).sum(axis=1)
    bins = np.bincount(ranks * BINS // (PARTICLES + 1), minlength=BINS)
    print(f"{quantity},{stats.chisquare(bins).pvalue:.3f}," + ",".join(map(str, bins)), flush=True)


if __name__ == "__main__":
    main()
