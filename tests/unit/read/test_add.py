"""Adding a list: what is found, what is copied, what is refused."""

from pathlib import Path

import pytest

from martyrolog.archive import Archive, init
from martyrolog.errors import ArchiveError, ListError
from martyrolog.read import add

from .sources import TABLE, written


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return init(tmp_path / "archive")


def test_a_plain_table_is_found_and_described(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "Список 1937.csv", TABLE.replace("Имя;", "Имя;").encode("cp1251"))
    archive, report = add(archive, [path])
    assert (report.format, report.encoding, report.rows, report.records) == ("csv", "cp1251", 2, 2)
    assert report.matched["Дата расстрела"] == "death_date"
    assert report.unmatched == ()
    assert list(archive.source_lists) == [report.list_id] == ["spisok-1937"]
    assert (archive.path / report.files[0]).read_bytes() == path.read_bytes()
    assert archive.source_lists[report.list_id].title.ru == "Список 1937"


def test_unknown_columns_are_reported(archive: Archive, tmp_path: Path) -> None:
    _, report = add(archive, [written(tmp_path, "a.csv", "Surname,Shoe size\nYakir,44\n")])
    assert report.unmatched == ("Shoe size",)


def test_several_files_are_one_list(archive: Archive, tmp_path: Path) -> None:
    files = [written(tmp_path, f"{n}.csv", TABLE) for n in (1, 2)]
    archive, report = add(archive, files, list_id="pages", role="defendant", title="Pages")
    assert report.rows == 4
    assert len(archive.files_of(archive.source_lists["pages"])) == 2


def test_a_different_file_is_never_overwritten(archive: Archive, tmp_path: Path) -> None:
    archive, _ = add(archive, [written(tmp_path, "a.csv", TABLE)], list_id="one")
    (tmp_path / "b").mkdir()
    other = written(tmp_path / "b", "a.csv", "Surname\nYakir\n")
    with pytest.raises(ListError, match="different file"):
        add(archive, [other], list_id="two")
    assert (archive.lists / "a.csv").read_text(encoding="utf-8") == TABLE


def test_the_same_file_may_be_added_under_another_id(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", TABLE)
    archive, first = add(archive, [path])
    archive, second = add(archive, [path])
    assert (first.list_id, second.list_id) == ("a", "a-2")


def test_what_cannot_be_read_leaves_the_archive_as_it_was(archive: Archive, tmp_path: Path) -> None:
    before = (archive.path / "archive.toml").read_bytes()
    with pytest.raises(ListError):
        add(archive, [written(tmp_path, "a.csv", "alpha,beta\n1,2\n")])
    assert (archive.path / "archive.toml").read_bytes() == before
    assert list(archive.lists.iterdir()) == []


def test_an_id_that_is_taken_or_unsound_is_refused(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", TABLE)
    archive, _ = add(archive, [path], list_id="one")
    with pytest.raises(ArchiveError):
        add(archive, [path], list_id="one")
    with pytest.raises(ArchiveError):
        add(archive, [path], list_id="../two")


@pytest.mark.parametrize("name", ["[x]*?.csv", "a\nb.csv", "..csv", "-rf.csv", "\u202eslx.csv"])
def test_a_hostile_file_name_stays_inside_the_archive(
    archive: Archive, tmp_path: Path, name: str
) -> None:
    archive, report = add(archive, [written(tmp_path, name, TABLE)], list_id="one")
    (stored,) = archive.files_of(archive.source_lists["one"])
    assert stored.parent == archive.lists
    assert report.rows == 2


@pytest.mark.parametrize("files", [[], ["nowhere.csv"], ["."]])
def test_a_missing_file_is_one_clear_message(archive: Archive, files: list[str]) -> None:
    with pytest.raises(ListError):
        add(archive, [archive.path / name for name in files])


def test_two_files_of_one_name_are_refused(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    files = [written(folder, "a.csv", TABLE) for folder in (tmp_path, tmp_path / "b")]
    with pytest.raises(ListError, match=r"called a\.csv"):
        add(archive, files)


def test_a_folder_is_refused_with_the_way_to_name_its_files(
    archive: Archive, tmp_path: Path
) -> None:
    with pytest.raises(ListError, match=r"is a folder.*martyrolog add .*/\*"):
        add(archive, [tmp_path])


def test_signs_that_nobody_sees_do_not_reach_the_title(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "li\u202est.csv", "Surname,Born\nYakir,1896\n")
    archive, _ = add(archive, [path], title="Shot\u202e in\x00 1937")
    assert [each.title.en for each in archive.source_lists.values()] == ["Shot in 1937"]
    archive, report = add(archive, [path])
    assert archive.source_lists[report.list_id].title.en == "list"
