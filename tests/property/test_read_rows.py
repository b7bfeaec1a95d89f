"""Reading keeps its promises on generated and on hostile input."""

import json
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from martyrolog.errors import ListError
from martyrolog.read.delimited import delimited_cells
from martyrolog.read.loading import check_profile, load_profile
from martyrolog.read.profile import Profile
from martyrolog.read.prose import MAX_ENTRY, fields_in
from martyrolog.read.reading import ListFile, Reading, ReadList, read_source
from martyrolog.tables import check_table, make_table

HOSTILE = (
    "\x00", "\ud800", "\u202e", "\u200b", "\ufeff", "\x1b[31m", "<script>alert(1)</script>",
    "'); DROP TABLE record; --", "=cmd|' /C calc'!A0", "../../../etc/passwd", '"', '"""', "'",
    ",", ";", "\t", "\r", "\n", "\r\n", "\\", "{", "}", "%s", "{0}", "&amp;", "]]>", "NaN",
    "31.02.1938", "00.00.0000", "99999999999999999999", "1e400", "Иcаев", "İ", "ß", "ﬁ", "𝔘",
    "я" * 10_000, "(" * 500, "а, " * 300, "---", "Приговорен: ", "член ВКП(б)", " род. 1896, ",
)  # fmt: skip
FIELDS = (
    "Фамилия",
    "Имя",
    "Отчество",
    "Дата рождения",
    "Name",
    "Born",
    "Died",
    "url",
    "unverified",
)

ENDINGS = ("csv", "tsv", "jsonl", "htm", "txt", "xlsx", "parquet")

texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join),
    st.sampled_from(["Якир", "Тухачевский", "Петровна", "1896", "12.06.1937", "ок. 1890", "ж"]),
)
values = st.one_of(
    texts,
    st.integers(),
    st.none(),
    st.lists(texts, max_size=2),
    st.dictionaries(texts, texts, max_size=2),
)
unharmed = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read_bytes(folder: Path, name: str, content: bytes, profile: Profile | None = None) -> ReadList:
    path = folder / name
    path.write_bytes(content)
    return read_source([ListFile(path, name)], Reading("test", profile or Profile()))


def checked(found: ReadList) -> list[Mapping[str, Any]]:
    """Entries of a list after everything that always holds was looked at."""
    assert found.rows == found.kept + len(found.rejects)
    make_table("reject", found.rejects)
    table = pa.concat_tables(found.entries) if found.entries else None
    rows: list[Mapping[str, Any]] = [] if table is None else table.to_pylist()
    if table is not None:
        check_table("record", table)
    for row in rows:
        if row["verbatim_kind"] == "cells":
            assert isinstance(json.loads(row["verbatim"]), dict)
        assert row["source_url"] is None or row["source_url"].startswith(("http://", "https://"))
    return rows


def quoted(rows: list[list[str]]) -> str:
    return "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    headings = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=5, unique=True))
    width = len(headings)
    cells = st.lists(texts, min_size=width, max_size=width)
    return [headings, *draw(st.lists(cells, max_size=12))]


@contextmanager
def may_be_refused() -> Iterator[None]:
    """A list may be refused as a whole, with a message in both languages."""
    try:
        yield
    except ListError as refused:
        refused.render("en")
        refused.render("ru")


@unharmed
@given(table=tables())
def test_a_table_of_hostile_cells_loses_no_row(tmp_path: Path, table: list[list[str]]) -> None:
    with may_be_refused():
        checked(read_bytes(tmp_path, "l.csv", quoted(table).encode("utf-8", "surrogatepass")))


@unharmed
@given(content=st.binary(max_size=400), ending=st.sampled_from(ENDINGS))
def test_any_bytes_are_read_or_refused_with_a_message(
    tmp_path: Path, content: bytes, ending: str
) -> None:
    with may_be_refused():
        checked(read_bytes(tmp_path, f"l.{ending}", b"Surname,Born\nYakir,1896\n" + content))


