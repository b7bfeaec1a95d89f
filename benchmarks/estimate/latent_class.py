"""Every published table under two seeds, and a sweep of K*: one line of results a fit, resumable.

    MARTYROLOG_DATA=../shared/data python -m benchmarks.estimate.latent_class [TABLE...]

Writes ``results/latent_class.csv``; a fit that stands there already is not run again. CPU seconds
are those of both cores; wall seconds are an upper bound where the machine did other work.
Compilation is not counted.
"""

import csv
import os
import sys
import time
from pathlib import Path

import numpy as np

from martyrolog.estimate.models.latent_class import fit_latent_class

RESULTS = Path(__file__).parent / "results" / "latent_class.csv"
DATA = Path(os.environ.get("MARTYROLOG_DATA", "../shared/data")) / "capture-recapture"
TABLES = (
    "kosovo", "uk5", "uk6", "western_us", "neworleans5", "neworleans8", "korea", "hiv_rome",
    "diabetes_italy", "hepatitis_a_taiwan", "spina_bifida", "hare", "ph_caloocan_police",
    "ph_caloocan_unidentified", "ph_manila_police", "ph_manila_unidentified", "ph_quezon_police",
    "ph_quezon_unidentified", "netherlands5", "netherlands6", "scotland_pwid",
)  # fmt: skip
SWEPT = (
    "uk5", "western_us", "ph_manila_police", "ph_manila_unidentified", "ph_caloocan_unidentified",
)  # fmt: skip
COLUMNS = (
    "table", "classes", "seed", "status", "reasons", "median", "lower", "upper", "mean", "rhat",
    "ess_bulk", "ess_tail", "fit_rhat", "rounds", "cpu_seconds", "wall_seconds",
    "ess_per_cpu_second", "modes",
)  # fmt: skip


def read_table(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Patterns and counts without empty cells and lists."""
    rows = np.loadtxt(DATA / f"{name}.csv", delimiter=",", skiprows=1, dtype=np.int64)
    rows = rows[rows[:, -1] > 0]
    patterns = rows[:, :-1].astype(bool)
    return patterns[:, patterns.any(axis=0)], rows[:, -1]


def run(name: str, classes: int, seed: int) -> dict[str, object]:
    patterns, counts = read_table(name)
    fit_latent_class(patterns, counts, seed=seed, classes=classes, most_rounds=1000)
    cpu, wall = time.process_time(), time.monotonic()
    fit = fit_latent_class(patterns, counts, seed=seed, classes=classes)
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    # The draws of a refused fit are shown for comparison; the model gives no number from them.
    assert fit.draws is not None
    lower, median, upper = np.quantile(fit.draws, [0.025, 0.5, 0.975])
    modes = "; ".join(f"{m.location:.0f} ({m.mass:.2f})" for m in fit.modes)
    values = (
        name, classes, seed, fit.status, " ".join(fit.reasons), round(median), round(lower),
        round(upper), f"{fit.draws.mean():.1f}", f"{fit.rhat:.4f}", round(fit.ess_bulk),
        round(fit.ess_tail), f"{fit.fit_rhat:.3f}", fit.rounds, f"{cpu:.1f}", f"{wall:.1f}",
        f"{fit.ess_bulk / cpu:.0f}", modes,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def main(chosen: list[str]) -> None:
    done = set()
    if RESULTS.exists():
        with RESULTS.open(encoding="utf-8") as file:
            done = {(r["table"], r["classes"], r["seed"]) for r in csv.DictReader(file)}
    todo = [(name, 10, seed) for seed in (1, 2) for name in TABLES]
    todo += [(name, classes, 1) for name in SWEPT for classes in (5, 20)]
    for name, classes, seed in todo:
        if (chosen and name not in chosen) or (name, str(classes), str(seed)) in done:
            continue
        row = run(name, classes, seed)
        is_new = not RESULTS.exists()
        with RESULTS.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            if is_new:
                writer.writeheader()
            writer.writerow(row)
        print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
