"""Every province of the boundary files of 1897 and 1926 is in the gazetteer."""

import struct
from pathlib import Path

import pytest

from martyrolog.places import parse_place


def column(path: Path, name: str) -> list[str]:
    """One text column of a dBase file (UTF-8)."""
    data = path.read_bytes()
    rows, start, width = *struct.unpack("<I", data[4:8]), *struct.unpack("<HH", data[8:12])
    offset, at = 1, 32
    while data[at : at + 11].split(b"\0")[0].decode() != name:
        offset += data[at + 16]
        at += 32
    cells = [data[start + i * width + offset :][: data[at + 16]] for i in range(rows)]
    return [cell.decode("utf-8", errors="replace").strip() for cell in cells]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("1897RussianEmpire.dbf", "NAMERUS"),
        ("1897RussianEmpire.dbf", "NAMEENG"),
        ("1926SovietUnion.dbf", "NameRUS"),
    ],
)
def test_every_province_of_the_boundaries_is_found(data_dir: Path, file: str, name: str) -> None:
    names = column(data_dir / "boundaries" / file, name)
    missing = [
        one for one in names if not ((place := parse_place(one)).province_id or place.country)
    ]
    assert len(names) in (99, 67, 68)
    assert missing in ([], ["Stravropolskaya oblast"])  # a misprint of the file
