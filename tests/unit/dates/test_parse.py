"""What lists write, and what it is read as."""

from datetime import date

import pytest

from martyrolog.dates import parse_date, parse_dates
from martyrolog.messages import text as message

WRITTEN = {
    # days
    "12 ноября 1899 г.": "1899-11-12",
    "12.11.1899": "1899-11-12",
    "7.04.1938": "1938-04-07",
    "12/XI-1899": "1899-11-12",
    "12.XI.1899": "1899-11-12",
    "12.ХІ.1899": "1899-11-12",  # Cyrillic look-alikes of the numeral
    "12-го марта 1938 года": "1938-03-12",
    "1938 г., 12 марта": "1938-03-12",
    "12.03.1938г.": "1938-03-12",
    "12 листопада 1937 року": "1937-11-12",
    "12 лістапада 1937 года": "1937-11-12",
    "12 listopada 1937 r.": "1937-11-12",
    "12 stycznia 1938 r.": "1938-01-12",
    "12. März 1938": "1938-03-12",
    "1er août 1937": "1937-08-01",
    "March 12, 1938": "1938-03-12",
    "12 March 1938": "1938-03-12",
    "1938.03.12": "1938-03-12",
    "12 oктября 1937": "1937-10-12",  # a Latin o
    "12 феврля 1938": "1938-02-12",
    "29 февраля 1936": "1936-02-29",
    # months, years, parts of a year
    "в ноябре 1899": "1899-11",
    "апрель 38 г.": "1938-04",
    "апрель 38": "1938-04",
    "08.1937": "1937-08",
    "00.04.1937": "1937-04",
    "00.00.1937": "1937",
    "начало 1938": "1938",
    "в конце марта 1938 г.": "1938-03",
    "первая половина августа 1937": "1937-08",
    "1899 г.р.": "1899",
    "р. 1905": "1905",
    "весной 1937 г.": "1937-21",
    "осень 1937": "1937-23",
    "зимой 1937/38": "1937-12/1938-02",
    "I квартал 1938 г.": "1938-01/1938-03",
    "4-й квартал 1938": "1938-10/1938-12",
    "III kwartał 1937": "1937-07/1937-09",
    "3. Quartal 1937": "1937-07/1937-09",
    "3e trimestre 1937": "1937-07/1937-09",
    "літо 1937 р.": "1937-22",
    "улетку 1937 г.": "1937-22",
    "latem 1937 r.": "1937-22",
    "Sommer 1937": "1937-22",
    "été 1937": "1937-22",
    "1-я половина 1937": "1937-01/1937-06",
    "II полугодие 1937 г.": "1937-07/1937-12",
    "1890-е годы": "189X",
    "30-е годы": "193X",
    "1930s": "193X",
    "XIX век": "18XX",
    "12 ноября": "XXXX-11-12",
    # approximate and uncertain
    "ок. 1893": "1893~",
    "около 1893 г.": "1893~",
    "c. 1893": "1893~",
    "um 1893": "1893~",
    "vers 1893": "1893~",
    "вероятно, 1922": "1922?",
    "1922 (?)": "1922?",
    "1922 (ок.)": "1922~",
    "около 1922?": "1922%",
    # directions
    "до 1938": "../1938",
    "после 2 марта 1938": "1938-03-02/..",
    "не ранее 1938": "[1938..]",
    "nicht vor 1938": "[1938..]",
    "nie wcześniej niż 1938": "[1938..]",
    "не позднее 2 марта 1938": "[..1938-03-02]",
    "не ранее 2 марта и не позднее 9 марта 1938": "1938-03-02/1938-03-09",
    "не раней за 1937": "[1937..]",
    "не раніше 1937": "[1937..]",
    "nicht später als 1938": "[..1938]",
    "pas avant 1938": "[1938..]",
    "no later than 1938": "[..1938]",
    "пасля 1937": "1937/..",
    "après 1937": "1937/..",
    "с 1937": "1937/..",
    "от 1.02.1930": "1930-02-01",
    # ranges and alternatives
    "1899 или 1900": "[1899,1900]",
    "20 или 23 сентября 1883": "[1883-09-20,1883-09-23]",
    "20 or 23 September 1883": "[1883-09-20,1883-09-23]",
    "12 i 13 maja 1938": "{1938-05-12,1938-05-13}",
    "2-9 марта 1938": "1938-03-02/1938-03-09",
    "2 марта - 9 апреля 1938": "1938-03-02/1938-04-09",
    "2.03-9.03.1938": "1938-03-02/1938-03-09",
    "с 2 по 9 марта 1938": "1938-03-02/1938-03-09",
    "от 12 до 15 июня 1937": "1937-06-12/1937-06-15",
    "между 2 и 9 марта 1938": "1938-03-02/1938-03-09",
    "между августом и октябрём 1937": "1937-08/1937-10",
    "between 2 and 9 March 1938": "1938-03-02/1938-03-09",
    "między 1937 a 1938": "1937/1938",
    "1938/39": "[1938,1939]",
    "1937-38": "1937/1938",
    "1911-12 гг.": "1911/1912",
    "1937–1938 гг.": "1937/1938",
    "март-апрель 1938": "1938-03/1938-04",
    # two accounts
    "1898 (по другим данным - в 1900)": "[1898,1900]",
    "1897 (по другим данным - в 1893)": "[1893,1897]",
    "3 декабря (по другим данным - февраля) 1914": "[1914-02-03,1914-12-03]",
    "13 августа (по другим данным - 28 июня) 1903": "[1903-06-28,1903-08-13]",
    "16.03.1878 (по другим данным - 11 марта 1877)": "[1877-03-11,1878-03-16]",
    "11.02.1872 (по другим данным - 1870)": "[1870,1872-02-11]",
    "4.05.1892 г. (по другим данным - в 1896 г.)": "[1892-05-04,1896]",
    "3 декабря 1914 (по другим данным - февраль)": "[1914-02,1914-12-03]",  # no day is made up
    "1898, по другим данным 1900": "[1898,1900]",
    "1898 (за іншими даними - 1900)": "[1898,1900]",
    "1898 (według innych danych 1900)": "[1898,1900]",
    "1898 (according to other sources 1900)": "[1898,1900]",
    "1898 (по другим данным - 1898)": "1898",
    "1880 (1881)": "[1880,1881]",
    # years of two digits
    "12.03.38": "1938-03-12",
    "12-XI-37": "1937-11-12",
    "в 37 г.": "1937",
    # EDTF itself
    "[1883-09-20,1883-09-23]": "[1883-09-20,1883-09-23]",
    "1937/1938": "1937/1938",
    "1937-08-XX": "1937-08-XX",
    "1911-12": "1911-12",
    "1937~": "1937~",
    "../1938": "../1938",
    "1938/": "1938/..",
}


