from datetime import date

import numpy as np
import pytest

from martyrolog.dates import (
    MISSING_DAY,
    DateLevel,
    bounds,
    compare_dates,
    compare_dates_many,
    to_day_number,
)

LEVELS = [
    ("1899-11-12", "1899-11-12", "EQUAL"),
    ("1899", "1899", "EQUAL"),
    ("1899", "1899-11-12", "CONTAINED"),
    ("1898/1899", "1899/1900", "CONTAINED"),
    ("../1938", "1938-03", "CONTAINED"),
    ("1899-11-12", "1899-11-13", "ONE_DIGIT_OFF"),
    ("1899-11-12", "1889-11-12", "ONE_DIGIT_OFF"),
    ("1899", "1889", "ONE_DIGIT_OFF"),
    ("1899", "1889-11-12", "ONE_DIGIT_OFF"),
    ("1899-03-11", "1899-11-03", "DAY_MONTH_SWAPPED"),
    ("1883-09-08", "1883-09-20", "THIRTEEN_DAYS"),  # 12 days in the 19th century
    ("1917-10-25", "1917-11-07", "THIRTEEN_DAYS"),
    ("1900-02-28", "1900-03-12", "THIRTEEN_DAYS"),
    ("1937-10-25", "1937-11-07", "NEAR"),  # the old style had ended
    ("1938-03-02", "1938-03-19", "SAME_MONTH"),
    ("1899", "1900", "NEAR"),
    ("1899", "1901-05-03", "NEAR"),
    ("1899-01", "1899-12", "NEAR"),
    ("1899", "1902", "CONTRADICTED"),
    ("1938/..", "1935-02-01", "CONTRADICTED"),
    ("", "1899", "MISSING"),
    ("XXXX-11-12", "1899", "MISSING"),
]


@pytest.mark.parametrize(("left", "right", "level"), LEVELS)
def test_levels_of_two_dates_in_either_order(left: str, right: str, level: str) -> None:
    assert compare_dates(*bounds(left), *bounds(right)) == DateLevel[level]
    assert compare_dates(*bounds(right), *bounds(left)) == DateLevel[level]


def test_whole_columns_have_the_levels_of_single_pairs() -> None:
    columns = [
        np.array([to_day_number(bounds(pair[side])[end]) for pair in LEVELS], dtype=np.int32)
        for side in (0, 1)
        for end in (0, 1)
    ]
    levels = compare_dates_many(*columns)
    assert levels.dtype == np.int8
    assert [DateLevel(level).name for level in levels] == [level for *_, level in LEVELS]


def test_day_numbers_count_from_1970() -> None:
    assert to_day_number(date(1970, 1, 2)) == 1
    assert to_day_number(None) == MISSING_DAY == np.iinfo(np.int32).min


def test_closer_agreement_is_a_higher_level() -> None:
    assert DateLevel.MISSING < DateLevel.CONTRADICTED < DateLevel.NEAR < DateLevel.EQUAL
