"""How long estimates take: the models on uk5 and uk6, start-up, strata of a synthetic archive.

    python -m benchmarks.estimate.speed --out benchmarks/estimate/results/speed.csv
    python -m benchmarks.estimate.speed --out FILE --strata 20000 --models chao,loglinear,dga

Wall and CPU seconds, those of all processes counted; a wall time measured beside other work is an
upper bound. With ``--strata`` an archive of so many invented records is made, linked, and estimated
by period and sex, with draws of the clustering.
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from martyrolog import pipeline
from martyrolog.archive import SETTINGS, open_archive
from martyrolog.demo_synthetic import synthetic_demo
from martyrolog.estimate import fit_model
from martyrolog.estimate.table_file import read_histories
from martyrolog.tables import read_table

DATA = Path(os.environ.get("MARTYROLOG_DATA", "../shared/data")) / "capture-recapture"


def measured(task: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of a task, with those of its processes."""
    before, started = _cpu(), time.perf_counter()
    task()
    return time.perf_counter() - started, _cpu() - before


def _cpu() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(kind)[:2]) for kind in kinds)


def models_and_start(rows: list[list[object]]) -> None:
    """Each model on a table of five and of six lists; then the command as users start it."""
    for name in ("uk5", "uk6"):
        counts = read_histories(DATA / f"{name}.csv").counts
        for model in ("chao", "loglinear", "dga"):
            fit_model(model, counts)  # imports, and graphs that are found once a process
            rows.append([f"{model} on {name}", *measured(partial(fit_model, model, counts))])
    for model in ("chao", "loglinear", "dga"):
        command = [str(Path(sys.executable).parent / "martyrolog"), "estimate",
                   str(DATA / "uk5.csv"), "--model", model, "--json"]  # fmt: skip
        run = partial(subprocess.run, command, check=True, capture_output=True)
        rows.append([f"command, {model} on uk5", *measured(run)])


def strata(rows: list[list[object]], records: int, models: str) -> None:
    """The stages draw and estimate of a stratified archive."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive"
        synthetic_demo(path, records=records, seed=1)
        named = ", ".join(f'"{name}"' for name in models.split(","))
        settings = (path / SETTINGS).read_text(encoding="utf-8")
        settings += f'\n[estimate]\nstrata = ["period", "sex"]\nmodels = [{named}]\n'
        (path / SETTINGS).write_text(settings, encoding="utf-8")
        archive = open_archive(path)
        seconds = measured(lambda: pipeline.estimate(archive))
        found = read_table(archive.build, "estimate").to_pylist()
    divided = len({row["stratum"] for row in found} - {"{}"})
    given = sum(row["median"] is not None for row in found if row["stratum"] != "{}")
    what = f"{records:,} records, {divided} strata, {models}: {given} of "
    rows.append([f"{what}{divided * len(models.split(','))} with a number", *seconds])


def main() -> None:
    """Measure, and write one line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--strata", type=int, default=0, metavar="RECORDS")
    parser.add_argument("--models", default="chao,loglinear,dga")
    given = parser.parse_args()
    rows: list[list[object]] = []
    if given.strata:
        strata(rows, given.strata, given.models)
    else:
        models_and_start(rows)
    new = not given.out.exists()
    with given.out.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        if new:
            writer.writerow(["what", "wall seconds", "CPU seconds"])
        for what, wall, cpu in rows:
            writer.writerow([what, f"{wall:.2f}", f"{cpu:.2f}"])
            print(f"{what}: {wall:.2f} s, {cpu:.2f} CPU s")


if __name__ == "__main__":
    main()
