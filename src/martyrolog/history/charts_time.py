"""Charts over time: the course of a campaign, with decrees and office holders, and its calendar."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from martyrolog.dates import format_date
from martyrolog.history.charts import (
    BAND,
    INK,
    SERIES,
    WIDTH,
    Chart,
    Row,
    draw,
    layer,
    written_number,
)
from martyrolog.messages import text

HEIGHT, STRIP = 260, 26
NUMBER_ROWS = 3  # decrees of neighbouring days stand one above the other


def campaign_chart(
    campaign: pa.Table,
    wave: pa.Table,
    measure: str,
    language: str = "en",
    *,
    between: tuple[date, date] | None = None,
    marks: Sequence[tuple[date, str]] = (),
    tenures: Sequence[tuple[str, date, date]] = (),
) -> Chart | None:
    """Events a month, waves as bands, decrees as numbered lines, office holders as a strip.

    Args:
        campaign: Table ``campaign``.
        wave: Table ``wave``.
        measure: Kind of event.
        language: ``en`` or ``ru``.
        between: First and last day shown; None for all.
        marks: Day and name of orders and decrees.
        tenures: Name, first and last day of the holders of one office.

    Returns:
        None where there is no such event in the days shown.
    """
    first, last = between or (date.min, date.max)
    months = [row for row in campaign.to_pylist() if row["measure"] == measure
              and row["dimension"] == "all" and row["step"] == "month"
              and first <= row["period"] <= last]  # fmt: skip
    if not months:
        return None
    first = max(first, months[0]["period"])
    last = min(last, date.fromisoformat(_next_month(months[-1]["period"])))
    waves = [row for row in wave.to_pylist() if row["measure"] == measure
             and row["first_day"] <= last and row["last_day"] >= first]  # fmt: skip
    noted = [(day, name) for day, name in sorted(marks) if first <= day <= last]
    name = text(f"history.measure_{measure}", language)
    most = max(months, key=lambda row: row["expected"])
    alt = text("history.alt_campaign", language, measure=name, first=_month(months[0], language),
               last=_month(months[-1], language), peak=_month(most, language),
               most=round(most["expected"]), count=len(waves))  # fmt: skip
    up = text("history.axis_month", language, measure=name)
    shown = _course(months, waves, noted, (first, last), up)
    strip = _strip(tenures, (first, last))
    whole = {"vconcat": [shown, strip], "spacing": 6} if strip else shown
    rows = [(_month(row, language), written_number(row["expected"], language)) for row in months]
    notes = [(str(number), format_date(day.isoformat(), language), what)
             for number, (day, what) in enumerate(noted, start=1)]  # fmt: skip
    return Chart(draw(whole, alt), alt, (text("history.column_month", language), name), rows,
                 notes)  # fmt: skip


def _course(
    months: Sequence[Row], waves: Sequence[Row], noted: Sequence[tuple[date, str]],
    domain: tuple[date, date], up: str,
) -> Row:  # fmt: skip
    bars: list[Row] = [{"from": row["period"].isoformat(), "to": _next_month(row["period"]),
                        "events": row["expected"]} for row in months]  # fmt: skip
    bands: list[Row] = [{"from": max(row["first_day"], domain[0]).isoformat(),
                         "to": min(row["last_day"], domain[1]).isoformat()}
                        for row in waves]  # fmt: skip
    lines: list[Row] = [{"from": day.isoformat(), "number": str(number)}
                        for number, (day, _) in enumerate(noted, start=1)]  # fmt: skip
    along = _along(domain)
    layers = [
        layer({"type": "rect", "color": BAND}, bands, {"x": along, "x2": {"field": "to"}}),
        layer({"type": "rect", "color": SERIES[0]}, bars, {
            "x": along, "x2": {"field": "to"}, "y2": {"datum": 0},
            "y": {"field": "events", "type": "quantitative", "title": up},
        }),
        layer({"type": "rule", "color": SERIES[1], "strokeDash": [3, 2]}, lines, {"x": along}),
        *(layer({"type": "text", "color": INK, "dy": -6 - 10 * row, "fontSize": 10},
                lines[row::NUMBER_ROWS],
                {"x": along, "y": {"value": 0}, "text": {"field": "number"}})
          for row in range(NUMBER_ROWS)),
    ]  # fmt: skip
    return {"layer": layers, "height": HEIGHT, "width": WIDTH}


def _along(domain: tuple[date, date]) -> Row:
    years = (domain[1] - domain[0]).days > 6 * 365
    return {"field": "from", "type": "temporal", "title": None,
            "axis": {"format": "%Y" if years else "%m/%Y"},
            "scale": {"domain": [day.isoformat() for day in domain]}}  # fmt: skip


def _strip(tenures: Sequence[tuple[str, date, date]], domain: tuple[date, date]) -> Row | None:
    """Office holders on the axis of the campaign, each in the middle of the days they held it."""
    held: list[Row] = []
    for index, (name, start, end) in enumerate(tenures):
        start, end = max(start, domain[0]), min(end, domain[1])
        if start < end:
            held.append({"from": start.isoformat(), "to": end.isoformat(), "name": name,
                         "middle": (start + (end - start) / 2).isoformat(),
                         "odd": index % 2})  # fmt: skip
    if not held:
        return None
    along: dict[str, Any] = _along(domain) | {"axis": None}
    layers = [
        layer({"type": "rect", "color": colour, "opacity": 0.55},
              [row for row in held if row["odd"] == odd], {"x": along, "x2": {"field": "to"}})
        for odd, colour in enumerate((SERIES[6], SERIES[5]))
    ]  # fmt: skip
    names = layer({"type": "text", "color": INK, "fontSize": 11, "limit": 220}, held,
                  {"x": along | {"field": "middle"}, "text": {"field": "name"}})  # fmt: skip
    return {"layer": [*layers, names], "height": STRIP, "width": WIDTH}


def calendar_chart(
    campaign: pa.Table, measure: str, first: date, last: date, language: str = "en"
) -> Chart | None:
    """Events a day as a calendar: a line a month, a square a day.

    Args:
        campaign: Table ``campaign``.
        measure: Kind of event.
        first: First day shown.
        last: Last day shown.
        language: ``en`` or ``ru``.

    Returns:
        None where there is no such event in these days.
    """
    days = [row for row in campaign.to_pylist() if row["measure"] == measure
            and row["dimension"] == "all" and row["step"] == "day"
            and first <= row["period"] <= last and row["certain"]]  # fmt: skip
    if not days:
        return None
    most = max(days, key=lambda row: row["certain"])
    name = text(f"history.measure_{measure}", language)
    alt = text("history.alt_calendar", language, measure=name, count=len(days),
               peak=format_date(most["period"].isoformat(), language),
               most=most["certain"])  # fmt: skip
    squares: list[Row] = [{"month": row["period"].strftime("%Y-%m"), "day": row["period"].day,
                           "events": row["certain"]} for row in days]  # fmt: skip
    shown = {
        "mark": {"type": "rect", "color": SERIES[1]}, "data": {"values": squares},
        "height": {"step": 16},
        "encoding": {
            "x": {"field": "day", "type": "ordinal", "scale": {"domain": list(range(1, 32))},
                  "title": text("history.axis_day", language), "axis": {"labelAngle": 0}},
            "y": {"field": "month", "type": "ordinal", "title": None},
            "opacity": {"field": "events", "type": "quantitative", "legend": None,
                        "scale": {"type": "sqrt", "range": [0.15, 1]}},
        },
    }  # fmt: skip
    rows = [(format_date(row["period"].isoformat(), language),
             written_number(row["certain"], language)) for row in days]  # fmt: skip
    return Chart(draw(shown, alt), alt, (text("history.column_day", language), name), rows)


def _next_month(day: date) -> str:
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return after.isoformat()


def _month(row: Mapping[str, Any], language: str) -> str:
    return format_date(f"{row['period']:%Y-%m}", language)
