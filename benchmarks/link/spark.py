"""``python -m benchmarks.link.spark RECORDS --master local[2]``: this machine and Spark, compared.

Links one file with both engines, says the seconds of each step and the processor seconds (of Spark:
driver and Java, without the Python workers), and stops where a row differs.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from martyrolog.link import link_file


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.link.spark", description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("--master", default="local[2]")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, master in (("here", None), ("spark", asked.master)):
            started, used = time.perf_counter(), sum(os.times()[:4])
            run = link_file(asked.records, Path(folder) / name, master=master)
            wall, processor = time.perf_counter() - started, sum(os.times()[:4]) - used
            if master is not None:
                processor += _java_seconds()
            print(f"{name}: {wall:.1f} s, {processor:.1f} processor seconds; {run['rows']}")
            print(f"  {run['seconds']}")
        for table in ("cluster", "match"):
            here, spark = (pq.read_table(Path(folder) / engine / f"{table}.parquet")
                           for engine in ("here", "spark"))  # fmt: skip
            assert spark.equals(here), f"{table}: rows differ"
            print(f"{table}: the same {here.num_rows:,} rows")


def _java_seconds() -> float:
    """Processor seconds of the Java process that pyspark started."""
    from pyspark import SparkContext

    process = SparkContext._gateway.proc.pid  # type: ignore[union-attr]
    ticks = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()
    return (int(ticks[13]) + int(ticks[14])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
