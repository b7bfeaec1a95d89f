"""Parts of a month that have days of their own, and nights between two days.

Used by ``parse``. «Первая декада марта» and «20-е числа марта» are the days that they count; «в
ночь на 12 марта» joins two days, and either may be meant. What gives no days («в первых числах»,
«in the last days of March») is the month.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from martyrolog.dates.manner import Manner, write_one
from martyrolog.dates.partial import DateError, Partial, give_century, read_partial
from martyrolog.dates.shapes import day_first, read_tokens
from martyrolog.dates.tokens import Token, marks_of

SPAN_MARKS = frozenset("kigG")
"""Marks of which every such part and night has one."""

_THIRDS = {"1": 1, "2": 2, "3": 3, "l": 3}
_TEN_DAYS = re.compile("([nR123l])ki?(.+)")
_TENS = re.compile("(?:(n)D|(j))i(.+)")
_VAGUE = re.compile("[1l]i(.+)")
_JOINTS = "-/T&"
_TWENTIES = 20


def read_span(tokens: list[Token], manner: Manner) -> str:
    """Read tokens with one of `SPAN_MARKS` as EDTF.

    Raises:
        DateError: The tokens have no shape of a date, or there is no such date.
    """
    tokens = [t for t in tokens if t.mark not in "Cyz"]
    marks = marks_of(tokens)
    if marks[0] in "gG":
        return _night(tokens, manner)
    if match := _TEN_DAYS.fullmatch(marks):
        which = tokens[0].value or _THIRDS.get(match[1], 0)
        if which not in (1, 2, 3):
            raise DateError("dates.unreadable")
        last = 31 if which == 3 else 10 * which
        return _days_of_month(tokens[match.start(2) :], 10 * which - 9, last, manner)
    if match := _TENS.fullmatch(marks):
        first = tokens[0].value or _TWENTIES
        return _days_of_month(tokens[match.start(3) :], first, first + 9, manner)
    if match := _VAGUE.fullmatch(marks):
        tokens = tokens[match.start(1) :]
    edtf, problem = read_tokens([t for t in tokens if t.mark != "i"], manner)
    if problem:
        raise DateError(problem)
    return edtf


def _days_of_month(tokens: list[Token], first: int, last: int, manner: Manner) -> str:
    """Days of a month, ``last`` not after its end."""
    month = read_partial(tokens, manner.order)
    if month is None or month.year is None or month.month is None or month.day is not None:
        raise DateError("dates.unreadable")
    month = give_century(month, manner.century)
    assert month.year is not None
    assert month.month is not None
    if not 1 <= month.month <= 12:
        raise DateError("dates.unreadable")
    end = min(last, monthrange(month.year, month.month)[1])
    return "/".join(write_one(month._replace(day=day), manner) for day in (first, end))


def _night(tokens: list[Token], manner: Manner) -> str:
    """The night before a day, or from one day to the next, as the set of the two days.

    «The night of 12 March» names one day and does not say which night: that day alone.
    """
    onto, tokens = tokens[0].mark == "g", day_first(tokens[1:])
    day = _day(tokens, manner)
    if day is not None and onto:
        return _with_day_before(day, manner)
    if day is not None:
        return write_one(day, manner)
    for at in range(1, len(tokens)):
        evening, morning = _day(tokens[:at], manner), _day(tokens[at:], manner)
        if evening and morning and _follows(evening, morning):
            return _with_day_before(morning, manner)
    raise DateError("dates.unreadable")


def _day(tokens: list[Token], manner: Manner) -> Partial | None:
    """A day, also without month and year; joints around it left out."""
    bare = [t for t in tokens if t.mark not in _JOINTS]
    try:
        found = read_partial(bare, manner.order) if bare else None
    except DateError:
        return None
    return found if found is not None and found.day is not None else None


def _follows(evening: Partial, morning: Partial) -> bool:
    """Whether the second may be the day after the first, in either calendar."""
    if not morning.is_day or evening.day is None or morning.day is None:
        return False
    turn = morning.day == 1 and evening.day >= 28
    return turn or (evening.day == morning.day - 1 and evening.month in (None, morning.month))


def _with_day_before(day: Partial, manner: Manner) -> str:
    """Raises ``DateError`` for a day without a year: the day before it may not be told."""
    if not day.is_day:
        raise DateError("dates.unreadable")
    written = write_one(day, manner)
    year, month, number = map(int, written.split("-"))
    morning = Partial(year, month, number).to_date()
    if morning == date.min:
        raise DateError("dates.no_such_day")
    return f"[{morning - timedelta(days=1)},{written}]"
