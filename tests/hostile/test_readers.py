"""Ten thousand hostile rows through every reader: each a record, or a reject with a reason."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from martyrolog.errors import ListError
from martyrolog.messages import LANGUAGES, text
from martyrolog.names import fold_surname
from martyrolog.read import read_file
from martyrolog.read.loading import check_profile
from martyrolog.read.profile import Profile
from martyrolog.read.reading import ListFile, Reading, ReadList, read_source
from martyrolog.tables import check_table, make_table
from tests.hostile.hostile_files import TEXTS, WORKBOOKS, write_text
from tests.hostile.hostile_rows import (
    COLUMNS,
    ENDINGS,
    PROSE_PROFILE,
    hostile_rows,
    write_hostile_file,
)

ROWS = 1_280
COUNTED = ("csv", "tsv", "jsonl", "txt", "xlsx", "parquet")
"""Formats in which a cell cannot end its row: as many rows come out as were written."""
SHOWN_WHOLE = ("jsonl", "parquet", "csv")
"""Formats whose verbatim text holds every cell."""


def read_hostile(folder: Path, ending: str, rows: int, seed: int) -> ReadList:
    path = write_hostile_file(hostile_rows(rows, seed), folder, ending)
    prose = check_profile(yaml.safe_load(PROSE_PROFILE), "prose")
    profile = prose if ending == "txt" else Profile()
    return read_source([ListFile(path, path.name)], Reading("hostile", profile))


def check_rows(found: ReadList) -> list[dict[str, Any]]:
    """The records, after what always holds of them and of the rejects was looked at."""
    assert found.rows == found.kept + len(found.rejects)
    rejects = make_table("reject", found.rejects).to_pylist()
    for reject in rejects:
        for language in LANGUAGES:
            assert text(reject["reason"], language, detail=reject["detail"])
        assert reject["verbatim"]
    records = check_table("record", pa.concat_tables(found.entries)) if found.entries else None
    rows: list[dict[str, Any]] = records.to_pylist() if records is not None else []
    for row in rows:
        assert not row["source_url"] or row["source_url"].startswith(("http://", "https://"))
        assert len(row["surname"] or "") <= 1_000
    return rows


def read_or_refused(path: Path) -> tuple[list[dict[str, Any]], str]:
    """The records of a file, or the message that names the file."""
    try:
        found = read_source([ListFile(path, path.name)], Reading("hostile", Profile()))
    except ListError as problem:
        messages = [problem.render(language) for language in LANGUAGES]
        assert all(path.name in message for message in messages)
        return [], messages[0]
    return check_rows(found), ""


def test_the_readers_meet_ten_thousand_hostile_rows() -> None:
    assert ROWS * len(ENDINGS) >= 10_000
    assert hostile_rows(20) == hostile_rows(20)
    assert {name for row in hostile_rows(200) for name in row} == set(COLUMNS)


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_hostile_row_is_a_record_or_a_reject_with_a_reason(
    ending: str, tmp_path: Path
) -> None:
    found = read_hostile(tmp_path, ending, ROWS, seed=1937)
    records = check_rows(found)
    assert len(records) > ROWS / 2
    assert found.rejects
    if ending in COUNTED:
        assert found.rows == ROWS
    assert not [row for row in records if row["birth_date_verbatim"] == "31.02.1938"
                and row["birth_date"]]  # fmt: skip


@settings(deadline=None, max_examples=12,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(seed=st.integers(0, 2**32), ending=st.sampled_from(COUNTED))
def test_any_seed_gives_rows_that_are_all_accounted_for(
    seed: int, ending: str, tmp_path: Path
) -> None:
    found = read_hostile(tmp_path, ending, 12, seed)
    check_rows(found)
    assert found.rows == 12


def test_a_latin_letter_in_a_cyrillic_name_folds_with_the_right_one(tmp_path: Path) -> None:
    assert set(fold_surname("Иcаев")) & set(fold_surname("Исаев"))
    path = tmp_path / "l.csv"
    path.write_text("surname\nИcаев\nИ\u200bса\u00adев\n\u202eИсаев\u202c\n", encoding="utf-8")
    names = read_file(path)["record"]["surname"].to_pylist()
    assert sorted(names) == sorted(["Иcаев", "Исаев", "Исаев"])


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_file_is_read_or_refused_in_one_message(name: str, tmp_path: Path) -> None:
    records, refused = read_or_refused(write_text(name, tmp_path))
    assert bool(records) != bool(refused) or name == "spans.html"
    assert all("root:" not in row["verbatim"] for row in records)  # of /etc/passwd
    assert all(len(row["verbatim"]) < 2_000_000 for row in records)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_hostile_workbook_is_read_or_refused_in_one_message(name: str, tmp_path: Path) -> None:
    records, refused = read_or_refused(WORKBOOKS[name](tmp_path / f"{name}.xlsx"))
    if name in ("zip_bomb", "far_cell", "cut_workbook", "false_size"):
        assert refused
    else:
        assert [row["surname"] for row in records] == ["Якир"]
    assert not Path("/tmp/zzattack").exists()
