"""How good the links are, from files."""

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from martyrolog.errors import LinkError
from martyrolog.link.evaluate import Evaluation, OnPairs, OnPersons
from martyrolog.link.evaluating import FromSample, evaluate, sample_pairs_to_judge
from martyrolog.link.expected import Expected
from martyrolog.link.sample_file import strata_file

CLUSTERS = {"a1": "a", "a2": "a", "a3": "a3", "b1": "b", "c1": "b", "=d": "d"}
MATCH = [("a1", "a2", 0.99), ("a2", "a3", 0.4), ("b1", "c1", 0.96), ("a1", "b1", 0.01)]
TRUTH = {"a1": "A", "a2": "A", "a3": "A", "b1": "B", "c1": "C", "x": "X"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    weights = [float(np.log2(0.96 / 0.04)) if c in "ab" else None for c in CLUSTERS.values()]
    pq.write_table(pa.table({"record_id": list(CLUSTERS), "cluster_id": list(CLUSTERS.values()),
                             "weakest_weight": weights}), tmp_path / "cluster.parquet")  # fmt: skip
    left, right, probability = zip(*MATCH, strict=True)
    pq.write_table(
        pa.table(
            {"record_id_left": left, "record_id_right": right, "match_probability": probability}
        ),
        tmp_path / "match.parquet",
    )
    return tmp_path


def _csv(path: Path, header: str, rows: list[str]) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def _persons(folder: Path) -> Path:
    rows = [f"{record},{person},{record[0]}" for record, person in TRUTH.items()]
    return _csv(folder / "truth.csv", "record_id,person_id,letter", rows)


def test_clusters_are_compared_with_persons(folder: Path) -> None:
    found = evaluate(folder, truth=_persons(folder))
    assert isinstance(found, Evaluation)
    whole = found.results[0]
    assert isinstance(whole, OnPersons)
    assert (whole.agreement.precision, whole.agreement.recall) == (1 / 2, 1 / 3)
    assert (whole.agreement.persons_split, whole.agreement.clusters_merged) == (1, 1)
    assert (found.without_truth, found.not_linked) == (1, 1)
    low, high = whole.intervals["recall"]
    assert low <= 1 / 3 <= high


def test_strata_come_from_the_truth_or_from_the_records(folder: Path) -> None:
    by_letter = evaluate(folder, truth=_persons(folder), by="letter")
    assert isinstance(by_letter, Evaluation)
    assert [result.stratum for result in by_letter.results] == ["", "a", "b", "c"]
    record = pa.table(
        {"record_id": list(CLUSTERS), "list_id": ["one", "two", None, "one", "two", ""]}
    )
    by_list = evaluate(folder, truth=_persons(folder), by="list_id", record=record)
    assert isinstance(by_list, Evaluation)
    assert [result.stratum for result in by_list.results] == ["", "-", "one", "two"]
    with pytest.raises(LinkError, match="no column 'colour'"):
        evaluate(folder, truth=_persons(folder), by="colour", record=record)


PAIRS = ["a1,a2,same,x", "a2,a3,1,x", "b1,c1,different,y", "a1,b1,0,y", "a1,c1,unsure,y",
         "a1,gone,same,y", "a3,b1,,y"]  # fmt: skip


def test_clusters_are_compared_with_judged_pairs(folder: Path) -> None:
    judged = _csv(folder / "p.csv", "record_id_left,record_id_right,judgement,kind", PAIRS)
    found = evaluate(folder, truth=judged, by="kind")
    assert isinstance(found, Evaluation)
    whole, x, y = found.results
    assert isinstance(whole, OnPairs)
    assert (whole.right, whole.wrong, whole.missed, whole.judged) == (1, 1, 1, 4)
    assert (whole.precision, whole.recall, whole.f1) == (0.5, 0.5, 0.5)
    assert (x.stratum, y.stratum) == ("x", "y")
    assert (found.undecided, found.not_linked) == (2, 1)


def test_an_interval_holds_its_estimate_where_nothing_or_all_was_right(folder: Path) -> None:
    rows = ["a1,a2,same", "a1,a3,different"]
    judged = _csv(folder / "p.csv", "record_id_left,record_id_right,judgement", rows)
    found = evaluate(folder, truth=judged)
    assert isinstance(found, Evaluation)
    (whole,) = found.results
    for name in ("precision", "recall", "f1"):
        low, high = whole.intervals[name]
        assert low <= getattr(whole, name) <= high


def test_without_a_truth_the_probabilities_are_counted(folder: Path) -> None:
    found = evaluate(folder)
    assert isinstance(found, Expected)
    assert found.pairs_found == 2
    assert found.pairs_right == pytest.approx(0.99 + 0.96)
    assert found.pairs_missed == pytest.approx(0.4 + 0.01)
    assert found.precision == pytest.approx(1.95 / 2)
    assert found.recall == pytest.approx(1.95 / 2.36, abs=1e-3)


def test_a_pair_of_a_cluster_that_was_never_compared_counts_as_its_weakest_link(
    folder: Path,
) -> None:
    pq.write_table(pq.read_table(folder / "match.parquet").slice(1), folder / "match.parquet")
    found = evaluate(folder)
    assert isinstance(found, Expected)
    assert found.pairs_uncompared == 1
    assert found.pairs_right == pytest.approx(0.96 + 0.96)
    compared = [("a1", "a2"), *((left, right) for left, right, _ in MATCH[1:])]
    left, right = zip(*compared, strict=True)
    pq.write_table(pa.table({"record_id_left": left, "record_id_right": right}),
                   folder / "candidate_pair.parquet")  # fmt: skip
    assert evaluate(folder).pairs_right == pytest.approx(0.96)  # type: ignore[union-attr]


def _judge(path: Path, said: dict[frozenset[str], str]) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["judgement"] = said.get(frozenset((row["record_id_left"], row["record_id_right"])), "")
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, rows[0])
        out.writeheader()
        out.writerows(rows)


