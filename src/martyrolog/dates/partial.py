"""One date of a text, of which some parts may be missing, and its way to EDTF."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from martyrolog.dates.calendars import CIVIL_CHANGE, julian_to_gregorian
from martyrolog.dates.edtf import bounds
from martyrolog.dates.tokens import Token, marks_of

TWO_DIGIT_YEARS = range(17, 57)
"""Two-digit years that can only mean the years of the repressions, 1917-1956."""


class DateError(ValueError):
    """The text is no sound date; ``args[0]`` is the message key."""


class Partial(NamedTuple):
    """Year, month (or season 21-41) and day as far as the text gives them.

    Attributes:
        short_year: The year was written with two digits and has no century yet.
        digits: Instead of all: an EDTF year with unspecified digits, such as ``189X``.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    short_year: bool = False
    digits: str = ""

    @property
    def is_day(self) -> bool:
        """True when year, month and day are all given."""
        return None not in (self.year, self.month, self.day)

    def figures(self) -> tuple[int, int, int]:
        """Give year, month and day of a full date."""
        assert self.year is not None
        assert self.month is not None
        assert self.day is not None
        return self.year, self.month, self.day

    def to_date(self) -> date:
        """Give the day.

        Raises:
            DateError: There is no such day.
        """
        try:
            return date(*self.figures())
        except ValueError as error:
            raise DateError("dates.no_such_day") from error


# What the tokens of a shape say, one letter each: d day, m month, Y year, y two-digit year,
# s season, D decade, c century, - nothing. Numeric shapes in which the order of day and month
# matters are not here but in ``_NUMERIC``.
LAYOUTS = {
    "nmY": "dmY", "nmn": "dmy", "nRY": "dmY", "nRn": "dmy", "mY": "mY", "RY": "mY", "nY": "mY",
    "Y": "Y", "Ymn": "Ymd", "YRn": "Ymd", "Ynn": "Ymd", "Ynm": "Ydm", "Ym": "Ym", "YR": "Ym",
    "Yn": "Ym", "mnY": "mdY", "nm": "dm", "nR": "dm", "m": "m", "R": "m", "mn": "md",
    "nDmY": "d-mY",
    "SY": "sY", "YS": "Ys", "S": "s",
    "nHmY": "--mY", "RHmY": "--mY", "1HmY": "--mY", "2HmY": "--mY", "HmY": "-mY", "HY": "-Y",
    "YD": "D-", "nD": "D-", "RC": "c-", "nC": "c-", "nDRC": "D-c-", "nDR": "D-c",
}  # fmt: skip
_NO_PART_OF_SHAPE = frozenset("yzp-/")
_NUMERIC = {
    "dmy": {"nnY": "dmY", "nnn": "dmy", "nn": "dm"},
    "mdy": {"nnY": "mdY", "nnn": "mdy", "nn": "md"},
    "ymd": {"nnY": "dmY", "nnn": "ymd", "nn": "md"},
}


def read_partial(tokens: list[Token], order: str) -> Partial | None:
    """Read one date from its tokens; ``None`` when they have no shape of a date.

    Args:
        tokens: Tokens of the date alone, without qualifiers and prepositions.
        order: ``dmy``, ``mdy`` or ``ymd``: the order of purely numeric dates.
    """
    shape = marks_of(tokens)
    year_word = "y" in shape or "z" in shape
    if not _NO_PART_OF_SHAPE.isdisjoint(shape):
        tokens = [t for t in tokens if t.mark not in _NO_PART_OF_SHAPE]
        shape = marks_of(tokens)
    layout = _NUMERIC[order].get(shape) or LAYOUTS.get(shape)
    if shape == "R" and tokens[0].value > 12:  # «XIX w.», where the word for century is «in» too
        return Partial(digits=f"{tokens[0].value - 1:02}XX")
    if shape == "n":
        layout = "y" if year_word or tokens[0].value > 31 else "d"
    elif shape in ("mn", "Rn", "nn") and (year_word or tokens[1].value > 31):
        layout = "my"
    return None if layout is None else _fill(layout, tokens)


def _fill(layout: str, tokens: list[Token]) -> Partial:
    said = dict(zip(layout, tokens, strict=True))
    if "D" in said:
        return _decade(said["D"], said.get("c"))
    if "c" in said:
        return Partial(digits=f"{said['c'].value - 1:02}XX")
    year = said.get("Y") or said.get("y")
    month, day = said.get("m"), said.get("d")
    number = month.value if month else None
    if "s" in said:
        number = said["s"].value
    if month and day and day.value == 0 and year:
        return Partial(year.value, number or None, short_year="y" in said)
    if month and not 1 <= month.value <= 12:
        raise DateError("dates.no_such_month")
    return Partial(
        year.value if year else None, number, day.value if day else None, short_year="y" in said
    )


