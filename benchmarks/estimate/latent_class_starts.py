"""Do the chains miss a mode: long chains from very different starts on one table.

    MARTYROLOG_DATA=../shared/data python -m benchmarks.estimate.latent_class_starts netherlands6

Writes ``results/latent_class_starts.csv``, the lines of the named tables anew. Starts: the two
kinds that the program uses, draws from the prior, few classes (the chain of a model with two to
five, whose other classes are then empty), points placed at a number N: the best fit of the ten
classes to the table with N - n unseen persons, by expectation and maximisation; and where plain
Gibbs sampling stands after 30,000 iterations, where the name says the median of its last thousand.
Ten classes, 60,000 rounds each. ``fit`` is the log likelihood of the observed cells given that
they are observed, at the start and on average over the later half.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.estimate.latent_class import read_table
from benchmarks.estimate.latent_class_gibbs import gibbs
from martyrolog.estimate.diagnostics.convergence import diagnose
from martyrolog.estimate.models.latent_class_chain import sample_chain, start_chain
from martyrolog.estimate.models.latent_class_state import State, Table, draw_prior, make_state
from martyrolog.estimate.models.latent_class_state import make_table as table_of

CLASSES, ROUNDS, STEPS, GIBBS = 10, 60_000, 3_000, 30_000
PLACED = {"netherlands5": (49_000, 148_000), "netherlands6": (50_000, 69_000, 146_000)}
BELOW = {"netherlands5": 90_000, "netherlands6": 90_000}
"""Where the valley between the modes of single chains lies."""
RESULTS = Path(__file__).parent / "results" / "latent_class_starts.csv"
COLUMNS = (
    "table,start,fit_at_start,first_median,first_round_above,fit,median,lower,upper,share_below"
)


def starts(name: str, table: Table, seed: int) -> Iterator[tuple[str, State]]:
    """Names and states."""
    rng = np.random.Generator(np.random.SFC64(seed))
    lists = table.patterns.shape[1]
    for crowded in (True, False, True, False):
        yield f"{'crowded' if crowded else 'falling'}", start_chain(table, CLASSES, crowded, rng)
    for _ in range(2):
        yield "prior", make_state(table, *draw_prior(CLASSES, lists, rng))
    for few in (2, 3, 4, 5):
        small = start_chain(table, few, True, rng)
        sample_chain(table, small, 3_000, rng)
        logit, weight = draw_prior(CLASSES, lists, rng)
        logit[:few], weight[:few] = small.logit, small.log_weight
        weight[few:] = small.log_weight.min() - 8
        yield f"{few} classes", make_state(table, logit, weight)
    for number in PLACED[name]:
        for _ in range(2):
            yield f"placed at {number}", placed(table, number, rng)
    for number in range(3):
        draws, chance, share = gibbs(
            table.patterns, table.counts.astype(np.int64), CLASSES, GIBBS, number)  # fmt: skip
        chance = np.clip(chance, 1e-12, 1 - 1e-12)
        logit, weight = np.log(chance / (1 - chance)), np.log(np.maximum(share, 1e-250))
        print("plain Gibbs ends at", np.median(draws[-1000:]))
        yield f"plain Gibbs at {np.median(draws[-1000:]):.0f}", make_state(table, logit, weight)


def placed(table: Table, number: float, rng: np.random.Generator) -> State:
    """The best of ten fits with ``number`` persons."""
    fits = [_maximise(table, number, rng) for _ in range(10)]
    chance, weight, _ = max(fits, key=lambda fit: fit[2])
    order = np.argsort(-weight)
    chance = np.clip(chance[order], 1e-9, 1 - 1e-9)
    return make_state(
        table, np.log(chance / (1 - chance)), np.log(np.maximum(weight[order], 1e-12))
    )


def _maximise(
    table: Table, number: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, float]:
    """EM; a hundredth of a person is added to each class and chance, so that none dies at once."""
    lists = table.patterns.shape[1]
    cells = np.vstack([table.patterns, np.zeros((1, lists), dtype=bool)])
    counts = np.append(table.counts, number - table.counts.sum())
    chance, weight = rng.random((CLASSES, lists)) * 0.5, rng.dirichlet(np.ones(CLASSES))
    found = -np.inf
    for _ in range(STEPS):
        like = weight[:, None] * np.prod(
            np.where(cells[None], chance[:, None], 1 - chance[:, None]), axis=2)  # fmt: skip
        total = like.sum(axis=0)
        found = float(counts @ np.log(total))
        members = like / total * counts
        sizes = members.sum(axis=1)
        chance = (members @ cells + 0.01) / (sizes[:, None] + 0.02)
        weight = (sizes + 0.01) / (sizes + 0.01).sum()
    return chance, weight, found


def main() -> None:
    names = sys.argv[1:] or list(PLACED)
    old = RESULTS.read_text(encoding="utf-8").splitlines()[1:] if RESULTS.exists() else []
    lines = [line for line in old if line.split(",")[0] not in names]
    for name in names:
        table = table_of(*read_table(name))
        kept = []
        for place, (start, state) in enumerate(starts(name, table, 1)):
            rng = np.random.Generator(np.random.SFC64([2, place]))
            at_start = state.logs[0]
            draws, fit = sample_chain(table, state, ROUNDS, rng)
            later = draws[ROUNDS // 2 :]
            kept.append(later)
            above = np.flatnonzero(draws > BELOW[name])
            lower, median, upper = np.quantile(later, [0.025, 0.5, 0.975])
            lines.append(
                f"{name},{start},{at_start:.1f},{np.median(draws[:100]):.0f},"
                f"{above[0] if len(above) else ''},{fit[ROUNDS // 2 :].mean():.1f},"
                f"{median:.0f},{lower:.0f},{upper:.0f},{(later < BELOW[name]).mean():.4f}"
            )
            print(lines[-1], flush=True)
        print(name, diagnose(np.array(kept)))
    RESULTS.write_text("\n".join([COLUMNS, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
