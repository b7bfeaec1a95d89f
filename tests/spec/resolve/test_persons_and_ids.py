"""docs/explanation/persons-and-ids.md, told in small tables: lists in, persons and ids out."""

from pathlib import Path
from typing import Any

import pytest

from martyrolog.resolve import judge
from tests.unit.resolve.world import World, match, record

COMMITTEE = {
    "cc-1": {"surname": "Пахомов", "given_name": "Николай", "patronymic": "Иванович",
             "birth_date": "1893", "death_date": "1938-07-29", "fate": "executed"},
    "cc-2": {"surname": "Крыленко", "given_name": "Николай", "patronymic": "Васильевич",
             "birth_date": "1885-05-14", "role": "member"},
}  # fmt: skip
SHOT = {
    "sl-1": {"surname": "Пахомов", "given_name": "Н.", "patronymic": "И.", "birth_date": "1893",
             "death_date": "1938-08-19"},
    "sl-2": {"surname": "Krylenko", "given_name": "Nikolai", "death_date": "1938-07-29",
             "fate": "executed", "death_place": "Kommunarka"},
}  # fmt: skip


def records(**lists: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [record(record_id, name.replace("_", "-"), **cells)
            for name, rows in lists.items() for record_id, cells in rows.items()]  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Two lists; Krylenko stands in both, and two Pakhomovs were compared and kept apart."""
    return World(tmp_path, records(list_a=COMMITTEE, list_b=SHOT), [["cc-2", "sl-2"]],
                 [match("cc-2", "sl-2", 0.99, 11.0), match("cc-1", "sl-1", 0.97, 8.0)])  # fmt: skip


def of_krylenko(world: World, table: str) -> list[dict[str, Any]]:
    return [row for row in world.rows(table) if {"cc-2", "sl-2"} & set(row["record_ids"])]


def test_two_lists_in_two_scripts_become_three_persons(world: World) -> None:
    shown = {(row.get("name_cyrillic"), row["name_latin"], row["victim"], row["records"])
             for row in world.rows("person")}  # fmt: skip
    assert shown == {
        ("Крыленко Николай Васильевич", "Krylenko, Nikolai", True, 2),
        ("Пахомов Николай Иванович", "Pakhomov, Nikolay Ivanovich", True, 1),
        ("Пахомов Н. И.", "Pakhomov, N. I.", True, 1),
    }


def test_what_each_list_says_of_krylenko_stays_with_its_record(world: World) -> None:
    said = [(row["field"], row["value"], row["record_ids"], row["preferred"])
            for row in of_krylenko(world, "statement")]  # fmt: skip
    assert said == [
        ("birth_date", "1885-05-14", ["cc-2"], True),
        ("death_date", "1938-07-29", ["sl-2"], True),
        ("death_place", "Kommunarka", ["sl-2"], True),
        ("fate", "executed", ["sl-2"], True),
        ("given_name", "Nikolai", ["sl-2"], False),
        ("given_name", "Николай", ["cc-2"], True),
        ("patronymic", "Васильевич", ["cc-2"], True),
        ("surname", "Krylenko", ["sl-2"], False),
        ("surname", "Крыленко", ["cc-2"], True),
    ]


def test_the_life_of_krylenko_is_told_from_both_lists(world: World) -> None:
    told = [(row["kind"], row["date"], row.get("place"), row["record_ids"])
            for row in of_krylenko(world, "event")]  # fmt: skip
    assert told == [
        ("birth", "1885-05-14", None, ["cc-2"]),
        ("execution", "1938-07-29", "Kommunarka", ["sl-2"]),
    ]


def test_the_two_pakhomovs_are_a_contested_link_and_namesakes(world: World) -> None:
    person_of = world.person_of()
    pair = sorted((person_of["cc-1"], person_of["sl-1"]))
    (link,) = world.rows("possibly_same")
    assert [link["person_id_left"], link["person_id_right"]] == pair
    assert link["reason"] == "resolve.death_dates_differ"
    (namesakes,) = world.rows("relation")
    assert (namesakes["kind"], namesakes["record_ids"]) == ("namesake", ["cc-1", "sl-1"])


def test_a_judgement_that_joins_leaves_a_redirect_and_one_that_overrules_it_takes_it_back(
    world: World,
) -> None:
    before = world.person_of()
    judge(world.archive, "cc-1", "sl-1", "same", author="A. Editor", reason="one file number")
    joined = world.person_of()["cc-1"]
    (redirect,) = world.rows("redirect")
    former = ({before["cc-1"], before["sl-1"]} - {joined}).pop()
    assert redirect == {"person_id": former, "to_person_ids": [joined]}
    dates = {row["value"] for row in world.rows("statement") if row["field"] == "death_date"}
    assert dates == {"1938-07-29", "1938-08-19"}

    judge(world.archive, "sl-1", "cc-1", "different", author="B. Editor", reason="two photographs")
    assert world.person_of() == before
    assert world.rows("redirect") == []
    assert world.rows("possibly_same") == []


def test_a_judgement_that_divides_a_person_leaves_a_disambiguation(world: World) -> None:
    before = world.person_of()
    judge(world.archive, "cc-2", "sl-2", "different", author="A. Editor", reason="brothers")
    after = world.person_of()
    parts = sorted((after["cc-2"], after["sl-2"]))
    assert before["cc-2"] not in parts
    assert world.rows("redirect") == [{"person_id": before["cc-2"], "to_person_ids": parts}]
    assert after["cc-1"] == before["cc-1"]


def test_a_list_that_is_taken_away_leaves_tombstones_and_gives_ids_back_when_it_returns(
    world: World,
) -> None:
    before, all_records = world.person_of(), world.records
    world.records = records(list_a=COMMITTEE)
    assert world.person_of() == {"cc-1": before["cc-1"], "cc-2": before["cc-2"]}
    assert world.rows("redirect") == [{"person_id": before["sl-1"], "to_person_ids": []}]
    world.records = all_records
    assert world.person_of() == before
    assert world.rows("redirect") == []


def test_a_corrected_edition_keeps_the_id(world: World) -> None:
    before = world.person_of()
    corrected = {"cc-9": {**COMMITTEE["cc-1"], "birth_date": "1890", "supersedes": "cc-1"},
                 "cc-2": COMMITTEE["cc-2"]}  # fmt: skip
    world.records = records(list_a=corrected, list_b=SHOT)
    assert world.person_of()["cc-9"] == before["cc-1"]
