from typing import Any

import pyarrow as pa
import pytest

from martyrolog.publish.disclosure import Disclosed, disclose
from tests.unit.publish.build import record, source_list, tables_of


def published(tables: dict[str, pa.Table], redactions: Any = ()) -> Disclosed:
    return disclose(tables, redactions, years=110, year=2026)


def persons(found: Disclosed) -> set[str]:
    return set(found.tables["person"]["person_id"].to_pylist())


def one(list_id: str = "memory", **fields: Any) -> dict[str, pa.Table]:
    lists = [source_list("memory"), source_list("known", historical=True)]
    row = record("r1", list_id, surname="Петров", given_name="Пётр", **fields)
    return tables_of({"p1": [row]}, lists)


@pytest.mark.parametrize(
    ("fields", "is_published"),
    [
        ({"birth_date": "1915"}, True),
        ({"birth_date": "1916"}, True),
        ({"birth_date": "1917"}, False),
        ({"birth_date": "1910/1920"}, False),
        ({"birth_date": "1917", "death_date": "1942"}, True),
        ({"birth_date": "1917", "fate": "executed"}, True),
        ({"birth_date": "1917", "fate": "survived"}, False),
        ({"birth_date": "1917", "burial_place": "Левашово"}, True),
        ({"arrest_date": "1935-12-31"}, True),
        ({"arrest_date": "1936-01-01"}, False),
        ({"arrest_date": "1934/1936"}, False),
        ({"arrest_date": "1934/.."}, False),
        ({"birth_date": "1900/..", "arrest_date": "1937"}, False),
        ({"sentence": "десять лет"}, False),
        ({}, False),
    ],
)
def test_who_may_be_living_is_withheld(fields: dict[str, str], is_published: bool) -> None:
    assert persons(published(one(**fields))) == ({"p1"} if is_published else set())


def test_a_policy_of_the_list_publishes_its_persons() -> None:
    assert persons(published(one("known", birth_date="1930"))) == {"p1"}


def test_one_list_without_a_policy_withholds_a_person_of_several() -> None:
    lists = [source_list("memory"), source_list("known", historical=True)]
    rows = [record("r1", "known", surname="Петров"), record("r2", "memory", surname="Петров")]
    found = published(tables_of({"p1": rows}, lists))
    assert persons(found) == set()
    assert found.withheld_by_list == {"known": 1, "memory": 1}


def test_the_withheld_are_counted_and_gone_from_every_table() -> None:
    living = record("r2", surname="Сидоров", given_name="Иван", birth_date="1950")
    dead = record("r1", surname="Петров", death_date="1937")
    tables = tables_of(
        {"p1": [dead], "p2": [living]},
        possibly_same=[{"person_id_left": "p1", "person_id_right": "p2", "record_id_left": "r1",
                        "record_id_right": "r2", "match_weight": 1.0, "match_probability": 0.6,
                        "reason": "x"}],
        relation=[{"person_id_left": "p1", "person_id_right": "p2", "kind": "namesake",
                   "record_ids": ["r1", "r2"]}],
        membership=[{"cohort_id": "c", "person_id": "p2", "record_id": "r2"}],
        redirect=[{"person_id": "p0", "to_person_ids": ["p2"]}],
    )  # fmt: skip
    found = published(tables)
    assert found.withheld == 1
    whole = str({name: table.to_pylist() for name, table in found.tables.items()})
    assert "p1" in whole
    assert not [word for word in ("p2", "r2", "Сидоров") if word in whole]
    assert found.tables["redirect"].to_pylist() == [{"person_id": "p0", "to_person_ids": []}]


@pytest.mark.parametrize(
    ("note", "stays"),
    [
        ("женат на Сидоровой Ивановне", True),
        ("показания дал Сидоров И. П.", False),
        ("с ним жил Иван Сидоров, сын", False),
        ("показания на Сидорова И. П.", False),
        ("жил у Ивана Сидорова", False),
        ("Сидоров Пётр, другой", True),
        ("в доме Сидоровых", True),
    ],
)
def test_a_note_that_names_a_withheld_person_is_emptied(note: str, stays: bool) -> None:
    living = record("r2", surname="Сидоров", given_name="Иван", birth_date="1950")
    dead = record("r1", surname="Петров", given_name="Лев", death_date="1937", note=note)
    found = published(tables_of({"p1": [dead], "p2": [living]}))
    row = found.tables["record"].to_pylist()[0]
    assert row["record_id"] == "r1"
    assert (row["note"] == note) == stays
    assert (note in row["verbatim"]) == stays


def test_a_namesake_who_died_keeps_the_own_record() -> None:
    living = record("r2", surname="Сидоров", given_name="Иван", birth_date="1950")
    dead = record("r1", surname="Сидоров", given_name="Иван", death_date="1937")
    found = published(tables_of({"p1": [dead], "p2": [living]}))
    assert "Сидоров" in found.tables["record"].to_pylist()[0]["verbatim"]
    assert "Сидоров" in found.tables["statement"]["value"].to_pylist()


def test_a_reject_is_shown_only_where_the_persons_of_its_list_are_historical() -> None:
    lists = [source_list("memory"), source_list("known", historical=True)]
    rows = [
        {
            "list_id": name,
            "verbatim": f"text of {name}",
            "verbatim_kind": "text",
            "file": "f",
            "row": 1,
            "reason": "read.x",
            "detail": "which",
        }
        for name in ("memory", "known")
    ]
    found = published(tables_of({}, lists, reject=rows)).tables["reject"].to_pylist()
    shown = {row["list_id"]: (row["verbatim"], row["detail"]) for row in found}
    assert shown == {"known": ("text of known", "which"), "memory": ("", None)}


def test_a_hidden_field_is_in_no_table_and_the_rest_stays() -> None:
    rows = [record("r1", surname="Петров", death_date="1937", residence="Садовая ул., д. 7",
                   occupation="слесарь", note="жил: Садовая ул., д. 7"),
            record("r2", surname="Петров", residence="Лесная ул., д. 1")]  # fmt: skip
    tables = tables_of({"p1": rows})
    found = published(tables, [{"record_id": "r1", "field": "residence"}])
    whole = str({name: table.to_pylist() for name, table in found.tables.items()})
    assert "Садовая" not in whole
    assert "слесарь" in whole
    kept = {row["value"]: row["preferred"] for row in found.tables["statement"].to_pylist()
            if row["field"] == "residence"}  # fmt: skip
    assert kept == {"Лесная ул., д. 1": True}


def test_a_hidden_date_takes_its_event_with_it() -> None:
    rows = [record("r1", surname="Петров", birth_date="1890-03-04", death_date="1937")]
    found = published(tables_of({"p1": rows}), [{"person_id": "p1", "field": "birth_date"}])
    assert [row["kind"] for row in found.tables["event"].to_pylist()] == ["death"]
    assert found.tables["person"]["birth_date"].to_pylist() == [None]
    assert "1890" not in str({name: table.to_pylist() for name, table in found.tables.items()})


@pytest.mark.parametrize("field", ["*", "surname"])
def test_who_hides_a_name_hides_the_person(field: str) -> None:
    rows = [record("r1", surname="Петров", death_date="1937")]
    found = published(tables_of({"p1": rows}), [{"person_id": "p1", "field": field}])
    assert persons(found) == set()
    assert found.withheld == 1


def test_without_redactions_and_living_persons_nothing_changes() -> None:
    tables = one(death_date="1937")
    found = published(tables)
    assert found.withheld == 0
    assert all(found.tables[name].equals(table) for name, table in tables.items())
