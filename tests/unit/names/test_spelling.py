import pytest

from martyrolog.names import spelling_convention
from martyrolog.names.spelling import own_convention


@pytest.mark.parametrize(
    ("latin", "other", "language"),
    [
        ("Yezhov", "Ежов", "en"),
        ("Jeschow", "Ежов", "de"),
        ("Müller", "Мюллер", "de"),
        ("Iwanoff", "Иванов", "de"),
        ("Schmidt", "Шмидт", "de"),
        ("Pjatakow", "Пятаков", "de"),
        ("Trotzki", "Троцкий", "de"),
        ("Iejov", "Ежов", "fr"),
        ("Toukhatchevski", "Тухачевский", "fr"),
        ("Jeżow", "Ежов", "pl"),
        ("Tuchaczewski", "Тухачевский", "pl"),
        ("Ihnatowski", "Игнатовский", "pl"),
        ("Tuhačevskij", "Тухачевский", "cs"),
        ("Ivanovs", "Иванов", "lv"),
        ("Ivanovas", "Иванов", "lt"),
        ("Virtanen", "Виртанен", "fi"),
        ("Tuhhatševski", "Тухачевский", "et"),
        ("Zhang", "Чжан", "zh"),
        ("Ivanov", "Иванов", "latin"),
        ("Iwanow", "Иванов", "latin"),
        ("Nikolai", "Николай", "latin"),
        ("Trotsky", "Троцкий", "latin"),
        ("Stalin", "სტალინი", ""),
        ("Yezhov", "Ягода", ""),
        ("Yezhov", "Jeschow", ""),
        ("Ежов", "Ежов", ""),
        ("", "Ежов", ""),
    ],
)
def test_the_convention_that_alone_writes_a_name_so_is_named(
    latin: str, other: str, language: str
) -> None:
    assert spelling_convention(latin, other) == language


def test_a_spelling_alone_tells_its_convention_only_by_what_no_other_writes() -> None:
    assert [own_convention(name) for name in ("Schukow", "Zhukov", "Żukow", "Zukov")] == [
        "de", "en", "pl", "",
    ]  # fmt: skip
