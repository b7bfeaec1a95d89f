"""Julian and Gregorian days.

Russia's civil calendar was Julian («old style») up to 31 January 1918; the next day was 14 February
1918, Gregorian. The difference was 12 days in the 19th century and 13 from 1 March 1900 (Gregorian
13 March 1900 = Julian 29 February 1900 + 1).
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Days = TypeVar("Days", NDArray[np.int32], np.int64)

_JULIAN_EPOCH_ORDINAL = -1  # Julian 1 January of the year 1 is the Gregorian day of ordinal -1
CIVIL_CHANGE = date(1918, 2, 14)
"""The first Gregorian day of the Russian civil calendar."""


def julian_to_gregorian(year: int, month: int, day: int) -> date:
    """Convert a day of the Julian calendar.

    Raises:
        ValueError: The Julian calendar has no such day.

    Example:
        >>> julian_to_gregorian(1917, 10, 25)
        datetime.date(1917, 11, 7)
    """
    leap = year % 4 == 0
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not 1 <= month <= 12 or not 1 <= day <= lengths[month - 1]:
        raise ValueError(f"the Julian calendar has no day {year:04}-{month:02}-{day:02}")
    whole_years = 365 * (year - 1) + (year - 1) // 4
    return date.fromordinal(
        _JULIAN_EPOCH_ORDINAL + whole_years + sum(lengths[: month - 1]) + day - 1
    )


def calendar_difference(year: int, month: int) -> int:
    """Give the days by which the Gregorian calendar is ahead in a month of the Julian one.

    Example:
        >>> calendar_difference(1893, 11), calendar_difference(1905, 1)
        (12, 13)
    """
    if month <= 2:
        year -= 1
    return year // 100 - year // 400 - 2


def civil_from_days(day_number: Days) -> tuple[Days, Days, Days]:
    """Give year, month and day of days since 1970-01-01: of an array, or compiled, of one day.

    Source: H. Hinnant, chrono-compatible low-level date algorithms, ``civil_from_days``.

    Example:
        >>> [part.tolist() for part in civil_from_days(np.array([-1, 0], np.int32))]
        [[1969, 1970], [12, 1], [31, 1]]
    """
    shifted = day_number + np.int32(719_468)
    era = shifted // 146_097
    day_of_era = shifted - era * 146_097
    year_of_era = (
        day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 - np.int32(12) * (shifted_month >= 10)
    year = year_of_era + era * 400 + (month <= 2)
    return year, month, day
