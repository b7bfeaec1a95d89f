import pytest

from martyrolog.names import spelling_convention


@pytest.mark.parametrize(
    ("latin", "other", "language"),
    [
        ("Yezhov", "Ежов", "en"),
        ("Jeschow", "Ежов", "de"),
        ("Iejov", "Ежов", "fr"),
        ("Jeżow", "Ежов", "pl"),
        ("Tuchaczewski", "Тухачевский", "pl"),
        ("Tuhačevskij", "Тухачевский", "cs"),
        ("Yezhov", "Ягода", ""),
        ("Yezhov", "Jeschow", ""),
        ("Ежов", "Ежов", ""),
        ("", "Ежов", ""),
    ],
)
def test_the_convention_of_an_agreeing_spelling_is_named(
    latin: str, other: str, language: str
) -> None:
    assert spelling_convention(latin, other) == language
