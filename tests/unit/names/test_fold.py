"""The fold: what shares a key and what does not. Names are those of known persons."""

import pytest

from martyrolog.names import fold, fold_many, fold_surname
from martyrolog.names.rules import fold_rules_json, load_rules

# Cyrillic name, spellings that share a key with it, by convention.
SPELLINGS = {
    "Тухачевский": [
        "Tukhachevsky",  # English
        "Tukhachevskii",  # ALA-LC
        "Tukhachevskiy",  # BGN/PCGN
        "Tuhačevskij",  # ISO 9, Czech
        "Tuchatschewski",  # German
        "Toukhatchevski",  # French
        "Tuchaczewski",  # Polish
        "Tuhatševski",  # Finnish, Estonian
        "Тухачевський",  # Ukrainian
        "Тухачевскій",  # before 1918
    ],
    "Ежов": ["Yezhov", "Ezhov", "Jeschow", "Iejov", "Jeżow", "Ežov", "Єжов"],
    "Хрущёв": ["Khrushchev", "Хрущев", "Chruschtschow", "Khrouchtchev", "Chruszczow", "Hruŝëv"],
    "Зиновьев": ["Zinoviev", "Zinovyev", "Sinowjew", "Zinov'ev", "Зінов'єв", "Зиновьевъ"],
    "Беляев": ["Belyaev", "Beliaev", "Beljajew", "Belâev"],
    "Дзержинский": ["Dzerzhinsky", "Dserschinski", "Dzierżyński"],
    "Вышинский": ["Vyshinsky", "Wyschinski", "Wyszyński", "Vyšinskij"],
    "Мейерхольд": ["Meyerhold", "Meierhold", "Meierkhold"],
    "Гофман": ["Hofmann", "Hoffmann", "Gofman"],
    "Якир": ["Yakir", "Jakir", "Iakir"],
    "Уборевич": ["Uborevich", "Uborewitsch", "Ouborevitch", "Uborevičius", "Uborewicz"],
    "Островский": ["Ostrovskis", "Ostrowski", "Ostrovský"],
    "Берзин": ["Bērziņš", "Berzin"],
    "Мамедов": ["Məmmədov", "Mamedov"],
    "Саакян": ["Sahakyan", "Sahakian", "Saakian"],
    "Иванов": ["Ivanov", "Iwanow", "Ivanoff", "Іваноў", "Ivanovs"],
    "Лукашенко": ["Lukashenka", "Łukašenka", "Лукашэнка"],
}


@pytest.mark.parametrize(
    ("cyrillic", "spelling"), [(name, one) for name, spelt in SPELLINGS.items() for one in spelt]
)
def test_spellings_of_a_name_share_a_key(cyrillic: str, spelling: str) -> None:
    assert set(fold(cyrillic)) & set(fold(spelling)), (fold(cyrillic), fold(spelling))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Иванов", "Иванин"),
        ("Петров", "Петровский"),
        ("Жуков", "Шуков"),
        ("Щукин", "Шукин"),
        ("Громов", "Khromov"),
        ("Левин", "Levinson"),
        ("Беляев", "Belov"),
        ("Шаров", "Zharov"),
    ],
)
def test_different_names_share_no_key(left: str, right: str) -> None:
    assert not set(fold(left)) & set(fold(right))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ჯუღაშვილი", "Джугашвили"),  # Georgian
        ("Թորոսյան", "Торосян"),  # Armenian
        ("خانجان", "Ханджан"),  # Arabic: the long vowels
    ],
)
def test_other_scripts_reach_the_same_keys(text: str, expected: str) -> None:
    assert set(fold(text)) & set(fold(expected))


def test_hebrew_is_transliterated_letter_by_letter() -> None:
    assert fold("טרוצקי") == ("trocki",)


def test_the_first_key_is_the_likeliest_reading() -> None:
    assert fold("Yezhov")[0] == "ejov"
    assert fold("Iwanow")[0] == "ivanov"


@pytest.mark.parametrize(
    ("woman", "man"),
    [
        ("Петрова", "Петров"),
        ("Каменева", "Каменев"),
        ("Бухарина", "Бухарин"),
        ("Тухачевская", "Тухачевский"),
        ("Троцкая", "Троцкий"),
        ("Крупская", "Krupsky"),
        ("Tukhachevskaya", "Тухачевский"),
        ("Kamenewa", "Каменев"),
        ("Толстая", "Толстой"),
        ("Белая", "Белый"),
    ],
)
def test_gender_endings_of_surnames_fold_together(woman: str, man: str) -> None:
    assert set(fold_surname(woman)) & set(fold_surname(man))
    assert not set(fold(woman)) & set(fold(man))


@pytest.mark.parametrize(
    ("family", "man"),
    [("Ивановы", "Иванов"), ("Пушкины", "Пушкин"), ("Троцкие", "Троцкий"), ("Птицыны", "Птицын")],
)
def test_the_plural_of_a_family_folds_to_its_surname(family: str, man: str) -> None:
    assert fold_surname(family) == fold_surname(man)
    assert fold(family) != fold(man)


def test_a_hyphen_a_space_and_letter_case_make_no_difference() -> None:
    assert fold("Бонч-Бруевич") == fold("бонч бруевич") == fold("БОНЧ–БРУЕВИЧ")


def test_a_look_alike_letter_of_the_other_script_makes_no_difference() -> None:
    assert fold("Иcаев") == fold("Исаев")


@pytest.mark.parametrize("empty", ["", "  ", "-", "123", "\u200b", "?!"])
def test_what_holds_no_letter_has_no_key(empty: str) -> None:
    assert fold(empty) == ()


def test_no_name_has_more_keys_than_the_rules_allow() -> None:
    names = ["Schischewskisjoechei", "Jescheiteitschow-Ziegelheimschuster", "Hohenziehen Hiehz"]
    assert max(map(len, fold_many(names))) <= load_rules()["max_keys"]


def test_a_language_hint_leaves_one_reading() -> None:
    assert fold("Jachin", language="pl") == ("yahin",)
    assert set(fold("Jachin", language="fr")) == {"jawin"}
    assert fold("Якир", language="pl") == fold("Якир")


def test_exact_mode_keeps_the_script() -> None:
    assert fold("Ежов", exact=True) == ("ежов",)
    assert fold("Yezhov", exact=True) == ("yezhov",)
    assert fold_many(["", "ЁЖ"], exact=True) == [(), ("ёж",)]


def test_a_batch_gives_the_same_keys_as_single_calls() -> None:
    names = [name for spelt in SPELLINGS.values() for name in spelt] * 2
    assert fold_many(names) == [fold(name) for name in names]
    assert fold_many(names, kind="surname") == [fold_surname(name) for name in names]


def test_the_rules_are_plain_strings_and_portable_patterns() -> None:
    text = fold_rules_json()
    assert "(?<" not in text
    assert "(?P" not in text
    assert text == fold_rules_json()


def test_a_given_name_keeps_the_ending_that_a_surname_may_drop() -> None:
    assert fold_many(["Boris", "Denis"], kind="given_name") == [("boris",), ("denis",)]
    assert set(fold_many(["Kalnas"])[0]) > set(fold_many(["Kalnas"], kind="given_name")[0])
