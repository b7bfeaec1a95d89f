"""Ways and durations in Memorial's prose entries: every eleventh of 46,445, without names."""

import gzip
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from martyrolog.history.fates import flow_table, lives_of_records, make_duration
from martyrolog.read import read_file

BETWEEN = "\n---\n"


@pytest.fixture(scope="module")
def records(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    packed = data_dir / "memorial-entries" / "entries.txt.gz"
    entries = gzip.decompress(packed.read_bytes()).decode("utf-8").split(BETWEEN)
    path = tmp_path_factory.mktemp("memorial") / "entries.txt"
    path.write_text(BETWEEN.join(entries[::11]), encoding="utf-8")
    return read_file(path, "memorial-entry")["record"]


@pytest.fixture(scope="module")
def durations(records: pa.Table) -> dict[tuple[str, str], dict[str, Any]]:
    rows = make_duration(lives_of_records(records)).to_pylist()
    return {(row["kind_from"], row["kind_to"]): row for row in rows}


def test_an_execution_follows_its_sentence_within_weeks_an_arrest_its_sentence_within_months(
    durations: dict[tuple[str, str], dict[str, Any]],
) -> None:
    to_sentence, to_execution = durations["arrest", "sentence"], durations["sentence", "execution"]
    assert to_sentence["persons"] > 1_000
    assert 40 <= to_sentence["median_low"] <= to_sentence["median"] <= to_sentence["median_high"]
    assert to_sentence["median_high"] <= 100
    assert to_execution["persons"] > 300
    assert to_execution["median"] <= 21
    assert to_execution["censored"] == 0


def test_everyone_with_a_first_event_is_counted_or_left_out(
    records: pa.Table, durations: dict[tuple[str, str], dict[str, Any]]
) -> None:
    arrested = sum(day is not None for day in records["arrest_date"].to_pylist())
    row = durations["arrest", "sentence"]
    assert row["persons"] + row["censored"] + row["left_out"] == arrested


def test_every_stage_of_the_way_holds_every_entry(records: pa.Table) -> None:
    flow = flow_table(lives_of_records(records), records["sentencing_body"].combine_chunks(),
                      records["sentence"].combine_chunks())  # fmt: skip
    held: defaultdict[str, int] = defaultdict(int)
    for row in flow.to_pylist():
        held[row["stage_from"]] += row["persons"]
    assert set(held.values()) == {records.num_rows}
