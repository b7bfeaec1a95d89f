import pytest

from martyrolog.places import PlaceLevel, compare_places, compare_places_many

PAIRS = [
    ("г. Елисаветград", "Yelisavetgrad", "EQUAL"),
    ("г. Тверь", "Калинин", "EQUAL"),
    ("в Москве", "г. Москвы", "EQUAL"),
    ("Латвия, г. Рига", "Лифляндская губ., г. Рига", "EQUAL"),
    ("Тверская губ., д. Ивановка", "Калининская обл., с. Ивановка", "SAME_SETTLEMENT"),
    ("д. Плужково", "Московская губ., д. Плужково", "SAME_SETTLEMENT"),
    ("Костромская губ., д. Тезино", "Tezino, Kostroma guberniya", "EQUAL"),
    (
        "Псковская губ., Островский уезд, д. Гора",
        "Псковская губ., Порховский уезд, д. Гора",
        "SAME_PROVINCE",
    ),
    ("Псковская губ., Островский уезд, д. Гора", "Псковская губ., д. Гора", "SAME_SETTLEMENT"),
    ("Тверская губ.", "Калининская обл., г. Ржев", "SAME_PROVINCE"),
    ("Вятская губ., д. Слобода", "Кировская обл., д. Гора", "SAME_PROVINCE"),
    ("Польша", "Гродненская губ., г. Белосток", "COMPATIBLE"),
    ("УССР", "г. Киев", "COMPATIBLE"),
    ("Москва", "Киев", "CONTRADICTED"),
    ("Мінск", "Минск", "EQUAL"),
    ("с. Іванівка", "с. Ивановка", "EQUAL"),
    ("у Києві", "Киев", "EQUAL"),
    ("w Kijowie", "Kijów", "EQUAL"),
    ("Гельсинки", "Гельсингфорс", "EQUAL"),
    ("Ганджа", "Гянджа", "EQUAL"),
    ("Ганджа", "Елисаветполь", "EQUAL"),
    ("Ганджа", "Кировабад", "EQUAL"),
    ("Дюнабург", "Двинск", "SAME_SETTLEMENT"),  # a spelling that the gazetteer does not have
    ("с. Киев", "г. Киев", "CONTRADICTED"),  # a village that sounds like the town
    ("с. Петрівка", "с. Павловка", "CONTRADICTED"),
    ("Трансильвания", "Румыния", "COMPATIBLE"),
    ("Трансильвания", "Венгрия", "COMPATIBLE"),
    ("Самарская губ., д. Ивановка", "Псковская губ., д. Ивановка", "CONTRADICTED"),
    ("Япония", "Польша", "CONTRADICTED"),
    ("", "Киев", "MISSING"),
    ("Тверская ул., д.4", "ул. Тверская, д. 4, кв. 7", "EQUAL"),
    ("Тверская ул., д.4", "ул. Тверская, д. 5", "SAME_SETTLEMENT"),
    ("Тверская ул.", "ул. Тверская", "SAME_SETTLEMENT"),  # perhaps another house
    ("Тверская ул.", "ул. Мира", "COMPATIBLE"),
    ("Москва, Тверская ул., д.4", "Киев, Тверская ул., д.4", "CONTRADICTED"),
    ("Москва, Тверская ул.", "Москва", "SAME_SETTLEMENT"),
    ("Москва, Тверская ул.", "Киев", "CONTRADICTED"),
    (
        "Лесной уезд, Первая вол., д. Гора",
        "Лесной уезд, Вторая вол., д. Гора",
        "CONTRADICTED",
    ),
]


@pytest.mark.parametrize(("left", "right", "level"), PAIRS)
def test_levels_of_two_places_in_either_order(left: str, right: str, level: str) -> None:
    assert compare_places(left, right).name == level
    assert compare_places(right, left).name == level


def test_whole_columns_have_the_levels_of_single_pairs() -> None:
    levels = compare_places_many([pair[0] for pair in PAIRS], [pair[1] for pair in PAIRS])
    assert [PlaceLevel(level).name for level in levels] == [pair[2] for pair in PAIRS]
