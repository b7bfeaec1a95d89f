import pytest

from martyrolog.dates import find_dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Тройка НКВД 11 июня 1931 г.", ["1931-06-11"]),
        ("Арестован 3.02.38, осуждён в марте 1938 г.", ["1938-02-03", "1938-03"]),
        ("в 1937 г. и 1938-03-12", ["1937", "1938-03-12"]),
        ("Расстрелян в ночь на 12 марта 1938 г.", ["[1938-03-11,1938-03-12]"]),
        ("в ночь со 2 на 3.05.1938, дело от 1.02.38", ["[1938-05-02,1938-05-03]", "1938-02-01"]),
        ("Особое совещание #48-а", []),
        ("по ст. 58-10 УК РСФСР", []),
        ("31 ноября 1937 г.", []),
    ],
)
def test_dates_are_found_within_a_text(text: str, dates: list[str]) -> None:
    assert [found.value.edtf for found in find_dates(text)] == dates


def test_the_place_of_a_found_date_cuts_it_out() -> None:
    text = "Тройка 11 июня 1931 г. в Омске"
    (found,) = find_dates(text)
    assert text[found.start : found.end] == "11 июня 1931 г."
