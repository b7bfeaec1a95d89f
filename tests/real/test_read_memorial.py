"""46,445 prose entries of Memorial's database (names removed at the source), read by a profile."""

import gzip
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from martyrolog.read import read_file

pytestmark = pytest.mark.slow

# entries in which the slot is filled, counted on 2026-11-23; a change of the profile may raise them
FILLED = {
    "sex": 44_881,
    "birth_date": 44_479,
    "birth_place": 30_614,
    "nationality": 19_631,
    "party": 6_355,
    "occupation": 21_298,
    "residence": 30_912,
    "arrest_date": 17_222,
    "charge": 22_292,
    "sentencing_body": 18_313,
    "sentence_date": 28_360,
    "sentence": 35_682,
    "death_date": 5_093,
    "rehabilitation_date": 26_240,
}


@pytest.fixture(scope="module")
def tables(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table]:
    path = tmp_path_factory.mktemp("memorial") / "entries.txt"
    packed = data_dir / "memorial-entries" / "entries.txt.gz"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return read_file(path, "memorial-entry", list_id="memorial")


def test_every_entry_is_a_record(tables: dict[str, pa.Table]) -> None:
    assert (tables["record"].num_rows, tables["reject"].num_rows) == (46_445, 0)


def test_identical_entries_stay_distinct(tables: dict[str, pa.Table]) -> None:
    """6,951 of 46,445 entries repeat another verbatim (architecture, table record)."""
    records = tables["record"]
    repeated = pc.sum(pc.greater(records.column("occurrence"), 1)).as_py()
    verbatim = Counter(records.column("verbatim").to_pylist())
    assert len(set(records.column("record_id").to_pylist())) == 46_445
    assert repeated >= 46_445 - len(verbatim) >= 6_900


@pytest.mark.parametrize("slot", FILLED)
def test_slots_are_filled_as_often_as_counted(tables: dict[str, pa.Table], slot: str) -> None:
    column = tables["record"].column(slot)
    assert len(column) - column.null_count >= FILLED[slot]


def test_the_sexes_are_those_that_the_verbs_say(tables: dict[str, pa.Table]) -> None:
    records = tables["record"]
    for sex, verb in (("m", "Родился "), ("f", "Родилась ")):
        told = pc.match_substring_regex(records.column("verbatim"), f"(^|\n){verb}")
        assert set(records.filter(told).column("sex").to_pylist()) == {sex}
