"""Excel workbooks: values, not formulas; merged cells; nothing that explodes."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from martyrolog.errors import ListError
from martyrolog.read.workbook import sheet_cells

from .sources import workbook, zip_bomb


def cells(path: Path, sheets: tuple[str, ...] = ()) -> dict[str, list[list[str]]]:
    return {
        name: [list(row) for _, row in rows]
        for name, rows in sheet_cells(path, sheets, list_id="test")
    }


def test_numbers_dates_and_truth_are_written_plainly(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    day = dt.datetime(1937, 6, 12)  # noqa: DTZ001  a day of a list has no time zone
    workbook(path, {"S": [[1896.0, 0.5, day, True, "text"]]})
    assert cells(path) == {"S": [["1896", "0.5", "1937-06-12", "true", "text"]]}


def test_a_formula_is_never_computed(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    workbook(path, {"S": [["Name"], ['=HYPERLINK("http://example.org")']]})
    assert "example.org" not in str(cells(path))


def test_a_cell_merged_over_rows_belongs_to_each(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = workbook(path, {"S": [["", "", ""], ["", "Place", "Name"], ["", "Kiev", "a"]]})
    sheet = book["S"]
    sheet["C4"] = "b"
    sheet["C5"] = "c"
    sheet.merge_cells("B3:B4")
    book.save(path)
    found = {name: [row[-2:] for row in rows if any(row)] for name, rows in cells(path).items()}
    assert found == {"S": [["Place", "Name"], ["Kiev", "a"], ["Kiev", "b"], ["", "c"]]}


def test_rows_have_the_numbers_that_excel_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["C4"] = "x"  # type: ignore[index]
    book.save(tmp_path / "list.xlsx")
    ((_, rows),) = sheet_cells(tmp_path / "list.xlsx", (), list_id="test")
    assert [number for number, row in rows if any(row)] == [4]


def test_only_the_named_sheets_are_read(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    workbook(path, {"A": [["a"]], "B": [["b"]]})
    assert list(cells(path, ("B",))) == ["B"]
    with pytest.raises(ListError, match=r"no sheet 'C'\. It has: A, B"):
        cells(path, ("C",))


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(ListError) as refused:
        cells(zip_bomb(tmp_path / "bomb.xlsx", size=40_000_000))
    assert refused.value.key == "read.workbook_bomb"


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD1048576" t="inlineStr">',
        b'<c t="inlineStr" r="B28999999999999">',
        b'<c r="ZZZZZZ1">',
        b"<c  r = 'xfd900000' >",
        b'<x:c r="$XFD$900000">',
        b'</row><row r="900000"><c r="XFD">',
        b'<c s="' + b"1" * 5_000 + b'" r="XFD900000">',
    ],
)
def test_a_cell_far_out_does_not_reserve_all_before_it(tmp_path: Path, cell: bytes) -> None:
    source = tmp_path / "list.xlsx"
    workbook(source, {"S": [["Name"], ["Yakir"]]})
    with pytest.raises(ListError) as refused:
        cells(changed(source, lambda sheet: sheet.replace(b"</row>", cell + b"</c></row>", 1)))
    assert refused.value.key == "read.workbook_bomb"


def test_a_tag_without_end_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "list.xlsx"
    workbook(source, {"S": [["Name"]]})
    noise = bytes(range(128, 256)) * 20_000
    with pytest.raises(ListError) as refused:
        cells(changed(source, lambda sheet: sheet + b"<c " + noise))
    assert refused.value.key == "read.workbook_bomb"


def test_other_packed_tables_are_not_opened(tmp_path: Path) -> None:
    source = tmp_path / "list.xlsx"
    workbook(source, {"S": [["Name"]]})
    with zipfile.ZipFile(source, "a") as packed:
        packed.writestr("content.xml", "<office/>")
    with pytest.raises(ListError, match="cannot be read"):
        cells(source)


def changed(source: Path, change: Callable[[bytes], bytes]) -> Path:
    """A copy of a workbook with another first sheet."""
    copy = source.with_name("changed.xlsx")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(copy, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(
                part.filename, change(content) if "sheet1.xml" in part.filename else content
            )
    return copy


def test_an_entity_bomb_is_harmless(tmp_path: Path) -> None:
    source = tmp_path / "list.xlsx"
    workbook(source, {"S": [["Name"], ["Yakir"]]})
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    bomb = changed(
        source, lambda sheet: entities + sheet.replace(b"<sheetData>", b"<sheetData>&b;")
    )
    assert cells(bomb) == {"S": [["Name"], ["Yakir"]]}


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500, b"nonsense"])
def test_a_damaged_workbook_is_one_clear_message(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(ListError, match="cannot be read as an Excel workbook"):
        cells(path)
