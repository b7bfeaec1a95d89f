"""How a list writes dates, and writing one of its dates as EDTF: century and calendar settled."""

from __future__ import annotations

from dataclasses import dataclass

from martyrolog.dates.partial import (
    Partial,
    give_century,
    to_edtf,
    to_gregorian,
    to_gregorian_span,
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How the list writes dates.

    Attributes:
        order: ``dmy``, ``mdy`` or ``ymd``.
        julian: The profile says that days before the civil change are old style.
        old_style: The text itself says so.
        century: First year of the century of two-digit years.
    """

    order: str
    julian: bool
    old_style: bool
    century: int | None


def write_one(partial: Partial, manner: Manner, like: Partial | None = None) -> str:
    """Write one date as EDTF: century and calendar settled.

    Raises:
        DateError: There is no such day, or its century cannot be told.
    """
    partial = give_century(partial, manner.century, like)
    if partial.is_day and (manner.old_style or manner.julian):
        return to_edtf(to_gregorian(partial, always=manner.old_style))
    return in_style(to_edtf(partial), manner)


def in_style(written: str, manner: Manner) -> str:
    """Give the Gregorian days of a month, season, year or interval that is old style."""
    if not (manner.old_style or manner.julian):
        return written
    return to_gregorian_span(written, always=manner.old_style)
