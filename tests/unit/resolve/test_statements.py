from pathlib import Path
from typing import Any

from tests.unit.resolve.world import World, record


def statements(world: World, field: str) -> list[dict[str, Any]]:
    return [row for row in world.rows("statement") if row["field"] == field]


def test_equal_values_are_one_statement_with_all_records_and_lists(tmp_path: Path) -> None:
    rows = [record("r3", "list-b", occupation="военный"),
            record("r1", "list-b", occupation="военный "),
            record("r2", "list-a", occupation="военный")]  # fmt: skip
    world = World(tmp_path, rows, [["r1", "r2", "r3"]])
    (found,) = statements(world, "occupation")
    assert found["value"] == "военный"
    assert found["record_ids"] == ["r1", "r2", "r3"]
    assert found["list_ids"] == ["list-a", "list-b"]


def test_conflicting_values_stand_side_by_side_and_one_is_preferred(tmp_path: Path) -> None:
    rows = [record("r1", "list-b", death_place="Москва"),
            record("r2", "list-a", death_place="Коммунарка")]  # fmt: skip
    world = World(tmp_path, rows, [["r1", "r2"]])
    found = {row["value"]: row["preferred"] for row in statements(world, "death_place")}
    assert found == {"Москва": False, "Коммунарка": True}


def test_spellings_of_a_name_stay_apart(tmp_path: Path) -> None:
    world = World(tmp_path, [record("r1", surname="Yezhov"), record("r2", surname="Ежов")],
                  [["r1", "r2"]])  # fmt: skip
    assert {row["value"] for row in statements(world, "surname")} == {"Yezhov", "Ежов"}


def test_the_same_value_of_two_persons_is_two_statements(tmp_path: Path) -> None:
    world = World(tmp_path, [record("r1", party="1903"), record("r2", party="1903")])
    assert [row["record_ids"] for row in statements(world, "party")].count(["r1"]) == 1
    assert len(statements(world, "party")) == 2


def test_a_statement_is_unverified_only_where_all_its_records_are(tmp_path: Path) -> None:
    rows = [record("r1", birth_place="Вильна", unverified=["birth_place"]),
            record("r2", birth_place="Вильна"),
            record("r3", birth_place="Ковно", unverified=["birth_place", "party"])]  # fmt: skip
    world = World(tmp_path, rows, [["r1", "r2", "r3"]])
    found = {row["value"]: row["verified"] for row in statements(world, "birth_place")}
    assert found == {"Вильна": True, "Ковно": False}


def test_a_date_that_could_not_be_read_is_stated_as_written_without_days(tmp_path: Path) -> None:
    row = record("r1") | {"arrest_date_verbatim": "31.02.1938"}
    (found,) = statements(World(tmp_path, [row]), "arrest_date")
    assert found["value"] == "31.02.1938"
    assert "earliest" not in found
    assert "latest" not in found


def test_what_only_places_or_backs_a_row_is_no_statement(tmp_path: Path) -> None:
    row = record("r1", role="judge", trial_id="T16", note="see there", sources="a book",
                 source_url="https://example.org/1", surname="Ульрих")  # fmt: skip
    assert {found["field"] for found in World(tmp_path, [row]).rows("statement")} == {"surname"}
