from datetime import date

import pytest

from martyrolog.dates import calendar_difference, julian_to_gregorian


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ((1917, 10, 25), date(1917, 11, 7)),
        ((1918, 1, 31), date(1918, 2, 13)),
        ((1900, 2, 29), date(1900, 3, 13)),
        ((1900, 2, 28), date(1900, 3, 12)),
        ((1883, 9, 8), date(1883, 9, 20)),
    ],
)
def test_old_style_days_become_gregorian(julian: tuple[int, int, int], gregorian: date) -> None:
    assert julian_to_gregorian(*julian) == gregorian


def test_a_day_that_the_julian_calendar_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="1899-02-29"):
        julian_to_gregorian(1899, 2, 29)


def test_the_difference_grows_in_march_1900() -> None:
    assert (calendar_difference(1900, 2), calendar_difference(1900, 3)) == (12, 13)
