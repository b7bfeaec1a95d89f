"""A list as a whole: accounting, and one message where it gives nothing."""

from pathlib import Path

import pytest

from martyrolog.errors import ListError
from martyrolog.read.reading import ListFile, Reading, read_source

from .sources import TABLE, profile, read, rows_of, written


def test_rows_are_records_plus_rejects(tmp_path: Path) -> None:
    text = TABLE + "too;many;cells;in;this;row\n;;;;\n;;;x\n"
    found = read(written(tmp_path, "l.csv", text))
    assert (found.rows, found.kept, len(found.rejects)) == (4, 3, 1)


@pytest.mark.parametrize("content", ["", "\n\n", "Surname,Born\n", "\ufeff"])
def test_an_empty_list_is_one_clear_message(tmp_path: Path, content: str) -> None:
    with pytest.raises(ListError) as refused:
        read(written(tmp_path, "l.csv", content))
    assert refused.value.key == "read.empty_list"


def test_a_list_of_one_record_is_a_list(tmp_path: Path) -> None:
    assert read(written(tmp_path, "l.csv", "Surname\nYakir")).kept == 1


def test_headings_that_nobody_knows_are_one_clear_message(tmp_path: Path) -> None:
    with pytest.raises(ListError, match=r"none of the columns .*\(alpha, beta\)"):
        read(written(tmp_path, "l.csv", "alpha,beta\n1,2\n"))


def test_a_column_that_the_profile_names_and_the_list_lacks_is_one_clear_message(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "l.csv", "Familia,x\nYakir,1\n")
    with pytest.raises(ListError, match="The nearest is 'Familia'"):
        read(path, {"columns": {"surname": "Familija"}})
    optional = {"surname": "Familia", "party": {"source": "p", "optional": True}}
    assert read(path, {"columns": optional}).kept == 1


def test_identical_rows_in_two_files_stay_distinct(tmp_path: Path) -> None:
    files = [ListFile(written(tmp_path, name, TABLE), name) for name in ("a.csv", "b.csv")]
    found = read_source(files, Reading("test", profile()))
    rows = [row for chunk in found.entries for row in chunk.to_pylist()]
    assert len({row["record_id"] for row in rows}) == 4
    assert sorted(row["occurrence"] for row in rows) == [1, 1, 2, 2]


def test_messages_are_whole_in_russian_too(tmp_path: Path) -> None:
    with pytest.raises(ListError) as refused:
        read(written(tmp_path, "l.csv", ""))
    assert "нет строк" in refused.value.render("ru")


def test_nul_bytes_are_shown_and_a_name_with_them_is_rejected(tmp_path: Path) -> None:
    found = read(written(tmp_path, "l.csv", "Surname,Note\nYa\x00kir,a\nPutna,b\x00c\n"))
    assert [row["detail"] for row in found.rejects] == ["\\x00"]
    assert rows_of(found)[0]["note"] == "b\\x00c"
