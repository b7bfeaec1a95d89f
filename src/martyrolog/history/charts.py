"""Pictures as SVG made at build time, readable without script or network: what all charts share.

A :class:`Chart` is the picture, a text that says what it shows, and the numbers behind it, to stand
beside it as a table. Colours are those of Okabe and Ito (2008), told apart by colour-blind readers;
each has a dark counterpart, so that one file serves light, dark and print. The light one stands in
the marks themselves: a converter that knows no style sheet draws the picture as it is printed.
Needs the extra ``charts`` (Altair and vl-convert, both BSD-3-Clause). The charts of time stand in
``charts_time``, those of persons in ``charts_persons``, the way of the victims in ``charts_flow``,
one life in ``charts_life``, trials in ``charts_network``.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from martyrolog.errors import ReleaseError
from martyrolog.messages import text

Row = dict[str, Any]
MOST_POINTS = 400
"""Rows of an article's query beyond which its chart shows no more."""

COLOURS: Mapping[str, str] = {
    "#1b1b1b": "#e8e8e8", "#8a8a8a": "#9a9a9a", "#0072b2": "#56b4e9", "#d55e00": "#ff8a3d",
    "#009e73": "#2fd6a8", "#cc79a7": "#e6a3c7", "#e69f00": "#ffc14d", "#56b4e9": "#0f8fd1",
    "#b0b0b0": "#6f6f6f", "#f4e3d7": "#4a3324", "#ece7e0": "#2c2926",
}  # fmt: skip
"""Colour in print and light, and its counterpart in dark."""

INK, LINE, BAND, LAND = "#1b1b1b", "#8a8a8a", "#f4e3d7", "#ece7e0"
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#b0b0b0")
WIDTH = 680
_ENGLISH = re.compile(r' (?:aria-roledescription="[^"]*"|role="graphics-[a-z]+")')
"""What Vega says of groups of marks, in English only, though it is told to say nothing."""
NUMBERS: Mapping[str, dict[str, Any]] = {
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""],
           "percent": " %"},
    "ru": {"decimal": ",", "thousands": "\N{NO-BREAK SPACE}", "grouping": [3],
           "currency": ["", ""], "percent": "\N{NO-BREAK SPACE}%"},
}  # fmt: skip
"""How the numbers of an axis are written: as :func:`written_number` and `written_share` do."""
LETTER = 6.4
"""Pixels of a letter of 11 points, at most but for the widest: what decides whether a name fits."""


@dataclass(frozen=True)
class Chart:
    """A picture with what must stand beside it.

    Attributes:
        svg: The picture, with ``role="img"`` and the alternative text as its title.
        alt: What it shows, in a sentence or two.
        columns: Headings of the table.
        rows: The numbers behind it, as texts in the manner of the language.
        notes: What its numbered marks mean: number, date, words.
    """

    svg: str
    alt: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[Sequence[str]] = ()


def charts_installed() -> bool:
    """Whether the extra ``charts`` is there."""
    return find_spec("altair") is not None and find_spec("vl_convert") is not None


def plain_chart(
    table: pa.Table, kind: str, x: str, y: str, caption: str, language: str = "en",
    headings: Mapping[str, str] = MappingProxyType({}),
) -> Chart | None:  # fmt: skip
    """The chart of an article: one column along, one number up.

    Args:
        table: Result of a query; of more than ``MOST_POINTS`` rows the first ones.
        kind: ``bar`` or ``line``.
        x: Column along.
        y: Column up, numbers.
        caption: What it shows.
        language: ``en`` or ``ru``.
        headings: What columns are called.

    Returns:
        None where no row has both.
    """
    known = [row for row in table.slice(0, MOST_POINTS).to_pylist()
             if row[x] is not None and row[y] is not None]  # fmt: skip
    if not known:
        return None
    values: list[Row] = [{"x": str(row[x]), "y": float(row[y])} for row in known]
    along, up = (headings.get(name, name.replace("_", " ")) for name in (x, y))
    shown = {
        "mark": {"type": kind, "color": SERIES[0]}, "data": {"values": values}, "height": 240,
        "encoding": {"x": {"field": "x", "type": "ordinal", "sort": None, "title": along,
                           "axis": {"labelAngle": 0, "labelOverlap": "greedy"}},
                     "y": {"field": "y", "type": "quantitative", "title": up}},
    }  # fmt: skip
    rows = [(row["x"], written_number(row["y"], language)) for row in values]
    peak, most = max(rows, key=lambda row: values[rows.index(row)]["y"])
    alt = text("history.alt_plain", language, caption=caption.rstrip("."), peak=peak, most=most)
    return Chart(draw(shown, alt, language), alt, (along, up), rows)