@pytest.mark.parametrize(("written", "edtf"), WRITTEN.items(), ids=WRITTEN)
def test_a_date_is_read_as_written_and_its_text_is_kept(written: str, edtf: str) -> None:
    value = parse_date(written)
    assert (value.verbatim, value.edtf, value.problem) == (written, edtf, None)


@pytest.mark.parametrize(
    ("written", "gregorian"),
    [
        ("25 октября 1917 ст. ст.", "1917-11-07"),
        ("8 сентября 1883 г. (ст. ст.)", "1883-09-20"),
        ("8 September 1883 (O.S.)", "1883-09-20"),
        ("8 września 1883 st. st.", "1883-09-20"),
        ("8 вересня 1883 (за старим стилем)", "1883-09-20"),
        ("8. September 1883 a. St.", "1883-09-20"),
        ("8 сентября 1883 г. (н. ст.)", "1883-09-08"),
        ("12 (24) ноября 1893", "1893-11-24"),
        ("12/24 ноября 1893", "1893-11-24"),
        ("8(20).09.1883", "1883-09-20"),
        ("30 октября (11 ноября) 1899", "1899-11-11"),
        ("29 февраля 1900 ст. ст.", "1900-03-13"),  # a leap day in the Julian calendar only
    ],
)
def test_a_day_that_the_text_calls_old_style_becomes_gregorian(
    written: str, gregorian: str
) -> None:
    assert parse_date(written).edtf == gregorian


def test_a_julian_list_converts_days_before_the_civil_change_and_nothing_else() -> None:
    read = {
        w: parse_date(w, calendar="julian").edtf
        for w in ("8.09.1883", "1883", "08.1883", "12.03.1938")
    }
    assert read == {
        "8.09.1883": "1883-09-20", "1883": "1883", "08.1883": "1883-08", "12.03.1938": "1938-03-12"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("31.02.1938", "dates.no_such_day"),
        ("31 ноября 1937 г.", "dates.no_such_day"),
        ("12.13.1938", "dates.no_such_month"),
        ("99", "dates.two_digit_year"),
        ("12.03.99", "dates.two_digit_year"),
        ("1938/1937", "dates.end_before_start"),
        ("Москва", "dates.unreadable"),
        ("1937, Москва", "dates.unreadable"),
        ("9999999999999", "dates.unreadable"),
    ],
)
def test_what_cannot_be_a_date_is_named_and_not_guessed(written: str, problem: str) -> None:
    value = parse_date(written)
    assert (value.edtf, value.earliest, value.latest, value.problem) == (None, None, None, problem)
    assert message(problem, "ru") != message(problem, "en")


def test_two_styles_that_are_not_one_day_are_both_kept_and_named() -> None:
    value = parse_date("1 (24) ноября 1893")
    assert (value.edtf, value.problem) == ("[1893-11-01,1893-11-24]", "dates.calendars_disagree")


@pytest.mark.parametrize("written", ["", "  ", "-", "неизвестно", "н/д", "?", "unknown"])
def test_an_unknown_date_is_no_problem(written: str) -> None:
    value = parse_date(written)
    assert (value.verbatim, value.edtf, value.problem) == (written, None, None)


def test_the_order_of_numeric_dates_is_that_of_the_list() -> None:
    assert parse_date("03/12/1938", order="mdy").edtf == "1938-03-12"
    assert parse_date("03/12/1938", order="dmy").edtf == "1938-12-03"


def test_the_century_of_two_digits_is_that_of_the_list() -> None:
    assert parse_date("12.03.99", century=1800).edtf == "1899-03-12"


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        parse_date("1938", order="myd")


def test_bounds_are_first_and_last_day() -> None:
    value = parse_date("февраль 1936")
    assert (value.earliest, value.latest) == (date(1936, 2, 1), date(1936, 2, 29))


def test_a_column_is_read_value_by_value() -> None:
    texts = ["1937", "12.03.1938", "1937", "31.02.1938"]
    assert parse_dates(texts) == [parse_date(text) for text in texts]
