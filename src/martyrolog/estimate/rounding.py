"""Figures rounded to what their interval supports.

An estimate of 12,594 with an interval of 9,827 to 16,544 does not know its last digits: it is shown
as 12,600 [9,800; 16,500]. The unit is the power of ten that divides the width of the interval into
10 to 99 steps. Machines get the figures unrounded.
"""

import math

from martyrolog.estimate.result import Estimate

LOWER_BOUND = "lower_bound"


def unit(lower: float, upper: float) -> int:
    """Smallest step worth showing, at least 1.

    >>> unit(9_827, 16_544)
    100
    """
    width = upper - lower
    return 1 if width < 100 else int(10 ** (math.floor(math.log10(width)) - 1))


def rounded(value: float, step: int) -> int:
    """``value`` to the nearest multiple of ``step``, halves up.

    >>> rounded(12_594, 100)
    12600
    """
    return math.floor(value / step + 0.5) * step


def shown_numbers(estimate: Estimate) -> tuple[int, int, int] | None:
    """The number and the ends of its interval as they may be shown; None where refused.

    The number is the median, of a lower bound the lower end: what is 'at least' is one number.
    Rounding never takes a figure below the persons observed.
    """
    numbers = (estimate.median, estimate.lower, estimate.upper)
    if None in numbers:
        return None
    median, lower, upper = (float(n) for n in numbers if n is not None)
    step = unit(lower, upper)
    least = estimate.n_observed
    middle, low, high = (max(rounded(n, step), least) for n in (median, lower, upper))
    return low if estimate.status == LOWER_BOUND else middle, low, high
