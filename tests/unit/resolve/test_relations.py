from pathlib import Path
from typing import Any

import pytest

from martyrolog.resolve.rules import rules
from tests.unit.resolve.world import World, match, record


def relations(world: World, kind: str) -> list[list[str]]:
    return [row["record_ids"] for row in world.rows("relation") if row["kind"] == kind]


def name(surname: str, given_name: str, patronymic: str) -> dict[str, str]:
    return {"surname": surname, "given_name": given_name, "patronymic": patronymic}


PAKHOMOV = name("Пахомов", "Николай", "Иванович")


def test_defendants_of_one_trial_are_co_defendants_its_judge_is_not(tmp_path: Path) -> None:
    roles = {"r1": "defendant", "r2": "defendant", "r3": "judge", "r4": "victim"}
    rows = [record(one, role=role, trial_id="T16") for one, role in roles.items()]
    world = World(tmp_path, [*rows, record("r5", role="defendant", trial_id="T17")])
    assert sorted(relations(world, "co_defendant")) == [["r1", "r2"], ["r1", "r4"], ["r2", "r4"]]
    assert {row["trial_id"] for row in world.rows("relation")} == {"T16"}


def test_whoever_is_named_as_accused_but_not_tried_is_co_accused(tmp_path: Path) -> None:
    roles = {"r1": "defendant", "r2": "co_accused", "r3": "co_accused", "r4": "judge"}
    rows = [record(one, role=role, trial_id="T16") for one, role in roles.items()]
    world = World(tmp_path, rows)
    assert sorted(relations(world, "co_accused")) == [["r1", "r2"], ["r1", "r3"], ["r2", "r3"]]
    assert relations(world, "co_defendant") == []
    parts = {row["record_id"]: row["role"] for row in world.rows("trial_party")}
    assert parts == roles


def test_whoever_was_tried_in_one_list_is_a_defendant_though_another_only_names_him(
    tmp_path: Path,
) -> None:
    rows = [
        record(one, role=role, trial_id="T16")
        for one, role in (("r1", "defendant"), ("r2", "defendant"), ("r3", "co_accused"))
    ]
    world = World(tmp_path, rows, [["r2", "r3"]])
    assert relations(world, "co_defendant") == [["r1", "r2", "r3"]]
    assert relations(world, "co_accused") == []


def test_two_lists_of_one_trial_give_one_relation_with_all_records(tmp_path: Path) -> None:
    rows = [record(one, role="defendant", trial_id="T16") for one in ("r1", "r2", "r3")]
    world = World(tmp_path, rows, [["r1", "r3"]])
    assert relations(world, "co_defendant") == [["r1", "r2", "r3"]]


def test_a_trial_of_more_than_the_most_has_no_pairs(tmp_path: Path) -> None:
    most = rules().most_co_defendants
    rows = [record(f"r{at:04}", role="defendant", trial_id="T") for at in range(most + 1)]
    assert relations(World(tmp_path / "more", rows), "co_defendant") == []
    pairs = relations(World(tmp_path / "most", rows[:-1]), "co_defendant")
    assert len(pairs) == most * (most - 1) // 2


def test_two_persons_of_one_full_name_are_namesakes_also_where_nothing_compared_them(
    tmp_path: Path,
) -> None:
    world = World(tmp_path, [record("r1", **PAKHOMOV), record("r2", **PAKHOMOV)])
    assert relations(world, "namesake") == [["r1", "r2"]]


def test_namesakes_are_known_across_scripts(tmp_path: Path) -> None:
    rows = [record("r1", **PAKHOMOV), record("r2", **name("Pakhomov", "Nikolai", "Ivanovich"))]
    assert relations(World(tmp_path, rows), "namesake") == [["r1", "r2"]]


INITIALS = name("Pakhomov", "N.", "I.")


@pytest.mark.parametrize(
    ("left", "right", "compared", "expected"),
    [
        (PAKHOMOV, INITIALS, True, True),
        (PAKHOMOV, INITIALS, False, False),
        (INITIALS, INITIALS, True, True),
        (PAKHOMOV, name("Пахомов", "Николай", "Петрович"), True, False),
        (PAKHOMOV, name("Пахомов", "П.", "И."), True, False),
        (PAKHOMOV, name("Пахомова", "Николай", "Иванович"), True, True),
        (PAKHOMOV, name("Межлаук", "Николай", "Иванович"), True, False),
        (PAKHOMOV, {"surname": "Пахомов", "given_name": "Николай"}, True, False),
    ],
)
def test_initials_count_where_linking_compared_the_two(
    tmp_path: Path, left: Any, right: Any, compared: bool, expected: bool
) -> None:
    matches = [match("r1", "r2", 0.01)] if compared else []
    world = World(tmp_path, [record("r1", **left), record("r2", **right)], matches=matches)
    assert bool(relations(world, "namesake")) is expected


def test_persons_who_are_possibly_the_same_are_no_namesakes(tmp_path: Path) -> None:
    rows = [record("r1", **PAKHOMOV), record("r2", **PAKHOMOV)]
    world = World(tmp_path, rows, matches=[match("r1", "r2", 0.5)])
    assert relations(world, "namesake") == []


def test_namesakes_with_two_days_of_death_are_both_a_contested_link_and_namesakes(
    tmp_path: Path,
) -> None:
    rows = [record("r1", death_date="1938-07-29", **PAKHOMOV),
            record("r2", death_date="1938-08-19", **PAKHOMOV)]  # fmt: skip
    world = World(tmp_path, rows, matches=[match("r1", "r2", 0.5)])
    assert relations(world, "namesake") == [["r1", "r2"]]
    assert len(world.rows("possibly_same")) == 1


def test_a_name_that_very_many_bear_gives_no_pairs(tmp_path: Path) -> None:
    most = rules().most_namesakes
    rows = [record(f"r{at:03}", **PAKHOMOV) for at in range(most + 1)]
    assert relations(World(tmp_path, rows), "namesake") == []
    assert len(relations(World(tmp_path, rows[:-1]), "namesake")) == most * (most - 1) // 2
