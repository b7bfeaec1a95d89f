from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import yaml

from martyrolog.names import (
    PatronymicAgreement,
    compare_patronymics,
    compare_patronymics_many,
    father_name,
    given_name_class,
    patronymic_of,
    sex_of,
)

FATHERS = ["Иван", "Пётр", "Никита", "Лука", "Фома", "Илья", "Кузьма", "Савва", "Лейба", "Данила",
           "Али", "Яков", "Лев", "Павел", "Андрей", "Сергей", "Георгий", "Игорь", "Емельян",
           "Николай"]  # fmt: skip
LANGUAGES = yaml.safe_load(
    (Path(__file__).parent / "patronymics_by_language.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("left", "right", "agreement"),
    [
        ("Иванович", "Иванович", "EQUAL"),
        ("Иванович", "Ивановна", "EQUAL"),
        ("Иванович", "Ivanovich", "EQUAL"),
        ("Иванович", "Iwanowitsch", "EQUAL"),
        ("Ильич", "Ильинична", "EQUAL"),
        ("Николаевич", "Nikolajewitsch", "EQUAL"),
        ("Гасан оглы", "Гасан-оглы", "EQUAL"),
        ("Иваныч", "Иванович", "VARIANT"),
        ("Васильич", "Васильевич", "VARIANT"),
        ("Иоганнович", "Иванович", "VARIANT"),
        ("Янович", "Иванович", "VARIANT"),
        ("Егорович", "Георгиевич", "VARIANT"),
        ("Юрьевич", "Георгиевич", "VARIANT"),
        ("Шлемович", "Соломонович", "VARIANT"),
        ("Янкелевич", "Яковлевич", "VARIANT"),
        ("Мовшевич", "Моисеевич", "VARIANT"),
        ("Лейбович", "Львович", "VARIANT"),
        ("Осипович", "Иосифович", "VARIANT"),
        ("Алексндрович", "Александрович", "VARIANT"),
        ("И.", "Иванович", "INITIAL"),
        ("N.", "Николаевна", "INITIAL"),
        ("О.", "Иосифович", "INITIAL"),
        ("", "Иванович", "OMITTED"),
        ("", "", "OMITTED"),
        ("Ив-ч", "Иванович", "VARIANT"),
        ("Вас-вич", "Васильевич", "VARIANT"),
        ("Мих-вна", "Михайлович", "VARIANT"),
        ("Владим.", "Владимирович", "VARIANT"),
        ("Ив-ч", "Петрович", "CONTRADICTED"),
        ("Иванович", "Петрович", "CONTRADICTED"),
        ("Иванович", "Игоревич", "CONTRADICTED"),
        ("Александрович", "Алексеевич", "CONTRADICTED"),
        ("Михайлович", "Николаевич", "CONTRADICTED"),
        ("П.", "Иванович", "CONTRADICTED"),
        ("Ивановича", "Ивановна", "EQUAL"),
        ("Ивановны", "Иванович", "EQUAL"),
        ("Ивановичу", "Ивановной", "EQUAL"),
        ("Ильичом", "Ильиничны", "EQUAL"),
        ("Ивановича", "Петрович", "CONTRADICTED"),
        ("неизвестно", "Иванович", "OMITTED"),
        ("не указано", "Иванович", "OMITTED"),
        ("неизв.", "Иванович", "OMITTED"),
        ("б/о", "Иванович", "OMITTED"),
        ("—", "Иванович", "OMITTED"),
        ("?", "Иванович", "OMITTED"),
        ("Мордко-Янкелевич", "Янкелевич", "VARIANT"),
        ("Мордко-Янкелевич", "Мордкович", "VARIANT"),
        ("Мордко-Янкелевич", "Ицкович", "CONTRADICTED"),
    ],
)
def test_two_patronymics_agree(left: str, right: str, agreement: str) -> None:
    assert compare_patronymics(left, right).name == agreement
    assert compare_patronymics(right, left).name == agreement


def test_a_batch_equals_single_comparisons() -> None:
    values = compare_patronymics_many(["Иванович", "", "П."], ["Ивановна", "П.", "Иванович"])
    assert values.dtype == np.int8
    assert values.tolist() == [
        PatronymicAgreement.EQUAL,
        PatronymicAgreement.OMITTED,
        PatronymicAgreement.CONTRADICTED,
    ]


def test_a_batch_sees_languages_cases_and_what_is_not_known_as_single_comparisons_do() -> None:
    lefts = ["Іванівна", "Ивановичу", "не указано", "Мордко-Янкелевич", "Пятроўна"]
    rights = ["Ивановна", "Ивановна", "Иванович", "Янкелевич", "Иванович"]
    single = [compare_patronymics(left, right) for left, right in zip(lefts, rights, strict=True)]
    assert compare_patronymics_many(lefts, rights).tolist() == single


@pytest.mark.parametrize(
    ("patronymic", "father"),
    [
        ("Иванович", "Иван"),
        ("Львовна", "Лев"),
        ("Павлович", "Павел"),
        ("Яковлевич", "Яков"),
        ("Ильинична", "Илья"),
        ("Никитич", "Никита"),
        ("Iwanowitsch", "Иван"),
        ("Гасан оглы", "Гасан"),
        ("Мир Джафар кызы", "Мир Джафар"),
        ("Зевульфьевич", "Зевульфий"),
        ("Шлемович", "Шлема"),
        ("Миколаївна", "Николай"),
        ("Мікалаевіч", "Николай"),
        ("Ивановны", "Иван"),
        ("Алексеевна", "Алексей"),
        ("Хаим-Мордкович", "Хаим-Мордко"),
        ("Хаим-Мордковна", "Хаим-Мордко"),
        ("Выдумкевич", "Выдумк"),
        ("не указано", ""),
        ("И.", ""),
        ("Петров", ""),
        ("", ""),
    ],
)
def test_a_patronymic_names_the_father(patronymic: str, father: str) -> None:
    assert father_name(patronymic) == father


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        ("Иван", "Иванович", "Ивановна"),
        ("Пётр", "Петрович", "Петровна"),
        ("Илья", "Ильич", "Ильинична"),
        ("Лев", "Львович", "Львовна"),
        ("Акакий", "Акакиевич", "Акакиевна"),
        ("Зевульфий", "Зевульфьевич", "Зевульфьевна"),
        ("Никита", "Никитич", "Никитична"),
        ("Лука", "Лукич", "Лукинична"),
        ("Фома", "Фомич", "Фоминична"),
        ("Кузьма", "Кузьмич", "Кузьминична"),
        ("Савва", "Саввич", "Саввична"),
        ("Лейба", "Лейбович", "Лейбовна"),
        ("Данила", "Данилович", "Даниловна"),
        ("Али", "Алиевич", "Алиевна"),
        ("Файзулла", "Файзуллаевич", "Файзуллаевна"),
        ("Павел", "Павлович", "Павловна"),
        ("Яков", "Яковлевич", "Яковлевна"),
        ("Андрей", "Андреевич", "Андреевна"),
        ("Георгий", "Георгиевич", "Георгиевна"),
        ("Игорь", "Игоревич", "Игоревна"),
        ("Емельян", "Емельянович", "Емельяновна"),
        ("Микола", "Николаевич", "Николаевна"),
        ("Дмитро", "Дмитриевич", "Дмитриевна"),
        ("Johann", "", ""),
        ("Ahmed", "", ""),
        ("", "", ""),
    ],
)
def test_a_given_name_makes_a_patronymic(father: str, son: str, daughter: str) -> None:
    assert patronymic_of(father) == son
    assert patronymic_of(father, "f") == daughter


