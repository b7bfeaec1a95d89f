"""Mistakes, Latin spellings and wordings of the synthetic lists."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from martyrolog.synthetic import wording
from martyrolog.synthetic.drawing import generator, texts
from martyrolog.synthetic.fates import NO_DAY
from martyrolog.synthetic.latin import spell
from martyrolog.synthetic.mistakes import make_mistakes, mistaken
from martyrolog.synthetic.name_pools import feminine

EPOCH = date(1970, 1, 1)


def numbers(*days: date) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([(day - EPOCH).days for day in days], np.int64)


# Spellings in which these persons stand in books of the four languages.
@pytest.mark.parametrize(
    ("school", "name", "latin"),
    [
        ("english", "Тухачевский", "Tukhachevsky"),
        ("german", "Тухачевский", "Tuchatschewski"),
        ("french", "Тухачевский", "Toukhatchevsky"),
        ("polish", "Тухачевский", "Tuchaczewski"),
        ("english", "Бухарин", "Bukharin"),
        ("german", "Бухарин", "Bucharin"),
        ("french", "Бухарин", "Boukharine"),
        ("polish", "Бухарин", "Bucharin"),
        ("german", "Ежов", "Jeschow"),
        ("french", "Сокольников", "Sokolnikoff"),
        ("polish", "Каменев", "Kamenew"),
    ],
)
def test_latin_schools_spell_as_books_do(school: str, name: str, latin: str) -> None:
    assert spell(school, name) == latin


@given(st.text("абвгдежзик", min_size=1, max_size=12),
       st.sampled_from(["typing", "hearing", "ocr"]),
       st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True),
       st.floats(0, 1, exclude_max=True))  # fmt: skip
def test_one_mistake_changes_one_place(
    text: str, kind: str, where: float, what: float, which: float
) -> None:
    made = mistaken(text, kind, where, what, which)
    assert abs(len(made) - len(text)) <= 1
    if len(made) == len(text):
        assert sum(one != other for one, other in zip(made, text, strict=True)) <= 2


def test_mistakes_strike_the_share_asked_for_and_spare_what_is_missing() -> None:
    column = texts(["Вавилов", None] * 5000)
    made = make_mistakes(generator(1), column, "hearing", 0.2)
    assert all(text is None for text in made[1::2])
    assert np.mean(made[::2] != "Вавилов") == pytest.approx(0.2, abs=0.02)  # 3.5 standard errors
    assert (column[::2] == "Вавилов").all()


def test_no_mistakes_at_rate_zero() -> None:
    column = texts(["Вавилов"] * 100)
    assert (make_mistakes(generator(1), column, "ocr", 0.0) == column).all()


@given(st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True))
def test_a_misread_date_stays_in_its_century(where: float, which: float) -> None:
    made = mistaken("12.03.1937", "digits", where, 0.0, which)
    assert made != "12.03.1937"
    assert made[6:8] == "19"


# Lenin 10/22 April 1870; the October revolution 25 October / 7 November 1917; the reform of 1918.
def test_julian_days_as_history_knows_them() -> None:
    days = numbers(date(1870, 4, 22), date(1917, 11, 7), date(1918, 2, 14))
    told = wording.word_days(wording.to_julian(days), "numeric")
    assert told.tolist() == ["10.04.1870", "25.10.1917", "14.02.1918"]


def test_day_and_month_change_places_only_below_13() -> None:
    days = numbers(date(1937, 3, 12), date(1937, 3, 13))
    exchanged = wording.exchange_day_and_month(np.append(days, NO_DAY))
    assert wording.word_days(exchanged, "numeric").tolist() == ["03.12.1937", "13.03.1937", None]


@pytest.mark.parametrize(
    ("way", "written"),
    [("numeric", "12.03.1937"), ("words", "12 марта 1937 г."), ("roman", "12/III-1937"),
     ("year", "1937"), ("about", "ок. 1937")],
)  # fmt: skip
def test_every_way_of_writing_a_day_is_one_that_martyrolog_reads(way: str, written: str) -> None:
    from martyrolog.dates import parse_date

    assert wording.word_days(numbers(date(1937, 3, 12)), way).tolist() == [written]
    assert parse_date(written).problem is None


def test_surnames_of_women() -> None:
    assert [feminine(name) for name in ("Вавилов", "Тухачевский", "Зощенко")] == [
        "Вавилова", "Тухачевская", "Зощенко"]  # fmt: skip
