"""Comparison levels of pairs of records."""

import numpy as np
import pytest

from martyrolog.levels import FIELDS, MISSING
from martyrolog.link.comparison import compare_pairs, make_comparer
from martyrolog.link.keys import make_keys
from tests.unit.link.build import Row, records_of


def levels_of(left: Row, right: Row) -> dict[str, str]:
    """Names of the levels of a pair, by field; what is missing is left out."""
    records = records_of([left, right])
    comparer = make_comparer(records, make_keys(records))
    one, other = np.array([0], np.int32), np.array([1], np.int32)
    levels = compare_pairs(comparer, one, other)
    assert (levels == compare_pairs(comparer, other, one)).all()
    return {name: field.levels[level].name
            for (name, field), level in zip(FIELDS.items(), levels[0], strict=True)
            if level != MISSING}  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Тухачевский", "тухачевский", "equal"),
        ("Тухачевский", "Tukhachevsky", "same_key"),
        ("Петров", "Петрова", "same_key"),
        ("Рокоссовский", "Рокосовский", "same_key"),
        ("Блюхер", "Блюмер", "similar"),
        ("Иванов", "Якир", "different"),
    ],
)
def test_the_level_of_two_surnames(left: str, right: str, level: str) -> None:
    assert levels_of({"surname": left}, {"surname": right}) == {"surname": level}


def test_cyrillic_is_compared_by_letters_not_by_bytes() -> None:
    # one letter of six differs; bytewise it could be two of twelve
    short = levels_of({"surname": "Зуев"}, {"surname": "Жуев"})["surname"]
    latin = levels_of({"surname": "Zuev"}, {"surname": "Zhuev"})["surname"]
    assert short == latin


def test_an_omitted_patronymic_is_missing_and_another_one_contradicts() -> None:
    name = {"surname": "Крыленко", "given_name": "Николай", "patronymic": "Васильевич"}
    assert "patronymic" not in levels_of(name, {**name, "patronymic": ""})
    assert levels_of(name, {**name, "patronymic": "Иванович"})["patronymic"] == "contradicted"
    assert levels_of(name, {**name, "patronymic": "В."})["patronymic"] == "initial"
    assert levels_of(name, {**name, "patronymic": "И."})["patronymic"] == "initial_contradicted"


def test_forms_of_a_given_name_are_one_name() -> None:
    assert levels_of({"given_name": "Иван"}, {"given_name": "Johann"}) == {
        "given_name": "equivalent"
    }
    assert levels_of({"given_name": "И."}, {"given_name": "Иван"}) == {"given_name": "initial"}


def test_names_that_changed_places_are_seen_and_counted_once() -> None:
    found = levels_of({"surname": "Бухарин", "given_name": "Николай"},
                      {"surname": "Николай", "given_name": "Бухарин"})  # fmt: skip
    assert found == {"surname": "swapped"}


def test_a_surname_among_the_other_names_is_an_alias() -> None:
    found = levels_of({"surname": "Ленин", "other_names": "Ульянов"}, {"surname": "Ульянов"})
    assert found == {"surname": "alias"}


def test_texts_are_compared_by_their_words() -> None:
    place = {"birth_place": "д. Троекурово, Лебедянский у."}
    assert levels_of(place, {"birth_place": "Лебедянский у., д. Троекурово"}) == {
        "birth_place": "equal"
    }
    assert levels_of(place, {"birth_place": "Троекурово"}) == {"birth_place": "contained"}
    assert levels_of({"occupation": "инженер завода"}, {"occupation": "сторож"}) == {
        "occupation": "different"
    }


def test_context_says_nothing_yet() -> None:
    assert "context" not in levels_of({"surname": "Якир"}, {"surname": "Якир"})
