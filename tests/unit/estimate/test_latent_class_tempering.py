"""The climb from the prior: the right evidence, the right posterior, groups that share nothing.

Simulation-based calibration: Talts, Betancourt, Simpson, Vehtari, Gelman (2018), arXiv:1804.06788.
``benchmarks/estimate/latent_class_calibration.py`` runs it at full size.
"""

import itertools

import numpy as np
import pytest
from scipy import stats

from martyrolog.estimate.models.latent_class_particles import (
    Particles,
    draw_prior,
    make_table,
    mix_cells,
)
from martyrolog.estimate.models.latent_class_tempering import temper

PATTERNS = np.array([p for p in itertools.product([0, 1], repeat=3) if any(p)], dtype=bool)


def _posterior(counts: np.ndarray, groups: int, size: int, seed: int) -> tuple[Particles, float]:
    rng = np.random.default_rng(seed)
    with np.errstate(all="ignore"):
        particles = draw_prior(make_table(PATTERNS, counts), classes=2, size=groups * size, rng=rng)
        tempering = temper(particles, groups, rng, kept=0.8, sweeps=3)
    logs = tempering.log_evidence
    return particles, float(np.log(np.exp(logs - logs.max()).mean()) + logs.max())


@pytest.mark.parametrize(
    "counts", [[6, 4, 1, 5, 2, 1, 1], [9, 0, 3, 0, 0, 4, 0], [3, 5, 0, 7, 0, 0, 0]]
)
def test_posterior_and_evidence_are_those_of_brute_force_integration(counts: list[int]) -> None:
    # One million draws of l, V and a from the prior, weighted by the likelihood as it is written
    # in the paper; nothing of the package takes part.
    rng = np.random.default_rng(5)
    chance = rng.random((2, 3, 1_000_000))
    share = rng.beta(1, np.maximum(rng.gamma(0.25, 4, 1_000_000), 1e-12))
    written = [*PATTERNS, np.zeros(3, dtype=bool)]
    cells = np.array([np.where(p[:, None], chance, 1 - chance).prod(axis=1) for p in written])
    mixed = share * cells[:, 0] + (1 - share) * cells[:, 1]
    logs = np.asarray(counts) @ np.log(mixed[:-1]) - sum(counts) * np.log(1 - mixed[-1])
    weights = np.exp(logs - logs.max())
    effective = weights.sum() ** 2 / (weights**2).sum()
    assert effective > 500
    evidence = np.log(weights.mean()) + logs.max()
    seen = 1 - mixed[-1]
    order = np.argsort(seen)
    reached = weights[order].cumsum() / weights.sum()

    particles, found = _posterior(np.array(counts), groups=4, size=1000, seed=8)
    assert found == pytest.approx(evidence, abs=0.15)
    for probability in (0.05, 0.25, 0.5, 0.75, 0.95):
        quantile = seen[order][np.searchsorted(reached, probability)]
        below = (particles.observed_probability <= quantile).mean()
        # 4,000 particles, of which resampling leaves perhaps a third as independent draws.
        error = np.sqrt(probability * (1 - probability) * (1 / 1300 + 1 / effective))
        assert below == pytest.approx(probability, abs=4 * error)


def test_the_truth_ranks_uniformly_among_posterior_draws() -> None:
    replicates, size, persons = 200, 39, 60
    rng = np.random.default_rng(11)
    with np.errstate(all="ignore"):
        truth = draw_prior(make_table(PATTERNS, np.zeros(7)), classes=4, size=replicates, rng=rng)
        cells = mix_cells(truth.cells, truth.weight)[:-1].T
        counts = rng.multinomial(persons, cells / cells.sum(axis=1, keepdims=True))
        table = make_table(PATTERNS, np.repeat(counts, size, axis=0).T)
        particles = draw_prior(table, classes=4, size=replicates * size, rng=rng)
        temper(particles, replicates, rng, kept=0.7, sweeps=4)
    draws = particles.observed_probability.reshape(replicates, size)
    ranks = (draws < truth.observed_probability[:, None]).sum(axis=1)
    bins = np.bincount(ranks * 10 // (size + 1), minlength=10)
    assert stats.chisquare(bins).pvalue > 1e-3


def test_groups_share_no_particle(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(2)
    with np.errstate(all="ignore"):
        particles = draw_prior(
            make_table(PATTERNS, [5, 4, 3, 2, 1, 1, 1]), classes=3, size=200, rng=rng
        )
        kept: list[np.ndarray] = []
        take = particles.take

        def watched(places: np.ndarray) -> None:
            kept.append(places)
            take(places)

        monkeypatch.setattr(particles, "take", watched)
        temper(particles, 4, rng, sweeps=1)
    assert kept
    for chosen in kept:
        assert (chosen // 50 == np.repeat(np.arange(4), 50)).all()
