from pathlib import Path
from typing import Any

import pytest

from tests.unit.resolve.world import World, record


def person(tmp_path: Path, *records: dict[str, Any]) -> dict[str, Any]:
    """The one person of these records."""
    (found,) = World(tmp_path, records, [[row["record_id"] for row in records]]).rows("person")
    return found


def test_the_name_is_composed_in_one_script_from_the_fullest_parts(tmp_path: Path) -> None:
    found = person(
        tmp_path,
        record("r1", "list-a", surname="Zinoviev", given_name="G.", patronymic="Ye."),
        record("r2", "list-b", surname="Зиновьев", given_name="Г.", patronymic="Евсеевич"),
        record("r3", "list-c", surname="Зиновьев", given_name="Григорий", patronymic="Е."),
    )
    assert found["surname"] == "Зиновьев"
    assert found["name_cyrillic"] == "Зиновьев Григорий Евсеевич"
    assert found["name_latin"] == "Zinoviev, G. Ye."
    assert found["name_latin_derived"] is False


def test_a_latin_name_that_no_list_gives_is_derived_and_marked(tmp_path: Path) -> None:
    found = person(tmp_path, record("r1", surname="Блюхер", given_name="Василий"))
    assert found["name_latin"] == "Blyukher, Vasily"
    assert found["name_latin_derived"] is True


def test_a_cyrillic_name_that_no_list_gives_is_not_made_up(tmp_path: Path) -> None:
    found = person(tmp_path, record("r1", surname="Blyukher", given_name="Vasily"))
    assert "name_cyrillic" not in found
    assert found["surname"] == "Blyukher"
    assert found["name_latin"] == "Blyukher, Vasily"


def test_the_cyrillic_name_may_stand_among_the_other_names(tmp_path: Path) -> None:
    latin = record("r1", surname="Radek", given_name="Karl", other_names="Собельсон; Радек Карл")
    assert person(tmp_path / "a", latin)["name_cyrillic"] == "Радек Карл"
    cyrillic = record("r2", "list-b", surname="Радек", given_name="К.")
    assert person(tmp_path / "b", latin, cyrillic)["name_cyrillic"] == "Радек К."


def test_a_person_without_any_name_is_a_person(tmp_path: Path) -> None:
    found = person(tmp_path, record("r1", birth_date="1890"))
    assert found["name_latin"] == ""
    assert found["name_latin_derived"] is False
    assert "name_cyrillic" not in found


def test_a_given_name_alone_is_a_name(tmp_path: Path) -> None:
    found = person(tmp_path, record("r1", given_name="Мария"))
    assert (found["name_cyrillic"], found["name_latin"]) == ("Мария", "Mariya")
    assert found["name_latin_derived"] is True


def test_other_names_of_all_records_are_listed_once(tmp_path: Path) -> None:
    found = person(tmp_path, record("r1", other_names="Радомысльский; Апфельбаум"),
                   record("r2", "list-b", other_names="Апфельбаум; Григорий; "))  # fmt: skip
    assert found["other_names"] == "Радомысльский; Апфельбаум; Григорий"


def test_the_preferred_date_comes_with_its_days_and_words(tmp_path: Path) -> None:
    row = record("r2", "list-b", birth_date="1883-09-23") | {"birth_date_verbatim": "23 сент. 1883"}
    found = person(tmp_path, record("r1", birth_date="1883"), row)
    assert found["birth_date"] == "1883-09-23"
    assert found["birth_date_earliest"] == found["birth_date_latest"]
    assert found["birth_date_verbatim"] == "23 сент. 1883"
    assert "death_date" not in found


def test_lists_roles_and_records_are_gathered_and_sorted(tmp_path: Path) -> None:
    found = person(tmp_path, record("r1", "list-c", role="member"),
                   record("r2", "list-a", role="defendant"),
                   record("r3", "list-c", role="member"), record("r4", "list-b"))  # fmt: skip
    assert found["list_ids"] == ["list-a", "list-b", "list-c"]
    assert found["roles"] == ["defendant", "member", "victim"]  # r4: the role of its list
    assert found["records"] == 4


@pytest.mark.parametrize(
    ("who", "cells", "victim"),
    [
        ("a person named as a victim", {"role": "victim"}, True),
        ("a defendant, acquitted or not", {"role": "defendant"}, True),
        ("a member who was shot", {"role": "member", "fate": "executed"}, True),
        ("a marshal who died under torture", {"role": "member", "fate": "died in custody"}, True),
        ("a prisoner who was killed", {"role": "member", "fate": "killed in prison"}, True),
        ("an exile killed by an agent", {"role": "member", "fate": "murdered abroad"}, True),
        (
            "an office holder who was sentenced",
            {"role": "office_holder", "sentence": "10 лет"},
            True,
        ),
        ("a member who died a natural death", {"role": "member", "fate": "natural"}, False),
        ("a judge", {"role": "judge"}, False),
        ("an office holder of unknown fate", {"role": "office_holder"}, False),
        ("a member who survived", {"role": "member", "fate": "survived"}, False),
    ],
)
def test_who_is_counted_as_a_victim(
    tmp_path: Path, who: str, cells: dict[str, str], victim: bool
) -> None:
    assert person(tmp_path, record("r1", **cells))["victim"] is victim, who


def test_one_record_as_a_victim_is_enough(tmp_path: Path) -> None:
    found = person(tmp_path, record("r1", role="judge"),
                   record("r2", role="judge", fate="executed"))  # fmt: skip
    assert found["victim"] is True


def test_every_record_stands_under_one_person(tmp_path: Path) -> None:
    world = World(tmp_path, [record("r2"), record("r1"), record("r3")], [["r1", "r3"]])
    rows = world.build()["person_record"].to_pylist()
    assert [row["record_id"] for row in rows] == ["r1", "r2", "r3"]
    assert rows[0]["person_id"] == rows[2]["person_id"] != rows[1]["person_id"]