@pytest.mark.parametrize(
    ("language", "father", "son", "daughter"),
    [
        ("uk", "Микола", "Миколайович", "Миколаївна"),
        ("uk", "Іван", "Іванович", "Іванівна"),
        ("uk", "Сергій", "Сергійович", "Сергіївна"),
        ("uk", "Петро", "Петрович", "Петрівна"),
        ("uk", "Василь", "Васильович", "Василівна"),
        ("uk", "Ілля", "Ілліч", "Іллівна"),
        ("be", "Іван", "Іванавіч", "Іванаўна"),
        ("be", "Мікалай", "Мікалаевіч", "Мікалаеўна"),
        ("be", "Пётр", "Пятровіч", "Пятроўна"),
        ("be", "Васіль", "Васілевіч", "Васілеўна"),
    ],
)
def test_a_patronymic_is_made_as_its_language_says(
    language: Literal["uk", "be"], father: str, son: str, daughter: str
) -> None:
    assert patronymic_of(father, language=language) == son
    assert patronymic_of(father, "f", language=language) == daughter


@pytest.mark.parametrize("father", FATHERS)
def test_a_patronymic_leads_back_to_the_father(father: str) -> None:
    for sex in ("m", "f"):
        back = father_name(patronymic_of(father, sex))
        # Лейбович may name Лейб and Лейба, who are one.
        assert back == father or set(given_name_class(back)) & set(given_name_class(father))


@pytest.mark.parametrize(
    ("language", "own", "russian"),
    [(language, *pair) for language, pairs in LANGUAGES.items() for pair in pairs],
)
def test_patronymics_of_neighbouring_languages_agree(language: str, own: str, russian: str) -> None:
    assert compare_patronymics(own, russian).name in ("EQUAL", "VARIANT")
    assert father_name(own)
    assert compare_patronymics(own, "Взорович").name == "CONTRADICTED"
    if language != "latin":
        assert sex_of("", "", own) == ("f" if own[-1] == "а" else "m")
