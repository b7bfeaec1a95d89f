"""Rows as an adversary would write them, the same in every run, in every format that is read.

A row is a mapping of standard columns to texts. Nine rows in ten name somebody, so that they pass
reading and reach the site; their other cells are attacks. :data:`MARK` stands in every piece of
markup, so that a page that lets one through can be told from the pages' own markup.
"""

import csv
import html
import io
import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

MARK = "zzattack"
SEED = 1937

MARKUP = (
    f"<script>{MARK}(1)</script>", f"</script><script>{MARK}(2)</script>",
    f"<img src=x onerror={MARK}(3)>", f"<svg/onload={MARK}(4)>", f"<{MARK}>", f"</bdi></{MARK}>",
    f"<!-- {MARK} --", f"]]><{MARK}>", f"<![CDATA[<{MARK}>]]>", f"<style>*{{{MARK}:1}}</style>",
    f"\" onmouseover=\"{MARK}(5)\" x=\"", f"' onfocus='{MARK}(6)' autofocus='",
    f"\"><{MARK} x=\"", f"`{MARK}`", f"{{{{ {MARK} }}}}", f"{{% include '{MARK}' %}}",
    f"&lt;script&gt;{MARK}&lt;/script&gt;", "&#60;b&#62;", "&amp;lt;", "${7*7}", "%3Cscript%3E",
    f"\");{MARK}(7);//", f"'+{MARK}+'", f"\u2028{MARK}(8)\u2029", "\\u003cscript\\u003e",
    f"<meta http-equiv=refresh content=0;url=https://{MARK}.example>",
    f"<base href=//{MARK}.example/>", f"<iframe srcdoc='<{MARK}>'></iframe>",
)  # fmt: skip
LINKS = (
    f"javascript:{MARK}(9)", f"JaVaScRiPt:{MARK}(9)", f" javascript:{MARK}(9)",
    f"java\tscript:{MARK}(9)", f"\x01javascript:{MARK}(9)", f"data:text/html,<{MARK}>",
    f"vbscript:{MARK}", "file:///etc/passwd", "//evil.example/x", "../../../etc/passwd",
    "http://", "https://[::1", "https://user:secret@example.org/", "https://example.org/ a",
    f"https://example.org/\"><{MARK}>", f"https://example.org/'{MARK}", "https://example.org/\u202egro",
    "https://example.org/?a=1&b=<2>", "https://example.org/" + "a" * 5_000,
    "https://example.org/person/1", "http://example.org/ж?q=%D0%96#ж",
)  # fmt: skip
SIGNS = (
    "\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\x9b", "\ud800",
    "\udfff", "\udc41\ud83d", "\ufffe", "\uffff", "\u202e", "\u2066", "\u2069", "\u200b", "\u200d",
    "\u200f", "\u00ad", "\ufeff", "\u2028", "\u2029", "\u061c", "\U000e0041", "\U0010ffff",
    "и\u0306", "е\u0308", "a" + "\u0300" * 300, "\u3164", "\u115f", "\r", "\n", "\r\n", "\t",
)  # fmt: skip
CELLS = (
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1",
    "=HYPERLINK(\"https://evil.example\")", "；=1", "＝1+1", "|", ";", ",", "\"", "\"\"", "\"a,",
    "'", "'=1", "\\", "\\\"", "NULL", "NaN", "nan", "inf", "None", "true", "#N/A", "1e400", "-0",
    "9" * 400, "9" * 5_000, "0x7fffffffffffffff", "١٩٣٧", "²", "Ⅻ",
)  # fmt: skip
PATHS = (
    "../", "../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x", "a/../../b", "%2e%2e%2f",
    "con", "nul.txt", ".", "..", "~root", "x\x00.html", "index.html", "a" * 300, "`id`", "$(id)",
    "; rm -rf x", "'; DROP TABLE record; --", "*", "?", "[a-z]", "|id",
)  # fmt: skip
DATES = (
    "31.02.1938", "00.00.0000", "29.02.1900", "32.13.1937", "99999999999999999999", "-1", "0",
    "31.12.99999", "1937-13-45", "12.06.1937", "1896", "ок. 1890", "1937/1938", "12.06.37",
    "между 1 и 99999", "1" * 199, "1." * 90, "(" * 150, "1937~%?", "..", "Y1937000000000", "156X",
    "неизвестно", "до", "после после", "1937-W55-9", "XII.XIII.XIV",
)  # fmt: skip
NAMES = (
    "Иcаев", "Исаев", "Ежов", "Eжoв", "İbrahim", "ß", "ﬁnn", "𝔘lrikh", "Ⅸ", "Ωμέγα", "ابن", "李",
    "Якир", "Тухачевский", "Петровна", "-", "—", "...", "(", "Иванов (Петров)", "Иванов-", "O'",
    "Ы" * 900, "Я" * 1_001, "Ф" * 10_000, "а " * 400, "-".join("ав" * 200), "(" * 400,
    "И. О. " * 60,
)  # fmt: skip
ATTACKS = (MARKUP, LINKS, SIGNS, CELLS, PATHS, DATES, NAMES)
COLUMNS = (
    "surname", "given_name", "patronymic", "other_names", "sex", "birth_date", "birth_place",
    "nationality", "party", "occupation", "residence", "arrest_date", "charge", "sentencing_body",
    "sentence_date", "sentence", "death_date", "death_place", "burial_place",
    "rehabilitation_date", "archival_reference", "source_url", "note", "role", "unverified",
)  # fmt: skip
GIVEN = ("Иван", "Пётр", "Анна", "Lev", "Яков")
LATIN_FOR_CYRILLIC = str.maketrans("асеорух", "aceopyx")

