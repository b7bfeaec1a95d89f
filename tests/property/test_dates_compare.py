"""The comparison of whole columns against the plain one, pair by pair."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from martyrolog.dates import (
    DateLevel,
    bounds,
    calendar_difference,
    compare_dates,
    compare_dates_many,
    julian_to_gregorian,
    to_day_number,
)

Interval = tuple[date | None, date | None]
DAYS = st.dates(date(1860, 1, 1), date(1945, 12, 31)) | st.dates()


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    day = draw(DAYS)
    kind = draw(st.sampled_from(["day", "day", "month", "year", "span", "open", "unknown"]))
    if kind == "day":
        return day, day
    if kind in ("month", "year"):
        return bounds(day.isoformat()[: {"month": 7, "year": 4}[kind]])
    if kind == "span":
        return min(day, date(9000, 1, 1)), min(day, date(9000, 1, 1)) + timedelta(
            draw(st.integers(0, 4000))
        )
    return draw(st.sampled_from([(None, day), (day, None)])) if kind == "open" else (None, None)


@settings(max_examples=100)
@given(st.lists(st.tuples(intervals(), intervals()), min_size=1, max_size=30))
def test_whole_columns_have_the_levels_of_single_pairs(
    pairs: list[tuple[Interval, Interval]],
) -> None:
    columns = [
        np.array([to_day_number(pair[side][end]) for pair in pairs], dtype=np.int32)
        for side in (0, 1)
        for end in (0, 1)
    ]
    plain = [int(compare_dates(*left, *right)) for left, right in pairs]
    assert compare_dates_many(*columns).tolist() == plain


@given(intervals(), intervals())
def test_the_level_does_not_depend_on_the_side(left: Interval, right: Interval) -> None:
    assert compare_dates(*left, *right) == compare_dates(*right, *left)


@given(intervals())
def test_a_date_equals_itself_or_is_missing(one: Interval) -> None:
    expected = DateLevel.MISSING if one == (None, None) else DateLevel.EQUAL
    assert compare_dates(*one, *one) == expected


@given(st.dates(date(1800, 3, 1), date(1918, 1, 31)))
def test_a_day_in_both_calendars_is_recognised(day: date) -> None:
    """12 or 13 days apart, unless a closer level (one digit, day and month swapped) holds too."""
    gregorian = julian_to_gregorian(day.year, day.month, day.day)
    apart = (gregorian - day).days
    assert apart == calendar_difference(day.year, day.month)
    assert compare_dates(day, day, gregorian, gregorian) >= DateLevel.THIRTEEN_DAYS