@unharmed
@given(
    content=st.binary(max_size=60),
    row=st.integers(1, 30),
    encoding=st.sampled_from(["utf-8", "cp1251", "koi8-r", "cp866"]),
)
def test_broken_bytes_in_the_middle_of_a_list_harm_only_their_rows(
    tmp_path: Path, content: bytes, row: int, encoding: str
) -> None:
    lines = ["Фамилия;Год рождения", *["Тухачевский;1893", "Якир;1896"] * 40]
    encoded = [line.encode(encoding) for line in lines]
    encoded[row] += content
    rows = checked(read_bytes(tmp_path, "l.csv", b"\n".join(encoded)))
    assert sum(row["birth_date"] in ("1893", "1896") for row in rows) >= 79


@unharmed
@given(table=tables(), seed=st.integers(0, 1_000))
def test_neither_the_order_of_rows_nor_of_columns_changes_an_id(
    tmp_path: Path, table: list[list[str]], seed: int
) -> None:
    headings, *rows = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in table]
    objects = [dict(zip(headings, row, strict=True)) for row in rows] or [{"Name": "Якир"}]
    rng = random.Random(seed)
    shuffled = [dict(rng.sample(sorted(each.items()), len(each))) for each in objects]
    rng.shuffle(shuffled)

    def ids(name: str, lines: list[dict[str, str]]) -> list[str]:
        content = "\n".join(json.dumps(line) for line in lines).encode()
        return sorted(row["record_id"] for row in checked(read_bytes(tmp_path, name, content)))

    try:
        first = ids("a.jsonl", objects)
    except ListError:
        return
    assert first == ids("b.jsonl", shuffled)
    assert len(set(first)) == len(first)


@unharmed
@given(rows=st.lists(st.lists(st.text(alphabet='ab",;\n\r ', max_size=6), min_size=3, max_size=3),
                     min_size=1, max_size=6))  # fmt: skip
def test_what_a_writer_of_csv_quotes_comes_back_whole(rows: list[list[str]]) -> None:
    table = [["x", "y", "z"], *([cell.replace("\r", "") for cell in row] for row in rows)]
    found = [list(cells) for _, cells in delimited_cells(quoted(table), ",")]
    assert found == table


@unharmed
@given(text=st.lists(texts, max_size=40).map("".join))
def test_patterns_take_any_text_in_time(text: str) -> None:
    for profile in (load_profile("memorial-entry"), _moscow()):
        found = fields_in(text[:MAX_ENTRY].encode("utf-8", "replace").decode(), profile.patterns)
        assert all(found.values())


def _moscow(**changed: object) -> Profile:
    folder = Path(__file__).parents[2] / "examples" / "moscow" / "profiles"
    return load_profile("moscow-shot", folder).model_copy(update=changed)


@unharmed
@given(raw=st.dictionaries(st.sampled_from([*Profile.model_fields, "colums"]), values, max_size=3))
def test_any_profile_is_taken_or_refused_with_a_message(raw: dict[str, object]) -> None:
    with may_be_refused():
        check_profile(raw, "fuzz")


def hostile_rows(count: int) -> list[list[str]]:
    """Rows of three cells of hostile pieces, the same in every run."""
    rng = random.Random(1937)
    pieces = [piece for piece in HOSTILE if len(piece) < 1_000] * 40 + list(HOSTILE)

    def cell() -> str:
        return "".join(rng.choice(pieces) for _ in range(rng.randrange(4)))

    return [[cell(), cell(), rng.choice(["1896", "31.02.1938", cell()])] for _ in range(count)]


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "htm", "txt"])
def test_ten_thousand_hostile_rows_are_records_or_rejects(tmp_path: Path, ending: str) -> None:
    rows = hostile_rows(10_000)
    pages = "".join(f"<p class=pers><b>{a}</b>, род. {c}, {b}</p>\n" for a, b, c in rows)
    objects = [dict(zip(("Name", "Died", "Born"), row, strict=True)) for row in rows]
    content = {
        "csv": "Name,Born,Died\n" + quoted(rows),
        "tsv": "Name\tBorn\tDied\n" + "\n".join("\t".join(row) for row in rows),
        "jsonl": "\n".join(map(json.dumps, objects)),
        "htm": pages,
        "txt": "\n---\n".join(f"Родился в {a}, {b};\nПриговорен: {c}" for a, b, c in rows),
    }[ending]
    profile = {"htm": _moscow(encoding=None), "txt": load_profile("memorial-entry")}.get(ending)
    found = read_bytes(tmp_path, f"l.{ending}", content.encode("utf-8", "surrogatepass"), profile)
    checked(found)
    assert found.rows >= 9_000
