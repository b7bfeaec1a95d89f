"""Files that are hostile as a whole: bombs, depth, width, quotes, entities, numbers."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "zzzzzzzzzz">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(10))
    + ']>'
)  # fmt: skip
SECRET = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
HEAD = "<table><tr><th>surname<th>given_name"
PERSON = '\n{"surname": "Якир", "given_name": "Иона"}\n'

TEXTS: Mapping[str, Callable[[], str]] = {
    "deep-list.jsonl": lambda: '{"surname":' + "[" * 100_000 + "]" * 100_000 + "}" + PERSON,
    "deep-object.jsonl": lambda: '{"surname":' + '{"a":' * 900 + "1" + "}" * 901 + PERSON,
    "numbers.jsonl": lambda: (
        '{"surname":' + "9" * 100_000 + '}\n{"surname":"A","birth_date":' + "9" * 4_000 + "}"
    ),
    "no-objects.jsonl": lambda: '[]\n1\nnull\n"x"\n{}\n{"surname":"A"\n{"a":1,"a":2}' + PERSON,
    "deep.html": lambda: "<div>" * 100_000 + f"{HEAD}<tr><td>Якир<td>Иона</table>",
    "tables.html": lambda: "<table><tr><td>" * 3_000 + "x",
    "laughs.html": lambda: f"{LAUGHS}{HEAD}<tr><td>&k;<td>Иона</table>",
    "entity.html": lambda: f"{SECRET}{HEAD}<tr><td>&x;Якир<td>Иона</table>",
    "spans.html": lambda: (
        HEAD + "<tr><td rowspan=99999999 colspan=99999999>a<td rowspan=1000>b</tr>" * 300
    ),
    "long-attribute.html": lambda: f"{HEAD}<tr><td title='{'x' * 11_000_000}'>Якир<td>Иона</table>",
    "wide.csv": lambda: "surname," * 50_000 + "\n" + "a," * 50_000 + "\nЯкир\n",
    "unclosed.csv": lambda: 'surname,given_name\n"' + 'a,b\n"x' * 5_000,
    "quotes.csv": lambda: "surname,given_name\n" + '"' * 1_000_001 + "\n" + 'Якир,"Иона\n' * 5_000,
    "one-line.csv": lambda: "surname,given_name\n" + "A" * 5_000_000 + ",b\nЯкир,Иона\n",
    "headings.csv": lambda: "surname\x1b[31m,given_name,\u202ename,surname\nЯкир,Иона,x,y\n",
    "returns.csv": lambda: "surname,given_name\r" + "Якир,Иона\r" * 1_000,
}


def write_text(name: str, folder: Path) -> Path:
    """One of ``TEXTS`` as a file."""
    path = folder / name
    path.write_text(TEXTS[name](), encoding="utf-8", newline="")
    return path


def _honest_workbook(path: Path) -> zipfile.ZipFile:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["surname", "given_name"])
    sheet.append(["Якир", "Иона"])
    book.save(path)
    return zipfile.ZipFile(path)


def _changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with (
        _honest_workbook(path.with_suffix(".honest")) as honest,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in honest.namelist():
            content = honest.read(name)
            packed.writestr(name, change(content) if name.endswith(part) else content)
    return path


def zip_bomb(path: Path) -> Path:
    """A sheet of zeros that unpacks to a thousand times its size."""
    return _changed(path, "sheet1.xml", lambda content: content + b"0" * 40_000_000)


def far_cell(path: Path) -> Path:
    """One cell in the last corner of a sheet."""
    cell = b'<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
    far = b'<row r="1048576">' + cell + b"</row></sheetData>"
    return _changed(path, "sheet1.xml", lambda content: content.replace(b"</sheetData>", far))


def laughing_workbook(path: Path) -> Path:
    """Entities that expand to ten thousand million letters."""
    return _changed(
        path, "sharedStrings.xml",
        lambda content: LAUGHS.encode() + content.split(b"?>", 1)[-1].replace(b"surname", b"&k;"),
    )  # fmt: skip


def cut_workbook(path: Path) -> Path:
    """A sheet that ends in the middle of its markup."""
    return _changed(path, "sheet1.xml", lambda content: content[: len(content) * 2 // 3])


def false_size(path: Path) -> Path:
    """An archive whose directory claims that its parts are empty."""
    content = _honest_workbook(path.with_suffix(".honest"))
    content.close()
    raw = bytearray(path.with_suffix(".honest").read_bytes())
    place = raw.find(b"PK\x01\x02")
    while place >= 0:
        raw[place + 24 : place + 28] = bytes(4)
        place = raw.find(b"PK\x01\x02", place + 4)
    path.write_bytes(bytes(raw))
    return path


def climbing_parts(path: Path) -> Path:
    """Parts named to be unpacked outside."""
    _changed(path, "nothing", lambda content: content)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("../../../../tmp/zzattack", "x")
        packed.writestr("/etc/zzattack", "x")
    return path


WORKBOOKS: Mapping[str, Callable[[Path], Path]] = {
    made.__name__: made
    for made in (zip_bomb, far_cell, laughing_workbook, cut_workbook, false_size, climbing_parts)
}
