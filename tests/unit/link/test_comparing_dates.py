"""Comparison levels of dates."""

import numpy as np
import pytest

from martyrolog.levels import FIELDS, MISSING
from martyrolog.link.comparing_dates import compare_date_columns
from tests.unit.link.build import records_of

CASES = [
    ("12.06.1937", "1937-06-12", "equal"),
    ("1937-06", "12.06.1937", "same_month"),
    ("1937-06", "1937-06", "same_month"),
    ("1937", "12.06.1937", "compatible"),
    ("1937", "1937", "compatible"),
    ("12.06.1937", "22.06.1937", "slip"),
    ("03.11.1899", "11.03.1899", "slip"),
    ("01.02.1899", "13.02.1899", "slip"),
    ("12.06.1937", "30.09.1937", "same_year"),
    ("12.06.1937", "30.09.1938", "near"),
    ("1937", "30.09.1938", "years_near"),
    ("12.06.1931", "30.09.1938", "contradicted"),
    ("1931", "30.09.1938", "years_contradicted"),
    ("1881", "1891", "years_contradicted"),
    ("до 1938", "12.06.1937", None),
    ("", "12.06.1937", None),
]


@pytest.mark.parametrize(("left", "right", "level"), CASES)
def test_the_level_of_two_dates(left: str, right: str, level: str | None) -> None:
    column = records_of([{"birth_date": left}, {"birth_date": right}]).dates["birth_date"]
    one, other = np.array([0], np.int32), np.array([1], np.int32)
    wanted = MISSING if level is None else FIELDS["birth_date"].number(level)
    assert compare_date_columns(column, one, other).tolist() == [wanted]
    assert compare_date_columns(column, other, one).tolist() == [wanted]
