"""Victims by place: nobody is left out, and only what a text says is placed."""

from typing import Any

import pyarrow as pa

from martyrolog.history.places import KINDS, make_place_count
from martyrolog.tables import make_table

BIRTH = {
    "p1": "г. Тифлис", "p2": "Тбилиси", "p3": "д. Плужково Тульской губ.", "p4": "Тульская губ.",
    "p5": "Польша", "p6": "с. Неведомое", "p8": "г. Тула",
}  # fmt: skip


def tables(field: str, values: dict[str, str]) -> tuple[pa.Table, pa.Table]:
    persons = [{"person_id": f"p{n}", "name_latin": "Ezhov", "name_latin_derived": True,
                "victim": n != 8, "roles": [], "list_ids": [], "records": 1}
               for n in range(1, 9)]  # fmt: skip
    said = [{"person_id": person_id, "field": field, "value": value, "record_ids": [],
             "list_ids": [], "preferred": True, "verified": False}
            for person_id, value in values.items()]  # fmt: skip
    return make_table("person", persons), make_table("statement", said)


def counted(field: str, values: dict[str, str]) -> dict[str, dict[str, Any]]:
    rows = make_place_count(*tables(field, values)).to_pylist()
    assert {row["kind"] for row in rows} <= {kind for kind in KINDS if KINDS[kind] == field}
    return {row["place_id"]: row for row in rows}


def test_every_victim_stands_in_one_row_of_a_kind_and_no_one_else_does() -> None:
    found = counted("birth_place", BIRTH)
    assert {place: row["persons"] for place, row in found.items()} == {
        "tbilisi": 2, "tula-guberniya": 2, "poland": 1, "unplaced": 1, "unstated": 1,
    }  # fmt: skip


def test_a_town_has_its_point_a_province_that_of_its_seat_a_state_none() -> None:
    found = counted("birth_place", BIRTH)
    said = {place: (row["precision"], row["point_of_en"], row["point_source"])
            for place, row in found.items()}  # fmt: skip
    assert said["tbilisi"] == ("settlement", "Tiflis", "geonames:611717")
    assert said["tula-guberniya"] == ("province", "Tula", "geonames:480562")
    assert said["poland"] == ("country", None, None)
    assert said["unplaced"] == said["unstated"] == ("none", None, None)


def test_a_camp_and_a_burial_ground_are_near_a_settlement_and_nothing_stated_is_no_kind() -> None:
    assert counted("imprisonment_place", {"p1": "Карлаг"})["karlag"]["precision"] == "near"
    assert counted("burial_place", {"p1": "Бутово"})["butovo"]["point_of_ru"] == "Дрожжино"
    assert counted("exile_place", {}) == {}


def test_a_place_of_exile_has_the_name_of_its_time_and_a_place_of_birth_its_first() -> None:
    exiled = counted("exile_place", {"p1": "Алма-Ата"})["alma-ata"]
    assert (exiled["label_ru"], exiled["label_en"]) == ("Алма-Ата", "Alma-Ata")
    assert counted("birth_place", {"p1": "Алма-Ата"})["alma-ata"]["label_ru"] == "Верный"
    assert counted("imprisonment_place", {"p1": "Orel prison"})["orel"]["label_ru"] == "Орёл"


def test_the_order_of_rows_changes_nothing() -> None:
    person, statement = tables("birth_place", BIRTH)
    turned = [table.take(list(range(len(table)))[::-1]) for table in (person, statement)]
    assert make_place_count(person, statement).equals(make_place_count(*turned))
