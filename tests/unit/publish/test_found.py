"""A search says why a spelling found a person."""

import pytest

from martyrolog.publish.found import why_found

YEZHOV = {"surname": ["Ежов"], "given_name": ["Николай"], "patronymic": ["Иванович"]}


@pytest.mark.parametrize(
    ("words", "english", "russian"),
    [
        (["Jeschow"], "Jeschow = Ежов: German spelling", "Jeschow = Ежов: немецкое написание"),
        (["Ежов"], "", ""),
        (["ежов", "Nikolai"], "Nikolai = Николай: a Latin spelling",
         "Nikolai = Николай: написание латиницей"),
        (["Ежова"], "Ежова = Ежов: the masculine and the feminine form of one surname",
         "Ежова = Ежов: мужская и женская форма одной фамилии"),
        (["Ежев"], "Ежев ≈ Ежов: 1 letter differs", "Ежев ≈ Ежов: отличается 1 буква"),
        (["Yezhov", "Ник"], "Yezhov = Ежов: English spelling; Ник is the beginning of Николай",
         "Yezhov = Ежов: английское написание; Ник — начало Николай"),
        (["Ежов", "Iwanowitsch"], "Iwanowitsch = Иванович: German spelling",
         "Iwanowitsch = Иванович: немецкое написание"),
    ],
)  # fmt: skip
def test_why_a_word_found_a_person(words: list[str], english: str, russian: str) -> None:
    assert why_found(words, YEZHOV, "en") == english
    assert why_found(words, YEZHOV, "ru") == russian


def test_a_result_is_never_said_to_bear_another_name() -> None:
    names = {"surname": ["Holzman"], "given_name": ["Boris"], "patronymic": []}
    assert why_found(["Goldstein"], names, "en") == (
        "Goldstein ≈ Holzman: found as a misspelling: as they sound, 2 letters differ"
    )
    assert why_found(["Goldstein"], names, "ru") == (
        "Goldstein ≈ Holzman: найдено как описка: на слух отличаются 2 буквы"
    )
    assert why_found(["Bor"], names, "en") == "Bor = Boris: two spellings that sound alike"


def test_a_person_without_names_is_explained_by_nothing() -> None:
    assert why_found(["Ежов"], {"surname": [], "given_name": [], "patronymic": []}, "en") == ""
