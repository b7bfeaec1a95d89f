"""Adding a list or changing rows gives what a full run gives, keeps ids and judgements."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from martyrolog import pipeline
from martyrolog.archive import Archive, SourceList, append_list, open_archive
from martyrolog.link import STAGE as LINK
from martyrolog.provenance import append_log
from martyrolog.read import STAGE as READ
from martyrolog.resolve import STAGE as RESOLVE
from tests.unit.link.archive_of import Row, linked_archive, record_id_of

TABLES = (
    "candidate_pair",
    "match",
    "cluster",
    "link_model",
    "link_rule",
    "person",
    "person_record",
)

BOOK = [
    {"surname": "Тухачевский", "given_name": "Михаил", "birth_date": "16.02.1893"},
    {"surname": "Якир", "given_name": "Иона", "birth_date": "15.08.1896"},
    {"surname": "Уборевич", "given_name": "Иероним", "birth_date": "14.01.1896"},
]
CARDS = [
    {"surname": "Tukhachevsky", "given_name": "Mikhail", "birth_date": "1893"},
    {"surname": "Yakir", "given_name": "Iona", "birth_date": "1896"},
]
TRIAL = [
    {"surname": "Уборевич", "given_name": "И.", "birth_date": "1896"},
    {"surname": "Корк", "given_name": "Август", "birth_date": "1887"},
]


def _add(archive: Archive, list_id: str, rows: Sequence[Row]) -> Archive:
    columns = list(rows[0])
    lines = [",".join(columns), *(",".join(row[name] for name in columns) for row in rows)]
    (archive.lists / f"{list_id}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if list_id in archive.source_lists:
        return archive
    source = SourceList(id=list_id, file=f"lists/{list_id}.csv", title={"en": list_id})
    return append_list(archive, source)


def _build(archive: Archive) -> None:
    for stage in (READ, LINK, RESOLVE):
        pipeline.run_stage(archive, stage, resume=True)


def _bytes(archive: Archive) -> Mapping[str, bytes]:
    return {name: (archive.build / f"{name}.parquet").read_bytes() for name in TABLES}


def _rebuilt(archive: Archive, path: Path) -> Archive:
    """A copy of what people keep, built from nothing."""
    shutil.copytree(archive.path, path, ignore=shutil.ignore_patterns("build"))
    (path / "build").mkdir()
    again = open_archive(path)
    _build(again)
    return again


def _persons(archive: Archive) -> dict[str, str]:
    rows = pq.read_table(archive.build / "person_record.parquet").to_pylist()
    return {row["record_id"]: row["person_id"] for row in rows}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = linked_archive(tmp_path / "a", {"book": BOOK, "cards": CARDS})
    _build(made)
    return made


def test_after_adding_a_list_every_table_is_that_of_a_full_run(
    archive: Archive, tmp_path: Path
) -> None:
    before = _bytes(archive)
    grown = _add(archive, "trial", TRIAL)
    _build(grown)
    assert _bytes(grown) != before
    assert _bytes(grown) == _bytes(_rebuilt(grown, tmp_path / "b"))


def test_after_changing_a_row_every_table_is_that_of_a_full_run(
    archive: Archive, tmp_path: Path
) -> None:
    _add(archive, "cards", [CARDS[0], {**CARDS[1], "birth_date": "15.08.1896"}])
    _build(archive)
    assert _bytes(archive) == _bytes(_rebuilt(archive, tmp_path / "b"))


def test_going_back_gives_the_links_of_before(archive: Archive) -> None:
    names = TABLES[:4]
    before = {name: _bytes(archive)[name] for name in names}
    _add(archive, "cards", [CARDS[0]])
    _build(archive)
    assert {name: _bytes(archive)[name] for name in names} != before
    _add(archive, "cards", CARDS)
    _build(archive)
    assert {name: _bytes(archive)[name] for name in names} == before


def test_persons_keep_their_ids_when_a_list_is_added(archive: Archive) -> None:
    before = _persons(archive)
    grown = _add(archive, "trial", TRIAL)
    _build(grown)
    after = _persons(grown)
    assert {record: after[record] for record in before} == before
    assert len(after) == len(before) + len(TRIAL)


@pytest.mark.parametrize(
    ("judged", "pair"), [("different", ("Якир", "Yakir")), ("same", ("Якир", "Tukhachevsky"))]
)
def test_no_later_list_undoes_a_judgement(
    archive: Archive, judged: str, pair: tuple[str, str]
) -> None:
    left, right = (record_id_of(archive, name) for name in pair)
    entry = {"record_id_left": left, "record_id_right": right, "judgement": judged}
    append_log(archive.hand / "judgements.jsonl", [entry], author="A. Reader", reason="file seen")
    _build(archive)
    grown = _add(archive, "trial", [*TRIAL, *BOOK[1:2]])
    _build(grown)
    persons = _persons(grown)
    assert (persons[left] == persons[right]) == (judged == "same")


def test_what_has_not_changed_is_not_linked_again(archive: Archive) -> None:
    again = pipeline.run_stage(archive, LINK, resume=True)
    assert not again.ran
