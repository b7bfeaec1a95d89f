"""Charts of the tables of this stage: SVG made at build time, readable without script or network.

Every function takes tidy tables and a language and gives a :class:`Chart`: the picture, a text that
says what it shows, and the numbers behind it, to stand beside it as a table. Colours are those of
Okabe and Ito (2008), told apart by colour-blind readers; each is a CSS variable with a dark
counterpart, so that one file serves light, dark and print. Needs the extra ``charts`` (Altair and
vl-convert, both BSD-3-Clause).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from importlib.util import find_spec
from typing import Any

import pyarrow as pa

from martyrolog.dates import format_date
from martyrolog.errors import ReleaseError
from martyrolog.messages import text
from martyrolog.terms import code_term

Row = dict[str, Any]

COLOURS: Mapping[str, tuple[str, str]] = {
    "#1b1b1b": ("ink", "#e8e8e8"), "#8a8a8a": ("line", "#9a9a9a"), "#0072b2": ("1", "#56b4e9"),
    "#d55e00": ("2", "#ff8a3d"), "#009e73": ("3", "#2fd6a8"), "#cc79a7": ("4", "#e6a3c7"),
    "#e69f00": ("5", "#ffc14d"), "#56b4e9": ("6", "#0f8fd1"), "#b0b0b0": ("7", "#6f6f6f"),
    "#f4e3d7": ("band", "#4a3324"),
}  # fmt: skip
"""Colour in print and light, its CSS variable ``--chart-NAME``, and its colour in dark."""

INK, LINE, BAND = "#1b1b1b", "#8a8a8a", "#f4e3d7"
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#b0b0b0")
WIDTH = 680
MOST_BARS = 15


@dataclass(frozen=True)
class Chart:
    """A picture with what must stand beside it.

    Attributes:
        svg: The picture, with ``role="img"`` and the alternative text as its title.
        alt: What it shows, in a sentence or two.
        columns: Headings of the table.
        rows: The numbers behind it, as texts in the manner of the language.
    """

    svg: str
    alt: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def charts_installed() -> bool:
    """Whether the extra ``charts`` is there."""
    return find_spec("altair") is not None and find_spec("vl_convert") is not None


def campaign_chart(
    campaign: pa.Table, wave: pa.Table, measure: str, language: str = "en"
) -> Chart | None:
    """Events a month, the waves as bands behind them.

    Args:
        campaign: Table ``campaign``.
        wave: Table ``wave``.
        measure: Kind of event.
        language: ``en`` or ``ru``.

    Returns:
        None where there is no such event.
    """
    months = [row for row in campaign.to_pylist() if row["measure"] == measure
              and row["dimension"] == "all" and row["step"] == "month"]  # fmt: skip
    if not months:
        return None
    waves = [row for row in wave.to_pylist() if row["measure"] == measure]
    bars: list[Row] = [{"from": row["period"].isoformat(), "to": _next_month(row["period"]),
                        "events": row["expected"]} for row in months]  # fmt: skip
    bands: list[Row] = [{"from": row["first_day"].isoformat(), "to": row["last_day"].isoformat()}
                        for row in waves]  # fmt: skip
    most = max(months, key=lambda row: row["expected"])
    name = text(f"history.measure_{measure}", language)
    alt = text("history.alt_campaign", language, measure=name, first=_month(months[0], language),
               last=_month(months[-1], language), peak=_month(most, language),
               most=round(most["expected"]), count=len(waves))  # fmt: skip
    along = {"field": "from", "type": "temporal", "title": None, "axis": {"format": "%Y"}}
    layers = [
        _layer({"type": "rect", "color": BAND}, bands, {"x": along, "x2": {"field": "to"}}),
        _layer({"type": "rect", "color": SERIES[0]}, bars, {
            "x": along, "x2": {"field": "to"}, "y2": {"datum": 0},
            "y": {"field": "events", "type": "quantitative",
                  "title": text("history.axis_month", language, measure=name)},
        }),
    ]  # fmt: skip
    rows = [(_month(row, language), _number(row["expected"], language)) for row in months]
    return Chart(_svg({"layer": layers, "height": 260}, alt), alt,
                 (text("history.column_month", language), name), rows)  # fmt: skip


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
    rows = [(format_date(row["period"].isoformat(), language), _number(row["certain"], language))
            for row in days]  # fmt: skip
    return Chart(_svg(shown, alt), alt, (text("history.column_day", language), name), rows)


def composition_chart(composition: pa.Table, field: str, language: str = "en") -> Chart | None:
    """The largest groups of a field with their intervals.

    Args:
        composition: Table ``composition``.
        field: One of its fields.
        language: ``en`` or ``ru``.

    Returns:
        None where nothing is stated of the field.
    """
    groups = [row for row in composition.to_pylist()
              if row["field"] == field and row["share"] is not None]  # fmt: skip
    if not groups:
        return None
    named = [row | {"label": row[f"label_{language}"]} for row in groups]
    largest = max(named, key=lambda row: row["persons"])
    told = sum(row["persons"] for row in named)
    alt = text("history.alt_composition", language, count=told, largest=largest["label"],
               share=_share(largest["share"], language))  # fmt: skip
    bars = [{key: row[key] for key in ("label", "share", "share_low", "share_high")}
            for row in named[:MOST_BARS]]  # fmt: skip
    up = {"field": "label", "type": "nominal", "sort": None, "title": None,
          "axis": {"labelLimit": 260}}  # fmt: skip
    along = {"field": "share", "type": "quantitative", "axis": {"format": "%"},
             "title": text("history.axis_share", language)}  # fmt: skip
    layers = [
        _layer({"type": "bar", "color": SERIES[0]}, bars, {"x": along, "y": up}),
        _layer({"type": "rule", "color": INK}, bars,
               {"x": along | {"field": "share_low"}, "x2": {"field": "share_high"}, "y": up}),
    ]  # fmt: skip
    rows = [(row["label"], _number(row["persons"], language), _share(row["share"], language),
             f"{_share(row['share_low'], language)}–{_share(row['share_high'], language)}")
            for row in named]  # fmt: skip
    columns = tuple(text(f"history.column_{name}", language)
                    for name in ("group", "persons", "share", "interval"))  # fmt: skip
    return Chart(_svg({"layer": layers, "height": {"step": 20}}, alt), alt, columns, rows)


def cohort_chart(cohort_year: pa.Table, cohort_id: str, language: str = "en") -> Chart | None:
    """What share of a cohort had met each fate by the end of each year.

    Args:
        cohort_year: Table ``cohort_year``.
        cohort_id: The cohort.
        language: ``en`` or ``ru``.

    Returns:
        None where none of its members is followed to a death.
    """
    mine = [row for row in cohort_year.to_pylist() if row["cohort_id"] == cohort_id]
    if not mine:
        return None
    values = _by_fate(mine, language)
    last = max(row["year"] for row in mine)
    gone = sum(row["incidence"] for row in mine if row["year"] == last)
    alt = text("history.alt_cohort", language, year=str(last), share=_share(gone, language))
    fates = sorted({row["fate"] for row in values})
    colours = [SERIES[index % len(SERIES)] for index in range(len(fates))]
    shown = {
        "mark": {"type": "area", "interpolate": "step-after"}, "data": {"values": values},
        "height": 280,
        "encoding": {
            "x": {"field": "year", "type": "quantitative", "title": None,
                  "axis": {"format": "d"}, "scale": {"nice": False, "zero": False}},
            "y": {"field": "share", "type": "quantitative", "stack": True,
                  "scale": {"domain": [0, 1]}, "axis": {"format": "%"},
                  "title": text("history.axis_members", language)},
            "color": {"field": "fate", "type": "nominal", "title": None,
                      "scale": {"domain": fates, "range": colours}},
        },
    }  # fmt: skip
    rows = [(str(row["year"]), row["fate"], _share(row["share"], language)) for row in values]
    columns = tuple(text(f"history.column_{name}", language)
                    for name in ("year", "fate", "share"))  # fmt: skip
    return Chart(_svg(shown, alt), alt, columns, rows)


def plain_chart(table: pa.Table, kind: str, x: str, y: str, caption: str) -> Chart:
    """The chart of an article: one column along, one number up.

    Args:
        table: Result of a query.
        kind: ``bar`` or ``line``.
        x: Column along.
        y: Column up, numbers.
        caption: What it shows; also the text for those who do not see it.
    """
    values: list[Row] = [{"x": str(row[x]), "y": float(row[y])} for row in table.to_pylist()
                         if row[x] is not None and row[y] is not None]  # fmt: skip
    shown = {
        "mark": {"type": kind, "color": SERIES[0]}, "data": {"values": values}, "height": 240,
        "encoding": {"x": {"field": "x", "type": "ordinal", "sort": None, "title": x,
                           "axis": {"labelAngle": 0}},
                     "y": {"field": "y", "type": "quantitative", "title": y}},
    }  # fmt: skip
    rows = [(str(row["x"]), f"{row['y']:g}") for row in values]
    return Chart(_svg(shown, caption), caption, (x, y), rows)


def _layer(mark: Mapping[str, Any], values: Sequence[Row], encoding: Mapping[str, Any]) -> Row:
    return {"mark": dict(mark), "data": {"values": list(values)}, "encoding": dict(encoding)}


def _svg(shown: Mapping[str, Any], says: str) -> str:
    """The picture of a Vega-Lite specification.

    Raises:
        ReleaseError: the extra ``charts`` is not installed.
    """
    if not charts_installed():
        raise ReleaseError("history.needs_charts")
    import altair as alt
    import vl_convert

    axis = {"labelColor": INK, "titleColor": INK, "domainColor": LINE, "tickColor": LINE,
            "gridColor": LINE, "gridOpacity": 0.25, "labelFontSize": 11}  # fmt: skip
    whole = {"width": WIDTH, **shown, "background": "transparent", "config": {
        "font": "sans-serif", "axis": axis, "view": {"stroke": None},
        "legend": {"labelColor": INK, "titleColor": INK, "labelLimit": 260},
    }}  # fmt: skip
    chart = alt.Chart.from_dict(whole)  # checks the specification before it is drawn
    return _themed(vl_convert.vegalite_to_svg(chart.to_json()), says)


def _themed(svg: str, alt: str) -> str:
    """The picture with its title, and its colours as variables with dark counterparts."""
    light = "".join(f'.chart [{what}="{colour}"]{{{what}:var(--chart-{name},{colour})}}'
                    for colour, (name, _) in COLOURS.items()
                    for what in ("fill", "stroke"))  # fmt: skip
    dark = "".join(f"--chart-{name}:{colour};" for name, colour in COLOURS.values())
    style = (
        f"<style>{light}@media screen and (prefers-color-scheme:dark){{.chart{{{dark}}}}}</style>"
    )
    head = f'<svg class="chart" role="img" aria-label="{escape(alt)}" '
    themed = re.sub(r"^<svg ", lambda _: head, svg, count=1)
    title = f"<title>{escape(alt)}</title>{style}"
    return re.sub(r">", lambda _: f">{title}", themed, count=1)


def _next_month(day: date) -> str:
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return after.isoformat()


def _month(row: Mapping[str, Any], language: str) -> str:
    return format_date(f"{row['period']:%Y-%m}", language)


def _by_fate(rows: Sequence[Row], language: str) -> list[Row]:
    """One row a year and named fate: several fate classes may share a name."""
    shares: dict[tuple[int, str], float] = {}
    for row in rows:
        key = row["year"], _fate(row["fate"], language)
        shares[key] = shares.get(key, 0.0) + row["incidence"]
    return [{"year": year, "fate": fate, "share": share}
            for (year, fate), share in sorted(shares.items())]  # fmt: skip


def _fate(fate: str, language: str) -> str:
    code = code_term("fate", fate)
    if code is None:
        return fate
    return code.label_ru if language == "ru" else code.label_en


def _number(value: float, language: str) -> str:
    plain = f"{round(value, 1):,.1f}".removesuffix(".0")
    return plain if language == "en" else plain.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def _share(value: float, language: str) -> str:
    plain = f"{100 * value:.1f}"
    return f"{plain} %" if language == "en" else plain.replace(".", ",") + "\N{NO-BREAK SPACE}%"
