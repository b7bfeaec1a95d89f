"""Cells of 100,000 letters: read, linked and resolved in seconds, not in minutes."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from martyrolog.archive import open_archive
from martyrolog.pipeline import link, read, resolve
from martyrolog.tables import STANDARD_FIELDS, read_table

LETTERS = 100_000
ROWS = 13
SECONDS = 20
"""Processor seconds for all three stages."""

SETTINGS = """[archive]
id = "a"
title = {en = "A"}
[[list]]
id = "l"
file = "lists/l.tsv"
title = {en = "L"}
"""
NAMED = ("surname", "given_name", "patronymic", "birth_date", "death_date")
LONG = tuple(field for field in STANDARD_FIELDS if field not in {
    *NAMED, "role", "sex", "trial_id", "cohort_id", "office_id", "source_url",
})  # fmt: skip


def words(rng: random.Random) -> str:
    """Many different short words."""
    made = ("".join(rng.choices("абвгдежзик", k=6)) for _ in range(LETTERS // 7))
    return " ".join(made)[:LETTERS]


def one_word(rng: random.Random) -> str:
    """One word of random letters."""
    return "".join(rng.choices("абвгдежзик", k=LETTERS))


def repeated(piece: str) -> Callable[[random.Random], str]:
    """A piece again and again."""
    return lambda _: piece * (LETTERS // len(piece))


CELLS: dict[str, Callable[[random.Random], str]] = {
    "one word": one_word,
    "many words": words,
    "one letter": repeated("я"),
    "commas": repeated("а, "),
    "open brackets": repeated("("),
    "numbers": repeated("д. 1, "),
    "dates": repeated("12.06.1937 "),
}


def archive_of(folder: Path, cell: str, fields: tuple[str, ...]) -> Path:
    rng = random.Random(1937)
    lines = ["\t".join((*NAMED, *fields))]
    for number in range(ROWS):
        named = ("Якир", "Иона", "Эммануилович", f"{1880 + number % 2}", "12.06.1937")
        lines.append("\t".join((*named, *(CELLS[cell](rng) for _ in fields))))
    (folder / "lists").mkdir()
    (folder / "lists" / "l.tsv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "archive.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.mark.parametrize("cell", CELLS)
def test_a_list_of_very_long_cells_is_linked_in_seconds(cell: str, tmp_path: Path) -> None:
    fields = ("residence", "occupation", "birth_place", "nationality", "charge")
    archive = open_archive(archive_of(tmp_path, cell, fields))
    started = time.process_time()
    for stage in (read, link, resolve):
        stage(archive)
    assert time.process_time() - started < SECONDS
    assert read_table(archive.build, "record").num_rows == ROWS
    assert read_table(archive.build, "cluster").num_rows == ROWS


@pytest.mark.slow
@pytest.mark.parametrize("field", LONG)
def test_no_field_is_slow_where_its_cells_are_very_long(field: str, tmp_path: Path) -> None:
    archive = open_archive(archive_of(tmp_path, "many words", (field,)))
    started = time.process_time()
    for stage in (read, link, resolve):
        stage(archive)
    assert time.process_time() - started < SECONDS
    assert read_table(archive.build, "record").num_rows == ROWS
