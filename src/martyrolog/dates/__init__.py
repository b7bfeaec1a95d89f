"""Dates: what a list writes, as verbatim text, EDTF and an interval of days.

``parse_date`` reads a text, ``bounds`` gives the days an EDTF expression allows, ``compare_dates``
and ``compare_dates_many`` give the level at which two dates agree, ``format_date`` writes one in
words, ``explain_dates`` says why two agree or not.
"""

from martyrolog.dates.calendars import (
    calendar_difference,
    civil_from_days,
    julian_to_gregorian,
)
from martyrolog.dates.compare import (
    MISSING_DAY,
    DateLevel,
    compare_dates,
    compare_dates_many,
    to_day_number,
)
from martyrolog.dates.edtf import bounds, parse_edtf
from martyrolog.dates.explain import explain_dates
from martyrolog.dates.find import FoundDate, find_dates
from martyrolog.dates.listing import parse_file_table
from martyrolog.dates.parse import parse_date, parse_dates
from martyrolog.dates.value import DateValue
from martyrolog.dates.wording import format_date, format_short

__all__ = [
    "MISSING_DAY",
    "DateLevel",
    "DateValue",
    "FoundDate",
    "bounds",
    "calendar_difference",
    "civil_from_days",
    "compare_dates",
    "compare_dates_many",
    "explain_dates",
    "find_dates",
    "format_date",
    "format_short",
    "julian_to_gregorian",
    "parse_date",
    "parse_dates",
    "parse_edtf",
    "parse_file_table",
    "to_day_number",
]