def _decade(token: Token, century: Token | None) -> Partial:
    if token.value % 10:
        raise DateError("dates.unreadable")
    if century is not None:
        return Partial(digits=f"{century.value - 1:02}{token.value // 10}X")
    if token.digits == 4:
        return Partial(digits=f"{token.value // 10}X")
    return Partial(year=token.value, short_year=True, digits="decade")


def give_century(partial: Partial, century: int | None, like: Partial | None = None) -> Partial:
    """Give a two-digit year its century.

    Args:
        partial: The date; returned unchanged when its year is complete.
        century: First year of the century, such as 1900; ``None`` takes the century of ``like``, or
            else 1900 for 17-56 (the years of the repressions).
        like: The other end of a range.

    Raises:
        DateError: ``dates.two_digit_year``, the century cannot be told.
    """
    if not partial.short_year or partial.year is None:
        return partial
    if century is None and like is not None and like.year is not None and not like.short_year:
        century = like.year // 100 * 100
    if century is None and partial.year in TWO_DIGIT_YEARS:
        century = 1900
    if century is None:
        raise DateError("dates.two_digit_year")
    year = century + partial.year
    if partial.digits:
        return Partial(digits=f"{year // 10}X")
    return partial._replace(year=year, short_year=False)


def complete(partial: Partial, other: Partial) -> Partial:
    """Take from the other end of a range what this end leaves unsaid: «2» of «2-9 March 1938»."""
    if partial.digits or other.digits:
        return partial
    month = partial.month
    if month is None and partial.day is not None:
        month = other.month
    year, short = partial.year, partial.short_year
    if year is None:
        year, short = other.year, other.short_year
    return partial._replace(year=year, month=month, short_year=short)


def to_gregorian(partial: Partial, *, always: bool) -> Partial:
    """Convert a full Julian day; a date without a day is returned unchanged.

    Args:
        partial: The date.
        always: Convert whatever the year (the text says «old style»). Otherwise (the list's profile
            says so) only days before the civil change of February 1918.

    Raises:
        DateError: The Julian calendar has no such day.
    """
    if not partial.is_day:
        return partial
    year, month, day_of_month = partial.figures()
    try:
        day = julian_to_gregorian(year, month, day_of_month)
    except ValueError as error:
        raise DateError("dates.no_such_day") from error
    if not always and day >= CIVIL_CHANGE:
        return partial
    return Partial(day.year, day.month, day.day)


def to_gregorian_span(written: str, *, always: bool) -> str:
    """Give the Gregorian days of a Julian month, season, year or decade.

    Args:
        written: Its EDTF, or an interval of such. Returned unchanged when its year is not known.
        always: As of ``to_gregorian``; otherwise what reaches beyond the civil change stays.

    Raises:
        DateError: The days lie outside the years 1 to 9999.

    Example:
        >>> to_gregorian_span("1900-02", always=True)
        '1900-02-13/1900-03-13'
    """
    try:
        first, last = bounds(written)
        if first is None or last is None:
            return written
        # the day after, for the last of a Julian February may be a day that bounds do not know
        after = last + timedelta(days=1)
        end = julian_to_gregorian(after.year, after.month, after.day) - timedelta(days=1)
        begin = julian_to_gregorian(first.year, first.month, first.day)
    except (ValueError, OverflowError) as error:
        raise DateError("dates.no_such_day") from error
    return written if not always and end >= CIVIL_CHANGE else f"{begin}/{end}"


def to_edtf(partial: Partial) -> str:
    """Write one date as EDTF, an unsaid year as ``XXXX``.

    Raises:
        DateError: No such day, or neither year nor month is known.
    """
    if partial.digits:
        return partial.digits
    if partial.year is None:
        return _yearless(partial)
    if not 1 <= partial.year <= 9999:
        raise DateError("dates.unreadable")
    if partial.day is not None:
        if partial.month is None:
            raise DateError("dates.unreadable")
        return partial.to_date().isoformat()
    month = "" if partial.month is None else f"-{partial.month:02}"
    return f"{partial.year:04}{month}"


def _yearless(partial: Partial) -> str:
    if partial.month is None or partial.month > 12:
        raise DateError("dates.unreadable")
    if partial.day is None:
        return f"XXXX-{partial.month:02}"
    try:
        date(2000, partial.month, partial.day)
    except ValueError as error:
        raise DateError("dates.no_such_day") from error
    return f"XXXX-{partial.month:02}-{partial.day:02}"
