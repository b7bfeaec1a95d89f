"""Charts over time: the course of a campaign, with decrees and office holders, and its calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from martyrolog.dates import format_date
from martyrolog.history.charts import (
    BAND,
    INK,
    LAND,
    LETTER,
    SERIES,
    WIDTH,
    Chart,
    Row,
    draw,
    layer,
    written_number,
)
from martyrolog.messages import text

HEIGHT, HELD, TITLE = 260, 18, 14
FAINTEST = 0.35
"""How much of its colour the square of a day with hardly an event has."""
NUMBER = 15
"""Pixels that the number of a decree takes; those of neighbouring days stand one above another."""


@dataclass(frozen=True)
class Held:
    """One tenure as drawn: the office, who held it, first and last day."""

    office: str
    name: str
    first: date
    last: date


def campaign_chart(
    campaign: pa.Table,
    wave: pa.Table,
    measure: str,
    language: str = "en",
    *,
    between: tuple[date, date] | None = None,
    marks: Sequence[tuple[date, str]] = (),
    tenures: Sequence[Held] = (),
) -> Chart | None:
    """Events a month, waves as bands, decrees as numbered lines, office holders as strips below.

    Args:
        campaign: Table ``campaign``.
        wave: Table ``wave``.
        measure: Kind of event.
        language: ``en`` or ``ru``.
        between: First and last day shown; None for all.
        marks: Day and name of orders and decrees.
        tenures: Holders of offices, those of one office together.

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
    strip = _strips(tenures, (first, last))
    whole = {"vconcat": [shown, strip], "spacing": 6} if strip else shown
    rows = [(_month(row, language), written_number(row["expected"], language)) for row in months]
    notes = [(str(number), format_date(day.isoformat(), language), what)
             for number, (day, what) in enumerate(noted, start=1)]  # fmt: skip
    columns = text("history.column_month", language), name
    return Chart(draw(whole, alt, language), alt, columns, rows, notes)


def _course(
    months: Sequence[Row], waves: Sequence[Row], noted: Sequence[tuple[date, str]],
    domain: tuple[date, date], up: str,
) -> Row:  # fmt: skip
    bars: list[Row] = [{"from": row["period"].isoformat(), "to": _next_month(row["period"]),
                        "events": row["expected"]} for row in months]  # fmt: skip
    bands: list[Row] = [{"from": max(row["first_day"], domain[0]).isoformat(),
                         "to": min(row["last_day"], domain[1]).isoformat()}
                        for row in waves]  # fmt: skip
    heights = _heights([day for day, _ in noted], domain)
    lines: list[Row] = [{"from": day.isoformat(), "number": str(number)}
                        for number, (day, _) in enumerate(noted, start=1)]  # fmt: skip
    along = _along(domain)
    layers = [
        layer({"type": "rect", "color": BAND}, bands, {"x": along, "x2": {"field": "to"}}),
        layer({"type": "rect", "color": SERIES[0], "clip": True}, bars, {
            "x": along, "x2": {"field": "to"}, "y2": {"datum": 0},
            "y": {"field": "events", "type": "quantitative", "title": up},
        }),
        layer({"type": "rule", "color": SERIES[1], "strokeDash": [3, 2]}, lines, {"x": along}),
        *(layer({"type": "text", "color": INK, "dy": -6 - 10 * row, "fontSize": 10},
                [line for line, height in zip(lines, heights, strict=True) if height == row],
                {"x": along, "y": {"value": 0}, "text": {"field": "number"}})
          for row in sorted({*heights})),
    ]  # fmt: skip
    return {"layer": layers, "height": HEIGHT, "width": WIDTH}


def _heights(days: Sequence[date], domain: tuple[date, date]) -> list[int]:
    """For each of these days, in order, the lowest row in which its number touches no other."""
    reached: list[float] = []
    heights = []
    for day in days:
        across = WIDTH * (day - domain[0]).days / max((domain[1] - domain[0]).days, 1)
        row = next((row for row, end in enumerate(reached) if end <= across), len(reached))
        reached[row : row + 1] = [across + NUMBER]
        heights.append(row)
    return heights


def _along(domain: tuple[date, date]) -> Row:
    years = (domain[1] - domain[0]).days > 6 * 365
    return {"field": "from", "type": "temporal", "title": None,
            "axis": {"format": "%Y" if years else "%m/%Y", "labelOverlap": "greedy"},
            "scale": {"domain": [day.isoformat() for day in domain]}}  # fmt: skip


