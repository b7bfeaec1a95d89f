"""Columns that divide an archive: values are coded, and named in the language of the report."""

import pyarrow as pa

from martyrolog.estimate.dividing import stratum_keys, stratum_label
from martyrolog.tables import make_table

VALUES = {
    "p1": {"residence": "г. Омск", "nationality": "русский", "death_date": "1938-02-01"},
    "p2": {"arrest_place": "Омская обл., г. Тара", "residence": "Москва, ул. Горького, 5",
           "nationality": "русская", "sentence_date": "1937-11-02", "arrest_date": "1936-10-01"},
    "p3": {"sentencing_body": "тройка при УНКВД по Омской области", "nationality": "поляк"},
    "p4": {"residence": "д. Неизвестное", "nationality": "марсианин", "death_date": "?"},
    "p5": {"residence": "Тверская губ."},
    "p6": {"residence": "Калининская обл."},
}  # fmt: skip


def tables_of() -> dict[str, pa.Table]:
    persons = [{"person_id": one, "name_latin": "N", "name_latin_derived": False, "victim": True,
                "roles": ["victim"], "list_ids": ["a"], "records": 1,
                "sex": "f" if one == "p2" else None} for one in VALUES]  # fmt: skip
    stated = [{"person_id": person, "field": field, "value": value, "preferred": True,
               "record_ids": ["r"], "list_ids": ["a"],
               "verified": True}
              for person, fields in VALUES.items() for field, value in fields.items()]  # fmt: skip
    other = {**stated[0], "value": "г. Киев", "preferred": False}
    return {"person": make_table("person", persons),
            "statement": make_table("statement", [other, *stated])}  # fmt: skip


def values_of(column: str) -> list[str]:
    return [key[0] for key in stratum_keys([column], tables_of()).values()]


def test_region_is_of_arrest_then_residence_then_the_body_that_sentenced() -> None:
    assert values_of("region")[:4] == ["omsk", "omsk", "omsk", "unstated"]


def test_a_region_is_one_through_its_renamings() -> None:
    assert len({*values_of("region")[4:]}) == 1


def test_forms_of_one_nationality_are_one_stratum_and_unknown_ones_keep_their_text() -> None:
    assert values_of("nationality")[:4] == ["russian", "russian", "polish", "марсианин"]


def test_period_is_the_year_of_death_then_sentence_then_arrest() -> None:
    assert values_of("period") == ["1938", "1937", *["unstated"] * 4]


def test_strata_are_named_in_the_language_of_the_report() -> None:
    stratum = {"region": "omsk", "sex": "f", "nationality": "polish", "fate": "executed",
               "period": "unstated"}  # fmt: skip
    assert stratum_label(stratum, "en") == (
        "region: Omsk oblast, sex: women, nationality: Polish, fate: executed, period: not stated"
    )
    assert stratum_label(stratum, "ru") == (
        "регион: Омская область, пол: женщины, национальность: поляк, судьба: казнь, "
        "период: не указано"
    )


def test_a_region_has_the_name_of_its_province_of_1937() -> None:
    tver = values_of("region")[4]
    assert stratum_label({"region": tver}, "ru") == "регион: Калининская область"
