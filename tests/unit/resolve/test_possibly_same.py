from pathlib import Path
from typing import Any

import pytest

from martyrolog.messages import text
from martyrolog.resolve import judge
from tests.unit.resolve.world import World, match, record


def test_the_strongest_pair_of_two_persons_is_listed_once(tmp_path: Path) -> None:
    world = World(tmp_path, [record(name) for name in ("r1", "r2", "r3")], [["r1", "r2"]],
                  [match("r1", "r3", 0.4, 1.0), match("r2", "r3", 0.7, 3.0)])  # fmt: skip
    (found,) = world.rows("possibly_same")
    assert {found["record_id_left"], found["record_id_right"]} == {"r2", "r3"}
    assert (found["match_weight"], found["match_probability"]) == (3.0, 0.7)
    assert found["reason"] == "resolve.too_weak"


def test_each_record_stands_on_the_side_of_its_person(tmp_path: Path) -> None:
    names = [f"r{number}" for number in range(10)]
    pairs = [match(left, right, 0.5) for left, right in zip(names[::2], names[1::2], strict=True)]
    world = World(tmp_path, [record(name) for name in names], matches=pairs)
    person_of = world.person_of()
    found = world.rows("possibly_same")
    assert len(found) == 5
    for row in found:
        assert row["person_id_left"] == person_of[row["record_id_left"]] < row["person_id_right"]
        assert row["person_id_right"] == person_of[row["record_id_right"]]


def test_pairs_within_a_person_below_the_cut_off_or_of_unknown_records_are_not_listed(
    tmp_path: Path,
) -> None:
    pairs = [match("r1", "r2", 0.99), match("r1", "r3", 0.19), match("r1", "r9", 0.9)]
    world = World(tmp_path, [record(name) for name in ("r1", "r2", "r3")], [["r1", "r2"]], pairs)
    assert world.rows("possibly_same") == []


REASONS: list[tuple[str, float, dict[str, Any], dict[str, Any]]] = [
    ("too_weak", 0.94, {}, {}),
    ("constraint", 0.96, {}, {}),
    ("death_dates_differ", 0.96, {"death_date": "1938-07-29"}, {"death_date": "1938-08-19"}),
    ("death_dates_differ", 0.5, {"death_date": "1938-07-29"}, {"death_date": "1938-08-19"}),
    ("constraint", 0.96, {"death_date": "1938-07-29"}, {"death_date": "1938"}),
    ("duplicate_free_list", 0.96, {"list_id": "list-b"}, {"list_id": "list-b"}),
    ("constraint", 0.96, {"list_id": "list-a"}, {"list_id": "list-b"}),
]


@pytest.mark.parametrize(("reason", "probability", "left", "right"), REASONS)
def test_the_reason_says_why_they_were_not_merged(
    tmp_path: Path, reason: str, probability: float, left: dict[str, Any], right: dict[str, Any]
) -> None:
    world = World(tmp_path, [record("r1", **left), record("r2", **right)],
                  matches=[match("r1", "r2", probability)],
                  lists={"list-b": {"duplicate_free": True}})  # fmt: skip
    (found,) = world.rows("possibly_same")
    assert found["reason"] == f"resolve.{reason}"
    assert text(found["reason"], "ru") != text(found["reason"], "en")


@pytest.mark.parametrize(
    ("verdict", "reasons"),
    [("different", []), ("unsure", ["resolve.judged_unsure"]), ("same", [])],
)
def test_a_judgement_decides_whether_a_pair_is_listed(
    tmp_path: Path, verdict: Any, reasons: list[str]
) -> None:
    world = World(tmp_path, [record("r1"), record("r2")], matches=[match("r1", "r2", 0.9)])
    world.build()
    judge(world.archive, "r1", "r2", verdict, author="A", reason="b")
    assert [row["reason"] for row in world.rows("possibly_same")] == reasons


def test_a_pair_judged_same_that_a_newer_judgement_keeps_apart_is_contested(tmp_path: Path) -> None:
    world = World(tmp_path, [record(name) for name in ("r1", "r2", "r3")],
                  matches=[match("r1", "r2", 0.9)])  # fmt: skip
    world.build()
    for left, right, verdict in (
        ("r1", "r2", "same"),
        ("r2", "r3", "same"),
        ("r1", "r3", "different"),
    ):
        judge(world.archive, left, right, verdict, author="A", reason="b")  # type: ignore[arg-type]
    person_of = world.person_of()
    assert person_of["r2"] == person_of["r3"] != person_of["r1"]
    (found,) = world.rows("possibly_same")
    assert found["reason"] == "resolve.judgements_contradict"
