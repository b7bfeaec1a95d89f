"""Formats are told apart; every format gives the same records."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from martyrolog.errors import ListError

from .sources import TABLE, read, rows_of, workbook, written

ROWS = [line.split(";") for line in TABLE.splitlines()]


def as_html(rows: list[list[str]]) -> str:
    lines = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{''.join(lines)}</table>"


def sources(folder: Path) -> dict[str, Path]:
    objects = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
    pq.write_table(pa.Table.from_pylist(objects), folder / "l.parquet")
    workbook(folder / "l.xlsx", {"S": ROWS})  # type: ignore[dict-item]
    lines = "\n".join(json.dumps(each, ensure_ascii=False) for each in objects)
    return {
        "csv": written(folder, "l.csv", TABLE),
        "tsv": written(folder, "l.tsv", TABLE.replace(";", "\t")),
        "jsonl": written(folder, "l.jsonl", lines),
        "html": written(folder, "l.html", as_html(ROWS)),
        "xlsx": folder / "l.xlsx",
        "parquet": folder / "l.parquet",
    }


@pytest.mark.parametrize("format_", ["csv", "tsv", "jsonl", "html", "xlsx", "parquet"])
def test_every_format_is_found_and_gives_the_same_records(tmp_path: Path, format_: str) -> None:
    found = read(sources(tmp_path)[format_])
    expected = rows_of(read(written(tmp_path, "expected.csv", TABLE)))
    names = ("record_id", "surname", "given_name", "patronymic", "birth_date", "death_date")
    assert found.formats == (format_,)
    assert [[row[name] for name in names] for row in rows_of(found)] == [
        [row[name] for name in names] for row in expected
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866"])
def test_every_encoding_gives_the_same_ids(tmp_path: Path, encoding: str) -> None:
    found = read(written(tmp_path, "l.csv", TABLE, encoding))
    expected = rows_of(read(written(tmp_path, "expected.csv", TABLE)))
    assert {row["record_id"] for row in rows_of(found)} == {row["record_id"] for row in expected}
    assert found.encodings[0].startswith(encoding.partition("-sig")[0])


@pytest.mark.parametrize("start", [b"\xd0\xcf\x11\xe0", b"%PDF-1.4", b"\x1f\x8b\x08", b"Rar!"])
def test_a_format_that_cannot_be_read_is_one_clear_message(tmp_path: Path, start: bytes) -> None:
    with pytest.raises(ListError, match="format that cannot be read"):
        read(written(tmp_path, "l.csv", start + b"x" * 100))


@pytest.mark.parametrize("name", ["l.xlsx", "l.parquet"])
def test_a_file_that_is_not_what_it_says_is_one_clear_message(tmp_path: Path, name: str) -> None:
    with pytest.raises(ListError, match="its content is something else"):
        read(written(tmp_path, name, "Surname,Born\nYakir,1896\n"))


def test_a_damaged_parquet_file_is_one_clear_message(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="cannot be read as Parquet"):
        read(written(tmp_path, "l.parquet", b"PAR1" + b"x" * 200 + b"PAR1"))


def test_parquet_values_become_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "Surname": pa.array(["Yakir"]),
            "Born": pa.array([1896.0]),
            "other_names": pa.array([["a", "b"]]),
            "note": pa.array([b"\xff\x00x"]),
        }
    )
    pq.write_table(table, tmp_path / "l.parquet")
    (row,) = rows_of(read(tmp_path / "l.parquet"))
    assert (row["birth_date"], row["other_names"], row["note"]) == ("1896", "a; b", "\\xff\\x00x")


def test_a_missing_file_is_one_clear_message(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="There is no file"):
        read(tmp_path / "nowhere.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="cannot be opened"):
        read(tmp_path)
