"""EDTF (ISO 8601-2) expressions and the days they allow.

Covers what lists of the victims need: days, months, years, unspecified digits (``193X``,
``1937-08-XX``), seasons, quarters and halves (21-41), the qualifiers ``?``, ``~``, ``%``, intervals
with open or unknown ends, and sets ``[a,b]``, ``{a,b}``, ``[..a]``, ``[a..]``. Qualifiers do not
widen the bounds: how far «about 1893» may be off is for the comparison to say, not for the
calendar. Deliberately absent: times of day, years beyond four digits, significant digits
(``1950S2``).

Winter (``1937-24``) may mean the months at either end of its year: its bounds reach from 1 January
of the year to the last day of February of the next.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

Bounds = tuple[date | None, date | None]

_QUALIFIER = "[?~%]?"
_WHOLE_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ELEMENT = re.compile(
    rf"{_QUALIFIER}([0-9X]{{4}}){_QUALIFIER}"
    rf"(?:-{_QUALIFIER}([0-9X]{{2}}){_QUALIFIER}(?:-{_QUALIFIER}([0-9X]{{2}}){_QUALIFIER})?)?"
)
_FIRST_LAST_MONTH = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (1, 14),
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (1, 14),
    29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Element:
    """One date of an expression: digits as written (``X`` unspecified) and its qualifiers.

    Attributes:
        year: Four characters; digits or ``X``.
        month: Two characters, 01-12, a season or quarter 21-41, with ``X`` allowed; '' when absent.
        day: Two characters or ''.
        approximate: The expression carries ``~`` or ``%``.
        uncertain: The expression carries ``?`` or ``%``.
    """

    year: str
    month: str
    day: str
    approximate: bool
    uncertain: bool

    @property
    def is_season(self) -> bool:
        """True for seasons, quarters and halves (month numbers 21-41)."""
        return self.month.isdigit() and int(self.month) > 12


@dataclass(frozen=True, slots=True)
class Expression:
    """An EDTF expression taken apart.

    Attributes:
        kind: ``date``, ``interval``, ``one_of`` (``[...]``) or ``all_of`` (``{...}``).
        elements: One element of a date; two of an interval, ``None`` where an end is open or
            unknown; all members of a set, with ``None`` in front of a set open to the past
            (``[..a]``) and at the end of one open to the future (``[a..]``).
    """

    kind: str
    elements: tuple[Element | None, ...]


def bounds(edtf: str | None) -> Bounds:
    """Give the earliest and the latest day that an EDTF expression allows.

    Args:
        edtf: An expression; ``None`` or '' is an unknown date.

    Returns:
        ``(earliest, latest)``; ``None`` where that side is open or unknown, both ``None`` for an
        unknown date and for a date whose year is wholly unspecified (``XXXX-11-12``).

    Raises:
        ValueError: The text is no EDTF expression of the kinds named above, or names a day that
            does not exist.

    Example:
        >>> bounds("1937-08")
        (datetime.date(1937, 8, 1), datetime.date(1937, 8, 31))
    """
    if not edtf:
        return None, None
    if _WHOLE_DAY.fullmatch(edtf):  # most dates by far
        day = date.fromisoformat(edtf)
        return day, day
    expression = parse_edtf(edtf)
    ends = [(None, None) if e is None else element_bounds(e) for e in expression.elements]
    if expression.kind == "interval":
        return ends[0][0], ends[1][1]
    known = [end for end, element in zip(ends, expression.elements, strict=True) if element]
    earliest = [low for low, _ in known if low]
    latest = [high for _, high in known if high]
    return (
        None if expression.elements[0] is None else min(earliest, default=None),
        None if expression.elements[-1] is None else max(latest, default=None),
    )


@lru_cache(maxsize=65_536)
def parse_edtf(text: str) -> Expression:
    """Take an EDTF expression apart.

    Raises:
        ValueError: Not an expression of the kinds this module covers; or the second end of an
            interval lies wholly before the first.
    """
    if text[0] in "[{":
        return _parse_set(text)
    if "/" in text:
        left, _, right = text.partition("/")
        ends = tuple(None if end in ("", "..") else _element(end) for end in (left, right))
        _refuse_backward(text, ends)
        if ends == (None, None):
            raise ValueError(f"no EDTF date: {text!r}")
        return Expression("interval", ends)
    return Expression("date", (_element(text),))


def _parse_set(text: str) -> Expression:
    if text[-1] != {"[": "]", "{": "}"}[text[0]] or len(text) < 6:
        raise ValueError(f"no EDTF set: {text!r}")
    elements: list[Element | None] = []
    for member in text[1:-1].split(","):
        first, dots, last = member.strip().partition("..")
        ends = [_element(end) if end else None for end in ((first, last) if dots else (first,))]
        if not any(ends):
            raise ValueError(f"no EDTF set: {text!r}")
        elements += ends
    if None in elements[1:-1]:
        raise ValueError(f"an EDTF set can be open at its ends only: {text!r}")
    return Expression("one_of" if text[0] == "[" else "all_of", tuple(elements))


def _refuse_backward(text: str, ends: tuple[Element | None, ...]) -> None:
    left, right = ends
    if left is None or right is None:
        return
    start, end = element_bounds(left)[0], element_bounds(right)[1]
    if start and end and end < start:
        raise ValueError(f"the interval ends before it begins: {text!r}")


def _element(text: str) -> Element:
    match = _ELEMENT.fullmatch(text)
    if match is None:
        raise ValueError(f"no EDTF date: {text!r}")
    year, month, day = match.groups(default="")
    element = Element(year, month, day, "~" in text or "%" in text, "?" in text or "%" in text)
    if (element.is_season and day) or (element_bounds(element) == (None, None) and year != "XXXX"):
        raise ValueError(f"no such day: {text!r}")
    return element


@lru_cache(maxsize=65_536)
def element_bounds(element: Element) -> Bounds:
    """Give the first and last day that one date allows; ``(None, None)`` if there is none."""
    if element.year == "XXXX":
        return None, None
    if element.is_season:
        return _season_bounds(element)
    return next(_days(element, 1), None), next(_days(element, -1), None)


def _season_bounds(element: Element) -> Bounds:
    months = _FIRST_LAST_MONTH.get(int(element.month))
    first_year = next(_fitting(element.year, 1, 9998, 1), None)
    last_year = next(_fitting(element.year, 1, 9998, -1), None)
    if months is None or first_year is None or last_year is None:
        return None, None
    first, last = months
    last_year, last = last_year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(first_year, first, 1), date(last_year, last, monthrange(last_year, last)[1])


def _days(element: Element, step: int) -> Iterator[date]:
    """Walk through the days that fit the digits, forward (step 1) or backward (-1)."""
    for year in _fitting(element.year, 1, 9999, step):
        for month in _fitting(element.month or "XX", 1, 12, step):
            for day in _fitting(element.day or "XX", 1, monthrange(year, month)[1], step):
                yield date(year, month, day)


def _fitting(digits: str, low: int, high: int, step: int) -> Iterator[int]:
    """Give the numbers within [low, high] that fit digits such as ``193X``, in the step's order."""
    first, last = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    numbers = range(max(low, first), min(high, last) + 1)[::step]
    for number in numbers:
        text = str(number).zfill(len(digits))
        if all(have in ("X", want) for have, want in zip(digits, text, strict=True)):
            yield number
