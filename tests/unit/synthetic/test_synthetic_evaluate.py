"""Agreement of clusters with the truth, against the definitions written out."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.synthetic.evaluate import Agreement, compare_clusterings, evaluate

clusterings = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=25)


@given(clusterings)
def test_counting_gives_what_the_definitions_give(labels: list[tuple[int, int]]) -> None:
    agreement = compare_clusterings(*np.array(labels).T)
    pairs = list(combinations(labels, 2))
    found = [one[0] == other[0] for one, other in pairs]
    true = [one[1] == other[1] for one, other in pairs]
    right = sum(both for both in map(all, zip(found, true, strict=True)))
    assert (agreement.pairs_found, agreement.pairs_true) == (sum(found), sum(true))
    assert agreement.pairs_right == right
    precisions, recalls = [], []
    for cluster, person in labels:
        same_cluster = [p for c, p in labels if c == cluster]
        same_person = [c for c, p in labels if p == person]
        precisions.append(same_cluster.count(person) / len(same_cluster))
        recalls.append(same_person.count(cluster) / len(same_person))
    assert agreement.bcubed_precision == pytest.approx(np.mean(precisions))
    assert agreement.bcubed_recall == pytest.approx(np.mean(recalls))


@given(clusterings)
def test_the_truth_agrees_with_itself(labels: list[tuple[int, int]]) -> None:
    true = np.array(labels)[:, 1]
    agreement = compare_clusterings(true + 7, true)
    assert (agreement.f1, agreement.bcubed_f1) == (1.0, 1.0)


# Amigó, Gonzalo, Artiles, Verdejo 2009 define B-cubed by item; here by hand for four items:
# clusters {a, b, c}, {d}; persons {a, b}, {c, d}.
def test_an_example_reckoned_by_hand() -> None:
    agreement = compare_clusterings(np.array([1, 1, 1, 2]), np.array([1, 1, 2, 2]))
    assert agreement.precision == pytest.approx(1 / 3)
    assert agreement.recall == pytest.approx(1 / 2)
    assert agreement.bcubed_precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert agreement.bcubed_recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)


def write(folder: Path, name: str, **columns: list[object]) -> Path:
    path = folder / name
    pq.write_table(pa.table(columns), path)
    return path


def evaluated(folder: Path, ids: list[object], clusters: list[object]) -> Agreement:
    truth = write(folder, "truth.parquet", record_id=["a", "b", "c"], true_person_id=[1, 1, 2])
    found = write(folder, "cluster.parquet", record_id=ids, cluster_id=clusters)
    return evaluate(found, truth)


def test_a_record_without_a_cluster_stands_alone(tmp_path: Path) -> None:
    agreement = evaluated(tmp_path, ["b"], ["x"])
    assert (agreement.clusters, agreement.recall) == (3, 0.0)


def test_records_are_matched_by_id_in_any_order(tmp_path: Path) -> None:
    assert evaluated(tmp_path, ["c", "b", "a"], ["y", "x", "x"]).f1 == 1.0


@pytest.mark.parametrize(("ids", "complaint"), [(["a", "a"], "twice"), (["a", "z"], "are not in")])
def test_clusters_that_do_not_fit_the_truth_are_refused(
    tmp_path: Path, ids: list[object], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        evaluated(tmp_path, ids, ["x", "x"])


def test_a_file_without_clusters_is_refused(tmp_path: Path) -> None:
    truth = write(tmp_path, "truth.parquet", record_id=["a"], true_person_id=[1])
    with pytest.raises(ValueError, match="no column cluster_id"):
        evaluate(truth, truth)


def test_clusterings_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="1 clustered records, 2"):
        compare_clusterings(np.array([1]), np.array([1, 2]))
