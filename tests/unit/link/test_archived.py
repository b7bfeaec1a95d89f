"""What a run left in an archive, read back."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from martyrolog.archive import Archive
from martyrolog.errors import LinkError, TableError
from martyrolog.link import draw_clusterings, explain_records, read_posterior
from martyrolog.provenance import append_log
from tests.unit.link.archive_of import linked_archive, record_id_of

BOOK = [
    {"surname": "Тухачевский", "given_name": "Михаил", "birth_date": "16.02.1893"},
    {"surname": "Якир", "given_name": "Иона", "birth_date": "15.08.1896"},
]  # fmt: skip
LIST = [
    {"surname": "Tukhachevsky", "given_name": "Mikhail", "birth_date": "1893"},
    {"surname": "Уборевич", "given_name": "Иероним", "birth_date": "1896"},
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return linked_archive(tmp_path_factory.mktemp("a") / "a", {"book": BOOK, "list": LIST})


def test_a_link_is_explained_with_the_weight_and_rules_of_the_run(archive: Archive) -> None:
    left, right = (record_id_of(archive, name) for name in ("Тухачевский", "Tukhachevsky"))
    found = explain_records(archive, left, right)
    match = pq.read_table(archive.build / "match.parquet").to_pylist()
    weights = {(row["record_id_left"], row["record_id_right"]): row["match_weight"]
               for row in match}  # fmt: skip
    pair = (found.explanation.record_id_left, found.explanation.record_id_right)
    assert found.explanation.weight == pytest.approx(weights[pair], abs=1e-5)
    assert found.one_cluster
    assert found.rules
    assert found.weakest == pytest.approx(weights[pair])


def test_two_that_were_not_compared_are_separate_and_no_rule_is_named(archive: Archive) -> None:
    left, right = (record_id_of(archive, name) for name in ("Тухачевский", "Уборевич"))
    found = explain_records(archive, left, right)
    assert not found.one_cluster
    assert found.rules == ()
    assert found.weakest is None


def test_clusterings_are_drawn_from_what_the_run_left_open(archive: Archive) -> None:
    ids, posterior = read_posterior(archive)
    pair = [ids.to_pylist().index(record_id_of(archive, name))
            for name in ("Тухачевский", "Tukhachevsky")]  # fmt: skip
    match = pq.read_table(archive.build / "match.parquet").to_pylist()
    likely = {frozenset((row["record_id_left"], row["record_id_right"])): row["match_probability"]
              for row in match}  # fmt: skip
    drawn = list(draw_clusterings(posterior, 2_000, np.random.default_rng(1)))
    share = np.mean([labels[pair[0]] == labels[pair[1]] for labels in drawn])
    expected = likely[frozenset(ids.to_pylist()[at] for at in pair)]
    assert share == pytest.approx(expected, abs=4 * np.sqrt(0.25 / 2_000))


@pytest.mark.parametrize("judged", ["same", "different"])
def test_what_people_judged_is_said(archive: Archive, judged: str) -> None:
    left, right = (record_id_of(archive, name) for name in ("Тухачевский", "Tukhachevsky"))
    entry = {"record_id_left": left, "record_id_right": right, "judgement": judged}
    append_log(archive.hand / "judgements.jsonl", [entry], author="A. Reader", reason="file seen")
    found = explain_records(archive, right, left)
    assert found.judgement == judged
    assert found.explanation.apart == (("judged_different",) if judged == "different" else ())


def test_an_unknown_record_and_an_archive_that_is_not_linked_are_refused(
    archive: Archive, tmp_path: Path
) -> None:
    with pytest.raises(LinkError, match="no record r1"):
        explain_records(archive, "r1", record_id_of(archive, "Якир"))
    with pytest.raises(TableError):
        explain_records(Archive(tmp_path, archive.settings), "r1", "r2")
