from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from martyrolog.history.fates import (
    flow_table,
    lives_of_events,
    lives_of_records,
    make_duration,
    make_flow,
)
from martyrolog.tables import make_table

PERSON = {"name_latin": "x", "name_latin_derived": True, "roles": [], "list_ids": ["l"],
          "records": 1}  # fmt: skip
START = date(1937, 8, 1)


def lives(*persons: Mapping[str, int | None], bystanders: int = 0) -> pa.Table:
    """One person each: kind of event to days after 1 August 1937; None for a day not known."""
    person = [{**PERSON, "person_id": f"p{i}", "victim": i >= bystanders}
              for i in range(len(persons))]  # fmt: skip
    event: list[dict[str, Any]] = []
    for number, kinds in enumerate(persons):
        for kind, days in kinds.items():
            day = START + timedelta(days=days or 0)
            last = day if days is not None else date(1937, 12, 31)
            event.append({"person_id": f"p{number}", "kind": kind, "date_earliest": day,
                          "date_latest": last, "record_ids": []})  # fmt: skip
    return lives_of_events(make_table("event", event), make_table("person", person))


def spans(table: pa.Table) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["kind_from"], row["kind_to"]): row for row in make_duration(table).to_pylist()}


def test_durations_are_days_between_known_days() -> None:
    table = lives(*({"arrest": 0, "sentence": days, "execution": days + 1}
                    for days in (10, 20, 30, 40)))  # fmt: skip
    row = spans(table)["arrest", "sentence"]
    assert (row["persons"], row["censored"], row["left_out"]) == (4, 0, 0)
    assert (row["first_quartile"], row["median"], row["third_quartile"]) == (10, 20, 30)
    assert row["longest"] == 40
    assert spans(table)["sentence", "execution"]["median"] == 1


def test_who_died_before_the_sentence_is_censored_at_the_death() -> None:
    table = lives({"arrest": 0, "sentence": 10}, {"arrest": 0, "death": 5},
                  {"arrest": 0, "sentence": 20}, {"arrest": 0, "sentence": 30})  # fmt: skip
    row = spans(table)["arrest", "sentence"]
    assert (row["persons"], row["censored"], row["left_out"]) == (3, 1, 0)
    # Kaplan-Meier with one of four lost before the first sentence: 2/3, 1/3, 0
    assert row["median"] == 20


def test_an_execution_without_a_day_of_sentence_is_left_out_not_censored() -> None:
    table = lives({"arrest": 0, "sentence": 10}, {"arrest": 0, "execution": 40})
    row = spans(table)["arrest", "sentence"]
    assert (row["persons"], row["censored"], row["left_out"]) == (1, 0, 1)


def test_days_to_an_execution_are_those_of_persons_executed() -> None:
    table = lives({"sentence": 0, "execution": 3}, {"sentence": 0, "release": 900},
                  {"sentence": 0, "execution": None})  # fmt: skip
    row = spans(table)["sentence", "execution"]
    assert (row["persons"], row["censored"], row["left_out"]) == (1, 0, 1)
    assert spans(table)["sentence", "release"]["persons"] == 1


def test_a_day_that_is_not_known_counts_in_no_duration() -> None:
    assert spans(lives({"arrest": None, "sentence": 10})) == {}


def test_who_is_no_victim_has_no_life_here() -> None:
    assert lives({"arrest": 0}, {"arrest": 1}, bystanders=1)["person_id"].to_pylist() == ["p1"]


def test_every_stage_of_the_flow_holds_every_victim() -> None:
    table = lives({"arrest": 0, "execution": 9}, {"release": 5}, {}, {"rehabilitation": 9000})
    flow = flow_table(table, pa.array(["ВКВС", None, None, "тройка"]),
                      pa.array(["ВМН", "10 лет ИТЛ", None, None])).to_pylist()  # fmt: skip
    held: defaultdict[str, int] = defaultdict(int)
    for row in flow:
        held[row["stage_from"]] += row["persons"]
    assert dict(held) == dict.fromkeys(("arrest", "body", "sentence", "outcome"), 4)
    found = {(row["value_from"], row["value_to"]) for row in flow if row["stage_to"] == "outcome"}
    assert found == {("death", "execution"), ("camp", "release"), ("unstated", "unstated")}


def test_the_flow_of_an_archive_takes_preferred_statements() -> None:
    statement = make_table("statement", [
        {"person_id": "p0", "field": "sentence", "value": "расстрел", "record_ids": [],
         "list_ids": [], "preferred": True, "verified": True}
    ])  # fmt: skip
    rows = make_flow(lives({"execution": 1}), statement).to_pylist()
    assert ("death", "execution") in {(row["value_from"], row["value_to"]) for row in rows}
    assert {row["to_en"] for row in rows if row["value_to"] == "execution"} == {"execution"}


def test_records_without_names_have_lives_too() -> None:
    common = {"list_id": "l", "occurrence": 1, "unverified": [], "verbatim": "x",
              "verbatim_kind": "text", "file": "f", "row": 1}  # fmt: skip

    def dated(**days: date) -> dict[str, Any]:
        return {f"{name}_date{end}": day for name, day in days.items()
                for end in ("_earliest", "_latest")} | {f"{name}_date": str(day)
                                                        for name, day in days.items()}  # fmt: skip

    table = lives_of_records(make_table("record", [
        {**common, "record_id": "r1", "fate": "executed",
         **dated(arrest=START, death=START + timedelta(days=50))},
        {**common, "record_id": "r2", **dated(death=START)},
        {**common, "record_id": "r3", "fate": "executed"},
    ]))  # fmt: skip
    assert table["execution"].to_pylist() == [True, False, True]
    assert table["death"].to_pylist() == [False, True, False]
    assert spans(table)["arrest", "execution"]["median"] == pytest.approx(50)