HostileRow = Mapping[str, str]


def hostile_rows(count: int, seed: int = SEED) -> list[HostileRow]:
    """So many rows; the same count and seed give the same rows."""
    rng = random.Random(seed)
    return [_row(rng) for _ in range(count)]


def _row(rng: random.Random) -> HostileRow:
    row = {name: _attack(rng) if rng.random() < 0.35 else "" for name in COLUMNS}
    for name in COLUMNS:
        if name.endswith("_date") and row[name] and rng.random() < 0.7:
            row[name] = rng.choice(DATES)
    if row["source_url"]:
        row["source_url"] = rng.choice(LINKS)
    if rng.random() < 0.9:
        surname = rng.choice(("Исаев", "Петров", "Абрамсон", "Гринько", "Сухов"))
        if rng.random() < 0.3:
            surname = surname.translate(LATIN_FOR_CYRILLIC)
        row["surname"] = _with(rng, surname, row["surname"])
        row["given_name"] = _with(rng, rng.choice(GIVEN), row["given_name"])
        row["birth_date"] = row["birth_date"] or str(rng.randint(1850, 1915))
    return row


def _with(rng: random.Random, plain: str, attack: str) -> str:
    """The plain text with an attack before, within or behind it."""
    place = rng.randint(0, len(plain))
    return plain[:place] + attack + plain[place:]


def _attack(rng: random.Random) -> str:
    return "".join(rng.choice(rng.choice(ATTACKS)) for _ in range(rng.choice((1, 1, 1, 2, 3))))


def storable(text: str) -> str:
    """The text without lone surrogates, which no file in UTF-8 holds."""
    return text.encode("utf-8", "replace").decode("utf-8")


