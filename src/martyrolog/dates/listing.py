"""Dates as a table: what ``martyrolog dates parse`` prints."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from martyrolog.dates.parse import parse_dates


def parse_file_table(
    texts: Sequence[str],
    *,
    order: str = "dmy",
    calendar: str = "gregorian",
    century: int | None = None,
) -> pa.Table:
    """Read dates, one a text. Arguments as of ``parse_date``.

    Returns:
        Columns ``text``, ``edtf`` (text, null where unread), ``earliest``, ``latest`` (day, null
        where unknown or open), ``problem`` (message key, null where there is none), a row a text.

    Raises:
        ValueError: ``order`` or ``calendar`` is unknown.
    """
    values = parse_dates(texts, order=order, calendar=calendar, century=century)
    return pa.table(
        {
            "text": pa.array([value.verbatim for value in values], pa.string()),
            "edtf": pa.array([value.edtf for value in values], pa.string()),
            "earliest": pa.array([value.earliest for value in values], pa.date32()),
            "latest": pa.array([value.latest for value in values], pa.date32()),
            "problem": pa.array([value.problem for value in values], pa.string()),
        }
    )
