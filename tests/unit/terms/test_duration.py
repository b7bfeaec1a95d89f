import pytest

from martyrolog.terms.duration import years_of


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("10 лет ИТЛ", 10),
        ("к 10 годам лишения свободы", 10),
        ("ИТЛ-10", 10),
        ("10 л. л. с.", 10),
        ("к 10 г. ИТЛ", 10),
        ("лишен свободы сроком на 5 лет", 5),
        ("на пять лет", 5),
        ("6 месяцев", 0.5),
        ("1,5 года", 1.5),
        ("8 (восемь) лет", 8),
        ("15 years", 15),
        ("10 років ВТТ", 10),
        ("3 роки", 3),
        ("5 гадоў ППЛ", 5),
        ("8 lat łagru", 8),
        ("ВМН", None),
        ("58-10", None),
    ],
)
def test_the_length_of_a_sentence_is_read(text: str, years: float | None) -> None:
    assert years_of(text) == years