def _strips(tenures: Sequence[Held], domain: tuple[date, date]) -> Row | None:
    """Office holders on the axis of the campaign: a strip an office, its name above it."""
    inside = [one for one in tenures if max(one.first, domain[0]) < min(one.last, domain[1])]
    offices = list(dict.fromkeys(one.office for one in inside))
    if not offices:
        return None
    titles: list[Row] = [{"from": domain[0].isoformat(), "title": office, "y": _top(row) + 10}
                         for row, office in enumerate(offices)]  # fmt: skip
    held = [_bar(one, index, _top(offices.index(one.office)) + TITLE, domain)
            for index, one in enumerate(inside)]  # fmt: skip
    along: dict[str, Any] = _along(domain) | {"axis": None}
    at = {"type": "quantitative", "axis": None,
          "scale": {"domain": [0, _top(len(offices))], "reverse": True}}  # fmt: skip
    spans = {"x": along, "x2": {"field": "to"}, "y": {"field": "top"} | at, "y2": {"field": "foot"}}
    layers = [
        *(layer({"type": "rect", "color": colour, "opacity": 0.55},
                [row for row in held if row["odd"] == odd], spans)
          for odd, colour in enumerate((SERIES[6], SERIES[5]))),
        layer({"type": "text", "color": INK, "fontSize": 11}, [row for row in held if row["name"]],
              {"x": along | {"field": "middle"}, "y": {"field": "line"} | at,
               "text": {"field": "name"}}),
        layer({"type": "text", "color": INK, "fontSize": 10, "align": "left"}, titles,
              {"x": along, "y": {"field": "y"} | at, "text": {"field": "title"}}),
    ]  # fmt: skip
    return {"layer": layers, "height": _top(len(offices)), "width": WIDTH}


def _top(row: int) -> int:
    return row * (TITLE + HELD + 4)


def _bar(one: Held, index: int, top: int, domain: tuple[date, date]) -> Row:
    """A strip with as much of the name as it has room for: all of it, the surname, or nothing."""
    first, last = max(one.first, domain[0]), min(one.last, domain[1])
    room = WIDTH * (last - first).days / max((domain[1] - domain[0]).days, 1) / LETTER
    surname = one.name.replace(",", " ").split(" ")[0]
    fits = next((name for name in (one.name, surname) if len(name) <= room), "")
    return {"from": first.isoformat(), "to": last.isoformat(), "top": top, "foot": top + HELD,
            "line": top + HELD / 2, "middle": (first + (last - first) / 2).isoformat(),
            "odd": index % 2, "name": fits}  # fmt: skip


def calendar_chart(
    campaign: pa.Table, measure: str, first: date, last: date, language: str = "en"
) -> Chart | None:
    """Events a day as a calendar: a line a month, a square a day, the deeper the more events.

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
    squares = [_square(row["period"], language) | {"events": row["certain"]} for row in days]
    every = [_square(first + timedelta(after), language)
             for after in range((last - first).days + 1)]  # fmt: skip
    at = {
        "x": {"field": "day", "type": "ordinal", "scale": {"domain": list(range(1, 32))},
              "title": text("history.axis_day", language), "axis": {"labelAngle": 0}},
        "y": {"field": "month", "type": "ordinal", "title": None, "sort": None},
    }  # fmt: skip
    deep = {"field": "events", "type": "quantitative", "title": name,
            "legend": {"symbolType": "square", "symbolSize": 150, "symbolStrokeWidth": 0,
                       "symbolFillColor": SERIES[1],
                       "values": sorted({1, -(-most["certain"] // 2), most["certain"]})},
            "scale": {"type": "sqrt", "domain": [1, max(most["certain"], 2)],
                      "range": [FAINTEST, 1]}}  # fmt: skip
    shown = {
        "layer": [layer({"type": "rect", "color": LAND}, every, at),
                  layer({"type": "rect", "color": SERIES[1]}, squares, at | {"opacity": deep})],
        "height": {"step": 16},
    }  # fmt: skip
    rows = [(format_date(row["period"].isoformat(), language),
             written_number(row["certain"], language)) for row in days]  # fmt: skip
    columns = text("history.column_day", language), name
    return Chart(draw(shown, alt, language), alt, columns, rows)


def _square(day: date, language: str) -> Row:
    return {"month": format_date(f"{day:%Y-%m}", language), "day": day.day}


def _next_month(day: date) -> str:
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return after.isoformat()


def _month(row: Mapping[str, Any], language: str) -> str:
    return format_date(f"{row['period']:%Y-%m}", language)
