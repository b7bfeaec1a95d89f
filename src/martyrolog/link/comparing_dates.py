"""Comparison levels of two columns of dates, from the levels of ``martyrolog.dates``.

What is added here is how much an agreement says: two equal days say more than two equal years, and
an interval of more than ``WIDE`` days («before 1938») agrees with nearly everything, so its
agreement is MISSING.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from martyrolog.dates import MISSING_DAY, DateLevel, compare_dates_many
from martyrolog.dates.compare import NEAR_YEARS
from martyrolog.levels import FIELDS, MISSING
from martyrolog.link.columns import Codes, DateColumn

WIDE = 5 * 366
"""Days from which an interval that agrees says nothing."""

_DATE_NAMES = ("contradicted", "years_contradicted", "near", "years_near", "same_year", "slip",
               "compatible", "same_month", "equal")  # fmt: skip
DATE_LEVELS = np.array([FIELDS["birth_date"].number(name) for name in _DATE_NAMES])
"""Numbers of the levels of dates, in the order that ``compiled.days`` knows."""

CompareDates = Callable[[Codes, Codes], NDArray[np.int8]]
"""Levels of pairs of records."""

_MONTH = 31
_SLIPS = (DateLevel.ONE_DIGIT_OFF, DateLevel.DAY_MONTH_SWAPPED, DateLevel.THIRTEEN_DAYS)


def date_comparer(column: DateColumn, *, compiled: bool) -> CompareDates:
    """:func:`compare_date_columns` of one column, prepared once.

    Args:
        column: Intervals of days of all records.
        compiled: Whether a compiled loop compares, for millions of pairs.
    """
    if not compiled:
        return lambda left, right: compare_date_columns(column, left, right)
    from martyrolog.link.compiled.levels import as_dates, date_levels  # loads numba

    dates = as_dates(column.earliest, column.latest)

    def compare(left: Codes, right: Codes) -> NDArray[np.int8]:
        levels = np.empty(len(left), np.int8)
        date_levels(dates, left, right, DATE_LEVELS, levels)
        return levels

    return compare


def compare_date_columns(column: DateColumn, left: Codes, right: Codes) -> NDArray[np.int8]:
    """Levels of the scale ``date`` for pairs of records.

    Args:
        column: Intervals of days of all records.
        left: Numbers of records.
        right: Numbers of records, as many.
    """
    number = FIELDS["birth_date"].number
    bounds = [ends[rows] for rows in (left, right) for ends in (column.earliest, column.latest)]
    found = compare_dates_many(*bounds)
    exact = column.exact[left] & column.exact[right]
    levels = np.where(exact, number("contradicted"), number("years_contradicted")).astype(np.int8)
    # one digit of two whole years (1881 and 1891) is no slip of the pen but another age
    near = np.isin(found, (DateLevel.NEAR, DateLevel.SAME_MONTH)) | ~exact & _years_near(*bounds)
    levels[near] = np.where(exact[near], number("near"), number("years_near"))
    same_year = (found != DateLevel.EQUAL) & exact & (_year(bounds[0]) == _year(bounds[2]))
    levels[same_year] = number("same_year")
    levels[exact & np.isin(found, _SLIPS)] = number("slip")
    agreeing = np.isin(found, (DateLevel.EQUAL, DateLevel.CONTAINED))
    width = np.maximum(_width(bounds[0], bounds[1]), _width(bounds[2], bounds[3]))
    levels[agreeing] = number("compatible")
    levels[agreeing & (width <= _MONTH)] = number("same_month")
    levels[agreeing & (width == 1)] = number("equal")
    levels[agreeing & (width > WIDE) | (found == DateLevel.MISSING)] = MISSING
    return levels


def _year(days: Codes) -> NDArray[np.int64]:
    years: NDArray[np.int64] = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    return years


def _years_near(*bounds: Codes) -> NDArray[np.bool_]:
    """Whether the facing ends of two intervals that share no day are few years apart."""
    first = np.where(bounds[0] < bounds[2], bounds[1], bounds[3])
    second = np.where(bounds[0] < bounds[2], bounds[2], bounds[0])
    near: NDArray[np.bool_] = _year(second) - _year(first) <= NEAR_YEARS
    return near


def _width(earliest: Codes, latest: Codes) -> NDArray[np.int64]:
    """Days of an interval; an open one is wider than all."""
    known = (earliest != MISSING_DAY) & (latest != MISSING_DAY)
    days = latest.astype(np.int64) - earliest + 1
    return np.where(known, days, WIDE + 1)
