from typing import Any

import pytest

from martyrolog.publish.codings import CODERS, street_address
from martyrolog.publish.content import make_content
from martyrolog.publish.groups import Group, coded_values, make_groups
from tests.unit.publish.build import record, tables_of


def groups_of(section: str, field: str, values: list[str]) -> list[Group]:
    persons: dict[str, list[dict[str, Any]]] = {
        f"p{n}x": [record(f"r{n}", surname="Ежов", death_date="1938", **{field: value})]
        for n, value in enumerate(values)
    }
    content = make_content(tables_of(persons), ["memory"])
    codings = {name: {value: CODERS[name](value) for value in found}
               for name, found in coded_values(content).items()}  # fmt: skip
    return list(make_groups(content, codings).sections[section])


def test_the_words_of_a_nationality_for_men_and_women_are_one_group() -> None:
    (russian,) = groups_of("nationalities", "nationality", ["русский", "русская", "Русские"])
    assert (russian.labels, len(russian.persons)) == ({"en": "Russian", "ru": "русский"}, 3)


def test_a_nationality_that_no_term_knows_is_named_as_the_list_writes_it() -> None:
    (group,) = groups_of("nationalities", "nationality", ["Марсианин."])
    assert group.labels["en"] == "марсианин"


def test_occupations_stand_in_major_groups_with_the_posts_of_the_lists_beneath() -> None:
    values = ["завод № 1: слесарь", "слесарь", "депо: Слесарь.", "фабрика: токарь"]
    (workers,) = groups_of("occupations", "occupation", values)
    assert workers.labels["en"] == "worker"
    assert [(post, len(persons)) for post, persons in workers.parts] == [("слесарь", 3), ("", 1)]


@pytest.mark.parametrize(
    "values",
    [
        ["ул. Врубеля, д.6, кв. 5", "Врубеля ул., д. 6", "Москва, ул.Врубеля, д. 6"],
        ["Ленинградское ш., д. 6", "шоссе Ленинградское, д.6", "Ленинградское шоссе, д.6, кв. 1"],
        ["Мёртвый пер., д. 6", "Мертвый переулок, д. 6", "пер. Мертвый, д.6"],
    ],
)
def test_spellings_of_one_street_and_house_are_one_group(values: list[str]) -> None:
    (street,) = groups_of("addresses", "residence", values)
    assert [(house, len(persons)) for house, persons in street.parts] == [("6", 3)]


def test_a_village_is_no_street() -> None:
    assert street_address("Московская обл., д. Плужково") is None


def test_a_birth_place_is_the_town_and_a_village_is_in_the_group_of_its_province() -> None:
    values = ["г. Тифлис", "Тбилиси", "д. Плужково Тульской губ.", "неизвестно где"]
    town, province = sorted(groups_of("birth-places", "birth_place", values),
                            key=lambda group: group.slug)  # fmt: skip
    assert (town.labels["en"], len(town.persons)) == ("Tiflis", 2)
    assert (province.labels["ru"], len(province.persons)) == ("Тульская губерния", 1)


def test_a_burial_ground_of_the_gazetteer_is_known_as_such() -> None:
    found = groups_of("burial-grounds", "burial_place", ["Бутово.", "Неведомое кладбище"])
    assert {group.place_id for group in found} == {"butovo", ""}