def layer(mark: Mapping[str, Any], values: Sequence[Row], encoding: Mapping[str, Any]) -> Row:
    """One layer of a specification, with its rows."""
    return {"mark": dict(mark), "data": {"values": list(values)}, "encoding": dict(encoding)}


def draw(shown: Mapping[str, Any], says: str, language: str = "en") -> str:
    """The picture of a Vega-Lite specification.

    Args:
        shown: The specification, without what all pictures have in common.
        says: Its alternative text.
        language: ``en`` or ``ru``: how the numbers of its axes are written.

    Raises:
        ReleaseError: the extra ``charts`` is not installed.
    """
    if not charts_installed():
        raise ReleaseError("history.needs_charts")
    axis = {"labelColor": INK, "titleColor": INK, "domainColor": LINE, "tickColor": LINE,
            "gridColor": LINE, "gridOpacity": 0.25, "labelFontSize": 11,
            "labelSeparation": 8}  # fmt: skip
    sized = {} if "vconcat" in shown else {"width": WIDTH}  # parts that are joined have their own
    whole = {**sized, **shown, "background": "transparent", "config": {
        "aria": False,  # its words for each mark are English; the text of the picture is ours
        "font": "sans-serif", "axis": axis, "view": {"stroke": None},
        "legend": {"labelColor": INK, "titleColor": INK, "labelLimit": 260},
    }}  # fmt: skip
    return themed(_svg(json.dumps(whole, sort_keys=True), language), says)


@lru_cache(maxsize=128)  # the same rows are asked for again when a release is made anew
def _svg(specification: str, language: str) -> str:
    import altair as alt
    import vl_convert

    chart = alt.Chart.from_dict(json.loads(specification))  # checks it before it is drawn
    drawn: str = vl_convert.vegalite_to_svg(chart.to_json(), format_locale=NUMBERS[language])
    return _ENGLISH.sub("", drawn)


def themed(svg: str, alt: str) -> str:
    """The picture with its title, and the dark counterparts of its colours."""
    dark = "".join(f'.chart [{what}="{colour}"]{{{what}:{instead}}}'
                   for colour, instead in COLOURS.items()
                   for what in ("fill", "stroke"))  # fmt: skip
    style = f"<style>@media screen and (prefers-color-scheme:dark){{{dark}}}</style>"
    head = f'<svg class="chart" role="img" aria-label="{escape(alt)}" '
    without_class = re.sub(r'^(<svg [^>]*?) class="marks"', r"\1", svg, count=1)  # Vega's own
    themed = re.sub(r"^<svg ", lambda _: head, without_class, count=1)
    title = f"<title>{escape(alt)}</title>{style}"
    return re.sub(r">", lambda _: f">{title}", themed, count=1)


def written_number(value: float, language: str) -> str:
    """A number with at most one decimal, in the manner of a language."""
    plain = f"{round(value, 1):,.1f}".removesuffix(".0")
    return plain if language == "en" else plain.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def written_share(value: float, language: str) -> str:
    """A share as a percentage, in the manner of a language."""
    plain = f"{100 * value:.1f}"
    return f"{plain} %" if language == "en" else plain.replace(".", ",") + "\N{NO-BREAK SPACE}%"
