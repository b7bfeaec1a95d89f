"""How well clusters agree with the truth: pairwise and B-cubed precision, recall, F1.

``python -m benchmarks.synthetic.evaluate CLUSTER.parquet TRUTH.parquet`` prints JSON. Both files
hold ``record_id``; the first ``cluster_id`` or ``cluster``, the second ``true_person_id``. A record
without a cluster counts as a cluster of its own. The measures are those of
``martyrolog.link.metrics``.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from martyrolog.link.metrics import Agreement, compare_clusterings

CLUSTER_COLUMNS = ("cluster_id", "cluster", "person_id")


def evaluate(clusters: Path, truth: Path) -> Agreement:
    """Agreement of a file of clusters with a file of the truth.

    Args:
        clusters: Parquet: ``record_id`` and ``cluster_id`` (or ``cluster``, ``person_id``).
        truth: Parquet: ``record_id`` and ``true_person_id``.

    Raises:
        ValueError: a column is missing, a record stands twice, or one is not in the truth.
    """
    known, of_truth = _identifiers(truth), _column(truth, ("true_person_id",))
    found, of_clusters = _identifiers(clusters), _column(clusters, CLUSTER_COLUMNS)
    position = pc.index_in(found, value_set=known)
    if position.null_count:
        raise ValueError(f"{clusters}: {position.null_count} records are not in {truth}")
    rows = position.to_numpy()
    if len(np.unique(rows)) != len(rows):
        raise ValueError(f"{clusters}: a record stands twice")
    cluster = np.arange(len(known)) + len(rows)  # alone, until a cluster is given
    cluster[rows] = _codes(of_clusters)
    return compare_clusterings(cluster, of_truth.to_numpy())


def _identifiers(path: Path) -> pa.Array:
    return _column(path, ("record_id",)).cast(pa.string()).combine_chunks()


def _codes(column: pa.ChunkedArray) -> NDArray[Any]:
    codes: NDArray[Any] = column.combine_chunks().dictionary_encode().indices.to_numpy()
    return codes


def _column(path: Path, names: tuple[str, ...]) -> pa.ChunkedArray:
    present = pq.read_schema(path).names
    for name in names:
        if name in present:
            return pq.read_table(path, columns=[name])[name]
    raise ValueError(f"{path}: no column {' or '.join(names)}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.synthetic.evaluate")
    parser.add_argument("clusters", type=Path, help="record_id and cluster_id, Parquet")
    parser.add_argument("truth", type=Path, help="record_id and true_person_id, Parquet")
    asked = parser.parse_args()
    try:
        print(json.dumps(asdict(evaluate(asked.clusters, asked.truth)), indent=2))
    except (FileNotFoundError, ValueError) as problem:
        parser.error(str(problem))


if __name__ == "__main__":
    main()
