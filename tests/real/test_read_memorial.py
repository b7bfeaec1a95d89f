"""46,445 prose entries of Memorial's database (names removed at the source), read by a profile."""

import gzip
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from martyrolog.read import read_file

pytestmark = pytest.mark.slow

# entries in which the slot is filled, counted on 2026-11-30 (benchmarks/entries/results.md); a
# change of the profile may raise them. birth_place was lowered once, each of its losses read: nine
# said that no place is known («?», «нет сведений»), the others named a party, which now stands in
# its own slot.
FILLED = {
    "sex": 46_177,
    "birth_date": 44_687,
    "birth_place": 30_288,
    "nationality": 20_178,
    "party": 6_655,
    "occupation": 20_818,
    "residence": 31_047,
    "arrest_date": 18_593,
    "charge": 22_575,
    "sentencing_body": 18_350,
    "sentence_date": 28_428,
    "sentence": 35_689,
    "fate": 5_159,
    "death_date": 6_181,
    "death_place": 655,
    "exile_place": 9_621,
    "imprisonment_place": 773,
    "release_date": 2_729,
    "rehabilitation_date": 26_393,
    "rehabilitating_body": 11_278,
    "burial_place": 2_802,
    "other_names": 1_846,
    "note": 11_721,
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