def csv_bytes(rows: Sequence[HostileRow], delimiter: str = ",") -> bytes:
    """As a careful writer of CSV quotes them."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def ragged_csv_bytes(rows: Sequence[HostileRow], seed: int = SEED) -> bytes:
    """As a careless writer gives them: quotes unclosed, cells too many, encodings mixed."""
    rng = random.Random(seed)
    lines = [",".join(COLUMNS).encode()]
    for row in rows:
        line = rng.choice((",", ",", ",", ";", '","')).join(row.values())
        lines.append(line.encode(rng.choice(("utf-8", "cp1251", "utf-16-le")), "replace"))
        if rng.random() < 0.1:
            lines[-1] += rng.randbytes(20)
    return b"\n".join(lines)


def tsv_bytes(rows: Sequence[HostileRow]) -> bytes:
    """With tabs and no quotes: what holds a tab or a line end gets a space instead."""
    lines = [list(COLUMNS), *([" ".join(c.split()) for c in row.values()] for row in rows)]
    return "\n".join("\t".join(line) for line in lines).encode("utf-8", "surrogatepass")


def jsonl_bytes(rows: Sequence[HostileRow], seed: int = SEED) -> bytes:
    """Lone surrogates escaped, keys twice, values of every type, objects deep in one another."""
    rng = random.Random(seed)
    odd: tuple[str, ...] = (
        "1" * 4_000, "-1e999", "[" * 30 + "]" * 30, '{"a":' * 40 + "1" + "}" * 40, "null", "true",
        '["a",{"b":[null]}]', '{"a":1,"a":2}', '"\\ud800"', "1e-400", "NaN", "Infinity",
    )  # fmt: skip
    lines = []
    for row in rows:
        line = json.dumps({name: cell for name, cell in row.items() if cell})[:-1]
        key = json.dumps(rng.choice((*COLUMNS, "", MARKUP[0], PATHS[0], "\ud800", "__proto__")))
        lines.append(f"{line}{', ' if len(line) > 1 else ''}{key}: {rng.choice(odd)}}}")
    return "\n".join(lines).encode()


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xlsx_file(rows: Sequence[HostileRow], path: Path) -> None:
    """Formulas as formulas, every twentieth pair of rows merged in a column."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Лист <b>'1'"
    sheet.append(list(COLUMNS))
    for row in rows:
        sheet.append([_NO_XML.sub("?", storable(cell))[:32_000] for cell in row.values()])
    for first in range(2, len(rows), 20):
        sheet.merge_cells(start_row=first, end_row=first + 1, start_column=3, end_column=4)
    book.save(path)


def parquet_file(rows: Sequence[HostileRow], path: Path) -> None:
    """Texts, and bytes that are no text."""
    columns: dict[str, pa.Array] = {
        name: pa.array([storable(row[name]) for row in rows], pa.string()) for name in COLUMNS
    }
    columns["note"] = pa.array(
        [row["note"].encode("utf-16-le", "surrogatepass") for row in rows], pa.binary()
    )
    pq.write_table(pa.table(columns), path)


def html_bytes(rows: Sequence[HostileRow]) -> bytes:
    """A table whose cells are escaped in every second row, and raw in the others."""
    head = "".join(f"<th>{name}" for name in COLUMNS)
    lines = [f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><table><tr>{head}</tr>"]
    for number, row in enumerate(rows):
        wrap = html.escape if number % 2 else _without_table
        lines.append("<tr><td>" + "<td>".join(f"{wrap(c)}&x;" for c in row.values()) + "</tr>")
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _without_table(cell: str) -> str:
    return cell.replace("<!--", "").replace("<style", "").replace("<iframe", "")


def prose_bytes(rows: Sequence[HostileRow]) -> bytes:
    """Entries between lines of dashes."""
    entries = (f"{row['surname']}, {row['given_name']}, род. {row['birth_date']}; {row['note']}"
               for row in rows)  # fmt: skip
    return "\n---\n".join(entries).encode("utf-8", "surrogatepass")


WRITERS: Mapping[str, Callable[[Sequence[HostileRow]], bytes]] = {
    "csv": csv_bytes, "ragged.csv": ragged_csv_bytes, "tsv": tsv_bytes, "jsonl": jsonl_bytes,
    "html": html_bytes, "txt": prose_bytes,
}  # fmt: skip
PROSE_PROFILE = """
format: text
prose: {separator: "^---$"}
patterns:
  steps:
    - find: '^(?P<surname>[^,]+), (?P<given_name>[^,]*)'
    - find: 'род\\. (?P<birth_date>[^;]*)'
    - find: '; (?P<note>.*)'
"""


def write_hostile_file(rows: Sequence[HostileRow], folder: Path, ending: str) -> Path:
    """A file of one format with these rows; its endings are those of :data:`ENDINGS`."""
    path = folder / f"hostile.{ending}"
    if ending == "xlsx":
        xlsx_file(rows, path)
    elif ending == "parquet":
        parquet_file(rows, path)
    else:
        path.write_bytes(WRITERS[ending](rows))
    return path


ENDINGS = (*WRITERS, "xlsx", "parquet")
