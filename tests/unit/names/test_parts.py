"""Full names fall into their parts. Names are those of known persons, or plainly made up."""

import pytest

from martyrolog.names import NameParts, split_name


@pytest.mark.parametrize(
    ("text", "surname", "given", "patronymic", "others"),
    [
        ("Тухачевский Михаил Николаевич", "Тухачевский", "Михаил", "Николаевич", ()),
        ("Михаил Николаевич Тухачевский", "Тухачевский", "Михаил", "Николаевич", ()),
        ("ТУХАЧЕВСКИЙ МИХАИЛ НИКОЛАЕВИЧ", "ТУХАЧЕВСКИЙ", "МИХАИЛ", "НИКОЛАЕВИЧ", ()),
        ("Tukhachevsky, M. N.", "Tukhachevsky", "M.", "N.", ()),
        ("Тухачевский М.Н.", "Тухачевский", "М.", "Н.", ()),
        ("М. Н. Тухачевский", "Тухачевский", "М.", "Н.", ()),
        ("Lenin (Ulyanov), Vladimir I.", "Lenin", "Vladimir", "I.", ("Ulyanov",)),
        ("Сталин (Джугашвили) Иосиф Виссарионович", "Сталин", "Иосиф", "Виссарионович",
         ("Джугашвили",)),
        ("Зиновьев Григорий Евсеевич, он же Радомысльский", "Зиновьев", "Григорий", "Евсеевич",
         ("Радомысльский",)),
        ("Петрова (урожд. Сидорова) Анна Ивановна", "Петрова", "Анна", "Ивановна", ("Сидорова",)),
        ("Петрова Анна Ивановна, урожденная Сидорова", "Петрова", "Анна", "Ивановна",
         ("Сидорова",)),
        ("Grigory Zinoviev", "Zinoviev", "Grigory", "", ()),
        ("Karl Radek", "Radek", "Karl", "", ()),
        ("Радек Карл Бернгардович", "Радек", "Карл", "Бернгардович", ()),
        ("Урицкий Моисей Соломонович", "Урицкий", "Моисей", "Соломонович", ()),
        ("Моисей Соломонович Урицкий", "Урицкий", "Моисей", "Соломонович", ()),
        ("Абрамович Рафаил Абрамович", "Абрамович", "Рафаил", "Абрамович", ()),
        ("Каменская-Иванова Анна Петровна", "Каменская-Иванова", "Анна", "Петровна", ()),
        ("Ходжаев Файзулла Убайдуллаевич", "Ходжаев", "Файзулла", "Убайдуллаевич", ()),
        ("Arnold, Valentin Volfridovich", "Arnold", "Valentin", "Volfridovich", ()),
        ("фон Бюлов Карл Карлович", "фон Бюлов", "Карл", "Карлович", ()),
        ("Карл фон Бюлов", "фон Бюлов", "Карл", "", ()),
        ("Нариманов Нариман Наджаф оглы", "Нариманов", "Нариман", "Наджаф оглы", ()),
        ("Алиев Гейдар Аббас-оглы", "Алиев", "Гейдар", "Аббас-оглы", ()),
        ("Алиева Фатьма Гасан кызы", "Алиева", "Фатьма", "Гасан кызы", ()),
        ("Пак Чан Ок", "Пак", "Чан Ок", "", ()),
        ("Ван Мин", "Ван", "Мин", "", ()),
        ("Ким Алексей Иванович", "Ким", "Алексей", "Иванович", ()),
        ("архиепископ Серафим (в миру Самойлович Семён Николаевич)", "", "Серафим", "",
         ("Самойлович Семён Николаевич",)),
        ("Сталин", "Сталин", "", "", ()),
        ("Михаил", "", "Михаил", "", ()),
        ("", "", "", "", ()),
        ("12. —", "", "", "", ()),
    ],
)  # fmt: skip
def test_a_full_name_falls_into_its_parts(
    text: str, surname: str, given: str, patronymic: str, others: tuple[str, ...]
) -> None:
    parts = split_name(text)
    assert (parts.surname, parts.given_name, parts.patronymic) == (surname, given, patronymic)
    assert parts.other_names == others


def test_the_order_of_a_source_decides_where_words_do_not() -> None:
    assert split_name("Артур Ганс").confidence < 1
    assert split_name("Артур Ганс", order="given_first").surname == "Ганс"
    assert split_name("Артур Ганс", order="surname_first").surname == "Артур"


def test_a_patronymic_fixes_the_order_and_a_bare_position_does_not() -> None:
    assert split_name("Тухачевский Михаил Николаевич").confidence == 1.0
    assert split_name("Абвгд Еёжзик").confidence == 0.5
    assert split_name("") == NameParts()


@pytest.mark.parametrize(
    "text",
    ["Иванов Иван Иванович Сидоров-Петров Пётр Кузьмич Хан", "а б в г д", "Ким Ир Сен Он Же"],
)
def test_no_word_of_a_long_name_is_lost(text: str) -> None:
    parts = split_name(text)
    found = " ".join((parts.surname, parts.given_name, parts.patronymic, *parts.other_names))
    assert sorted(found.split()) == sorted(text.split())
