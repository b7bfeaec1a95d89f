from collections import defaultdict
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from martyrolog.history import make_campaign
from martyrolog.tables import check_table, make_table

PERSON = {"name_latin": "x", "name_latin_derived": True, "roles": ["victim"], "list_ids": ["l"],
          "records": 1}  # fmt: skip


def event(person: str, kind: str, first: date | None, last: date | None, **more: Any) -> Any:
    return {"person_id": person, "kind": kind, "date_earliest": first, "date_latest": last,
            "record_ids": [f"r{person}"], **more}  # fmt: skip


def made(
    events: list[Any], *, bystanders: tuple[str, ...] = (), **stated: dict[str, str]
) -> dict[str, pa.Table]:
    """The campaign of some events; all persons are victims but the bystanders."""
    persons = sorted({one["person_id"] for one in events})
    person = [{**PERSON, "person_id": one, "victim": one not in bystanders} for one in persons]
    statement = [
        {"person_id": one, "field": field, "value": value, "record_ids": [], "list_ids": [],
         "preferred": True, "verified": True}
        for field, values in stated.items() for one, value in values.items()
    ]  # fmt: skip
    return dict(
        make_campaign(make_table("event", events), make_table("person", person),
                      make_table("statement", statement))
    )  # fmt: skip


def day(number: int) -> date:
    return date(1937, 8, number)


THREE = [
    event("a", "execution", day(3), day(3)),
    event("b", "execution", date(1937, 8, 22), date(1937, 9, 10)),
    event("c", "execution", None, None),
    event("a", "birth", date(1900, 1, 1), date(1900, 1, 1)),
]


def test_every_table_is_as_declared() -> None:
    for name, table in made(THREE).items():
        check_table(name, table)


def test_the_periods_of_every_step_hold_all_dated_events() -> None:
    sums: defaultdict[str, float] = defaultdict(float)
    for row in made(THREE)["campaign"].to_pylist():
        sums[row["step"]] += row["expected"]
    assert dict(sums) == {step: pytest.approx(2.0) for step in ("day", "week", "month")}


def test_undated_and_uncertain_events_are_reported() -> None:
    group = made(THREE)["campaign_group"].to_pylist()[0]
    assert (group["events"], group["undated"], group["uncertain"]) == (3, 1, 1)


def test_groups_of_a_dimension_hold_all_events_together() -> None:
    groups = made(THREE, nationality={"a": "поляк", "b": "полька"})["campaign_group"].to_pylist()
    found = {(row["dimension"], row["value"]): row["events"] for row in groups}
    assert found == {("all", "all"): 3, ("nationality", "polish"): 2,
                     ("nationality", "unstated"): 1}  # fmt: skip


def test_a_dimension_of_which_nothing_is_stated_is_left_out() -> None:
    groups = made(THREE)["campaign_group"].to_pylist()
    assert {row["dimension"] for row in groups} == {"all"}


def test_what_befell_somebody_who_is_no_victim_is_not_counted() -> None:
    groups = made(THREE, bystanders=("a",))["campaign_group"].to_pylist()
    assert groups[0]["events"] == 2


def test_peak_windows_are_days() -> None:
    events = [event(str(n), "arrest", day(n // 10 + 1), day(n // 10 + 1)) for n in range(100)]
    events += [event("x", "arrest", date(1938, 5, 1), date(1938, 5, 1))]
    group = made(events)["campaign_group"].to_pylist()[0]
    assert group["half_to"] - group["half_from"] == day(6) - day(1)
    assert (group["most_from"], group["most_to"]) == (day(1), day(10))


def test_a_wave_has_days_and_bounds() -> None:
    events = [event(f"{m}-{n}", "arrest", date(1935 + m // 12, m % 12 + 1, n % 28 + 1),
                    date(1935 + m // 12, m % 12 + 1, n % 28 + 1))
              for m in range(60) for n in range(60 if 30 <= m < 40 else 3)]  # fmt: skip
    tables = made(events)
    wave = tables["wave"].to_pylist()[0]
    assert (wave["first_day"], wave["last_day"]) == (date(1937, 7, 1), date(1938, 4, 30))
    assert wave["onset_earliest"] <= wave["onset"] <= wave["onset_latest"]
    assert wave["end"] == date(1938, 5, 1)
    assert wave["events"] == 600
    assert [row["at"] for row in tables["change_point"].to_pylist()] == [
        date(1937, 7, 1), date(1938, 5, 1)
    ]  # fmt: skip


def test_each_group_with_enough_events_has_waves_of_its_own() -> None:
    busy = {"поляк": range(10, 14), "латыш": range(30, 36), "эстонец": range(0)}
    events = [event(f"{who}{m}-{n}", "arrest", *[date(1934 + m // 12, m % 12 + 1, n % 28 + 1)] * 2)
              for who, months in busy.items() for m in range(48)
              for n in range(60 if m in months else 2 if months else m % 2)]  # fmt: skip
    whose = {one["person_id"]: next(who for who in busy if one["person_id"].startswith(who))
             for one in events}  # fmt: skip
    tables = made(events, nationality=whose)
    found = {row["value"]: (row["first_day"], row["last_day"])
             for row in tables["group_wave"].to_pylist()}  # fmt: skip
    assert found == {"polish": (date(1934, 11, 1), date(1935, 2, 28)),
                     "latvian": (date(1936, 7, 1), date(1936, 12, 31))}  # fmt: skip
    sought = {row["value"]: row["waves"] for row in tables["campaign_group"].to_pylist()}
    assert sought == {"all": 2, "polish": 1, "latvian": 1, "estonian": None}


def test_heaped_months_are_reported_and_make_no_wave() -> None:
    heaped = [event(f"{y}-{m}-{n}", "arrest", date(y, m, 15), date(y, m, 15))
              for y in range(1925, 1945) for m in range(1, 13)
              for n in range(40 if m == 12 else 8)]  # fmt: skip
    tables = made(heaped)
    assert [row["month"] for row in tables["heap"].to_pylist()] == [12]
    assert tables["wave"].num_rows == 0


def test_without_events_every_table_is_there_and_empty() -> None:
    tables = made([])
    assert {name: table.num_rows for name, table in tables.items()} == dict.fromkeys(
        ("campaign", "campaign_group", "change_point", "wave", "heap", "group_wave"), 0
    )


def test_the_order_of_the_events_changes_nothing() -> None:
    assert made(THREE) == made(THREE[::-1])
