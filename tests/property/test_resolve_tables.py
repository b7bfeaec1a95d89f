"""What holds for the tables of resolving, whatever the records and in whatever order they come."""

import random
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from martyrolog.progress import SILENT
from martyrolog.resolve import STAGE, resolve
from martyrolog.resolve.rules import rules
from martyrolog.tables import TABLES, check_table
from tests.unit.resolve.world import World, match, record

DATES = (
    "1893",
    "1893-02",
    "1893-02-16",
    "1893-02-04",
    "1894",
    "[1893-02-04,1893-02-16]",
    "../1893",
)
CELLS = {
    "surname": ("Тухачевский", "Tukhachevsky", "Якир"),
    "given_name": ("Михаил", "М.", "Mikhail"),
    "patronymic": ("Николаевич", "Н."),
    "birth_date": DATES,
    "death_date": ("1937-06-12", "1937"),
    "birth_place": ("Пензенская губерния", " ", ""),
    "sentence": ("расстрел",),
    "fate": ("executed", "natural"),
    "role": ("victim", "member", "defendant"),
    "trial_id": ("TM8",),
    "unverified": (["birth_date"], ["surname", "fate"]),
    "list_id": ("list-a", "list-b", "list-c"),
}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to six records in clusters, with a few compared pairs; the path is set later."""
    count = draw(st.integers(0, 6))
    records = []
    for number in range(count):
        names = [name for name in CELLS if draw(st.booleans())]
        chosen: dict[str, Any] = {name: draw(st.sampled_from(CELLS[name])) for name in names}
        records.append(record(f"r{number}", **chosen))
    groups: dict[int, list[str]] = {}
    for row in records:
        groups.setdefault(draw(st.integers(0, 2)), []).append(row["record_id"])
    chances = st.sampled_from((0.1, 0.5, 0.99))
    pairs = [match(f"r{left}", f"r{right}", draw(chances))
             for left, right in combinations(range(count), 2) if draw(st.booleans())]  # fmt: skip
    return World(Path(), records, list(groups.values()), pairs)


def built(world: World, *, shuffle: int | None = None) -> Mapping[str, pa.Table]:
    """The tables of a new archive, its input rows in another order where asked."""
    with TemporaryDirectory() as folder:
        world.path = Path(folder)
        tables = world.tables
        if shuffle is not None:
            for name, table in tables.items():
                order = list(range(table.num_rows))
                random.Random(shuffle).shuffle(order)
                tables[name] = table.take(pa.array(order, pa.int64()))
        return resolve(world.archive, tables, SILENT)


@settings(deadline=None, max_examples=30)
@given(worlds())
def test_every_table_is_as_declared_and_every_record_stands_under_one_person(world: World) -> None:
    tables = built(world)
    assert tuple(tables) == STAGE.writes
    for name, table in tables.items():
        assert check_table(name, table).equals(table)
    found = tables["person_record"].to_pylist()
    assert [row["record_id"] for row in found] == [row["record_id"] for row in world.records]
    assert {row["person_id"] for row in found} == set(tables["person"]["person_id"].to_pylist())
    assert sum(tables["person"]["records"].to_pylist()) == len(world.records)


@settings(deadline=None, max_examples=20)
@given(worlds(), st.integers(0, 9))
def test_the_order_of_rows_changes_nothing(world: World, seed: int) -> None:
    before, after = built(world), built(world, shuffle=seed)
    assert all(before[name].equals(after[name]) for name in STAGE.writes)


@settings(deadline=None, max_examples=30)
@given(worlds())
def test_each_filled_cell_stands_behind_exactly_one_statement(world: World) -> None:
    tables = built(world)
    person_of = {row["record_id"]: row["person_id"] for row in tables["person_record"].to_pylist()}
    said = [(row["person_id"], row["field"], row["value"], one)
            for row in tables["statement"].to_pylist() for one in row["record_ids"]]  # fmt: skip
    filled = [(person_of[row["record_id"]], field, str(row[field]).strip(), row["record_id"])
              for row in world.records for fields in rules().statement_fields.values()
              for field in fields if str(row.get(field) or "").strip()]  # fmt: skip
    assert sorted(said) == sorted(filled)


@settings(deadline=None, max_examples=30)
@given(worlds())
def test_one_statement_of_each_person_and_field_is_preferred(world: World) -> None:
    statements = built(world)["statement"].to_pylist()
    fields = {(row["person_id"], row["field"]) for row in statements}
    preferred = [(row["person_id"], row["field"]) for row in statements if row["preferred"]]
    assert sorted(preferred) == sorted(fields)
    assert all(row["preferred"] for row in statements if row["preference"])


def _lines(tables: Mapping[str, pa.Table], name: str) -> list[dict[str, Any]]:
    return list(tables[name].to_pylist())


@settings(deadline=None, max_examples=30)
@given(worlds())
def test_an_event_rests_on_records_of_its_person_and_each_record_tells_one_of_a_kind(
    world: World,
) -> None:
    tables = built(world)
    person_of = {row["record_id"]: row["person_id"] for row in _lines(tables, "person_record")}
    seen = set()
    for event in _lines(tables, "event"):
        kind = "death" if event["kind"] == "execution" else event["kind"]
        assert event["record_ids"] == sorted(event["record_ids"])
        for one in event["record_ids"]:
            assert person_of[one] == event["person_id"]
            assert (kind, one) not in seen
            seen.add((kind, one))
    for row in world.records:
        for kind, field in (("birth", "birth_date"), ("death", "death_date")):
            if row.get(field):
                assert (kind, row["record_id"]) in seen


def test_the_tables_are_those_that_the_declarations_ascribe_to_this_stage() -> None:
    assert set(STAGE.writes) == {name for name, table in TABLES.items() if table.stage == "resolve"}
