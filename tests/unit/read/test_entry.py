"""Lists that name no persons."""

from pathlib import Path

import pytest

from .sources import read, rows_of, written

TRIALS = "trial_id,name_en,start_date,verdict_date,defendants,unverified\n"
T16 = "T16,Trial of the Sixteen,1936-08-19,1936-08-24,16,start_date\n"


def test_a_trial_keeps_its_dates_and_unverified_columns(tmp_path: Path) -> None:
    found = read(written(tmp_path, "trials.csv", TRIALS + T16), kind="trial")
    (row,) = rows_of(found)
    assert found.table == "trial"
    assert (row["verdict_date"], row["verdict_date_verbatim"]) == ("1936-08-24", "1936-08-24")
    assert (row["unverified"], row["list_id"], row["row"]) == (["start_date"], "test", 2)


def test_a_row_without_key_is_rejected(tmp_path: Path) -> None:
    found = read(written(tmp_path, "trials.csv", TRIALS + T16 + ",A,,,,\n"), kind="trial")
    assert [row["reason"] for row in found.rejects] == ["read.no_key"]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_rows_with_one_key_the_same_stays_whatever_the_order(
    tmp_path: Path, order: int
) -> None:
    rows = [T16, "T16,Another name,,,,\n"][::order]
    found = read(written(tmp_path, "trials.csv", TRIALS + "".join(rows)), kind="trial")
    assert [row["name_en"] for row in rows_of(found)] == ["Trial of the Sixteen"]
    assert [(row["reason"], row["detail"]) for row in found.rejects] == [
        ("read.duplicate_key", "T16 (test)")
    ]
    assert found.rows == 2
