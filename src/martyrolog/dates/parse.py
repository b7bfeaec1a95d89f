"""From the text of a date to its value.

Read with ``parse_date``; ``parse_dates`` for a column. What always holds: the verbatim text is
kept; no day, month or year is given that the text does not give; what cannot be read is named as a
problem and never guessed; no clock is read. Text around a date («arrested», a place) makes it
unreadable: cutting the date out of prose is the reader's work (``find_dates`` helps).

How directions are written: «after X» ``X/..``, «before X» ``../X``, «not before X» ``[X..]``, «not
after X» ``[..X]``, «from X to Y» ``X/Y``, «X or Y» ``[X,Y]``, «X and Y» ``{X,Y}``. The bounds
include X itself. A night is the two days that it joins, ``[X,Y]``; ten days of a month are ``X/Y``;
its beginning, middle and end are the month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from martyrolog.dates.edtf import Bounds, bounds
from martyrolog.dates.manner import Manner, write_one
from martyrolog.dates.partial import DateError, Partial, read_partial, to_edtf
from martyrolog.dates.shapes import read_tokens, without_outer_brackets, without_styles
from martyrolog.dates.spans import SPAN_MARKS, read_span
from martyrolog.dates.tokens import ROMAN, marks_of, month_named, tokenize
from martyrolog.dates.value import DateValue

_EDTF_SHAPE = re.compile(
    r"\.\.\s*/\s*[0-9X].*|/[0-9X].*|[\[{][0-9X.?~%, -]+[\]}]|\.\.[0-9]{4}"
    r"|[?~%]?[0-9X]{4}[?~%]?(-[?~%]?[0-9X]{2}[?~%]?){0,2}(/[0-9X.?~%-]*)?"
)
_PLAIN_DAY = re.compile(
    r"(?P<day>0?[1-9]|[12]\d|3[01])"
    r"(?:\.(?P<month>0?[1-9]|1[0-2])\.|\s(?P<name>[^\W\d_]+)\s|/(?P<numeral>I{1,3}|I?[VX]|VI{1,3}|XI{1,2})-)"
    r"(?P<year>\d{4})(?:\s?г(?:\.|ода)?)?"
)
_CLOCK = re.compile(r"(?:t|\s)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?z?$", re.IGNORECASE)
_BLANK = re.compile(r"(?<!\w)(?:_+|[xх]{2}|\*+|-{2,})(?=\.)", re.IGNORECASE)
_LISTED = re.compile(
    r"(?<![\d.])(\d{1,2}|\d{4}),\s*(?=(?:\d{1,2}|\d{4})(?:,\s*(?:\d{1,2}|\d{4}))*\s+"
    r"(и|й|і|i|and|und|et|или|либо|або|чи|альбо|ці|lub|albo|oder|ou|or)\s)"
)
_LISTED_ALONE = re.compile(
    r"(?<!\d)(\d{4}),\s*(?=\d{4}(?!\d))|^(\d{1,2}),\s*(?=\d{1,2}\s+[^\W\d_]{3,})"
)
_YEAR_AS_FRACTION = re.compile(r"(\d{4})\.0")
_MISSING_DIGITS = re.compile(r"(?:(\d\d)\?\?|(\d{3})[?_-])(?:\s?г\.?)?")
_UNSURE_YEAR = re.compile(r"(?P<month>.*[^\W_])[.\s]+(?P<year>\d\d\?\?|\d{3}[?_])(?:\s?г\.?)?")
_TWO_YEARS = re.compile(r"\d{4}/\d{2}")
_ISO_MONTH = re.compile(r"\d{4}-\d{2}")


def parse_dates(
    texts: Iterable[str],
    *,
    order: str = "dmy",
    calendar: str = "gregorian",
    century: int | None = None,
) -> list[DateValue]:
    """Read a column of dates; equal texts are read once. Arguments as of ``parse_date``."""
    read: dict[str, DateValue] = {}
    values = []
    for text in texts:
        value = read.get(text)
        if value is None:
            # of a column with more dates than are remembered, none would be found again
            value = _parsed(text, order, calendar, century)
            read[text] = value
        values.append(value)
    return values


@lru_cache(maxsize=65_536)
def parse_date(
    text: str,
    *,
    order: str = "dmy",
    calendar: str = "gregorian",
    century: int | None = None,
) -> DateValue:
    """Read a date as books of memory write it, or EDTF.

    Args:
        text: The date alone, in Russian, Ukrainian, Belarusian, Polish, German, French, English or
            EDTF.
        order: ``dmy``, ``mdy`` or ``ymd``: the order of purely numeric dates in this list.
        calendar: ``julian`` when the list's profile says its days before 14 February 1918 are old
            style: a day is converted, a month or a year becomes the days of it. A style that the
            text itself names is heeded always.
        century: First year of the century of two-digit years, such as 1900; ``None`` reads 17-56
            as 1917-1956 and refuses the others.

    Returns:
        The value; see ``DateValue.problem`` for what could not be read. Never raises for a text.

    Raises:
        ValueError: ``order`` or ``calendar`` is not one of the words above.

    Example:
        >>> parse_date("ок. 1893 г.").edtf, parse_date("31.02.1938").problem
        ('1893~', 'dates.no_such_day')
    """
    return _parsed(text, order, calendar, century)


def _parsed(text: str, order: str, calendar: str, century: int | None) -> DateValue:
    if order not in ("dmy", "mdy", "ymd") or calendar not in ("gregorian", "julian"):
        raise ValueError(f"unknown order {order!r} or calendar {calendar!r}")
    try:
        edtf, problem = _read(text, _manner(order, calendar, century))
        earliest, latest = _sound_bounds(edtf)
    except DateError as error:
        return DateValue(text, None, None, None, error.args[0])
    return DateValue(text, edtf, earliest, latest, problem)


@lru_cache(maxsize=256)
def _manner(order: str, calendar: str, century: int | None) -> Manner:
    return Manner(order, calendar == "julian", False, century)


def _sound_bounds(edtf: str | None) -> Bounds:
    try:
        return bounds(edtf)
    except ValueError as error:
        backward = edtf is not None and "/" in edtf
        raise DateError("dates.end_before_start" if backward else "dates.no_such_day") from error


def _read(text: str, manner: Manner) -> tuple[str | None, str | None]:
    """Give EDTF and the problem that leaves EDTF standing (disagreeing calendars)."""
    stripped = text.strip()
    day = _plain_day(stripped) if manner.order == "dmy" else None
    if day is not None:
        return write_one(day, manner), None
    stripped = _without_filling(stripped)
    of_list = manner.julian and stripped.isdigit()  # a year in the calendar of the list
    if not of_list and _EDTF_SHAPE.fullmatch(stripped) and not _is_range_of_years(stripped):
        return _read_edtf(stripped), None
    if ("?" in stripped or "_" in stripped) and (unsure := _UNSURE_YEAR.fullmatch(stripped)):
        return _read_unsure_year(unsure["month"], unsure["year"], manner), None
    tokens = tokenize(stripped)
    marks = marks_of(tokens)
    if not marks.strip("U?N-y/"):
        return None, None
    qualifier = {(True, False): "~", (False, True): "?", (True, True): "%"}.get(
        ("~" in marks, "?" in marks), ""
    )
    if qualifier:
        tokens = [t for t in tokens if t.mark not in "~?"]
    tokens = without_outer_brackets(tokens)
    if not (SPAN_MARKS | {"V"}).isdisjoint(marks) or "(" not in marks_of(tokens):
        tokens, manner = without_styles(tokens, manner)
    if SPAN_MARKS.isdisjoint(marks):
        edtf, problem = read_tokens(tokens, manner)
    else:
        edtf, problem = read_span(tokens, manner), None
    return _qualified(edtf, qualifier), problem


def _without_filling(text: str) -> str:
    """Leave out what tables and forms put into a date: «00:00», «1938.0», «__.11.1937», «193?».

    The commas of «11, 12 и 13 ноября» become what joins its last two days; those of «1937, 1938»,
    which do not say whether both years are meant, become «or».
    """
    if ":" in text:
        text = _CLOCK.sub("", text)
    if fraction := _YEAR_AS_FRACTION.fullmatch(text):
        return fraction[1]
    if missing := _MISSING_DIGITS.fullmatch(text):
        return f"{missing[1]}XX" if missing[1] else f"{missing[2]}X"
    if "," in text:
        text = _LISTED.sub(r"\1 \2 ", text)
        text = _LISTED_ALONE.sub(r"\1\2 или ", text)
    return _BLANK.sub("00", text) if "." in text else text


def _read_unsure_year(month: str, year: str, manner: Manner) -> str:
    """«15.03.193?»: the day or month said, in a year of the decade or century.

    Raises:
        DateError: There is no such day or month, or it is old style: by how many days it differs
            depends on the year.
    """
    said = read_partial(tokenize(month), manner.order)
    if said is not None and said.month is None and said.day in range(1, 13):
        said = Partial(month=said.day)  # «03.193?»
    digits = year.replace("?", "X").replace("_", "X")
    if said is None or said.month is None or said.year is not None:
        raise DateError("dates.unreadable")
    if manner.julian and digits < "1918":
        raise DateError("dates.unreadable")
    return to_edtf(said).replace("XXXX", digits)


def _plain_day(text: str) -> Partial | None:
    """Read «12.11.1899», «12 ноября 1899 г.» and «12/XI-1899» without cutting into tokens.

    Most dates of all lists are such.
    """
    match = _PLAIN_DAY.fullmatch(text)
    if match is None:
        return None
    day, digits, name, numeral, year = match.groups()
    month = int(digits) if digits else month_named(name) if name else ROMAN[numeral.lower()]
    return None if month is None else Partial(int(year), month, int(day))


def _is_range_of_years(text: str) -> bool:
    """Tell «1937-38», two years in every list, from the EDTF quarters and halves 25-41."""
    if _TWO_YEARS.fullmatch(text):
        return True
    if not _ISO_MONTH.fullmatch(text):
        return False
    return int(text[-2:]) > max(24, int(text[2:4]))


def _read_edtf(text: str) -> str:
    edtf = re.sub(r"\s", "", text)
    if edtf.startswith("/"):
        edtf = ".." + edtf
    if edtf.endswith("/"):
        edtf += ".."
    if re.fullmatch(r"\.\.\d{4}", edtf):
        edtf = f"../{edtf[2:]}"
    return edtf


def _qualified(edtf: str, qualifier: str) -> str:
    """Put the qualifier behind each date of the expression."""
    if not qualifier:
        return edtf
    return re.sub(r"[0-9X]{4}(?:-[0-9X]{2}){0,2}", rf"\g<0>{qualifier}", edtf)
