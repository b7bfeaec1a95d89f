import pytest

from martyrolog.names import clean_name, index_letter, script_of, sort_key, to_latin


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Иванов \t Пётр ", "Иванов Пётр"),
        ("Ива\u200bнов\ufeff", "Иванов"),
        ("\u202eИванов\u202c", "Иванов"),
        ("Иван\u00adов\x00", "Иванов"),
        ("И\u0306осиф", "Йосиф"),
        ("Иcаев", "Исаев"),  # Latin c
        ("Cталин", "Сталин"),  # Latin C
        ("Lеnin", "Lenin"),  # Cyrillic е
        ("Иванов Ivanov", "Иванов Ivanov"),
        ("Иwан", "Иwан"),  # w looks like no Cyrillic letter, и like no Latin one
        ("", ""),
    ],
)
def test_what_nobody_sees_is_cleaned(text: str, cleaned: str) -> None:
    assert clean_name(text) == cleaned


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Ежов", "cyrillic"),
        ("Jeżow", "latin"),
        ("ჯუღაშვილი", "georgian"),
        ("Միկոյան", "armenian"),
        ("טרוצקי", "hebrew"),
        ("خان", "arabic"),
        ("毛澤東", "other"),
        ("12 - ", ""),
        ("1. Ежов (Yezhov)", "cyrillic"),
    ],
)
def test_the_first_letter_names_the_script(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Тухачевский", "Tukhachevsky"),
        ("Николаевич", "Nikolayevich"),
        ("Ежов", "Yezhov"),
        ("Хрущёв", "Khrushchev"),
        ("Объедков", "Obyedkov"),
        ("Крупская-Ульянова", "Krupskaya-Ulyanova"),
        ("ЦК ВКП", "TSK VKP"),
        ("Jeżow", "Jeżow"),
    ],
)
def test_names_are_romanised_as_in_english_books(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


def test_yo_sorts_with_ye_and_short_i_after_i() -> None:
    names = ["Йоффе", "Ёлкин", "Ия", "Жуков", "Ежов", "Елкин", "Иванов"]
    assert sorted(names, key=sort_key) == [
        "Ежов", "Елкин", "Ёлкин", "Жуков", "Иванов", "Ия", "Йоффе",
    ]  # fmt: skip


def test_the_latin_index_ignores_marks_and_romanises() -> None:
    names = ["Żukow", "Yezhov", "Ежов", "Łukasz", "Adam"]
    ordered = sorted(names, key=lambda name: sort_key(name, "latin"))
    assert ordered == ["Adam", "Łukasz", "Yezhov", "Ежов", "Żukow"]


@pytest.mark.parametrize(
    ("name", "script", "letter"),
    [
        ("Ёлкин", "cyrillic", "Е"),
        ("«Ежов»", "cyrillic", "Е"),
        ("Yezhov", "cyrillic", "#"),
        ("", "cyrillic", "#"),
        ("Ежов", "latin", "Y"),
        ("Łukasz", "latin", "L"),
        ("Щукин", "latin", "S"),
        ("毛", "latin", "#"),
    ],
)
def test_a_name_stands_under_its_letter(name: str, script: str, letter: str) -> None:
    assert index_letter(name, "latin" if script == "latin" else "cyrillic") == letter
