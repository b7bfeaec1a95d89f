"""Small source files that the tests of reading share."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from martyrolog.read.loading import check_profile
from martyrolog.read.profile import Profile
from martyrolog.read.reading import ListFile, Reading, ReadList, read_source

TUKHACHEVSKY = "Тухачевский;Михаил;Николаевич;16.02.1893;12.06.1937"
HEADINGS = "Фамилия;Имя;Отчество;Дата рождения;Дата расстрела"
TABLE = f"{HEADINGS}\n{TUKHACHEVSKY}\nЯкир;Иона;Эммануилович;15.08.1896;12.06.1937\n"


def written(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


def profile(raw: Mapping[str, Any] | None = None, kind: str = "person") -> Profile:
    return check_profile(raw or {}, "test", kind)


def read(
    path: Path, raw: Mapping[str, Any] | None = None, *, kind: str = "person", role: str = "victim"
) -> ReadList:
    how = Reading("test", profile(raw, kind), kind, role)
    return read_source([ListFile(path, path.name)], how)


def rows_of(found: ReadList) -> list[dict[str, Any]]:
    """Entries in the order of the file."""
    rows = [row for chunk in found.entries for row in chunk.to_pylist()]
    return sorted(rows, key=lambda row: (row["page"] or "", row["row"]))


def workbook(path: Path, sheets: Mapping[str, list[list[object]]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return book


def zip_bomb(path: Path, *, size: int) -> Path:
    """A workbook whose sheet unpacks to ``size`` bytes from almost nothing."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(size // 1_000_000):
                sheet.write(b" " * 1_000_000)
    return path
