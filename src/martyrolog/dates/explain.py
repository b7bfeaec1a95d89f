"""In words, why two dates agree or do not (`12 Nov 1899 and 1900: one year apart`)."""

from __future__ import annotations

from datetime import date

from martyrolog.dates.compare import DateLevel, compare_dates
from martyrolog.dates.edtf import bounds
from martyrolog.dates.parse import parse_date
from martyrolog.dates.wording import format_short
from martyrolog.messages import text

FEW_DAYS = 31
"""Two days so near are told apart in days, also over the turn of a year."""

_PLAIN = {
    DateLevel.EQUAL: "compare.date_same",
    DateLevel.ONE_DIGIT_OFF: "compare.date_digit",
    DateLevel.DAY_MONTH_SWAPPED: "compare.date_swapped",
}

Bounds = tuple[date | None, date | None]


def explain_dates(left: str, right: str, language: str = "en") -> str:
    """Why two dates agree or not.

    Args:
        left: An EDTF expression, or a date as a list writes it, which is shown in quotes.
        right: Another.
        language: 'en' or 'ru'.

    Returns:
        A sentence; the words for a missing value where one is empty.

    Example:
        >>> explain_dates("1899-11-12", "1900 г.")
        '12 Nov 1899 and «1900 г.»: one year apart'
    """
    if not left.strip() or not right.strip():
        return text("compare.missing", language)
    (one, one_bounds), (other, other_bounds) = (_read(given, language) for given in (left, right))
    level = compare_dates(*one_bounds, *other_bounds)
    reason = _reason(level, one_bounds, other_bounds, language)
    return text("compare.beside", language, left=one, right=other, why=reason)


def _read(given: str, language: str) -> tuple[str, Bounds]:
    """How a date is shown, and its first and last day."""
    try:
        return format_short(given, language), bounds(given)
    except ValueError:
        value = parse_date(given)
        return f"«{given.strip()}»", (value.earliest, value.latest)


def _reason(level: DateLevel, left: Bounds, right: Bounds, language: str) -> str:
    if level is DateLevel.MISSING:
        return text("compare.date_unread", language)
    if level in _PLAIN:
        return text(_PLAIN[level], language)
    if level is DateLevel.CONTAINED:
        within = _holds(left, right) or _holds(right, left)
        return text("compare.date_within" if within else "compare.date_shared", language)
    first, second = sorted((left, right), key=lambda ends: ends[0] or date.min)
    if level is DateLevel.THIRTEEN_DAYS:
        return text("compare.date_calendars", language, count=_days(first, second))
    return _apart(first, second, language)


def _apart(first: Bounds, second: Bounds, language: str) -> str:
    """How far two dates that share no day lie apart, in the coarsest unit that tells."""
    end, begin = first[1], second[0]
    assert end is not None
    assert begin is not None
    exact = first[0] == end and second[1] == begin
    if exact and _days(first, second) <= FEW_DAYS:
        return text("compare.days_apart", language, count=_days(first, second))
    if begin.year != end.year:
        return text("compare.years_apart", language, count=begin.year - end.year)
    if begin.month != end.month:
        return text("compare.months_apart", language, count=begin.month - end.month)
    return text("compare.days_apart", language, count=_days(first, second))


def _days(first: Bounds, second: Bounds) -> int:
    assert first[1] is not None
    assert second[0] is not None
    return (second[0] - first[1]).days


def _holds(outer: Bounds, inner: Bounds) -> bool:
    begin, end = outer[0] or date.min, outer[1] or date.max
    return begin <= (inner[0] or date.min) and (inner[1] or date.max) <= end
