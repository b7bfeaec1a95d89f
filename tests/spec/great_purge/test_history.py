"""The analyses of the embedded collection: known persons and trials, whatever the row order."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from martyrolog.archive import Archive
from martyrolog.history import analyse
from martyrolog.history.cohorts import members_of, survivors
from martyrolog.history.offices import holders_on
from martyrolog.history.stage import STAGE
from martyrolog.tables import check_table, read_table

Tables = Mapping[str, pa.Table]


@pytest.fixture(scope="module")
def tables(great_purge_archive: Archive) -> dict[str, pa.Table]:
    return {name: read_table(great_purge_archive.build, name) for name in STAGE.reads}


@pytest.fixture(scope="module")
def made(tables: Tables) -> Tables:
    return analyse(tables)


def names(tables: Tables, person_ids: list[str]) -> list[str]:
    known = dict(zip(tables["person"]["person_id"].to_pylist(),
                     tables["person"]["name_latin"].to_pylist(), strict=True))  # fmt: skip
    return sorted(known[one].split(",")[0] for one in person_ids)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_rows_changes_no_table(tables: Tables, made: Tables, seed: int) -> None:
    rng = np.random.default_rng(seed)
    shuffled = {name: table.take(pa.array(rng.permutation(table.num_rows)))
                for name, table in tables.items()}  # fmt: skip
    again = analyse(shuffled)
    for name, table in made.items():
        check_table(name, table)
        assert again[name].equals(table), name


def test_the_head_of_the_nkvd_is_derived_for_any_day(tables: Tables, made: Tables) -> None:
    heads = {date(1936, 8, 24): ["Yagoda"], date(1937, 6, 12): ["Yezhov"],
             date(1938, 11, 25): ["Beriya", "Yezhov"], date(1940, 2, 4): ["Beriya"]}  # fmt: skip
    for day, expected in heads.items():
        sure, possible = holders_on(made["office_period"], day)["nkvd-commissar"]
        assert (names(tables, sure), possible) == (expected, [])


def test_an_execution_is_linked_to_the_office_holders_of_its_day(
    tables: Tables, made: Tables
) -> None:
    shot = [row for row in made["event_holder"].to_pylist() if row["kind"] == "execution"
            and row["sure"] and row["office_id"] == "nkvd-commissar"
            and row["date_earliest"] == date(1937, 6, 12)]  # fmt: skip
    assert len({row["person_id"] for row in shot}) == 8
    assert names(tables, list({row["holder_id"] for row in shot})) == ["Yezhov"]


def test_an_act_in_moscow_is_linked_to_the_head_of_the_region_too(
    tables: Tables, made: Tables
) -> None:
    heads = {row["holder_id"] for row in made["event_holder"].to_pylist()
             if row["office_id"] == "unkvd-moscow" and row["kind"] == "trial" and row["sure"]
             and row["date_latest"] < date(1937, 12, 31)}  # fmt: skip
    assert names(tables, list(heads)) == ["Redens"]


def test_lists_and_the_rows_of_the_four_key_trials_agree(made: Tables) -> None:
    rows = [row for row in made["trial_outcome"].to_pylist() if row["trial_id"].startswith("T")]
    assert [row["defendants"] for row in rows] == [16, 17, 21, 8]
    for row in rows:
        for name in ("defendants", "death_sentences", "executed", "prison_sentences"):
            assert row[name] == row[f"stated_{name}"], (row["trial_id"], name)


def test_of_lenins_first_government_only_stalin_lived_past_1940(tables: Tables) -> None:
    members = members_of(tables["cohort"], tables["membership"], tables["person"], tables["event"])
    sure, possible = survivors(members["sovnarkom-1917"], date(1940, 12, 31))
    assert (names(tables, sure), possible) == (["Stalin"], [])


def test_every_cohort_is_wholly_accounted_for(tables: Tables, made: Tables) -> None:
    members = members_of(tables["cohort"], tables["membership"], tables["person"], tables["event"])
    for cohort_id, persons in members.items():
        fates = [row for row in made["cohort_fate"].to_pylist() if row["cohort_id"] == cohort_id]
        assert sorted(one for row in fates for one in row["person_ids"]) == [
            one.person_id for one in persons
        ]


def test_trials_outside_moscow_name_their_purpose_and_source(tables: Tables) -> None:
    trials = [row for row in tables["trial"].to_pylist() if row["list_id"] == "provincial-trials"]
    assert len(trials) >= 3
    assert all(row["purpose_en"] and row["purpose_ru"] and row["sources"] for row in trials)
