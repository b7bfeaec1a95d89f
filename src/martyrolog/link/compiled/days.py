"""The level of two dates, each an interval of days; as ``link.comparing_dates``, pair by pair.

A day is also held as its decimal digits (``civil_days``), so that nothing is divided for a pair.
"""

import numpy as np
from numpy.typing import NDArray

from martyrolog.dates import MISSING_DAY, civil_from_days
from martyrolog.link.compiled.decorators import compiled, counted_nothing

_MISSING = -1
_UNKNOWN = np.int64(MISSING_DAY)
_OPEN = 10**7
_WIDE, _MONTH = 5 * 366, 31
_NEAR_YEARS = 2
_TWO_DIGITS = np.uint32(0xFF)
_civil = counted_nothing(civil_from_days)
_TWELVE_DAYS_UNTIL, _JULIAN_UNTIL = -25496, -18949  # 13 March 1900, 14 February 1918


@counted_nothing
def date_level(
    one: tuple[np.int32, np.int32, np.int32, np.int32],
    other: tuple[np.int32, np.int32, np.int32, np.int32],
    numbers: NDArray[np.int64],
) -> np.int64:
    """Level of two dates.

    Args:
        one: First and last day, in days since 1970-01-01, ``MISSING_DAY`` where open; then both as
            :func:`civil_days` writes them.
        other: The same of the other date.
        numbers: Numbers of the levels contradicted, years_contradicted, near, years_near,
            same_year, slip, compatible, same_month, equal.
    """
    if one[0] == _UNKNOWN and one[1] == _UNKNOWN:
        return np.int64(_MISSING)
    if other[0] == _UNKNOWN and other[1] == _UNKNOWN:
        return np.int64(_MISSING)
    if one[0] == one[1] and other[0] == other[1]:
        return _of_days(one, other, numbers)
    begin, begin_other = _or_open(one[0], -_OPEN), _or_open(other[0], -_OPEN)
    end, end_other = _or_open(one[1], _OPEN), _or_open(other[1], _OPEN)
    if max(begin, begin_other) <= min(end, end_other):
        width = max(end - begin, end_other - begin_other) + 1
        if width > _WIDE:
            return np.int64(_MISSING)
        return numbers[7] if width <= _MONTH else numbers[6]
    facing = (one[3], other[2]) if begin < begin_other else (other[3], one[2])
    gap = _year(facing[1]) - _year(facing[0])
    return numbers[3] if gap <= _NEAR_YEARS else numbers[1]


@counted_nothing
def _or_open(day: np.int32, bound: int) -> np.int64:
    return np.int64(bound) if day == _UNKNOWN else np.int64(day)


@counted_nothing
def _of_days(
    one: tuple[np.int32, np.int32, np.int32, np.int32],
    other: tuple[np.int32, np.int32, np.int32, np.int32],
    numbers: NDArray[np.int64],
) -> np.int64:
    """The level of two days."""
    if one[0] == other[0]:
        return numbers[8]
    first, second = np.int64(min(one[0], other[0])), np.int64(max(one[0], other[0]))
    civil, civil_other = np.uint32(one[2]), np.uint32(other[2])
    apart = civil ^ civil_other
    julian = 12 if second < _TWELVE_DAYS_UNTIL else 13
    turned = (apart >> np.uint32(16)) == 0 and (
        (civil & _TWO_DIGITS) == ((civil_other >> np.uint32(8)) & _TWO_DIGITS)
        and ((civil >> np.uint32(8)) & _TWO_DIGITS) == (civil_other & _TWO_DIGITS)
    )
    if _is_one_digit(apart) or turned or (second - first == julian and second < _JULIAN_UNTIL):
        return numbers[5]
    if (apart >> np.uint32(16)) == 0:
        return numbers[4]
    years = _year(one[2]) - _year(other[2])
    return numbers[2] if abs(years) <= _NEAR_YEARS else numbers[0]


@counted_nothing
def _is_one_digit(apart: np.uint32) -> bool:
    """Whether two packed days whose exclusive or this is differ in one decimal digit."""
    marked = apart | (apart >> np.uint32(1))
    marked = (marked | (marked >> np.uint32(2))) & np.uint32(0x11111111)
    return (marked & (marked - np.uint32(1))) == 0


@counted_nothing
def _year(packed: np.int32) -> np.int64:
    """The year of a packed day."""
    digits = np.int64(np.uint32(packed) >> np.uint32(16))
    tens = ((digits >> 4) & 15) * 10 + (digits & 15)
    return ((digits >> 12) & 15) * 1000 + ((digits >> 8) & 15) * 100 + tens


@compiled
def civil_days(days: NDArray[np.int32]) -> NDArray[np.int32]:
    """Days as eight decimal digits of four bits, year, month, day; 0 where a day is missing."""
    packed = np.zeros(len(days), np.int32)
    for at in range(len(days)):
        if days[at] != _UNKNOWN:
            year, month, day = _civil(np.int64(days[at]))
            digits = np.uint32(0)
            for number, width in ((year, 4), (month, 2), (day, 2)):
                digits = (digits << np.uint32(4 * width)) | _decimal(number)
            packed[at] = np.int32(digits)
    return packed


@counted_nothing
def _decimal(number: np.int64) -> np.uint32:
    digits, place = np.uint32(0), np.uint32(0)
    while number > 0:
        digits |= np.uint32(number % 10) << place
        number //= 10
        place += np.uint32(4)
    return digits
