"""Blocking keys."""

import numpy as np

from martyrolog.link.columns import NO_VALUE
from martyrolog.link.keys import make_keys
from tests.unit.link.build import Row, records_of


def _share(component: str, left: Row, right: Row) -> bool:
    matrix = make_keys(records_of([left, right])).components[component].of(np.arange(2))
    shared = set(matrix[0].tolist()) & set(matrix[1].tolist()) - {NO_VALUE}
    return bool(shared)


def test_one_surname_in_two_scripts_and_two_genders_shares_a_key() -> None:
    assert _share("surname", {"surname": "Тухачевский"}, {"surname": "Tukhachevsky"})
    assert _share("surname", {"surname": "Петров"}, {"surname": "Петрова"})
    assert not _share("surname", {"surname": "Петров"}, {"surname": "Иванов"})


def test_another_name_is_a_key_like_a_surname() -> None:
    left = {"surname": "Ленин", "other_names": "Ульянов"}
    assert _share("surname", left, {"surname": "Ульянов"})


def test_equivalent_given_names_share_a_key_and_an_initial_has_none() -> None:
    assert _share("given_name", {"given_name": "Иван"}, {"given_name": "Johann"})
    assert not _share("given_name", {"given_name": "И."}, {"given_name": "И."})
    assert _share("given_initial", {"given_name": "И."}, {"given_name": "Иван"})


def test_names_that_changed_places_share_a_key() -> None:
    left = {"surname": "Иванов", "given_name": "Пётр"}
    assert _share("name_pair", left, {"surname": "Пётр", "given_name": "Иванов"})


def test_a_year_is_a_key_of_dates_within_it_and_a_day_only_of_itself() -> None:
    assert _share("birth_year", {"birth_date": "1895"}, {"birth_date": "1.5.1895"})
    assert not _share("birth_year", {"birth_date": "1895-1897"}, {"birth_date": "1895"})
    assert _share("birth_day", {"birth_date": "1.5.1895"}, {"birth_date": "1895-05-01"})
    assert not _share("birth_day", {"birth_date": "1895"}, {"birth_date": "1895"})


def test_a_slip_in_a_vowel_leaves_the_consonants() -> None:
    assert _share("surname_consonants", {"surname": "Зиновьев"}, {"surname": "Зеновьев"})


def test_records_without_values_have_no_keys_at_all() -> None:
    keys = make_keys(records_of([{}, {}]))
    assert all(np.all(column.of(np.arange(2)) == NO_VALUE) for column in keys.components.values())


def test_other_names_stand_behind_a_surname_and_alone_where_there_is_none() -> None:
    rows = [{"surname": "Ленин", "other_names": "Ульянов"}, {"other_names": "Ульянов"}, {}]
    keys = make_keys(records_of(rows))
    surname = keys.components["surname"]
    both, alone, none = (set(keys_of.tolist()) for keys_of in surname.of(np.arange(3)))
    assert len(both & alone - {NO_VALUE}) == 1
    assert none == {NO_VALUE}
    assert surname.first()[1:].tolist() == [NO_VALUE, NO_VALUE]
