from pathlib import Path

import pytest

from martyrolog.archive import Archive, SourceList, append_list, init, locked, open_archive
from martyrolog.errors import ArchiveError


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return init(tmp_path / "district")


def add_lines(archive: Archive, lines: str) -> Archive:
    settings = archive.path / "archive.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + lines, encoding="utf-8")
    return open_archive(archive.path)


def test_a_new_archive_has_its_folders_and_opens(archive: Archive) -> None:
    assert archive.settings.archive.id == "district"
    for folder in (archive.lists, archive.hand, archive.build, archive.releases):
        assert folder.is_dir()


def test_a_folder_name_in_any_script_makes_a_valid_archive(tmp_path: Path) -> None:
    made = init(tmp_path / 'Книга памяти "Север"\\1')
    assert made.settings.archive.id == "1"
    assert made.settings.archive.title.ru == 'Книга памяти "Север"\\1'


def test_init_refuses_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(ArchiveError, match="not empty"):
        init(tmp_path)


def test_init_refuses_an_archive(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="already holds an archive"):
        init(archive.path)


@pytest.mark.parametrize(
    ("lines", "where", "nearest"),
    [
        ("[publsh]\n", "top", "publish"),
        ("[link]\ntreshold = 0.9\n", "link", "threshold"),
        ('[[list]]\nid="a"\nfile="lists/a.csv"\ntitel={en="A"}\n', "list.0", "title"),
        (
            '[[list]]\nid="a"\nfile="lists/a.csv"\ntitle={en="A"}\nhistorical={raeson="x"}\n',
            "list.0.historical",
            "reason",
        ),
    ],
)
def test_an_unknown_key_fails_and_names_the_nearest(
    archive: Archive, lines: str, where: str, nearest: str
) -> None:
    with pytest.raises(ArchiveError) as caught:
        add_lines(archive, lines)
    assert f"'{where}' has an unknown key" in str(caught.value)
    assert f"Did you mean '{nearest}'?" in str(caught.value)


def test_a_wrong_value_says_where_and_why(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match=r"link\.threshold.*less than 1"):
        add_lines(archive, "[link]\nthreshold = 95\n")


def test_broken_toml_names_its_line(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="line"):
        add_lines(archive, "[link\n")


def test_a_list_is_appended_without_touching_other_lines(archive: Archive) -> None:
    before = (archive.path / "archive.toml").read_text(encoding="utf-8")
    source = SourceList.model_validate(
        {"id": "north", "file": "lists/north.csv", "title": {"en": 'The "North"\n'}}
    )
    changed = append_list(archive, source)
    assert changed.source_lists["north"].title.en == 'The "North"\n'
    assert (archive.path / "archive.toml").read_text(encoding="utf-8").startswith(before)


def test_a_list_id_stands_only_once(archive: Archive) -> None:
    source = SourceList.model_validate({"id": "a", "file": "lists/a.csv", "title": {"en": "A"}})
    with pytest.raises(ArchiveError, match="two lists have the id 'a'"):
        append_list(append_list(archive, source), source)


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "../secret.csv", "lists/../../secret.csv", "hand/identity.jsonl"]
)
def test_a_path_that_leaves_the_lists_is_refused(archive: Archive, file: str) -> None:
    (archive.path.parent / "secret.csv").write_text("name\nx\n")
    source = SourceList.model_validate({"id": "a", "file": file, "title": {"en": "A"}})
    with pytest.raises(ArchiveError, match="outside the archive's folder"):
        archive.files_of(source)


def test_a_link_that_leaves_the_lists_is_refused(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("name\nx\n")
    (archive.lists / "a.csv").symlink_to(tmp_path / "secret.csv")
    source = SourceList.model_validate({"id": "a", "file": "lists/a.csv", "title": {"en": "A"}})
    with pytest.raises(ArchiveError, match="outside"):
        archive.files_of(source)


def test_two_commands_do_not_work_in_one_archive_at_once(archive: Archive) -> None:
    second = pytest.raises(ArchiveError, match="Another martyrolog command")
    with locked(archive), second, locked(archive):
        pass
    with locked(archive):
        assert archive.build.is_dir()


def test_a_folder_with_a_hidden_sign_in_its_name_becomes_an_archive(tmp_path: Path) -> None:
    archive = init(tmp_path / "a\u202eb")
    assert archive.settings.archive.title.en == "ab"
