"""Each rule tells two values apart that all earlier rules leave equal."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from martyrolog.messages import text
from martyrolog.resolve.preference import contains
from tests.unit.resolve.world import World, record

RULES: list[tuple[str, str, str, list[dict[str, Any]]]] = [
    ("cyrillic", "surname", "Якир", [
        {"list": "list-a", "surname": "Yakir"},
        {"list": "list-b", "surname": "Якир", "unverified": ["surname"]}]),
    ("verified", "occupation", "комкор", [
        {"list": "list-a", "occupation": "командарм", "unverified": ["occupation"]},
        {"list": "list-b", "occupation": "командарм", "unverified": ["occupation"]},
        {"list": "list-c", "occupation": "комкор"}]),
    ("full_name", "given_name", "Иона", [
        {"list": "list-a", "given_name": "И."},
        {"list": "list-b", "given_name": "И."},
        {"list": "list-c", "given_name": "Иона"}]),
    ("most_lists", "nationality", "еврей", [
        {"list": "list-a", "nationality": "русский"},
        {"list": "list-b", "nationality": "еврей"},
        {"list": "list-c", "nationality": "еврей"}]),
    ("precise", "birth_date", "1896-08-03", [
        {"list": "list-a", "birth_date": "1896"},
        {"list": "list-b", "birth_date": "1896"},
        {"list": "list-c", "birth_date": "1896-08-03"}]),
    ("precise", "birth_date", "1897-08", [
        {"list": "list-a", "birth_date": "1896"},
        {"list": "list-b", "birth_date": "1897-08"}]),
    ("most_lists", "birth_date", "1896", [
        {"list": "list-a", "birth_date": "1897-08-03"},
        {"list": "list-b", "birth_date": "1896"},
        {"list": "list-c", "birth_date": "1896"}]),
    ("most_records", "charge", "58-8", [
        {"list": "list-a", "charge": "58-1"},
        {"list": "list-b", "charge": "58-8"},
        {"list": "list-b", "charge": "58-8"}]),
    ("list_order", "residence", "Киев", [
        {"list": "list-b", "residence": "Арбат"},
        {"list": "list-a", "residence": "Киев"}]),
    ("first_written", "party", "1917", [
        {"list": "list-a", "party": "1918"},
        {"list": "list-a", "party": "1917"}]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "field", "best", "rows"), RULES)
def test_the_rule_prefers_and_is_named(
    tmp_path: Path, rule: str, field: str, best: str, rows: list[dict[str, Any]]
) -> None:
    records = []
    for number, cells in enumerate(rows):
        given = {name: value for name, value in cells.items() if name != "list"}
        records.append(record(f"r{number}", cells["list"], **given))
    world = World(tmp_path, records, [[row["record_id"] for row in records]])
    found = [row for row in world.rows("statement") if row["field"] == field]
    assert [row["value"] for row in found if row["preferred"]] == [best]
    assert {row.get("preference") for row in found} == {None, f"resolve.prefer_{rule}"}
    assert text(f"resolve.prefer_{rule}", "ru") != text(f"resolve.prefer_{rule}", "en")


def test_a_value_without_rival_names_no_rule(tmp_path: Path) -> None:
    (found,) = World(tmp_path, [record("r1", surname="Якир")]).rows("statement")
    assert found["preferred"]
    assert "preference" not in found


def test_of_values_that_are_all_true_none_is_said_to_be_preferred(tmp_path: Path) -> None:
    rows = [record("r1", "list-a", position="нарком"), record("r2", "list-b", position="член ЦК")]
    found = World(tmp_path, rows, [["r1", "r2"]]).rows("statement")
    assert [row["value"] for row in found if row["preferred"]] == ["нарком"]
    assert not any("preference" in row for row in found)


def test_a_less_precise_date_supports_the_one_it_contains(tmp_path: Path) -> None:
    dates = [("list-a", "1896-08-13"), ("list-b", "1896-08-03"), ("list-c", "1896-08")]
    rows = [record(f"r{at}", name, birth_date=date) for at, (name, date) in enumerate(dates)]
    world = World(tmp_path, [*rows, record("r9", "list-c", birth_date="1897-08-03")],
                  [["r0", "r1", "r2", "r9"]])  # fmt: skip
    best = [row["value"] for row in world.rows("statement") if row["preferred"]]
    assert best == ["1896-08-13"]


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ((0, 364), (40, 40), True),
        ((40, 40), (40, 40), True),
        ((0, 364), (364, 365), False),
        ((40, 40), (0, 364), False),
        ((-10_000_000, 364), (40, 40), True),
        ((-10_000_000, 10_000_000), (40, 40), False),
        ((0, 364), (-10_000_000, 10_000_000), False),
    ],
)
def test_a_date_contains_another(
    outer: tuple[int, int], inner: tuple[int, int], expected: bool
) -> None:
    assert contains(np.array(outer), np.array(inner)) is expected
