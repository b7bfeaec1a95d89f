from pathlib import Path

import pyarrow as pa
import pytest

from martyrolog.errors import TableError
from martyrolog.tables import (
    TABLES,
    check_table,
    empty_table,
    make_table,
    read_table,
    write_table,
)

REJECT = {
    "list_id": "a",
    "verbatim": "x",
    "verbatim_kind": "text",
    "file": "lists/a.csv",
    "row": 1,
    "reason": "read.ragged",
}


def test_every_table_has_a_meaning_for_every_column_and_a_known_key() -> None:
    for table in TABLES.values():
        assert table.row
        assert set(table.key) <= set(table.names)
        assert len(set(table.names)) == len(table.names)
        assert all(column.meaning for column in table.columns)


def test_an_empty_table_is_written_and_read_back(tmp_path: Path) -> None:
    for name in TABLES:
        write_table(tmp_path, name, empty_table(name))
        assert read_table(tmp_path, name).num_rows == 0


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    table = make_table("reject", [REJECT, {**REJECT, "row": 2}])
    chunked = pa.concat_tables([table.slice(0, 1), table.slice(1, 1)])
    first = write_table(tmp_path / "one", "reject", table).read_bytes()
    assert write_table(tmp_path / "two", "reject", chunked).read_bytes() == first


def test_a_missing_table_says_which_command_makes_it(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="Run 'martyrolog link'"):
        read_table(tmp_path, "match")


def test_a_damaged_table_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "match.parquet").write_bytes(b"PAR1 but no more")
    with pytest.raises(TableError, match="damaged"):
        read_table(tmp_path, "match")


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(TableError, match="colour"):
        make_table("reject", [{**REJECT, "colour": "red"}])


def test_a_null_where_none_may_be_is_refused() -> None:
    with pytest.raises(TableError, match="column row"):
        make_table("reject", [{**REJECT, "row": None}])


def test_a_doubled_key_is_refused() -> None:
    row = {"record_id": "r1", "cluster_id": "r1"}
    with pytest.raises(TableError, match="same record_id"):
        make_table("cluster", [row, row])


def test_a_wrong_type_is_refused() -> None:
    table = empty_table("cluster")
    wrong = table.set_column(0, "record_id", pa.array([], pa.int64()))
    with pytest.raises(TableError, match="int64"):
        check_table("cluster", wrong)


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(TableError, match="lacks the column cluster_id"):
        check_table("cluster", empty_table("cluster").drop_columns(["cluster_id"]))


def test_columns_are_put_into_the_declared_order() -> None:
    table = make_table("cluster", [{"record_id": "r1", "cluster_id": "r1"}])
    turned = table.select(list(reversed(table.column_names)))
    assert check_table("cluster", turned).column_names == table.column_names
