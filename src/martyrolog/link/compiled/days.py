"""The level of two dates, each an interval of days; as ``link.comparing_dates``, pair by pair."""

import numpy as np
from numpy.typing import NDArray

from martyrolog.dates import MISSING_DAY
from martyrolog.link.compiled.decorators import counted_nothing

_MISSING = -1
_UNKNOWN = np.int64(MISSING_DAY)
_OPEN = 10**7
_WIDE, _MONTH = 5 * 366, 31
_NEAR_YEARS = 2
_TWELVE_DAYS_UNTIL, _JULIAN_UNTIL = -25496, -18949  # 13 March 1900, 14 February 1918


@counted_nothing
def date_level(
    earliest: np.int32,
    latest: np.int32,
    other_earliest: np.int32,
    other_latest: np.int32,
    numbers: NDArray[np.int64],
) -> np.int64:
    """Level of two dates.

    Args:
        earliest: First day of one, days since 1970-01-01, ``MISSING_DAY`` where it is open.
        latest: Its last day.
        other_earliest: The same of the other.
        other_latest: Its last day.
        numbers: Numbers of the levels contradicted, years_contradicted, near, years_near,
            same_year, slip, compatible, same_month, equal.
    """
    if earliest == _UNKNOWN and latest == _UNKNOWN:
        return np.int64(_MISSING)
    if other_earliest == _UNKNOWN and other_latest == _UNKNOWN:
        return np.int64(_MISSING)
    if earliest == latest and other_earliest == other_latest:
        return _of_days(np.int64(earliest), np.int64(other_earliest), numbers)
    begin, begin_other = _or_open(earliest, -_OPEN), _or_open(other_earliest, -_OPEN)
    end, end_other = _or_open(latest, _OPEN), _or_open(other_latest, _OPEN)
    if max(begin, begin_other) <= min(end, end_other):
        width = max(end - begin, end_other - begin_other) + 1
        if width > _WIDE:
            return np.int64(_MISSING)
        return numbers[7] if width <= _MONTH else numbers[6]
    facing = (end, begin_other) if begin < begin_other else (end_other, begin)
    gap = _civil(facing[1])[0] - _civil(facing[0])[0]
    return numbers[3] if gap <= _NEAR_YEARS else numbers[1]


@counted_nothing
def _or_open(day: np.int32, bound: int) -> np.int64:
    return np.int64(bound) if day == _UNKNOWN else np.int64(day)


@counted_nothing
def _of_days(first: np.int64, second: np.int64, numbers: NDArray[np.int64]) -> np.int64:
    """The level of two days."""
    if first == second:
        return numbers[8]
    if first > second:
        first, second = second, first
    year, month, day = _civil(first)
    other_year, other_month, other_day = _civil(second)
    digits = _digits(year, other_year) + _digits(month, other_month) + _digits(day, other_day)
    julian = 12 if second < _TWELVE_DAYS_UNTIL else 13
    turned = year == other_year and month == other_day and day == other_month
    if digits == 1 or turned or (second - first == julian and second < _JULIAN_UNTIL):
        return numbers[5]
    if year == other_year:
        return numbers[4]
    return numbers[2] if other_year - year <= _NEAR_YEARS else numbers[0]


@counted_nothing
def _digits(one: np.int64, other: np.int64) -> int:
    """How many decimal digits of two numbers differ."""
    count = 0
    while one or other:
        count += one % 10 != other % 10
        one //= 10
        other //= 10
    return count


@counted_nothing
def _civil(day_number: np.int64) -> tuple[np.int64, np.int64, np.int64]:
    """Year, month and day; Hinnant's ``civil_from_days``, as in ``martyrolog.dates``."""
    shifted = np.int64(day_number) + 719_468
    era = shifted // 146_097
    day_of_era = shifted - era * 146_097
    year_of_era = (
        day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    year = year_of_era + era * 400 + (month <= 2)
    return year, month, day
