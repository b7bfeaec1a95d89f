"""The stage: an archive's lists into tables."""

from pathlib import Path

import pytest

from martyrolog.archive import Archive, init, open_archive
from martyrolog.errors import ArchiveError, ListError
from martyrolog.progress import SILENT
from martyrolog.read import STAGE
from martyrolog.tables import check_table

from .sources import TABLE, written

LISTS = """
[[list]]
id = "shot"
file = "lists/shot.csv"
title = { ru = "Расстрелянные" }
historical = { reason = "all were shot in 1937", author = "test", date = "2026-01-01" }

[[list]]
id = "trials"
file = "lists/trials.csv"
kind = "trial"
title = { en = "Trials" }
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = init(tmp_path / "archive")
    written(made.lists, "shot.csv", TABLE + "a;b;c;d;e;f\n", "cp1251")
    written(made.lists, "trials.csv", "trial_id,name_en\nTM8,Case of the military\n")
    return with_lists(made, LISTS)


def with_lists(archive: Archive, lists: str) -> Archive:
    settings = archive.path / "archive.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + lists, encoding="utf-8")
    return open_archive(archive.path)


def test_every_table_is_written_as_declared(archive: Archive) -> None:
    tables = STAGE.run(archive, {}, SILENT)
    assert set(tables) == set(STAGE.writes)
    for name, table in tables.items():
        check_table(name, table)
    assert (tables["record"].num_rows, tables["trial"].num_rows, tables["reject"].num_rows) == (
        2,
        1,
        1,
    )


def test_the_source_list_counts_its_rows(archive: Archive) -> None:
    shot, trials = STAGE.run(archive, {}, SILENT)["source_list"].to_pylist()
    assert (shot["rows_in"], shot["records"], shot["rejects"]) == (3, 2, 1)
    assert (shot["encoding"], shot["title_ru"]) == ("cp1251", "Расстрелянные")
    assert (shot["historical_author"], shot["historical_date"]) == ("test", "2026-01-01")
    assert trials["kind"] == "trial"


def test_the_stage_depends_on_lists_own_profiles_and_settings(archive: Archive) -> None:
    written(archive.profiles, "own.yaml", "title: own")
    settings = archive.path / "archive.toml"
    text = settings.read_text(encoding="utf-8").replace('id = "shot"', 'id = "shot"\nprofile="own"')
    settings.write_text(text, encoding="utf-8")
    changed = open_archive(archive.path)
    assert {path.name for path in STAGE.files(changed)} == {
        "own.yaml", "shot.csv", "trials.csv", "corrections.jsonl",
    }  # fmt: skip
    assert STAGE.settings(changed) != STAGE.settings(archive)


def test_a_key_that_another_list_has_taken_is_rejected(archive: Archive) -> None:
    written(archive.lists, "more.csv", "trial_id,name_en\nTM8,Again\n")
    more = '\n[[list]]\nid="more"\nfile="lists/more.csv"\nkind="trial"\ntitle={en="x"}\n'
    tables = STAGE.run(with_lists(archive, more), {}, SILENT)
    reasons = {row["reason"]: row["detail"] for row in tables["reject"].to_pylist()}
    assert reasons["read.duplicate_key"] == "TM8 (trials)"


def test_a_later_edition_names_what_it_replaces(archive: Archive) -> None:
    written(archive.lists, "new.csv", TABLE)
    more = '\n[[list]]\nid="new"\nfile="lists/new.csv"\nsupersedes="{}"\ntitle={{en="x"}}\n'
    records = STAGE.run(with_lists(archive, more.format("shot")), {}, SILENT)["record"].to_pylist()
    old = {row["record_id"] for row in records if row["list_id"] == "shot"}
    assert {row["supersedes"] for row in records if row["list_id"] == "new"} == old


def test_an_edition_of_nothing_is_one_clear_message(archive: Archive) -> None:
    written(archive.lists, "new.csv", TABLE)
    more = '\n[[list]]\nid="new"\nfile="lists/new.csv"\nsupersedes="no"\ntitle={en="x"}\n'
    with pytest.raises(ListError, match="supersedes 'no'"):
        STAGE.run(with_lists(archive, more), {}, SILENT)


def test_a_list_whose_file_is_missing_is_one_clear_message(archive: Archive) -> None:
    (archive.lists / "shot.csv").unlink()
    with pytest.raises(ArchiveError, match=r"shot\.csv"):
        STAGE.run(archive, {}, SILENT)


def test_a_link_out_of_the_archive_is_not_followed(archive: Archive, tmp_path: Path) -> None:
    (archive.lists / "shot.csv").unlink()
    (archive.lists / "shot.csv").symlink_to(written(tmp_path, "outside.csv", TABLE))
    with pytest.raises(ArchiveError, match="outside"):
        STAGE.run(archive, {}, SILENT)


def test_an_archive_without_lists_gives_empty_tables(tmp_path: Path) -> None:
    tables = STAGE.run(init(tmp_path / "empty"), {}, SILENT)
    assert {table.num_rows for table in tables.values()} == {0}
