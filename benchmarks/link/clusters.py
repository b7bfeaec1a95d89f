"""Measure clustering: seconds by size, and what giant components cost.

    python -m benchmarks.link.clusters 250000 500000 1000000

Persons of one to six records, a third of them with a day of death, all links within a person, and
for every fiftieth record an accidental link to another; one giant chain of a fifth of the records,
on top of it. One JSON line a size. Measured on 23 November 2026, 2 cores shared with others, one
run each: ``clusters.jsonl``; memory is that of the whole process, with the records.
"""

import argparse
import json
import resource
import time

import numpy as np
import pyarrow as pa

from martyrolog.link.clustering import Links, cluster_records
from martyrolog.link.columns import Records, encode_records
from martyrolog.link.constraints import make_constraints


def main() -> None:
    """Run the sizes of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=int, nargs="+")
    for size in parser.parse_args().records:
        print(json.dumps(_measured(size)))


def _measured(size: int) -> dict[str, object]:
    rng = np.random.default_rng(1)
    person = np.repeat(np.arange(size), rng.integers(1, 7, size))[:size]
    records, links = _records(person, rng), _links(person, rng)
    constraints = make_constraints(records, [])
    began, cpu = time.perf_counter(), time.process_time()
    clusters = cluster_records(size, links, links, constraints)
    return {
        "records": size,
        "links": len(links.left),
        "clusters": len(np.unique(clusters.labels)),
        "largest": int(np.bincount(clusters.labels).max()),
        "seconds": round(time.perf_counter() - began, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _records(person: np.ndarray, rng: np.random.Generator) -> Records:
    day = (-11_900 + rng.integers(0, 700, person.max() + 1))[person].astype(np.int32)
    known = rng.random(len(person)) < 1 / 3
    died = pa.array(day, pa.int32(), mask=~known).cast(pa.date32())
    return encode_records(
        pa.table(
            {
                "record_id": np.arange(len(person)),
                "death_date_earliest": died,
                "death_date_latest": died,
            }
        )
    )


def _links(person: np.ndarray, rng: np.random.Generator) -> Links:
    count = len(person)
    left, right = [], []
    for gap in range(1, 6):
        same = np.flatnonzero(person[:-gap] == person[gap:])
        left.append(same)
        right.append(same + gap)
    accident = rng.integers(0, count - 1, count // 50)
    other = accident + rng.integers(1, count - accident)
    chain = np.arange(count // 5 - 1)
    one = np.concatenate([*left, accident, chain])
    two = np.concatenate([*right, other, chain + 1])
    packed = np.unique(one * count + two)
    left_, right_ = np.divmod(packed, count)
    weight = np.where(person[left_] == person[right_], rng.uniform(8, 30, len(packed)),
                      rng.uniform(4.3, 9, len(packed)))  # fmt: skip
    return Links(
        left_.astype(np.int32), right_.astype(np.int32), np.round(weight, 6).astype(np.float64)
    )


if __name__ == "__main__":
    main()
