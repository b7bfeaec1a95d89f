"""Martyrolog on a synthetic list, from Parquet in to clusters out, folding included.

    python -m benchmarks.link.ours DIR [--memory 2GB]

Reads ``records.parquet`` and ``truth.parquet``; prints one JSON line.
"""

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.link.run import calibration_error
from benchmarks.synthetic.evaluate import evaluate
from martyrolog import __version__
from martyrolog.link import link_file, read_size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--memory", help="bound on memory, such as 2GB")
    asked = parser.parse_args()
    folder, bound = asked.folder, None if asked.memory is None else read_size(asked.memory)
    with tempfile.TemporaryDirectory() as work:
        out = Path(work)
        wall, cpu = time.perf_counter(), time.process_time()
        run = link_file(folder / "records.parquet", out, memory=bound)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        truth = pq.read_table(folder / "truth.parquet")
        person = dict(zip(truth["record_id"].to_pylist(), truth["true_person_id"].to_pylist(),
                          strict=True))  # fmt: skip
        found = evaluate(out / "cluster.parquet", folder / "truth.parquet")
        print(json.dumps({
            "program": f"martyrolog {__version__}", "folder": folder.name, **run["rows"],
            "seconds": round(wall, 1), "cpu_seconds": round(cpu, 1), "peak_mb": peak,
            "memory": asked.memory,
            "pairs_per_record": round(run["rows"]["candidate_pairs"] / run["rows"]["records"], 1),
            "threshold": run["threshold"], "precision": round(found.precision, 4),
            "recall": round(found.recall, 4), "f1": round(found.f1, 4),
            "calibration_error": calibration_error(out, person), "steps": run["seconds"],
        }))  # fmt: skip


if __name__ == "__main__":
    main()
