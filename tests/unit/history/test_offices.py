from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from martyrolog.dates import bounds
from martyrolog.history.offices import (
    heads_of,
    holders_on,
    make_event_holder,
    make_office_period,
    make_succession,
)
from martyrolog.tables import make_table

PERSON = {"name_latin": "x", "name_latin_derived": True, "roles": [], "list_ids": ["l"],
          "records": 1, "victim": False}  # fmt: skip


def tenures(*rows: tuple[str, str, str | None, str | None]) -> pa.Table:
    """office, person, first and last day as EDTF."""
    made: list[dict[str, Any]] = []
    for number, (office, person, start, end) in enumerate(rows):
        row: dict[str, Any] = {"office_id": office, "person_id": person, "record_id": f"r{number}"}
        for name, text in (("held_from", start), ("held_to", end)):
            earliest, latest = bounds(text) if text else (None, None)
            row |= {name: text, f"{name}_earliest": earliest, f"{name}_latest": latest}
        made.append(row)
    return make_table("tenure", made)


HEADS = tenures(
    ("head", "yagoda", "1934-07-10", "1936-09-26"),
    ("head", "yezhov", "1936-09-26", "1938-11-25"),
    ("head", "beria", "1938-11-25", "1945-12-29"),
)


@pytest.mark.parametrize(
    ("day", "holders"),
    [
        (date(1936, 8, 24), ["yagoda"]),
        (date(1936, 9, 26), ["yagoda", "yezhov"]),
        (date(1937, 8, 1), ["yezhov"]),
        (date(1938, 11, 26), ["beria"]),
    ],
)
def test_the_holder_of_a_day_follows_from_the_dates(day: date, holders: list[str]) -> None:
    assert holders_on(make_office_period(HEADS), day) == {"head": (holders, [])}


def test_nobody_holds_an_office_outside_every_tenure() -> None:
    periods = make_office_period(tenures(("o", "a", "1937-01-01", "1937-02-01"),
                                         ("o", "b", "1937-03-01", "1937-04-01")))  # fmt: skip
    assert holders_on(periods, date(1937, 2, 15)) == {}
    assert holders_on(periods, date(1936, 12, 31)) == {}


def test_an_uncertain_day_makes_a_possible_holder() -> None:
    periods = make_office_period(tenures(("o", "a", "1937-03", "1938")))
    assert holders_on(periods, date(1937, 3, 10)) == {"o": ([], ["a"])}
    assert holders_on(periods, date(1937, 5, 1)) == {"o": (["a"], [])}
    assert holders_on(periods, date(1938, 5, 1)) == {"o": ([], ["a"])}


def test_a_tenure_without_end_is_sure_on_its_first_day_only() -> None:
    periods = make_office_period(tenures(("o", "a", "1937-03-01", None)))
    assert holders_on(periods, date(1937, 3, 1)) == {"o": (["a"], [])}
    assert holders_on(periods, date(1950, 1, 1)) == {"o": ([], ["a"])}


def test_two_records_of_one_tenure_are_one() -> None:
    twice = tenures(("o", "a", "1937-03-01", "1938-01-01"), ("o", "a", "1937-03-01", "1938-01-01"))
    assert make_office_period(twice).num_rows == 1
    rows = make_succession(twice, make_table("person", [])).to_pylist()
    assert [row["record_ids"] for row in rows] == [["r0", "r1"]]


DAYS = st.dates(date(1930, 1, 1), date(1931, 12, 31))


@given(st.lists(st.tuples(st.sampled_from("abc"), DAYS, st.integers(0, 300)), max_size=6), DAYS)
def test_periods_say_of_every_day_what_the_tenures_say(
    held: list[tuple[str, date, int]], day: date
) -> None:
    spans = [(one, start, start + timedelta(days=length)) for one, start, length in held]
    made = make_office_period(
        tenures(*(("o", one, str(start), str(end)) for one, start, end in spans))
    )
    expected = sorted({one for one, start, end in spans if start <= day <= end})
    assert holders_on(made, day).get("o", ([], []))[0] == expected


def events(*rows: tuple[str, str, str | None, str | None]) -> pa.Table:
    """Person, day as EDTF, place, body."""
    return make_table("event", [
        {"person_id": person, "kind": "execution", "place": place, "body": body, "record_ids": [],
         "date_earliest": bounds(day)[0], "date_latest": bounds(day)[1]}
        for person, day, place, body in rows
    ])  # fmt: skip


