"""The value that every date of a list becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as written, as EDTF, and as the interval of days it allows.

    Attributes:
        verbatim: The text of the list, unchanged.
        edtf: EDTF (ISO 8601-2, Gregorian); ``None`` when the text gives no date or one that cannot
            be.
        earliest: First day allowed; ``None`` when unknown or open to the past.
        latest: Last day allowed; ``None`` when unknown or open to the future.
        problem: ``None``, or the message key that says why the text is no sound date:
            ``dates.unreadable``, ``dates.no_such_day``, ``dates.no_such_month``,
            ``dates.two_digit_year``, ``dates.calendars_disagree``, ``dates.end_before_start``. With
            ``dates.calendars_disagree`` ``edtf`` holds both days as a set, with the others it is
            ``None``. An empty text or «неизвестно» is no problem.
    """

    verbatim: str
    edtf: str | None
    earliest: date | None
    latest: date | None
    problem: str | None
