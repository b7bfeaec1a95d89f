import json
from pathlib import Path

import pytest

from martyrolog.errors import ArchiveError, StorageError
from martyrolog.progress import SILENT
from martyrolog.provenance import append_log, hash_file
from martyrolog.publish import STAGE
from tests.unit.publish.build import archive_at, shuffled, three_persons


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}  # fmt: skip


def test_the_bytes_depend_neither_on_row_order_nor_on_the_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = archive_at(tmp_path / "one"), archive_at(tmp_path / "other")
    STAGE.run(one, three_persons(), SILENT)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})
    STAGE.run(other, shuffled(three_persons()), SILENT)
    assert content(one.releases) == content(other.releases)


def test_the_manifest_holds_the_hash_of_every_file(tmp_path: Path) -> None:
    archive = archive_at(tmp_path)
    said = STAGE.run(archive, three_persons(), SILENT)["release"].to_pylist()[0]
    folder = archive.releases / said["release_id"]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = {str(p.relative_to(folder)): hash_file(p) for p in folder.rglob("*") if p.is_file()}
    del files["manifest.json"]
    assert manifest["files"] == files
    assert manifest["release"] == said
    assert said["pages"] == sum(name.endswith(".html") for name in files)
    assert (archive.releases / "LATEST").read_text(encoding="utf-8").strip() == said["release_id"]
    assert said["release_id"].startswith("2026-09-21-")


def test_the_same_content_on_another_day_keeps_the_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_at(tmp_path)
    first = STAGE.run(archive, three_persons(), SILENT)["release"]
    before = {path: path.stat().st_mtime_ns for path in archive.releases.rglob("*")}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790500000")
    assert STAGE.run(archive, shuffled(three_persons()), SILENT)["release"] == first
    assert {path: path.stat().st_mtime_ns for path in archive.releases.rglob("*")} == before


def test_new_content_is_a_new_release_beside_the_old_one(tmp_path: Path) -> None:
    archive = archive_at(tmp_path)
    first = STAGE.run(archive, three_persons(), SILENT)["release"].to_pylist()[0]
    changed = three_persons(redirect=[{"person_id": "pold", "to_person_ids": ["paa1"]}])
    second = STAGE.run(archive, changed, SILENT)["release"].to_pylist()[0]
    assert first["release_id"] != second["release_id"]
    assert (archive.releases / first["release_id"] / "site" / "index.html").is_file()


def test_what_a_killed_run_left_is_removed_and_a_cut_down_release_written_anew(
    tmp_path: Path,
) -> None:
    archive = archive_at(tmp_path)
    left = archive.releases / ".unfinished-1" / "site"
    left.mkdir(parents=True)
    said = STAGE.run(archive, three_persons(), SILENT)["release"].to_pylist()[0]
    assert not left.parent.exists()
    whole = content(archive.releases)
    (archive.releases / said["release_id"] / "site" / "index.html").unlink()
    STAGE.run(archive, three_persons(), SILENT)
    assert content(archive.releases) == whole


def test_a_run_that_fails_leaves_the_old_release_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_at(tmp_path)
    STAGE.run(archive, three_persons(), SILENT)
    before = content(archive.releases)

    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("martyrolog.publish.workers._write", full_disk)
    changed = three_persons(redirect=[{"person_id": "pold", "to_person_ids": ["paa1"]}])
    with pytest.raises(StorageError, match="No space left on device"):
        STAGE.run(archive, changed, SILENT)
    assert content(archive.releases) == before


def test_a_redaction_without_a_field_is_refused(tmp_path: Path) -> None:
    archive = archive_at(tmp_path)
    append_log(archive.hand / "redactions.jsonl", [{"person_id": "paa1"}], author="A", reason="B")
    with pytest.raises(ArchiveError, match="line 1"):
        STAGE.run(archive, three_persons(), SILENT)


def test_a_former_identifier_keeps_a_page(tmp_path: Path) -> None:
    archive = archive_at(tmp_path)
    tables = three_persons(redirect=[
        {"person_id": "pold", "to_person_ids": ["paa1"]},
        {"person_id": "psplit", "to_person_ids": ["paa1", "pbb2"]},
        {"person_id": "pgone", "to_person_ids": []},
    ])  # fmt: skip
    said = STAGE.run(archive, tables, SILENT)["release"].to_pylist()[0]
    site = archive.releases / said["release_id"] / "site"
    pages = {name: (site / "p" / name[1:3] / name / "index.html").read_text(encoding="utf-8")
             for name in ("pold", "psplit", "pgone")}  # fmt: skip
    assert "p/aa/paa1/index.html" in pages["pold"]
    assert "p/aa/paa1/index.html" in pages["psplit"]
    assert "p/bb/pbb2/index.html" in pages["psplit"]
    assert '/index.html" lang="ru"' not in pages["pgone"]
