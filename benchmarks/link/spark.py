"""Linkage on this machine and on Spark, row for row, and Splink on the same Spark.

    python -m benchmarks.link.spark DIR [--master local[2]] [--splink PYTHON]

Reads the folder of a synthetic list (with ``--splink``, the interpreter of an environment that has
Splink and pyspark, also ``normalised.parquet``). Prints one JSON line a program, and stops where a
row of ours differs between the engines. Ours are whole commands, from Parquet in to clusters out,
with all processes that they start; what Splink's line says is in ``peer_splink.py``.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.link.measured import measured
from benchmarks.synthetic.evaluate import evaluate
from martyrolog import __version__

PEER = Path(__file__).with_name("peer_splink.py")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.link.spark", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--splink", type=Path, metavar="PYTHON")
    asked = parser.parse_args()
    spark = ["--engine", "spark", "--master", asked.master]
    with tempfile.TemporaryDirectory() as work:
        for name, more in (("here", []), ("spark", spark)):
            print(json.dumps(_ours(asked.folder, Path(work) / name, more)), flush=True)
        for table in ("cluster", "match"):
            here, there = (pq.read_table(Path(work) / engine / f"{table}.parquet")
                           for engine in ("here", "spark"))  # fmt: skip
            assert there.equals(here), f"{table}: rows differ"
            print(f"{table}: the same {here.num_rows:,} rows", file=sys.stderr)
    if asked.splink:
        peer = [asked.splink, PEER, asked.folder, "--master", asked.master]
        subprocess.run([str(part) for part in peer], check=True)


def _ours(folder: Path, out: Path, more: list[str]) -> Mapping[str, Any]:
    command = [sys.executable, "-m", "martyrolog", "link", str(folder / "records.parquet")]
    wall, processor, _ = measured([*command, "--out", str(out), *more])
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    found = evaluate(out / "cluster.parquet", folder / "truth.parquet")
    return {"program": f"martyrolog {__version__}", "engine": " ".join(more) or "here",
            "folder": folder.name, **run["rows"], "seconds": round(wall, 1),
            "cpu_seconds": round(processor, 1), "f1": round(found.f1, 4),
            "steps": run["seconds"]}  # fmt: skip


if __name__ == "__main__":
    main()
