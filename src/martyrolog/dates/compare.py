"""Comparison levels of two dates, each an interval of days.

``compare_dates`` is the plain reference; ``compare_dates_many`` gives the same levels for arrays.
The levels are tested in the order of ``DateLevel`` from the top; the first that holds is the
answer. Where two days are written to different precision (a day, a year), digits are compared in
the coarser.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from martyrolog.dates.calendars import CIVIL_CHANGE, civil_from_days

MISSING_DAY = int(np.iinfo(np.int32).min)
"""Stands in int32 arrays of days since 1970-01-01 for an unknown or open bound."""

NEAR_YEARS = 2
"""Largest difference of years that is still ``NEAR``."""

_EPOCH = date(1970, 1, 1)
_OPEN = 10**7  # days; beyond every bound, stands for an open end
_CIVIL_CHANGE_DAY = (CIVIL_CHANGE - _EPOCH).days
_13_DAYS_FROM = (date(1900, 3, 13) - _EPOCH).days  # Gregorian; up to then the difference is 12


class DateLevel(IntEnum):
    """How two dates agree; a higher value is closer agreement, ``MISSING`` is no evidence.

    EQUAL: the same interval. CONTAINED: the intervals share days (a year and a day of it).
    ONE_DIGIT_OFF: written out, one digit differs (of whole years only when they are more than
    ``NEAR_YEARS`` apart). DAY_MONTH_SWAPPED: 3 November and 11 March of one year.
    THIRTEEN_DAYS: two days of which one is the other in the Julian calendar (12 days apart before
    13 March 1900, 13 up to 14 February 1918). SAME_MONTH: two days of one month. NEAR: the
    years differ by 0 to ``NEAR_YEARS``. CONTRADICTED: the rest. MISSING: one of the two is unknown.
    """

    MISSING = -1
    CONTRADICTED = 0
    NEAR = 1
    SAME_MONTH = 2
    THIRTEEN_DAYS = 3
    DAY_MONTH_SWAPPED = 4
    ONE_DIGIT_OFF = 5
    CONTAINED = 6
    EQUAL = 7


def compare_dates(
    left_earliest: date | None,
    left_latest: date | None,
    right_earliest: date | None,
    right_latest: date | None,
) -> DateLevel:
    """Compare two dates given by their bounds; ``None`` is an unknown or open bound.

    Example:
        >>> day = date(1899, 11, 12)
        >>> compare_dates(day, day, date(1899, 1, 1), date(1899, 12, 31)).name
        'CONTAINED'
    """
    left, right = (left_earliest, left_latest), (right_earliest, right_latest)
    if left == (None, None) or right == (None, None):
        return DateLevel.MISSING
    if left == right:
        return DateLevel.EQUAL
    low = max(left_earliest or date.min, right_earliest or date.min)
    if low <= min(left_latest or date.max, right_latest or date.max):
        return DateLevel.CONTAINED
    # Disjoint: so at most one end of each is open, and the facing ends are known.
    first, second = sorted((left, right), key=lambda ends: ends[0] or date.min)
    precision = min(_precision(*first), _precision(*second))
    assert first[1] is not None
    assert second[0] is not None
    if precision:
        level = _compare_written(first[1], second[0], precision)
        if level is not None:
            return level
    years = second[0].year - first[1].year
    return DateLevel.NEAR if years <= NEAR_YEARS else DateLevel.CONTRADICTED


def _precision(earliest: date | None, latest: date | None) -> int:
    """3 for a day, 2 for a month, 1 for a year, 0 for anything else."""
    if earliest is None or latest is None or earliest.year != latest.year:
        return 0
    if earliest == latest:
        return 3
    whole_month = earliest.day == 1 and latest.day == monthrange(latest.year, latest.month)[1]
    if whole_month and earliest.month == latest.month:
        return 2
    return 1 if whole_month and (earliest.month, latest.month) == (1, 12) else 0


def _compare_written(first: date, second: date, precision: int) -> DateLevel | None:
    digits = 2 + 2 * precision
    written = [f"{day:%Y%m%d}".zfill(8)[:digits] for day in (first, second)]
    differing = sum(a != b for a, b in zip(*written, strict=True))
    whole_years_near = precision == 1 and abs(second.year - first.year) <= NEAR_YEARS
    if differing == 1 and not whole_years_near:
        return DateLevel.ONE_DIGIT_OFF
    if precision < 3:
        return None
    if (first.year, first.month, first.day) == (second.year, second.day, second.month):
        return DateLevel.DAY_MONTH_SWAPPED
    apart = 12 if second < date(1900, 3, 13) else 13
    if second - first == timedelta(days=apart) and second < CIVIL_CHANGE:
        return DateLevel.THIRTEEN_DAYS
    if (first.year, first.month) == (second.year, second.month):
        return DateLevel.SAME_MONTH
    return None


def to_day_number(day: date | None) -> int:
    """Give days since 1970-01-01, ``MISSING_DAY`` for ``None``."""
    return MISSING_DAY if day is None else (day - _EPOCH).days


def compare_dates_many(
    left_earliest: NDArray[np.int32],
    left_latest: NDArray[np.int32],
    right_earliest: NDArray[np.int32],
    right_latest: NDArray[np.int32],
) -> NDArray[np.int8]:
    """Compare many dates at once.

    Args:
        left_earliest: Days since 1970-01-01, ``MISSING_DAY`` for an unknown or open bound.
        left_latest: Likewise, of the same length.
        right_earliest: Likewise.
        right_latest: Likewise.

    Returns:
        ``DateLevel`` values, equal to those of ``compare_dates`` pair by pair.
    """
    bounds = [
        np.asarray(a, dtype=np.int32)
        for a in (left_earliest, left_latest, right_earliest, right_latest)
    ]
    known = [bound != MISSING_DAY for bound in bounds]
    le, re_ = (np.where(known[i], bounds[i], -_OPEN) for i in (0, 2))
    ll, rl = (np.where(known[i], bounds[i], _OPEN) for i in (1, 3))
    level = np.full(le.shape, DateLevel.CONTRADICTED, dtype=np.int8)
    level[np.maximum(le, re_) <= np.minimum(ll, rl)] = DateLevel.CONTAINED
    level[(le == re_) & (ll == rl)] = DateLevel.EQUAL
    level[~(known[0] | known[1]) | ~(known[2] | known[3])] = DateLevel.MISSING
    apart = np.flatnonzero(level == DateLevel.CONTRADICTED)
    level[apart] = _compare_disjoint(le[apart], ll[apart], re_[apart], rl[apart])
    return level


def _compare_disjoint(
    le: NDArray[np.int32], ll: NDArray[np.int32], re_: NDArray[np.int32], rl: NDArray[np.int32]
) -> NDArray[np.int8]:
    """Levels of pairs that share no day; the facing ends of such a pair are always known."""
    left_first = le < re_
    first, second = np.where(left_first, ll, rl), np.where(left_first, re_, le)
    precision = np.minimum(_precisions(le, ll), _precisions(re_, rl))
    (year1, month1, day1), (year2, month2, day2) = civil_from_days(first), civil_from_days(second)
    gap = year2 - year1
    days, months = precision == 3, precision >= 2
    differing = _differing_digits(year1, year2, 4)
    differing += np.where(months, _differing_digits(month1, month2, 2), 0)
    differing += np.where(days, _differing_digits(day1, day2, 2), 0)
    same_year = days & (gap == 0)
    julian = np.where(second < _13_DAYS_FROM, 12, 13)
    level = np.where(gap <= NEAR_YEARS, DateLevel.NEAR, DateLevel.CONTRADICTED).astype(np.int8)
    level[same_year & (month1 == month2)] = DateLevel.SAME_MONTH
    level[days & (second - first == julian) & (second < _CIVIL_CHANGE_DAY)] = (
        DateLevel.THIRTEEN_DAYS
    )
    level[same_year & (month1 == day2) & (day1 == month2)] = DateLevel.DAY_MONTH_SWAPPED
    one_off = (precision > 0) & (differing == 1) & ~((precision == 1) & (gap <= NEAR_YEARS))
    level[one_off] = DateLevel.ONE_DIGIT_OFF
    return level


def _differing_digits(
    left: NDArray[np.int32], right: NDArray[np.int32], width: int
) -> NDArray[np.int32]:
    count = np.zeros(left.shape, dtype=np.int32)
    for power in range(width):
        unit = np.int32(10**power)
        count += left // unit % 10 != right // unit % 10
    return count


def _precisions(earliest: NDArray[np.int32], latest: NDArray[np.int32]) -> NDArray[np.int8]:
    closed = (earliest > -_OPEN) & (latest < _OPEN)
    zero = np.zeros_like(earliest)
    year1, month1, day1 = civil_from_days(np.where(closed, earliest, zero))
    year2, month2, _ = civil_from_days(np.where(closed, latest, zero))
    _, _, next_day = civil_from_days(np.where(closed, latest, zero) + np.int32(1))
    whole = closed & (day1 == 1) & (next_day == 1) & (year1 == year2)
    precision = np.zeros(earliest.shape, dtype=np.int8)
    precision[whole & (month1 == 1) & (month2 == 12)] = 1
    precision[whole & (month1 == month2)] = 2
    precision[closed & (earliest == latest)] = 3
    return precision
