"""Columns are known by name, never guessed."""

import pytest

from martyrolog.read.columns import field_of, known_values, match_columns
from martyrolog.read.profile import profile_fields
from martyrolog.tables import STANDARD_FIELDS


@pytest.mark.parametrize("field", STANDARD_FIELDS)
def test_every_standard_field_is_known_by_its_own_name(field: str) -> None:
    assert field_of(field, "person") == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Фамилия", "surname"),
        ("ФИО", "full_name"),
        ("Ф.И.О.", "full_name"),
        ("Дата рождения", "birth_date"),
        ("Год рождения", "birth_date"),
        ("  ДАТА РАССТРЕЛА ", "death_date"),
        ("Место захоронения", "burial_place"),
        ("Партийность", "party"),
        ("Name", "full_name"),
        ("Surname", "surname"),
        ("DOB", "birth_date"),
        ("Date of birth", "birth_date"),
        ("date_of_death", "death_date"),
        ("Приговорён", None),
        ("x", None),
        ("", None),
    ],
)
def test_headings_are_known_in_english_and_russian(heading: str, field: str | None) -> None:
    assert field_of(heading, "person") == field


def test_a_name_beside_a_surname_is_the_given_name() -> None:
    assert match_columns(["Surname", "Name"], "person")["Name"] == "given_name"
    assert match_columns(["Name", "Born"], "person")["Name"] == "full_name"


def test_of_two_columns_for_one_field_the_order_of_columns_decides_nothing() -> None:
    for headings in (["Birth date", "Born"], ["Born", "Birth date"]):
        assert match_columns(headings, "person") == {"Birth date": "birth_date"}
    for headings in (["ИМЯ", "имя"], ["имя", "ИМЯ"]):
        assert match_columns(headings, "person") == {"ИМЯ": "given_name"}


def test_a_list_of_trials_has_the_fields_of_trials() -> None:
    assert match_columns(["trial_id", "name_en", "surname"], "trial") == {
        "trial_id": "trial_id",
        "name_en": "name_en",
    }


@pytest.mark.parametrize("kind", ["trial", "body", "office", "cohort", "operation"])
def test_locators_and_derived_columns_are_no_fields(kind: str) -> None:
    fields = profile_fields(kind)
    assert not {"list_id", "verbatim", "row"} & set(fields)
    assert not any(field.endswith(("_earliest", "_latest", "_verbatim")) for field in fields)


@pytest.mark.parametrize(
    ("written", "sex"), [("муж", "m"), ("ж", "f"), ("female", "f"), ("2", "f")]
)
def test_sexes_are_known_as_lists_write_them(written: str, sex: str) -> None:
    assert known_values("sex")[written] == sex


@pytest.mark.parametrize("field", ["patronymic", "given_name", "birth_place", "nationality"])
@pytest.mark.parametrize(
    "written", ["не указано", "неизв.", "нет данных", "н/д", "?", "—", "brak danych", "unknown"]
)
def test_a_cell_that_says_nothing_is_known_is_no_value(field: str, written: str) -> None:
    """Two patronymics «не указано» would be one father, two birth places «?» one town."""
    assert known_values(field)[written] == ""


@pytest.mark.parametrize("field", ["fate", "sentence", "charge", "sentencing_body", "surname"])
def test_fields_with_a_term_for_the_unknown_keep_it(field: str) -> None:
    assert "неизвестно" not in known_values(field)
