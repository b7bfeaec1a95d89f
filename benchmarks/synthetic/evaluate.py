"""How well clusters agree with the truth: pairwise and B-cubed precision, recall, F1.

``python -m benchmarks.synthetic.evaluate CLUSTER.parquet TRUTH.parquet`` prints JSON. Both files
hold ``record_id``; the first ``cluster_id`` or ``cluster``, the second ``true_person_id``. A record
without a cluster counts as a cluster of its own. Nothing is enumerated: all figures follow from the
sizes of clusters, of persons, and of their intersections, so ten million records take seconds.

Pairwise: over pairs of records. B-cubed (Bagga, Baldwin 1998): per record, the share of its cluster
that is the same person, and the share of its person that is in the same cluster, averaged over
records.
"""

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

CLUSTER_COLUMNS = ("cluster_id", "cluster", "person_id")


@dataclass(frozen=True)
class Agreement:
    """Agreement of clusters with the truth; shares in [0, 1].

    A precision without pairs found, or a recall without pairs to find, is 1: nothing is wrong.

    Attributes:
        records: Number of records.
        clusters: Number of clusters.
        persons: Number of true persons.
        pairs_found: Pairs of records within clusters.
        pairs_true: Pairs of records of one person.
        pairs_right: Pairs that are both.
        precision: Pairwise.
        recall: Pairwise.
        f1: Pairwise.
        bcubed_precision: B-cubed.
        bcubed_recall: B-cubed.
        bcubed_f1: B-cubed.
    """

    records: int
    clusters: int
    persons: int
    pairs_found: int
    pairs_true: int
    pairs_right: int
    precision: float
    recall: float
    f1: float
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float


def compare_clusterings(found: NDArray[Any], true: NDArray[Any]) -> Agreement:
    """Agreement of two clusterings of the same records.

    Args:
        found: Cluster of each record; numbers or texts.
        true: Person of each record.

    Raises:
        ValueError: the arrays differ in length.
    """
    if len(found) != len(true):
        raise ValueError(f"{len(found)} clustered records, {len(true)} true ones")
    found, found_sizes = _coded(found)
    true, true_sizes = _coded(true)
    both, sizes = _coded(found * len(true_sizes) + true)
    first = np.empty(len(sizes), np.int64)
    first[both] = np.arange(len(both))  # any record of each intersection: all share both codes
    cluster, person = found[first], true[first]
    pairs = [int((counts.astype(np.int64) * (counts - 1) // 2).sum())
             for counts in (found_sizes, true_sizes, sizes)]  # fmt: skip
    precision, recall = _share(pairs[2], pairs[0]), _share(pairs[2], pairs[1])
    squares = sizes.astype(float) ** 2
    bcubed_precision = _share(float((squares / found_sizes[cluster]).sum()), len(true))
    bcubed_recall = _share(float((squares / true_sizes[person]).sum()), len(true))
    return Agreement(
        len(true), len(found_sizes), len(true_sizes), pairs[0], pairs[1], pairs[2],
        precision, recall, _harmonic(precision, recall),
        bcubed_precision, bcubed_recall, _harmonic(bcubed_precision, bcubed_recall),
    )  # fmt: skip


def _coded(values: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A code for each value, and how often each code stands; hashed, not sorted."""
    codes = pa.array(values).dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes, np.bincount(codes)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


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
