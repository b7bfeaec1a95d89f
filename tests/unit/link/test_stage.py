"""The stage in an archive."""

from pathlib import Path

import pyarrow as pa
import pytest

from martyrolog.archive import Archive, init
from martyrolog.errors import LinkError
from martyrolog.link import STAGE
from martyrolog.progress import SILENT
from martyrolog.provenance import append_log
from martyrolog.tables import check_table, make_table

NAMES = [("a", "Тухачевский", "Михаил"), ("b", "Tukhachevsky", "Mikhail"), ("c", "Якир", "Иона")]


def _records(supersedes: dict[str, str] | None = None, ids: str = "abc") -> pa.Table:
    rows: list[dict[str, object]] = [
        {"record_id": record, "list_id": "list", "occurrence": 1, "surname": surname,
         "given_name": given,
         "unverified": [], "verbatim": surname, "verbatim_kind": "text", "file": "f", "row": at,
         "supersedes": (supersedes or {}).get(record)}
        for at, (record, surname, given) in enumerate(NAMES, 1) if record in ids
    ]  # fmt: skip
    return make_table("record", rows)


def _lists(*, duplicate_free: bool = False) -> pa.Table:
    return make_table("source_list", [
        {"list_id": "list", "kind": "person", "duplicate_free": duplicate_free,
         "fit_for_estimation": False, "rows_in": 3, "records": 3, "rejects": 0}
    ])  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return init(tmp_path / "archive")


def _run(archive: Archive, records: pa.Table, lists: pa.Table | None = None) -> dict[str, str]:
    tables = {"record": records, "source_list": lists or _lists()}
    made = STAGE.run(archive, tables, SILENT)
    assert set(made) == set(STAGE.writes)
    for name, table in made.items():
        check_table(name, table)
    cluster = made["cluster"]
    return dict(
        zip(cluster["record_id"].to_pylist(), cluster["cluster_id"].to_pylist(), strict=True)
    )


def _judge(archive: Archive, left: str, right: str, judgement: str) -> None:
    entry = {"record_id_left": left, "record_id_right": right, "judgement": judgement}
    append_log(archive.hand / "judgements.jsonl", [entry], author="A. Reader", reason="file seen")


def test_every_record_lands_in_exactly_one_cluster(archive: Archive) -> None:
    assert _run(archive, _records()) == {"a": "a", "b": "a", "c": "c"}


def test_tables_are_written_even_when_there_is_no_record(archive: Archive) -> None:
    assert _run(archive, _records(ids="")) == {}


def test_a_duplicate_free_list_is_believed(archive: Archive) -> None:
    assert _run(archive, _records(), _lists(duplicate_free=True))["b"] == "b"


def test_the_last_judgement_of_a_pair_counts(archive: Archive) -> None:
    _judge(archive, "b", "a", "different")
    assert _run(archive, _records())["b"] == "b"
    _judge(archive, "a", "c", "same")
    assert _run(archive, _records()) == {"a": "a", "b": "b", "c": "a"}
    _judge(archive, "a", "b", "unsure")
    _judge(archive, "c", "a", "unsure")
    assert _run(archive, _records()) == {"a": "a", "b": "a", "c": "c"}


def test_a_new_edition_inherits_judgements_and_stays_with_the_old_one(archive: Archive) -> None:
    _judge(archive, "x", "b", "different")
    assert _run(archive, _records({"a": "x"}))["b"] == "b"
    assert _run(archive, _records({"c": "a"})) == {"a": "a", "b": "a", "c": "a"}


def test_a_judgement_about_a_record_that_is_gone_does_no_harm(archive: Archive) -> None:
    _judge(archive, "a", "gone", "same")
    assert _run(archive, _records())["b"] == "a"


def test_a_word_that_is_no_judgement_is_refused_with_its_line(archive: Archive) -> None:
    _judge(archive, "a", "b", "maybe")
    with pytest.raises(LinkError, match="line 1: 'maybe'"):
        _run(archive, _records())


def test_the_stage_depends_on_judgements_and_settings(archive: Archive) -> None:
    assert STAGE.files(archive) == [archive.hand / "judgements.jsonl"]
    assert STAGE.settings(archive)["threshold"] == archive.settings.link.threshold  # type: ignore[index]
