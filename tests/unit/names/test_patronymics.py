import numpy as np
import pytest

from martyrolog.names import (
    PatronymicAgreement,
    compare_patronymics,
    compare_patronymics_many,
    father_name,
    patronymic_of,
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
        ("Johann", "", ""),
        ("", "", ""),
    ],
)
def test_a_given_name_makes_a_patronymic(father: str, son: str, daughter: str) -> None:
    assert patronymic_of(father) == son
    assert patronymic_of(father, "f") == daughter