def test_a_sample_is_written_judged_and_read_back(folder: Path) -> None:
    record = pa.table({"record_id": list(CLUSTERS), "surname": ["Якир", "=1+1", "", "б", "в", "г"]})
    out = folder / "pairs.csv"
    written = sample_pairs_to_judge(folder, 10, out, record=record)
    text = out.read_text(encoding="utf-8")
    assert written.pairs == len(MATCH) == len(text.splitlines()) - 1
    assert "'=1+1" in text
    assert "probability" not in text
    with pytest.raises(LinkError, match="None of the pairs"):
        evaluate(folder, truth=out)
    with pytest.raises(LinkError, match="Leave --by out"):
        evaluate(folder, truth=out, by="surname")
    _judge(
        out,
        {
            frozenset(("a1", "a2")): "same",
            frozenset(("b1", "c1")): "different",
            frozenset(("a2", "a3")): "same",
            frozenset(("a1", "b1")): "different",
        },
    )
    found = evaluate(folder, truth=out)
    assert isinstance(found, FromSample)
    assert not found.other_clusters
    # every pair is judged: nothing is left to estimate
    assert (found.estimate.precision, found.estimate.recall) == (0.5, 0.5)
    assert found.estimate.intervals["precision"] == (0.5, 0.5)


def test_a_sample_without_its_strata_or_of_other_links_is_told(folder: Path) -> None:
    out = folder / "pairs.csv"
    sample_pairs_to_judge(folder, 10, out)
    _judge(out, {frozenset(("a1", "a2")): "same"})
    clusters = pq.read_table(folder / "cluster.parquet")
    pq.write_table(clusters.slice(0, 6), folder / "cluster.parquet", compression="none")
    found = evaluate(folder, truth=out)
    assert isinstance(found, FromSample)
    assert found.other_clusters
    strata_file(out).unlink()
    with pytest.raises(LinkError, match="strata"):
        evaluate(folder, truth=out)


@pytest.mark.parametrize(
    ("header", "rows", "complaint"),
    [
        ("name,person_id", ["a,1"], "is no truth"),
        ("record_id,person_id", ["a1,1", "a1,2"], "more than once"),
        ("record_id,person_id", ["q,1"], "another archive"),
        ("record_id_left,record_id_right,judgement", ["a1,a2,same", "a1,a3,perhaps"], "row 2"),
        ("record_id_left,record_id_right,judgement", ["a1,a2,same", "a2,a1,different"], "both"),
    ],
)
def test_a_truth_that_cannot_be_used_is_refused(
    folder: Path, header: str, rows: list[str], complaint: str
) -> None:
    with pytest.raises(LinkError, match=complaint):
        evaluate(folder, truth=_csv(folder / "t.csv", header, rows))


def test_a_folder_without_links_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="martyrolog link"):
        evaluate(tmp_path / "nowhere")
