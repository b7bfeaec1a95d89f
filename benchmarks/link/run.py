"""Measure linkage: seconds, memory, pairwise precision and recall, and calibration.

    python -m benchmarks.link.run synthetic 60000 --seeds 1 2 3 4 5
    python -m benchmarks.link.run historical ../shared/data/linkage/historical_50k.parquet

One JSON line a run. Each run is a process of its own, so that its memory is its own.
"""

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from benchmarks.link.lists import make_lists
from martyrolog.link import link_file
from martyrolog.link.calibration import calibrate
from martyrolog.link.metrics import compare_clusterings

HISTORICAL = {
    "record_id": "unique_id", "given_name": "first_name", "birth_date": "dob",
    "residence": "postcode_fake", "sex": "gender",
}  # fmt: skip


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["synthetic", "historical"])
    parser.add_argument("size_or_file")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--noise", type=float, default=1.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for seed in options.seeds if options.what == "synthetic" else [0]:
            work = Path(folder) / str(seed)
            work.mkdir()
            if options.what == "synthetic":
                people, columns, truth = _synthetic(
                    work, int(options.size_or_file), seed, options.noise
                )
            else:
                people, columns, truth = _historical(work, Path(options.size_or_file))
            found = _measured(people, columns, truth, work / "out")
            print(json.dumps({"what": options.what, "seed": seed, "noise": options.noise, **found}))


Prepared = tuple[Path, Path | None, dict[str, object]]


def _synthetic(work: Path, persons: int, seed: int, noise: float) -> Prepared:
    table, truth = make_lists(persons, seed, noise=noise)
    pq.write_table(table, work / "people.parquet")
    return (
        work / "people.parquet",
        None,
        dict(zip(table["record_id"].to_pylist(), truth, strict=True)),
    )


def _historical(work: Path, people: Path) -> Prepared:
    columns = work / "map.yaml"
    columns.write_text("".join(f"{name}: {column}\n" for name, column in HISTORICAL.items()))
    table = pq.read_table(people, columns=["unique_id", "cluster"])
    truth = dict(zip(table["unique_id"].to_pylist(), table["cluster"].to_pylist(), strict=True))
    return people, columns, truth


def _measured(
    people: Path, columns: Path | None, truth: dict[str, object], out: Path
) -> dict[str, Any]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        run = pool.apply(_linked, (people, out, columns))
    clusters = pq.read_table(out / "cluster.parquet")
    persons = np.array([truth[record] for record in clusters["record_id"].to_pylist()])
    agreed = compare_clusterings(clusters["cluster_id"].to_numpy(), persons)
    return {**run, "precision": round(agreed.precision, 4), "recall": round(agreed.recall, 4),
            "f1": round(agreed.f1, 4),
            "calibration_error": calibration_error(out, truth)}  # fmt: skip


def _linked(people: Path, out: Path, columns: Path | None) -> dict[str, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    run = link_file(people, out, columns=columns)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {**run["rows"], "seconds": round(wall, 1), "cpu_seconds": round(cpu, 1),
            "peak_mb": peak, "steps": run["seconds"]}  # fmt: skip


def calibration_error(out: Path, truth: dict[str, object]) -> float:
    """Expected calibration error over the pairs kept in match."""
    match = pq.read_table(out / "match.parquet")
    sides = (match[f"record_id_{side}"].to_pylist() for side in ("left", "right"))
    true = np.array([truth[left] == truth[right] for left, right in zip(*sides, strict=True)])
    share = match["match_probability"].to_numpy()
    return round(calibrate(share, true).error, 4)


if __name__ == "__main__":
    main()
