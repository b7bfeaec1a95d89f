from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from martyrolog.history.cohorts import (
    Member,
    cumulative_incidence,
    make_cohort_fate,
    make_cohort_year,
    members_of,
    survivors,
)
from martyrolog.tables import make_table

LOCATOR = {"list_id": "l", "verbatim": "x", "verbatim_kind": "text", "file": "f", "row": 1,
           "unverified": []}  # fmt: skip


def member(name: str, died: str | None, fate: str | None, joined: int = 1934) -> Member:
    day = date.fromisoformat(died) if died else None
    return Member(name, date(joined, 2, 10), (day, day) if day else None, fate)


COMMITTEE = [
    member("a", "1937-09-06", "executed"), member("b", "1938-07-29", "executed"),
    member("c", "1937-05-31", "suicide"), member("d", "1971-12-05", "natural"),
]  # fmt: skip


def test_who_survived_a_day_is_a_list_of_persons() -> None:
    assert survivors(COMMITTEE, date(1938, 12, 31)) == (["d"], [])
    assert survivors(COMMITTEE, date(1937, 6, 1)) == (["a", "b", "d"], [])


def test_a_death_of_a_known_year_leaves_survival_open_within_it() -> None:
    one = Member("a", date(1934, 1, 1), (date(1938, 1, 1), date(1938, 12, 31)), "executed")
    assert survivors([one], date(1937, 12, 31)) == (["a"], [])
    assert survivors([one], date(1938, 6, 1)) == ([], ["a"])
    assert survivors([one], date(1938, 12, 31)) == ([], [])


def test_a_member_without_death_is_possibly_alive_unless_the_fate_says_so() -> None:
    members = [member("a", None, None), member("b", None, "survived")]
    assert survivors(members, date(1950, 1, 1)) == (["b"], ["a"])


def test_incidence_of_a_whole_cohort_is_the_share_of_its_members() -> None:
    rows = make_cohort_year({"cc": COMMITTEE}).to_pylist()
    found = {(row["year"], row["fate"]): row["incidence"] for row in rows}
    assert found[1937, "executed"] == pytest.approx(1 / 4)
    assert found[1938, "executed"] == pytest.approx(2 / 4)
    assert found[1937, "suicide"] == pytest.approx(1 / 4)
    assert found[1956, "natural"] == 0
    risk = {row["year"]: row["at_risk"] for row in rows}
    assert (risk[1937], risk[1938], risk[1939]) == (4, 2, 1)


def test_a_member_of_unknown_fate_leaves_the_count_at_joining() -> None:
    rows = make_cohort_year({"cc": [*COMMITTEE, member("e", None, None)]}).to_pylist()
    assert {row["at_risk"] for row in rows if row["year"] == 1935} == {4}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-1, 2)), min_size=1, max_size=40))
def test_survival_left_by_all_causes_is_that_of_kaplan_and_meier(
    lives: list[tuple[int, int]],
) -> None:
    time, cause = (np.array(column, dtype=np.int64) for column in zip(*lives, strict=True))
    incidence, at_risk = cumulative_incidence(time, cause, 3, 10)
    survival = ecdf(
        CensoredData(uncensored=time[cause >= 0].astype(np.float64), right=time[cause < 0])
    ).sf
    assert 1 - incidence.sum(axis=0) == pytest.approx(survival.evaluate(np.arange(10)))
    assert at_risk.tolist() == [int((time >= step).sum()) for step in range(10)]


def test_aalen_and_johansen_by_hand() -> None:
    # at risk 4: one of cause 0 (1/4), then 3: one censored, then 2: one of cause 1 (3/4 · 1/2)
    incidence, _ = cumulative_incidence(np.array([0, 1, 2, 3]), np.array([0, -1, 1, -1]), 2, 4)
    assert incidence[:, 3].tolist() == pytest.approx([1 / 4, 3 / 8])


def placed(person: str, start: date | None) -> dict[str, Any]:
    return {"cohort_id": "cc", "person_id": person, "record_id": f"r{person}{start}",
            "held_from_earliest": start}  # fmt: skip


def test_members_join_at_their_first_day_or_with_the_cohort() -> None:
    cohort = make_table("cohort", [{**LOCATOR, "cohort_id": "cc",
                                    "formed_date_earliest": date(1934, 2, 10)}])  # fmt: skip
    membership = make_table("membership", [
        placed("a", None), placed("b", date(1919, 3, 25)), placed("b", date(1926, 1, 1)),
    ])  # fmt: skip
    person = make_table("person", [
        {"person_id": one, "name_latin": "x", "name_latin_derived": True, "victim": False,
         "roles": [], "list_ids": [], "records": 1, "fate": "natural"} for one in "ab"
    ])  # fmt: skip
    event = make_table("event", [
        {"person_id": "a", "kind": kind, "date_earliest": day, "date_latest": day, "record_ids": []}
        for kind, day in (("death", date(1950, 1, 1)), ("birth", date(1890, 1, 1)),
                          ("death", date(1951, 1, 1)))
    ])  # fmt: skip
    members = members_of(cohort, membership, person, event)["cc"]
    assert [one.joined for one in members] == [date(1934, 2, 10), date(1919, 3, 25)]
    assert [one.died for one in members] == [(date(1950, 1, 1), date(1951, 1, 1)), None]


def test_fates_are_counted_with_their_persons() -> None:
    rows = make_cohort_fate({"cc": COMMITTEE}).to_pylist()
    assert [(row["fate"], row["persons"], row["person_ids"]) for row in rows] == [
        ("executed", 2, ["a", "b"]), ("natural", 1, ["d"]), ("suicide", 1, ["c"])
    ]  # fmt: skip
