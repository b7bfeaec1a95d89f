"""Effective draws per CPU second: this sampler and plain Gibbs, in the same run.

    MARTYROLOG_DATA=../shared/data python -m benchmarks.estimate.latent_class_gibbs

Writes ``results/latent_class_gibbs.csv``, all tables anew. Both are counted alike: bulk ESS of the
rank-normalised draws of N that are kept, over CPU seconds of everything, what is forgotten too.
Plain Gibbs is the sampler of Manrique-Vallier (2016) on aggregated cells, written from the paper
and compiled by numba. Four chains of 200,000 iterations, a fifth of them burn-in. Ours runs until
it has converged, and its time holds the half of its rounds that it forgets. No compilation counts.
"""

import time
from pathlib import Path

import numpy as np
from numba import njit

from benchmarks.estimate.latent_class import read_table
from martyrolog.estimate.diagnostics.convergence import diagnose
from martyrolog.estimate.models.latent_class import fit_latent_class

CLASSES, CHAINS, ITERATIONS, BURN_IN = 10, 4, 200_000, 40_000
TABLES = ("kosovo", "uk5", "uk6")
RESULTS = Path(__file__).parent / "results" / "latent_class_gibbs.csv"
COLUMNS = "table,sampler,median,lower,upper,rhat,ess_bulk,cpu_seconds,ess_per_cpu_second"


@njit
def divide(persons, weights, parts):  # type: ignore[no-untyped-def]
    """Multinomial draw as a chain of binomial ones."""
    rest = weights.sum()
    for k in range(len(weights) - 1):
        chance = min(weights[k] / rest, 1.0) if rest > 0 else 1.0
        parts[k] = np.random.binomial(persons, chance) if persons > 0 else 0
        persons -= parts[k]
        rest -= weights[k]
    parts[-1] = persons


@njit
def gibbs(patterns, counts, classes, iterations, seed):  # type: ignore[no-untyped-def]
    """Draws of N, and the l and v at which it ends: memberships, the unseen, l, V and a in turn."""
    np.random.seed(seed)
    cells, lists = patterns.shape
    chance = np.random.random((classes, lists))
    sticks, concentration = np.full(classes, 0.5), 1.0
    sticks[-1] = 1.0
    share, unseen, weights = np.empty(classes), np.empty(classes), np.empty(classes)
    parts, draws = np.zeros(classes, np.int64), np.empty(iterations)
    for t in range(iterations):
        rest = 1.0
        for k in range(classes):
            share[k] = sticks[k] * rest
            rest *= 1 - sticks[k]
            unseen[k] = share[k] * np.prod(1 - chance[k])
        missed = unseen.sum()
        mean = np.random.gamma(counts.sum(), 1.0) * missed / (1 - missed)
        persons = np.random.poisson(mean)
        draws[t] = counts.sum() + persons
        divide(persons, unseen, parts)
        members = parts.astype(np.float64)
        present = np.zeros((classes, lists))
        for m in range(cells):
            for k in range(classes):
                likely = np.where(patterns[m], chance[k], 1 - chance[k])
                weights[k] = share[k] * np.prod(likely)
            divide(counts[m], weights, parts)
            members += parts
            for k in range(classes):
                present[k] += parts[k] * patterns[m]
        after, logs = members.sum(), 0.0
        for k in range(classes):
            after -= members[k]
            for j in range(lists):
                a, b = 1 + present[k, j], 1 + members[k] - present[k, j]
                chance[k, j] = np.random.beta(a, b)
            if k < classes - 1:
                sticks[k] = min(np.random.beta(1 + members[k], concentration + after), 1 - 1e-12)
                logs += np.log1p(-sticks[k])
        concentration = np.random.gamma(classes - 0.75, 1.0) / (0.25 - logs)
    return draws, chance, share


def main() -> None:
    lines = [COLUMNS]
    for name in TABLES:
        patterns, counts = read_table(name)
        gibbs(patterns, counts, CLASSES, 5, 1)
        began = time.process_time()
        chains = [gibbs(patterns, counts, CLASSES, ITERATIONS, seed)[0] for seed in range(CHAINS)]
        draws = np.array(chains)[:, BURN_IN:]
        lines.append(described(name, "gibbs", draws, time.process_time() - began))
        fit_latent_class(patterns, counts, seed=1, most_rounds=1000)
        began = time.process_time()
        fit = fit_latent_class(patterns, counts, seed=1, time_limit=300)
        assert fit.draws is not None
        lines.append(described(name, "ours", fit.draws, time.process_time() - began))
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def described(name: str, sampler: str, draws: np.ndarray, seconds: float) -> str:
    """One line of results, printed too."""
    found = diagnose(draws)
    lower, median, upper = np.quantile(draws, [0.025, 0.5, 0.975])
    numbers = f"{median:.0f},{lower:.0f},{upper:.0f},{found.rhat:.4f},{found.ess_bulk:.0f}"
    line = f"{name},{sampler},{numbers},{seconds:.1f},{found.ess_bulk / seconds:.1f}"
    print(line, flush=True)
    return line


if __name__ == "__main__":
    main()
