import pytest

from martyrolog.names import initials, sex_of, split_name


@pytest.mark.parametrize(
    ("surname", "given", "patronymic", "sex"),
    [
        ("Шевченко", "А.", "И.", None),
        ("Шевченко", "Саша", "", None),
        ("Шевченко", "Саша", "Ивановна", "f"),
        ("Шевченко", "Саша", "Иваныч", "m"),
        ("Калина", "Иван", "", "m"),
        ("Петрова", "", "", "f"),
        ("Петров", "А.", "", "m"),
        ("Krupskaya", "N.", "K.", "f"),
        ("Тухачевский", "", "", "m"),
        ("Алиев", "", "Гасан оглы", "m"),
        ("Кравчук", "", "Гасан кызы", "f"),
        ("", "", "", None),
    ],
)
def test_a_name_tells_the_sex_or_does_not(
    surname: str, given: str, patronymic: str, sex: str | None
) -> None:
    assert sex_of(surname, given, patronymic) == sex


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Тухачевский Михаил Николаевич", "М. Н."),
        ("Tukhachevsky, M. N.", "M. N."),
        ("Радек Карл", "К."),
        ("Сталин", ""),
        ("Ульянова Анна-Мария Ивановна", "А.-М. И."),
    ],
)
def test_initials_of_given_name_and_patronymic(name: str, expected: str) -> None:
    assert initials(split_name(name)) == expected
