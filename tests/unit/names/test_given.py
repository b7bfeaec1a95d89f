from itertools import combinations

import numpy as np
import pytest

from martyrolog.names import (
    GivenNameAgreement,
    compare_given_names,
    compare_given_names_many,
    given_name_class,
    is_initial,
)
from martyrolog.names.given import given_name_entries, sex_of_given_name


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        ("Михаил", "Mikhail", "EQUAL"),
        ("Пётр", "Петр", "EQUAL"),
        ("Иван", "Iwan", "EQUAL"),
        ("Иван", "Ян", "EQUIVALENT"),
        ("Иоганн", "Ivan", "EQUIVALENT"),
        ("Johann", "Иван", "EQUIVALENT"),
        ("Георгий", "Егор", "EQUIVALENT"),
        ("Юрий", "Georgy", "EQUIVALENT"),
        ("Шлема", "Соломон", "EQUIVALENT"),
        ("Янкель", "Яков", "EQUIVALENT"),
        ("Янкель", "Jakob", "EQUIVALENT"),
        ("Мовша", "Моисей", "EQUIVALENT"),
        ("Лейба", "Лев", "EQUIVALENT"),
        ("Ваня", "Иван", "EQUIVALENT"),
        ("Саша", "Александра", "EQUIVALENT"),
        ("Саша", "Александр", "EQUIVALENT"),
        ("Jānis", "Ян", "EQUIVALENT"),
        # Nominatives in Latin letters: the whole name equals, what is left without them never.
        ("Jānis", "Янис", "EQUAL"),
        ("Boris", "Борис", "EQUAL"),
        ("Denis", "Денис", "EQUAL"),
        ("Alexis", "Алексис", "EQUAL"),
        ("Alexis", "Алексей", "EQUIVALENT"),
        ("Antonas", "Антон", "EQUIVALENT"),
        ("Jonas", "Иван", "EQUIVALENT"),
        ("Marcus", "Марк", "EQUIVALENT"),
        ("Конст.", "Константин", "EQUIVALENT"),
        ("Алекс.", "Александр", "EQUIVALENT"),
        ("Ал-др", "Александр", "EQUIVALENT"),
        ("Ал-й", "Алексей", "EQUIVALENT"),
        ("Ал-др", "Алексей", "CONTRADICTED"),
        ("Владим.", "Владислав", "CONTRADICTED"),
        ("Мария.", "Марианна", "CONTRADICTED"),  # a name and a stop
        ("Boris", "Бор", "CONTRADICTED"),
        ("Denis", "Дэн", "CONTRADICTED"),
        ("Tomas", "Том", "CONTRADICTED"),
        ("Геворк", "Георгий", "EQUIVALENT"),
        ("Магомет", "Мухамед", "EQUIVALENT"),
        ("Арон-Лейб", "Арон", "EQUIVALENT"),
        ("Михаилл", "Михаил", "EQUAL"),
        ("Александр", "Алексадр", "SIMILAR"),
        ("М.", "Михаил", "INITIAL"),
        ("М", "Mikhail", "INITIAL"),
        ("Ye.", "Евгений", "INITIAL"),
        ("E.", "Евгений", "INITIAL"),
        ("Ya.", "Яков", "INITIAL"),
        ("Yu.", "Юрий", "INITIAL"),
        ("Kh.", "Христиан", "INITIAL"),
        ("Zh.", "Жан", "INITIAL"),
        ("Sh.", "Шалва", "INITIAL"),
        ("J.", "Иосиф", "INITIAL"),
        ("И.", "Joseph", "INITIAL"),
        ("И.", "Осип", "INITIAL"),
        ("H.", "Генрих", "INITIAL"),
        ("Ю.", "Я.", "CONTRADICTED"),
        ("М.", "Иван", "CONTRADICTED"),
        ("Иван", "Пётр", "CONTRADICTED"),
        ("Александр", "Алексей", "CONTRADICTED"),
        ("Мария", "Марина", "CONTRADICTED"),
        ("", "Иван", "OMITTED"),
        ("не указано", "Иван", "OMITTED"),
        ("неизв.", "Иван", "OMITTED"),
        ("-", "", "OMITTED"),
    ],
)
def test_two_given_names_agree(left: str, right: str, agreement: str) -> None:
    assert compare_given_names(left, right).name == agreement
    assert compare_given_names(right, left).name == agreement


def test_a_batch_equals_single_comparisons() -> None:
    lefts, rights = ["Иван", "М.", "", "Иван"], ["Johann", "Mikhail", "Пётр", "Johann"]
    values = compare_given_names_many(lefts, rights)
    assert values.dtype == np.int8
    assert values.tolist() == [
        GivenNameAgreement.EQUIVALENT,
        GivenNameAgreement.INITIAL,
        GivenNameAgreement.OMITTED,
        GivenNameAgreement.EQUIVALENT,
    ]


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 and 1"):
        compare_given_names_many(["а", "б"], ["а"])


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("Iwan", ("Иван",)),
        ("Янка", ("Иван", "Яков")),
        ("Семен", ("Семён",)),
        ("Шура", ("Александр", "Александра")),
        ("Абракадабра", ()),
        ("", ()),
    ],
)
def test_a_name_belongs_to_its_classes(name: str, classes: tuple[str, ...]) -> None:
    assert given_name_class(name) == classes


@pytest.mark.parametrize(
    ("name", "expected"),
    [("М.", True), ("М", True), ("Ye.", True), ("Дж.", True), ("J.-B.", True), ("Ян", False),
     ("Ия", False), ("Ли", False), ("Александр", False), ("", False)],
)  # fmt: skip
def test_initials_are_told_from_short_names(name: str, expected: bool) -> None:
    assert is_initial(name) is expected


def test_a_given_name_tells_the_sex_unless_both_bear_it() -> None:
    assert sex_of_given_name("Иван") == "m"
    assert sex_of_given_name("Прасковья") == "f"
    assert sex_of_given_name("Саша") is None
    assert sex_of_given_name("Абракадабра") is None


def test_no_class_is_named_twice_and_every_class_has_a_sex() -> None:
    names = [entry["name"] for entry in given_name_entries()]
    assert len(names) == len(set(names))
    assert {entry["sex"] for entry in given_name_entries()} == {"m", "f"}


def test_no_two_names_are_forms_of_one_name_only_because_of_a_third() -> None:
    """Павел and Пётр both stood for Пейсах; that makes them no forms of each other."""
    names = [entry["name"] for entry in given_name_entries()]
    classes = {name: set(given_name_class(name)) for name in names}
    through_a_third = [
        (one, other)
        for one, other in combinations(names, 2)
        if classes[one] & classes[other] and not {one, other} & classes[one] & classes[other]
    ]
    assert through_a_third == []
    assert compare_given_names("Павел", "Пётр").name == "CONTRADICTED"
    assert compare_given_names("Пейсах", "Пётр").name == "EQUIVALENT"
    assert compare_given_names("Хаим", "Ефим").name == "EQUIVALENT"
