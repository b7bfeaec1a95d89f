"""Agreement of files of clusters and of the truth."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.synthetic.evaluate import evaluate
from martyrolog.link.metrics import Agreement


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
