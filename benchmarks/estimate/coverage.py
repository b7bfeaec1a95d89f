"""How often does an interval of 95 % hold the truth: simulation with known N, resumable.

    python -m benchmarks.estimate.coverage --out benchmarks/estimate/coverage.jsonl --minutes 30
    python -m benchmarks.estimate.coverage --out benchmarks/estimate/coverage.jsonl --report

Every line of the output is one fit; a run goes on where the last one ended. Coverage is given with
its Monte Carlo error; a refusal is no coverage and no miss and is counted apart.
"""

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.estimate.designs import DESIGNS, Design
from martyrolog.estimate import Estimate, fit_model
from martyrolog.estimate.models.loglinear import LoglinearSettings

VARIANTS: dict[str, tuple[str, dict[str, Any], int]] = {
    "chao (bound)": ("chao", {}, 200),
    "loglinear stepwise, profile": (
        "loglinear", {"settings": LoglinearSettings(interval="profile")}, 200),
    "loglinear BIC, profile": (
        "loglinear", {"settings": LoglinearSettings(selection="bic", interval="profile")}, 50),
    "loglinear BIC, BCa": (
        "loglinear", {"settings": LoglinearSettings(selection="bic", replicates=500,
                                                    top_models=20)}, 50),
    "loglinear stepwise, BCa": (
        "loglinear", {"settings": LoglinearSettings(replicates=500)}, 50),
    "dga": ("dga", {"sweep": False}, 200),
    "lcmcr": ("lcmcr", {"time_limit": 60.0}, 50),
}  # fmt: skip
"""Name -> model, options, replicates."""
SPAN = ("loglinear stepwise, BCa", "dga", "lcmcr")
"""Variants that an archive with all settings left as they are estimates by."""


def tasks(most: int | None = None) -> Iterator[tuple[str, int, str]]:
    """Design, replicate and variant; cheap models first."""
    for variant, (_, _, count) in VARIANTS.items():
        for replicate in range(count if most is None else min(count, most)):
            for design in DESIGNS:
                yield design.name, replicate, variant


def run_one(design: Design, replicate: int, variant: str) -> dict[str, Any]:
    """One fit; the table depends on design and replicate alone."""
    seed = [DESIGNS.index(design), replicate]
    counts = design.draw(np.random.default_rng(seed))
    model, options, _ = VARIANTS[variant]
    found = fit_model(model, counts, seed=replicate + 1, options=options)
    return {"design": design.name, "replicate": replicate, "variant": variant,
            "total": design.total, **_numbers(found)}  # fmt: skip


def _numbers(found: Estimate) -> dict[str, Any]:
    names = ("n_observed", "status", "median", "lower", "upper", "seconds")
    return {name: getattr(found, name) for name in names}


def run(
    out: Path,
    minutes: float,
    only: str = "",
    most: int | None = None,
    part: int = 0,
    parts: int = 1,
) -> None:
    """Go on where the last run ended, until the time is over.

    Args:
        out: One line a fit.
        minutes: After which no further fit begins.
        only: One variant; empty for all.
        most: Replicates at most.
        part: Only replicates that leave this remainder when divided by ``parts``, so that several
            runs can share the work, each with a file of its own.
        parts: How many such runs there are.
    """
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    done = {(row["design"], row["replicate"], row["variant"]) for row in map(json.loads, lines)}
    designs = {design.name: design for design in DESIGNS}
    until = time.monotonic() + 60 * minutes
    with out.open("a", encoding="utf-8") as stream:
        for task in tasks(most):
            if time.monotonic() > until:
                break
            if task in done or only not in ("", task[2]) or task[1] % parts != part:
                continue
            design, replicate, variant = task
            stream.write(json.dumps(run_one(designs[design], replicate, variant)) + "\n")
            stream.flush()


def report(out: Path) -> str:
    """Markdown table: coverage with Monte Carlo error, relative width, median error."""
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    lines = ["| design | model | fits | refused | covers, % (± s.e.) | width / N | median / N |",
             "| --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for design in DESIGNS:
        for variant in VARIANTS:
            chosen = [r for r in rows if (r["design"], r["variant"]) == (design.name, variant)]
            if chosen:
                lines.append(f"| {design.name} | {variant} | " + _summary(chosen) + " |")
        spans = list(_spans([row for row in rows if row["design"] == design.name]))
        if spans:
            lines.append(f"| {design.name} | span of the last three | " + _summary(spans) + " |")
    return "\n".join(lines) + "\n"


def _spans(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What an archive reports by default: from the lowest lower to the highest upper end."""
    fitted: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if row["variant"] in SPAN:
            fitted.setdefault(row["replicate"], []).append(row)
    for mine in fitted.values():
        given = [row for row in mine if row["upper"] is not None]
        if len(mine) == len(SPAN) and given:
            yield {**given[0], "lower": min(row["lower"] for row in given),
                   "upper": max(row["upper"] for row in given),
                   "median": float(np.mean([row["median"] for row in given]))}  # fmt: skip


def _summary(rows: list[dict[str, Any]]) -> str:
    given = [row for row in rows if row["upper"] is not None]
    if not given:
        return f"{len(rows)} | {len(rows)} | | |"
    covers, error = held(given)
    width = np.median([(row["upper"] - row["lower"]) / row["total"] for row in given])
    middle = np.median([row["median"] / row["total"] for row in given])
    return (f"{len(rows)} | {len(rows) - len(given)} | {100 * covers:.0f} ± {100 * error:.0f} | "
            f"{width:.2f} | {middle:.2f}")  # fmt: skip


def held(rows: list[dict[str, Any]]) -> tuple[float, float]:
    """Share of the intervals that hold the total, and its Monte Carlo error."""
    covers = float(np.mean([row["lower"] <= row["total"] <= row["upper"] for row in rows]))
    return covers, float(np.sqrt(max(covers * (1 - covers), 1 / len(rows) / 4) / len(rows)))


def main() -> None:
    """Run or report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--only", choices=list(VARIANTS), default="")
    parser.add_argument("--most", type=int, help="replicates at most")
    parser.add_argument("--part", type=int, nargs=2, default=(0, 1), metavar=("PART", "PARTS"))
    parser.add_argument("--report", action="store_true")
    given = parser.parse_args()
    if not given.report:
        run(given.out, given.minutes, given.only, given.most, *given.part)
    print(report(given.out))


if __name__ == "__main__":
    main()
