"""A bare file, without an archive."""

from pathlib import Path

from martyrolog.read import read_file

from .sources import TABLE, written


def test_a_bare_file_gives_records_sorted_by_id_and_rejects(tmp_path: Path) -> None:
    tables = read_file(written(tmp_path, "l.csv", TABLE + "a;b;c;d;e;f\n"), list_id="bare")
    ids = tables["record"].column("record_id").to_pylist()
    assert ids == sorted(ids)
    assert (len(ids), tables["reject"].num_rows) == (2, 1)


def test_a_profile_may_be_a_file(tmp_path: Path) -> None:
    own = written(tmp_path, "own.yaml", "columns: {surname: x}")
    tables = read_file(written(tmp_path, "l.csv", "x,y\nYakir,1\n"), str(own))
    assert tables["record"].column("surname").to_pylist() == ["Yakir"]


def test_a_file_of_rejects_alone_has_an_empty_table_of_records(tmp_path: Path) -> None:
    tables = read_file(written(tmp_path, "l.jsonl", "nonsense\n"))
    assert (tables["record"].num_rows, tables["reject"].num_rows) == (0, 1)
