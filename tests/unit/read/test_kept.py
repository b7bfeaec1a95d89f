"""What has not changed is not read again, and nobody can tell the difference."""

from pathlib import Path

import pytest

from martyrolog.archive import Archive, open_archive
from martyrolog.pipeline import StageRun, read, run_stage
from martyrolog.provenance import hash_file
from martyrolog.read import STAGE, kept
from martyrolog.read.part import ListFile, Part, Reading, Taken, read_part

SETTINGS = '[archive]\nid = "a"\ntitle = {en = "A"}\n'
LIST = '[[list]]\nid = "%s"\nfile = "lists/%s/*"\ntitle = {en = "L"}\n'
ROWS = "surname,given_name,birth_date\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, files in {"one": ("a", "b", "c"), "two": ("d",)}.items():
        (tmp_path / "lists" / name).mkdir(parents=True)
        for file in files:
            rows = f"{ROWS}Якир,Иона,1896\nКорк,Август,18{ord(file)}\n"
            (tmp_path / "lists" / name / f"{file}.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "lists" / "trials.csv").write_text("trial_id,name_en\nt1,One\n", encoding="utf-8")
    trials = (
        '[[list]]\nid = "trials"\nfile = "lists/trials.csv"\nkind = "trial"\ntitle = {en="T"}\n'
    )
    settings = SETTINGS + LIST % ("one", "one") + LIST % ("two", "two") + trials
    (tmp_path / "archive.toml").write_text(settings, encoding="utf-8")
    return tmp_path


@pytest.fixture
def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were read, as they are read."""
    seen: list[str] = []

    def noting(files: list[ListFile], how: Reading, taken: Taken) -> Part:
        seen.extend(each.name for each in files)
        return read_part(files, how, taken)

    monkeypatch.setattr(kept, "read_part", noting)
    return seen


def said(run: StageRun) -> tuple[object, object]:
    counts = run.said["read.lists_read"]
    return counts["read"], counts["kept"]


def tables(archive: Archive) -> dict[str, str]:
    return {path.name: hash_file(path) for path in sorted(archive.build.glob("*.parquet"))}


def cache_of(folder: Path, list_id: str) -> Path:
    return folder / "build" / "cache" / "read" / list_id


def from_scratch(folder: Path) -> dict[str, str]:
    """The tables of a run without anything kept."""
    for path in cache_of(folder, "").iterdir():
        path.unlink()
    read(open_archive(folder))
    return tables(open_archive(folder))


def test_nothing_changed_nothing_read(folder: Path, files_read: list[str]) -> None:
    assert said(read(open_archive(folder))) == (3, 0)
    assert len(files_read) == 5
    before = tables(open_archive(folder))
    assert said(read(open_archive(folder))) == (0, 3)
    assert len(files_read) == 5
    assert tables(open_archive(folder)) == before


CHANGES = {
    "a row": ("lists/one/b.csv", ["one/b.csv"]),
    "a row of the only file": ("lists/two/d.csv", ["two/d.csv"]),
    "a row that another list has": ("lists/one/c.csv", ["one/c.csv"]),
    "a trial": ("lists/trials.csv", ["trials.csv"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_one_changed_row_reads_one_file_and_gives_what_a_fresh_run_gives(
    folder: Path, files_read: list[str], change: str
) -> None:
    file, expected = CHANGES[change]
    read(open_archive(folder))
    before = tables(open_archive(folder))
    files_read.clear()
    path = folder / file
    added = "t2,Two\n" if change == "a trial" else "Якир,Иона,1896\n"
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert said(read(open_archive(folder))) == (1, 2)
    assert files_read == expected
    after = tables(open_archive(folder))
    assert after != before
    assert from_scratch(folder) == after


@pytest.mark.parametrize("change", ["removed", "added", "renamed"])
def test_files_that_come_go_or_move_give_what_a_fresh_run_gives(folder: Path, change: str) -> None:
    read(open_archive(folder))
    path = folder / "lists" / "one" / "a.csv"
    if change == "added":
        path.with_name("0.csv").write_bytes(path.read_bytes())
    elif change == "renamed":
        path.rename(path.with_name("z.csv"))
    else:
        path.unlink()
    read(open_archive(folder))
    after = tables(open_archive(folder))
    assert from_scratch(folder) == after


def test_a_changed_setting_or_profile_reads_its_list(folder: Path) -> None:
    read(open_archive(folder))
    settings = (folder / "archive.toml").read_text(encoding="utf-8")
    settings = settings.replace('id = "two"', 'profile = "own"\nid = "two"')
    (folder / "profiles").mkdir()
    (folder / "profiles" / "base.yaml").write_text("matched: true", encoding="utf-8")
    (folder / "profiles" / "own.yaml").write_text("extends: base", encoding="utf-8")
    (folder / "archive.toml").write_text(settings, encoding="utf-8")
    assert said(read(open_archive(folder))) == (1, 2)
    constant = "matched: true\nconstants: {nationality: армянин}"
    (folder / "profiles" / "base.yaml").write_text(constant, encoding="utf-8")
    assert said(read(open_archive(folder))) == (1, 2)
    settings = settings.replace('id = "two"', 'role = "member"\nid = "two"')
    (folder / "archive.toml").write_text(settings, encoding="utf-8")
    assert said(read(open_archive(folder))) == (1, 2)
    after = tables(open_archive(folder))
    assert from_scratch(folder) == after


def test_a_build_sees_a_change_in_the_profile_that_a_profile_extends(folder: Path) -> None:
    (folder / "profiles").mkdir()
    (folder / "profiles" / "base.yaml").write_text("matched: true", encoding="utf-8")
    (folder / "profiles" / "own.yaml").write_text("extends: base", encoding="utf-8")
    settings = (folder / "archive.toml").read_text(encoding="utf-8")
    settings = settings.replace('id = "two"', 'profile = "own"\nid = "two"')
    (folder / "archive.toml").write_text(settings, encoding="utf-8")
    archive = open_archive(folder)
    assert run_stage(archive, STAGE, resume=True).ran
    (folder / "profiles" / "base.yaml").write_text("{matched: true, role: member}")
    assert run_stage(archive, STAGE, resume=True).ran
    assert not run_stage(archive, STAGE, resume=True).ran


@pytest.mark.parametrize("damage", ["byte", "end", "empty", "other", "folder"])
def test_what_is_damaged_is_read_anew(folder: Path, damage: str) -> None:
    read(open_archive(folder))
    before = tables(open_archive(folder))
    path = cache_of(folder, "one")
    content = bytearray(path.read_bytes())
    if damage == "byte":
        content[len(content) // 2] ^= 1
    changed = {"end": bytes(content[:-9]), "empty": b"", "other": b"{}" * 99}
    path.write_bytes(changed.get(damage, bytes(content)))
    if damage == "folder":
        path.unlink()
    assert said(read(open_archive(folder))) == (1, 2)
    assert tables(open_archive(folder)) == before
    assert said(read(open_archive(folder))) == (0, 3)


def test_what_is_no_longer_used_is_removed(folder: Path) -> None:
    read(open_archive(folder))
    size = cache_of(folder, "one").stat().st_size
    for name in ("a", "b"):
        (folder / "lists" / "one" / f"{name}.csv").unlink()
    cache_of(folder, ".one.unfinished").write_bytes(b"killed")
    settings = (folder / "archive.toml").read_text(encoding="utf-8")
    (folder / "archive.toml").write_text(settings.replace(LIST % ("two", "two"), ""))
    read(open_archive(folder))
    assert {path.name for path in cache_of(folder, "").iterdir()} == {"one", "trials"}
    assert cache_of(folder, "one").stat().st_size < size


def test_a_key_that_another_list_takes_is_seen(folder: Path) -> None:
    settings = (folder / "archive.toml").read_text(encoding="utf-8")
    first = '[[list]]\nid = "first"\nfile = "lists/first.csv"\nkind = "trial"\ntitle = {en="F"}\n'
    (folder / "lists" / "first.csv").write_text("trial_id,name_en\nt9,Nine\n", encoding="utf-8")
    (folder / "archive.toml").write_text(
        settings.replace('[[list]]\nid = "trials"', first + '[[list]]\nid = "trials"')
    )
    read(open_archive(folder))
    (folder / "lists" / "first.csv").write_text("trial_id,name_en\nt1,Nine\n", encoding="utf-8")
    assert said(read(open_archive(folder))) == (2, 2)
    after = tables(open_archive(folder))
    assert from_scratch(folder) == after
