"""Hostile amounts: an answer within a time, never a hang."""

import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from martyrolog.link import link_file
from martyrolog.link.memory import Plan
from tests.unit.link.build import cut_up

ROWS = 100_000
SECONDS = 120.0  # about 10 on a quiet machine

IDENTICAL_NAMES = {"surname": "Иванов", "given_name": "Иван", "patronymic": "Иванович"}
IDENTICAL_ROWS = {**IDENTICAL_NAMES, "birth_date": "1893-02-16", "death_date": "1937-06-12",
                  "residence": "Москва, ул. Серафимовича"}  # fmt: skip


def _constant(row: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] * ROWS for name, value in row.items()}


def _one_block() -> dict[str, list[str]]:
    days = [f"19{30 + at % 10}-{1 + at % 12:02d}-{1 + at % 28:02d}" for at in range(ROWS)]
    return {**_constant({"surname": "Иванов", "given_name": "Иван"}), "death_date": days}


@pytest.mark.slow
@pytest.mark.parametrize("cut", [False, True], ids=["in memory", "on disk"])
@pytest.mark.parametrize(
    ("columns", "clusters"),
    [
        (lambda: _constant(IDENTICAL_NAMES), range(ROWS, ROWS + 1)),
        (lambda: _constant(IDENTICAL_ROWS), range(1, 2)),
        (_one_block, range(1_000, ROWS + 1)),
    ],
    ids=["identical names say too little", "identical rows are one person", "one giant block"],
)
def test_a_hundred_thousand_alike_end_in_time(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    columns: Callable[[], dict[str, list[str]]],
    clusters: range,
    cut: bool,
) -> None:
    if cut:
        cut_up(monkeypatch, Plan(windows=4, parts=3, batch=100_000))
    pq.write_table(pa.table(columns()), tmp_path / "people.parquet")
    started = time.perf_counter()
    run = link_file(tmp_path / "people.parquet", tmp_path / "out", memory=10**12)
    assert time.perf_counter() - started < SECONDS
    assert run["rows"]["clusters"] in clusters


def test_a_name_of_a_hundred_thousand_letters_is_compared(tmp_path: Path) -> None:
    name = "х" * 100_000
    pq.write_table(pa.table({"surname": [name, name + "\x00"]}), tmp_path / "people.parquet")
    run = link_file(tmp_path / "people.parquet", tmp_path / "out")
    assert run["rows"]["records"] == 2
