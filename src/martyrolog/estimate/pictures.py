"""Pictures of the report as SVG, in Vega-Lite, the language of Altair.

Each stands beside a table that says the same.

Needs the extra ``charts``; without it there are the tables alone. Colour carries no meaning of its
own, so that the pictures survive print.
"""

import json
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.diagnostics.overlap import frequency_rows
from martyrolog.estimate.page import Picture
from martyrolog.messages import text

WIDTH = 520
MOST_PATTERNS = 30
DARK, GREY = "#1b2a41", "#8a8a8a"


class Pictures:
    """Pictures in one language; empty lists where they cannot be drawn.

    Args:
        language: ``en`` or ``ru``.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._possible = find_spec("vl_convert") is not None

    def estimates(self, rows: Sequence[Mapping[str, Any]]) -> list[Picture]:
        """Documented beside estimated: a forest plot, and the distribution of each number."""
        if not self._possible:
            return []
        data = [{"label": _label(row), "median": row["median"], "lower": row["lower"],
                 "upper": row["upper"], "documented": row["n_observed"]}
                for row in rows]  # fmt: skip
        pictures = [self._picture("forest", _forest(data, self._title("axis_persons")))]
        curves = [
            {"label": _label(row), "persons": number, "share": (step + 0.5) / 100}
            for row in rows
            for step, number in enumerate(json.loads(row["quantiles"] or "[]"))
        ]
        if curves:
            titles = self._title("axis_persons"), self._title("axis_probability")
            pictures.append(self._picture("distribution", _curves(curves, *titles)))
        return pictures

    def overlaps(self, counts: CaptureCounts) -> list[Picture]:
        """UpSet plot: the most frequent sets of lists, with their persons."""
        if not self._possible:
            return []
        order = sorted(range(len(counts.counts)), key=lambda i: (-counts.counts[i], i))
        bars, dots = [], []
        for place, row in enumerate(order[:MOST_PATTERNS]):
            bars.append({"set": place, "persons": int(counts.counts[row])})
            held = counts.patterns[row].tolist()
            dots += [{"set": place, "list": name, "held": one}
                     for name, one in zip(counts.lists, held, strict=True)]  # fmt: skip
        return [self._picture("overlaps", _upset(bars, dots, self._title("axis_persons")))]

    def frequencies(self, counts: CaptureCounts) -> list[Picture]:
        """Persons in exactly i lists, as log f_i / (K choose i)."""
        if not self._possible:
            return []
        data = [{"i": i, "log": value} for i, _, value in frequency_rows(counts)
                if value is not None]  # fmt: skip
        return [self._picture("frequencies", _line(data, self._title("axis_lists")))]

    def _title(self, key: str) -> str:
        return text(f"estimate.{key}", self._language)

    def _picture(self, name: str, chart: Mapping[str, Any]) -> Picture:
        import vl_convert

        svg = vl_convert.vegalite_to_svg(json.dumps(chart))
        return Picture(f"{name}.{self._language}", svg, self._title(f"alt_{name}"))


def _label(row: Mapping[str, Any]) -> str:
    stratum = ", ".join(json.loads(row["stratum"]).values())
    return f"{row['model']} {stratum}".strip()


def _base(data: Sequence[Mapping[str, Any]], **fields: Any) -> dict[str, Any]:
    return {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": WIDTH,
            "background": "white", "data": {"values": list(data)}, **fields}  # fmt: skip


def _forest(data: Sequence[Mapping[str, Any]], title: str) -> dict[str, Any]:
    rows = {"field": "label", "type": "nominal", "sort": None, "title": None}
    number = {"type": "quantitative", "title": title, "scale": {"zero": True}}
    return _base(data, layer=[
        {"mark": {"type": "rule", "color": DARK, "strokeWidth": 2},
         "encoding": {"y": rows, "x": {"field": "lower", **number}, "x2": {"field": "upper"}}},
        {"mark": {"type": "point", "filled": True, "color": DARK, "size": 60},
         "encoding": {"y": rows, "x": {"field": "median", **number}}},
        {"mark": {"type": "tick", "color": GREY, "thickness": 3},
         "encoding": {"y": rows, "x": {"field": "documented", **number}}},
    ])  # fmt: skip


def _curves(data: Sequence[Mapping[str, Any]], persons: str, share: str) -> dict[str, Any]:
    return _base(data, height=220, layer=[{"mark": {"type": "line", "interpolate": "step-after"},
        "encoding": {
            "x": {"field": "persons", "type": "quantitative", "title": persons,
                  "scale": {"zero": False}},
            "y": {"field": "share", "type": "quantitative", "title": share},
            "strokeDash": {"field": "label", "type": "nominal", "title": None},
            "detail": {"field": "label"}}}])  # fmt: skip


def _upset(
    bars: Sequence[Mapping[str, Any]], dots: Sequence[Mapping[str, Any]], title: str
) -> dict[str, Any]:
    column = {"field": "set", "type": "ordinal", "axis": None}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json", "background": "white",
        "spacing": 4,
        "vconcat": [
            {"width": WIDTH, "height": 140, "data": {"values": list(bars)},
             "mark": {"type": "bar", "color": DARK},
             "encoding": {"x": column, "y": {"field": "persons", "type": "quantitative",
                                             "title": title}}},
            {"width": WIDTH, "data": {"values": list(dots)},
             "mark": {"type": "point", "filled": True, "size": 70},
             "encoding": {"x": column,
                          "y": {"field": "list", "type": "nominal", "sort": None, "title": None},
                          "color": {"field": "held", "type": "nominal", "legend": None,
                                    "scale": {"domain": [True, False],
                                              "range": [DARK, "#e6e6e6"]}}}},
        ],
    }  # fmt: skip


def _line(data: Sequence[Mapping[str, Any]], title: str) -> dict[str, Any]:
    return _base(data, height=200, layer=[
        {"mark": {"type": "line", "point": True, "color": DARK},
         "encoding": {
             "x": {"field": "i", "type": "ordinal", "title": title},
             "y": {"field": "log", "type": "quantitative", "title": "log f(i) / C(K, i)",
                   "scale": {"zero": False}}}}])  # fmt: skip
