"""Intervals of small tables by how many persons are in two lists or more: why seven is the least.

    python -m benchmarks.estimate.small_tables [RUNS]

Writes ``results/small_tables.csv``. Populations of 4 to 140 persons, three lists that are
independent, of which one was partly copied from another, or that reach two classes of persons
unequally; Chapman sees the first two lists. The program's own least (``answering.LEAST_OVERLAP``)
is switched off here. ``too_low`` is the share of intervals that lie wholly below N. Refusals are
left out.
"""

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from martyrolog.estimate import fit_model, make_counts
from martyrolog.estimate.models import answering

RESULTS = Path(__file__).parent / "results" / "small_tables.csv"
SIZES = (4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 140)
BINS = ((1, 2), (3, 4), (5, 6), (7, 9), (10, 14), (15, 24), (25, 10**9))
DESIGNS = ("independent", "one copied", "two classes")
OPTIONS = {"dga": {"sweep": False}}


def draw(design: str, persons: int, rng: np.random.Generator) -> np.ndarray:
    """Shape (persons, 3): who is in which list; who is in none is left out."""
    held = rng.random((persons, 3)) < [0.4, 0.3, 0.3]
    if design == "one copied":
        held[:, 1] = np.where(rng.random(persons) < 0.35, held[:, 0], held[:, 1])
    if design == "two classes":
        chances = np.where(rng.random(persons) < 0.35, 0.6, 0.15)
        held = rng.random((persons, 3)) < chances[:, None]
    return held[held.any(axis=1)]


def main() -> None:
    answering.LEAST_OVERLAP = 1
    rng = np.random.default_rng(1)
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    counted: defaultdict[tuple[str, str, tuple[int, int]], np.ndarray] = defaultdict(
        lambda: np.zeros(3)
    )
    for design in DESIGNS:
        for persons in SIZES:
            for seed in range(runs):
                held = draw(design, persons, rng)
                for model in ("chapman", "chao", "loglinear", "dga"):
                    used = held[:, :2][held[:, :2].any(axis=1)] if model == "chapman" else held
                    overlap = int((used.sum(axis=1) > 1).sum())
                    if not overlap:
                        continue
                    table = make_counts(used, np.ones(len(used)), "abc"[: used.shape[1]])
                    found = fit_model(model, table, seed=seed, options=OPTIONS.get(model))
                    if found.lower is not None and found.upper is not None:
                        place = next(place for place in BINS if overlap <= place[1])
                        holds = found.lower <= persons <= found.upper
                        counted[model, design, place] += (1, holds, found.upper < persons)
    lines = ["model,design,overlap_from,overlap_to,fits,covers,too_low"]
    for (model, design, (low, high)), (fits, held_n, below) in sorted(counted.items()):
        lines.append(
            f"{model},{design},{low},{high},{fits:.0f},{held_n / fits:.3f},{below / fits:.3f}"
        )
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
