"""Simulation-based calibration of the latent-class sampler (Talts et al. 2018, arXiv:1804.06788).

    python -m benchmarks.estimate.latent_class_calibration

Parameters from the prior with ten classes, a table of three, five or nine lists from them, one
chain; the rank of the true number of the unseen and of the log likelihood of the true parameters
among 99 posterior draws must be uniform. N given n is negative binomial, so the first is a test of
the draws of N. Writes ``results/latent_class_calibration.csv``, one line a replicate; what stands
there is not run again. Prints the histograms with the p-value of their chi-square test.
"""

import csv
import itertools
from pathlib import Path

import numpy as np
from scipy import stats

from martyrolog.estimate.models.latent_class_chain import sample_chain, start_chain
from martyrolog.estimate.models.latent_class_state import draw_prior, make_state, make_table

RESULTS = Path(__file__).parent / "results" / "latent_class_calibration.csv"
COLUMNS = ("lists", "replicate", "rank_unseen", "rank_likelihood")
REPLICATES, CLASSES, DRAWS, BINS = 200, 10, 99, 10
THIN, WARM_UP = 20, 1_000
PERSONS = {3: 80, 5: 150, 9: 100}
LEAST_SEEN = 1e-9


def run(lists: int, replicate: int) -> dict[str, int]:
    rng = np.random.default_rng([lists, replicate])
    patterns = np.array([p for p in itertools.product([0, 1], repeat=lists) if any(p)], dtype=bool)
    logit, log_weight = draw_prior(CLASSES, lists, rng)
    truth = make_state(make_table(patterns, np.ones(len(patterns))), logit, log_weight)
    cells, persons = truth.mixed[:-1] / truth.mixed[:-1].sum(), PERSONS[lists]
    counts = rng.multinomial(persons, cells)
    seen = max(truth.mixed[-1] / truth.weight.sum(), LEAST_SEEN)
    unseen = rng.poisson(rng.gamma(persons) * (1 - seen) / seen)
    table = make_table(patterns[counts > 0], counts[counts > 0])
    likelihood = make_state(table, logit, log_weight).logs[0]
    state = start_chain(table, CLASSES, replicate % 2 == 0, rng)
    draws = sample_chain(table, state, WARM_UP + THIN * DRAWS, rng)[:, WARM_UP + THIN - 1 :: THIN]
    # A number below 1 is added to both, so that equal counts rank at random.
    below = draws[0] - persons + rng.random(DRAWS) < unseen + rng.random()
    ranks = int(below.sum()), int((draws[1] < likelihood).sum())
    return dict(zip(COLUMNS, (lists, replicate, *ranks), strict=True))


def main() -> None:
    done = set()
    if RESULTS.exists():
        with RESULTS.open(encoding="utf-8") as file:
            done = {(int(r["lists"]), int(r["replicate"])) for r in csv.DictReader(file)}
    else:
        RESULTS.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    with RESULTS.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        for lists, replicate in itertools.product(PERSONS, range(REPLICATES)):
            if (lists, replicate) not in done:
                writer.writerow(run(lists, replicate))
                file.flush()
    report()


def report() -> None:
    rows = np.loadtxt(RESULTS, delimiter=",", skiprows=1, dtype=int)
    print("lists,quantity,replicates,p_value," + ",".join(f"bin_{b}" for b in range(BINS)))
    for lists in PERSONS:
        for column, quantity in ((2, "unseen"), (3, "likelihood")):
            ranks = rows[rows[:, 0] == lists, column]
            bins = np.bincount(ranks * BINS // (DRAWS + 1), minlength=BINS)
            p_value = stats.chisquare(bins).pvalue
            print(f"{lists},{quantity},{len(ranks)},{p_value:.3f}," + ",".join(map(str, bins)))


if __name__ == "__main__":
    main()
