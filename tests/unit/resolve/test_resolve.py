"""The stage as a whole: what outlives build/, what a killed run leaves, what is refused."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from martyrolog.errors import ArchiveError, StorageError
from martyrolog.progress import SILENT
from martyrolog.resolve import STAGE, judge
from tests.unit.resolve.world import World, match, record


def name(surname: str, **cells: Any) -> dict[str, Any]:
    return {"surname": surname, "given_name": "Николай", **cells}


@pytest.fixture
def world(tmp_path: Path) -> World:
    records = [record("a1", **name("Крыленко")), record("a2", **name("Антипов")),
               record("b1", "list-b", **name("Krylenko"))]  # fmt: skip
    return World(tmp_path, records, [["a1", "b1"]], [match("a1", "b1", 0.99)])


def test_deleting_build_keeps_every_id_and_every_table(world: World) -> None:
    before, log = world.build(), world.identity
    shutil.rmtree(world.path / "build")
    after = world.build()
    assert all(before[table].equals(after[table]) for table in STAGE.writes)
    assert world.identity == log


def test_another_list_changes_no_id(world: World) -> None:
    before = world.person_of()
    world.records = [*world.records, record("c1", "list-c"), record("A0", "list-c")]
    world.clusters = [["a1", "b1"], ["A0", "a2"]]
    after = world.person_of()
    assert {one: after[one] for one in before} == before
    assert after["A0"] == before["a2"]


def test_a_corrected_edition_keeps_ids_and_judgements(world: World) -> None:
    before = world.person_of()
    judge(world.archive, "a1", "a2", "same", author="A", reason="b")
    together = world.person_of()["a2"]
    corrected = record("a3", supersedes="a2", **name("Антипов", birth_date="1894"))
    world.records = [corrected, *(row for row in world.records if row["record_id"] != "a2")]
    after = world.person_of()
    assert after == {"a1": together, "a3": together, "b1": together}
    assert together in before.values()


def test_a_judgement_holds_though_the_clusters_were_made_before_it(world: World) -> None:
    before = world.person_of()
    judge(world.archive, "a1", "b1", "different", author="A", reason="b")
    after = world.person_of()
    assert after["a1"] != after["b1"]
    assert world.rows("redirect") == [
        {"person_id": before["a1"], "to_person_ids": sorted((after["a1"], after["b1"]))}
    ]


def test_a_log_that_cannot_be_written_stops_the_build_before_any_table(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("martyrolog.provenance.os.fsync", full)
    with pytest.raises(StorageError):
        world.build()
    assert world.identity == ""


def test_a_damaged_log_is_refused_and_stays_as_it_is(world: World) -> None:
    world.build()
    path = world.path / "hand" / "identity.jsonl"
    path.write_text(path.read_text()[:-20])
    damaged = world.identity
    with pytest.raises(ArchiveError):
        world.build()
    assert world.identity == damaged


def test_the_log_names_no_person(world: World) -> None:
    world.build()
    assert "found" in world.identity
    assert "Крыленко" not in world.identity
    assert "Krylenko" not in world.identity


def test_an_archive_without_a_record_has_every_table_empty(tmp_path: Path) -> None:
    world = World(tmp_path, [])
    assert {table: rows.num_rows for table, rows in world.build().items()} == dict.fromkeys(
        STAGE.writes, 0
    )
    assert world.identity == ""


def test_a_record_that_linking_forgot_is_a_person_of_its_own(world: World) -> None:
    tables = world.tables
    tables["cluster"] = tables["cluster"].slice(0, 0)
    persons = STAGE.run(world.archive, tables, SILENT)["person"]
    assert persons.num_rows == len(world.records)


def test_the_stage_depends_on_the_logs_it_follows(world: World) -> None:
    files = {path.name for path in STAGE.files(world.archive)}
    assert files == {"identity.jsonl", "judgements.jsonl", "corrections.jsonl"}
