import pytest

from martyrolog.places import (
    Address,
    address_key,
    is_address,
    parse_address,
    parse_place,
    street_of,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Авиамоторная ул., д.4, корп. 1, кв. 7", ("Авиамоторная ул.", "4", "1", "7")),
        ("ул. Авиамоторная, д.4, кор.1", ("Авиамоторная ул.", "4", "1", "")),
        ("Воронцовский   пер., д.5/7, кв. 6", ("Воронцовский пер.", "5/7", "", "6")),
        ("ул. Серафимовича, д.2 (Дом правительства), кв.12", ("Серафимовича ул.", "2", "", "12")),
        ("Тверская ул., 10-32", ("Тверская ул.", "10", "", "32")),
        ("Н.-Рязанская ул., д. 4, кв. 2", ("Н.-Рязанская ул.", "4", "", "2")),
        ("ул. Н.-Рязанская, д. 4", ("Н.-Рязанская ул.", "4", "", "")),
        ("Большая Полянка, 7--2--12", ("Большая Полянка", "7", "2", "12")),
        ("г. Москва, ул. Грановского, д. 3, кв. 62", ("Грановского ул.", "3", "", "62")),
        ("Москва, Б. Калужская ул., 14, кв. 5", ("Б. Калужская ул.", "14", "", "5")),
        ("Киев, вул. Хрещатик, 10", ("Хрещатик ул.", "10", "", "")),
        ("Ленинград, пр. 25 Октября, д. 100", ("25 Октября пр.", "100", "", "")),
    ],
)
def test_an_address_has_its_parts(text: str, parts: tuple[str, str, str, str]) -> None:
    assert parse_address(text) == Address(*parts)


@pytest.mark.parametrize(
    ("text", "town", "street", "house"),
    [
        ("Москва, Арбат, д. 5, кв. 3", "moscow", "Арбат", "5"),
        ("г. Москва, Петровка, 12, кв. 3", "moscow", "Петровка", "12"),
        ("Ленинград, Моховая, 5, кв. 3", "leningrad", "Моховая", "5"),
        ("Арбат, д. 5, кв. 3", None, "Арбат", "5"),
    ],
)
def test_a_town_before_a_street_without_its_kind_is_no_street(
    text: str, town: str | None, street: str, house: str
) -> None:
    place = parse_place(text)
    assert (place.settlement_id, place.street, place.house) == (town, street, house)


def test_two_ways_of_writing_a_house_have_one_key() -> None:
    key = address_key("Авиамоторная ул., д.4, корп. 1, кв. 7")
    assert key == address_key("ул. Авиамоторная, д.4, кор.1") != ""


def test_only_the_same_flat_meets_when_asked_for() -> None:
    one, other = "Тверская ул., д.4, кв. 1", "Тверская ул., д.4, кв. 2"
    assert address_key(one) == address_key(other)
    assert address_key(one, with_flat=True) != address_key(other, with_flat=True)


def test_a_street_has_one_form() -> None:
    assert street_of("пер. Воротниковский, д.3") == street_of("Воротниковский пер., д.7")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ул. Авиамоторная, д.4", True),
        ("Б. Полянка, д.3, кв. 1", True),
        ("д. Плужково", False),
        ("г. Москва", False),
        ("Воронежская обл., с. 2-я Ивановка", False),
        ("", False),
    ],
)
def test_an_address_is_told_from_a_village(text: str, answer: bool) -> None:
    assert is_address(text) is answer