BACKED = {"list_id": "l", "unverified": [], "verbatim": "x", "verbatim_kind": "text", "file": "f"}
OFFICES = make_table("office", [
    {**BACKED, "office_id": name, "territory": territory, "body_id": body, "row": row}
    for row, (name, territory, body) in enumerate((
        ("head", None, "nkvd"), ("deputy", None, "nkvd"), ("moscow", "Москва", "nkvd"),
        ("judge", None, "collegium"), ("water", None, "fleet")))
])  # fmt: skip
BODIES = make_table("body", [
    {**BACKED, "body_id": "nkvd", "kind": "state security", "name_en": "NKVD", "row": 1},
    {**BACKED, "body_id": "collegium", "kind": "court", "name_ru": "Коллегия", "row": 2},
    {**BACKED, "body_id": "fleet", "kind": "government", "name_en": "Fleet", "row": 3},
])  # fmt: skip


def holders(*rows: tuple[str, str, str | None, str | None]) -> list[tuple[str, str, bool]]:
    held = tenures(("moscow", "redens", "1934-07-10", "1938-01-20"),
                   ("judge", "ulrikh", "1926", "1948"), ("water", "pakhomov", "1934", "1938"),
                   ("deputy", "frinovsky", "1937-04-15", "1938-09-08"))  # fmt: skip
    periods = make_office_period(pa.concat_tables([HEADS, held]))
    found = make_event_holder(events(*rows), periods, OFFICES, BODIES).to_pylist()
    return [(row["person_id"], row["holder_id"], row["sure"]) for row in found]


def test_the_first_office_of_a_body_of_state_security_stands_over_every_act() -> None:
    assert heads_of(BODIES, OFFICES) == ["head"]


def test_an_act_meets_the_office_holders_of_its_day_and_place() -> None:
    assert holders(("p", "1937-10-30", "г. Москва", None), ("q", "1937-10-30", "Тула", None),
                   ("r", "1938", None, None)) == [
        ("p", "yezhov", True), ("p", "redens", True), ("q", "yezhov", True),
        ("r", "beria", False), ("r", "yezhov", False),
    ]  # fmt: skip


def test_an_act_meets_the_office_holders_of_the_body_that_it_names() -> None:
    assert holders(("p", "1937-10-30", None, "коллегия"), ("q", "1937-10-30", None, "Fleet")) == [
        ("p", "yezhov", True), ("p", "ulrikh", True),
        ("q", "yezhov", True), ("q", "pakhomov", True),
    ]  # fmt: skip


def test_a_birth_and_an_act_without_a_day_have_no_office_holder() -> None:
    born = make_table("event", [
        {"person_id": "p", "kind": "birth", "record_ids": [],
         "date_earliest": date(1936, 1, 1), "date_latest": date(1936, 1, 1)},
        {"person_id": "p", "kind": "execution", "record_ids": []},
    ])  # fmt: skip
    assert make_event_holder(born, make_office_period(HEADS), OFFICES, BODIES).num_rows == 0


def test_succession_gives_the_one_before_and_the_days_between() -> None:
    person = make_table("person", [{**PERSON, "person_id": "yezhov", "fate": "executed",
                                    "death_date": "1940-02-04"}])  # fmt: skip
    rows = make_succession(HEADS, person).to_pylist()
    assert [(row["person_id"], row["predecessor_id"], row["least_gap"]) for row in rows] == [
        ("yagoda", None, None), ("yezhov", "yagoda", 0), ("beria", "yezhov", 0)
    ]  # fmt: skip
    assert [row["fate"] for row in rows] == [None, "executed", None]


def test_the_succession_says_which_days_no_record_gives_as_verified() -> None:
    rows = [row | {"unverified": names} for row, names in zip(
        tenures(*[("head", "x", "1934", "1936")] * 2, ("head", "y", "1936", "1938")).to_pylist(),
        (["held_from", "held_to"], ["held_to"], []), strict=True)]  # fmt: skip
    made = make_succession(make_table("tenure", rows), make_table("person", [])).to_pylist()
    assert [row["unverified"] for row in made] == [["last_earliest", "last_latest"], []]
