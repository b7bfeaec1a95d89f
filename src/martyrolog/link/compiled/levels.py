"""Levels of many pairs at once: dates, and values whose pair was compared before.

Does what ``link.comparing_dates`` and ``link.distinct`` do, pair by pair.
"""

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.compiled.days import civil_days, date_level
from martyrolog.link.compiled.decorators import counted_nothing

Ints = NDArray[np.int32]
Dates = tuple[Ints, Ints, Ints, Ints]
"""First and last days of the records, and both as ``civil_days`` writes them."""

_MISSING = -1


def as_dates(earliest: Ints, latest: Ints) -> Dates:
    """A column of intervals of days as :func:`date_levels` takes it."""
    return earliest, latest, civil_days(earliest), civil_days(latest)


@counted_nothing
def date_levels(
    dates: Dates, left: Ints, right: Ints, numbers: NDArray[np.int64], levels: NDArray[np.int8]
) -> None:
    """Levels of the dates of pairs.

    Args:
        dates: Of all records.
        left: Numbers of records.
        right: Numbers of records, as many.
        numbers: Of the levels, as ``date_level`` takes them.
        levels: To fill.
    """
    earliest, latest, civil_earliest, civil_latest = dates
    for at in range(len(left)):
        one, other = left[at], right[at]
        levels[at] = date_level(
            (earliest[one], latest[one], civil_earliest[one], civil_latest[one]),
            (earliest[other], latest[other], civil_earliest[other], civil_latest[other]),
            numbers,
        )


@counted_nothing
def remembered_levels(
    left: Ints,
    right: Ints,
    memory: tuple[NDArray[np.int64], int, int],
    levels: NDArray[np.int8],
    fresh: NDArray[np.int64],
) -> int:
    """Levels of the pairs of codes that are remembered.

    Args:
        left: Codes of values, -1 for none.
        right: As many.
        memory: As ``RememberedPairs.memory`` gives it.
        levels: To fill; -1 where either has no value; as it was where nothing is remembered.
        fresh: Gets the positions of the pairs that are not remembered.

    Returns:
        How many these are.
    """
    slots, values, shift = memory
    count = 0
    for at in range(len(left)):
        if left[at] == _MISSING or right[at] == _MISSING:
            levels[at] = _MISSING
            continue
        low, high = min(left[at], right[at]), max(left[at], right[at])
        pair = np.int64(low) * values + high
        slot = (np.uint64(pair) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(shift)
        if slots[slot] >> 4 == pair:
            levels[at] = (slots[slot] & 15) - 1
        else:
            fresh[count] = at
            count += 1
    return count
