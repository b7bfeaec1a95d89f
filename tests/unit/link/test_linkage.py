"""The whole road, on invented lists."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pytest

from benchmarks.link.lists import make_lists
from martyrolog.link.columns import Records
from martyrolog.link.link_tables import link_into_tables
from martyrolog.link.linkage import Judgements, Linkage, link_records
from martyrolog.link.metrics import compare_clusterings
from martyrolog.link.weighing import SAMPLE, sample_pairs
from martyrolog.progress import SILENT
from tests.unit.link.build import records_of


def _linked(persons: int, seed: int, noise: float) -> tuple[Linkage, list[int]]:
    table, truth = make_lists(persons, seed, noise=noise)
    person = dict(zip(table["record_id"].to_pylist(), truth, strict=True))
    linkage = link_records(
        records_of(table.to_pylist()), threshold=0.95, judgements=Judgements(), progress=SILENT
    )
    return linkage, [person[record] for record in linkage.records.ids.to_pylist()]


@pytest.mark.parametrize(
    ("seed", "noise", "precision", "recall"), [(5, 0.5, 0.99, 0.98), (6, 1.0, 0.99, 0.93)]
)
def test_clusters_are_persons(seed: int, noise: float, precision: float, recall: float) -> None:
    linkage, truth = _linked(2_000, seed, noise)
    found = compare_clusterings(linkage.clusters.labels, np.array(truth))
    assert found.precision > precision
    assert found.recall > recall


def test_probabilities_are_shares_of_true_pairs() -> None:
    linkage, truth = _linked(3_000, 8, 1.0)
    likely = linkage.probabilities > 0.5
    pairs = zip(linkage.pairs.left[likely], linkage.pairs.right[likely], strict=True)
    true = [truth[left] == truth[right] for left, right in pairs]
    # of about 3,000 pairs: a standard error of the share of .002
    assert sum(true) / len(true) == pytest.approx(linkage.probabilities[likely].mean(), abs=0.01)


def test_the_sample_holds_all_pairs_of_a_small_archive_and_no_record_with_itself() -> None:
    left, right = sample_pairs(5)
    assert sorted(zip(left.tolist(), right.tolist(), strict=True)) == [
        (one, other) for one in range(5) for other in range(one + 1, 5)
    ]
    left, right = sample_pairs(100_000)
    assert len(left) == SAMPLE
    assert (left < right).all()
    assert right.max() < 100_000


def test_streamed_and_compiled_linkage_gives_the_tables_of_the_plain_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table, _ = make_lists(700, 11)
    records = records_of(table.to_pylist(), frozenset({"list-1"}))
    judgements = Judgements(same=[(1, 2), (5, 90)], different=[(3, 8)])
    here, there = (_tables(records, judgements, monkeypatch, many) for many in (10**6, 100))
    for name in ("match", "cluster", "link_model"):
        assert there[name].equals(here[name]), name
    assert here["match"].num_rows > 500


def _tables(
    records: Records, judgements: Judgements, monkeypatch: pytest.MonkeyPatch, many: int
) -> Mapping[str, pa.Table]:
    monkeypatch.setattr("martyrolog.link.linkage.MANY", many)
    return link_into_tables(
        records, threshold=0.9, judgements=judgements, progress=SILENT, every_pair=True
    ).tables


def test_every_step_is_timed() -> None:
    linkage, _ = _linked(20, 1, 1.0)
    assert set(linkage.seconds) == {"encode", "block", "compare", "estimate", "weigh", "cluster"}
