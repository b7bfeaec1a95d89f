import numpy as np
import pytest

from martyrolog.names import keys_table, pairs_table, similarity, similarity_many


def test_names_that_share_a_key_are_wholly_similar() -> None:
    assert similarity("Тухачевский", "Toukhatchevski") == 1.0
    assert similarity("Петрова", "Петров", kind="surname") == 1.0
    assert similarity("Петрова", "Петров") < 1.0


def test_equivalent_given_names_are_wholly_similar_and_only_they() -> None:
    assert similarity("Иван", "Johann", kind="given_name") == 1.0
    assert similarity("Иванович", "Иоганнович", kind="patronymic") == 1.0
    assert similarity("Иван", "Johann") < 1.0


def test_a_misspelling_is_more_similar_than_another_name() -> None:
    assert similarity("Тухачевский", "Тухачевскйи") > similarity("Тухачевский", "Троцкий")
    assert similarity("Розенгольц", "Розенгольд") > 0.85
    assert similarity("Иванов", "Жуков") < 0.6


def test_an_empty_name_is_similar_to_nothing() -> None:
    assert similarity("", "Иванов") == 0.0
    assert similarity("", "") == 0.0


def test_a_batch_equals_single_values() -> None:
    lefts, rights = ["Ежов", "Ягода", "Ежов"], ["Jeschow", "Yezhov", "Jeschow"]
    values = similarity_many(lefts, rights)
    assert values.dtype == np.float64
    assert values.tolist() == [similarity(a, b) for a, b in zip(lefts, rights, strict=True)]


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="1 and 0"):
        similarity_many(["Ежов"], [])


def test_pairs_are_listed_with_their_agreement() -> None:
    rows = pairs_table(["Ежов", "Ежов"], ["Jeschow", "Ершов"]).to_pylist()
    assert rows[0] == {"left": "Ежов", "right": "Jeschow", "same_key": 1, "similarity": 1.0}
    assert rows[1]["same_key"] == 0
    assert 0 < rows[1]["similarity"] < 1


def test_names_are_listed_with_their_keys() -> None:
    assert keys_table(["Ежов", ""]).to_pylist() == [
        {"name": "Ежов", "keys": "ejov"},
        {"name": "", "keys": ""},
    ]
