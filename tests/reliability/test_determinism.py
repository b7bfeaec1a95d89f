"""Same input, same bytes: whatever the order of rows, the threads, the hash seed."""

import shutil
from pathlib import Path

import pytest

from martyrolog.tables import read_table
from tests.reliability.archives import build, fingerprint, make_archive

ROW_FREE = ("candidate_pair", "match", "cluster", "person", "person_record", "statement", "event",
            "relation", "possibly_same")  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_archive(tmp_path_factory.mktemp("built") / "a")
    build(folder)
    return folder


def test_two_builds_of_one_input_have_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again = make_archive(tmp_path / "a")
    build(again, OMP_NUM_THREADS="1", PYTHONHASHSEED="7")
    assert fingerprint(again) == fingerprint(built)


def test_reordered_rows_change_locators_only(built: Path, tmp_path: Path) -> None:
    shuffled = make_archive(tmp_path / "a", order=5)
    build(shuffled)
    one, other = fingerprint(built), fingerprint(shuffled)
    for name in ROW_FREE:
        assert one[f"build/{name}.parquet"] == other[f"build/{name}.parquet"], name
    records = [read_table(f / "build", "record").drop_columns(["row"]) for f in (built, shuffled)]
    assert records[0].equals(records[1])


def test_deleting_derived_tables_keeps_every_person_id(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "a"
    shutil.copytree(built, copy)
    shutil.rmtree(copy / "build")
    build(copy)
    assert fingerprint(copy) == fingerprint(built)


def test_a_build_with_nothing_changed_writes_nothing(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "a"
    shutil.copytree(built, copy)
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*.parquet")}
    build(copy)
    assert {path: path.stat().st_mtime_ns for path in copy.rglob("*.parquet")} == before
