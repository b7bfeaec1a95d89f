"""Pictures of the report as SVG, in Vega-Lite, the language of Altair.

Each stands beside a table that says the same. Needs the extra ``charts``; without it there are the
tables alone. Colour carries no meaning of its own, so that the pictures survive print; one file
serves light, dark and print (``history.charts``). Here stand those of numbers; what lists share is
drawn in ``pictures_lists``, fit and chains in ``pictures_fit``.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from martyrolog.estimate.page import Picture
from martyrolog.history.charts import INK, SERIES, charts_installed, draw, layer
from martyrolog.messages import text

Row = Mapping[str, Any]
Spec = dict[str, Any]

CURVE = 80
WIDEST = 6.0
"""Upper ends beyond so many times the largest median run out of the picture, with an arrow."""


class Pictures:
    """Pictures in one language; none where the extra ``charts`` is not installed.

    Args:
        language: ``en`` or ``ru``.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._possible = charts_installed()

    def title(self, key: str) -> str:
        """A title of an axis."""
        return text(f"estimate.axis_{key}", self._language)

    def make(self, name: str, shown: Spec, *, of: str = "") -> list[Picture]:
        """One picture, of which ``alt_NAME`` says what it shows; ``of`` tells several apart."""
        if not self._possible:
            return []
        alt = text(f"estimate.alt_{name}", self._language)
        file = "-".join(part for part in (name, of, self._language) if part)
        return [Picture(file, draw(shown, alt), alt)]

    def intervals(self, name: str, rows: Sequence[Row], *, of: str = "") -> list[Picture]:
        """Intervals one under another, with a dot at the median.

        Args:
            name: Of the picture.
            rows: ``label``, ``median``, ``lower``, ``upper``, perhaps ``documented``.
            of: Tells several pictures of a name apart.
        """
        return self.make(name, forest(rows, self.title("persons")), of=of) if rows else []

    def distribution(self, rows: Sequence[Row]) -> list[Picture]:
        """Posterior of N: how probable numbers are; rows have ``label`` and ``quantiles``."""
        curves = [{"label": row["label"], **point} for row in rows
                  for point in density(row["quantiles"])]  # fmt: skip
        return self.make("distribution", _curves(curves, self.title("persons"))) if curves else []


def forest(rows: Sequence[Row], title: str) -> Spec:
    """Intervals as bars, medians as dots, documented counts as ticks."""
    most = WIDEST * max(row["median"] for row in rows)
    data = [{**row, "shown": min(row["upper"], most), "cut": row["upper"] > most} for row in rows]
    up: Spec = {"field": "label", "type": "nominal", "sort": None, "title": None,
                "axis": {"labelLimit": 280}}  # fmt: skip
    along = {"type": "quantitative", "title": title, "scale": {"zero": True}}
    arrows = [row for row in data if row["cut"]]
    layers = [
        layer({"type": "rule", "color": INK, "strokeWidth": 2}, data,
              {"y": up, "x": along | {"field": "lower"}, "x2": {"field": "shown"}}),
        layer({"type": "point", "filled": True, "color": SERIES[0], "opacity": 1, "size": 60}, data,
              {"y": up, "x": along | {"field": "median"}}),
        layer({"type": "tick", "color": SERIES[1], "thickness": 3},
              [row for row in data if "documented" in row],
              {"y": up, "x": along | {"field": "documented"}}),
    ]  # fmt: skip
    if arrows:
        layers.append(layer(
            {"type": "point", "shape": "triangle-right", "filled": True, "color": INK, "size": 70,
             "opacity": 1}, arrows,
            {"y": up, "x": along | {"field": "shown"}}))  # fmt: skip
    return {"layer": layers, "height": {"step": 22}}


def density(quantiles: Sequence[float]) -> list[Spec]:
    """Points of a density from evenly spread quantiles; the outermost hundredths are left out.

    Normal kernels over the quantiles, of Silverman's width; scaled to a height of 1.
    """
    inner = np.array(quantiles[1:-1])
    if not len(inner) or inner[0] == inner[-1]:
        return []
    width = 1.06 * inner.std() * len(inner) ** -0.2
    at = np.linspace(inner[0], inner[-1], CURVE)
    height = np.exp(-(((at[:, None] - inner) / width) ** 2) / 2).sum(axis=1)
    return [{"persons": round(float(n), 1), "density": round(float(up), 4)}
            for n, up in zip(at, height / height.max(), strict=True)]  # fmt: skip


def _curves(data: Sequence[Row], title: str) -> Spec:
    """One curve a row, each to its own height: what matters is where they lie."""
    return {
        "data": {"values": list(data)},
        "mark": {"type": "area", "color": SERIES[5], "opacity": 0.6, "line": {"color": INK}},
        "height": 60,
        "encoding": {
            "row": {"field": "label", "type": "nominal", "title": None,
                    "sort": list(dict.fromkeys(row["label"] for row in data)),
                    "header": {"labelAngle": 0, "labelAlign": "left", "labelColor": INK}},
            "x": {"field": "persons", "type": "quantitative", "title": title,
                  "scale": {"zero": False}},
            "y": {"field": "density", "type": "quantitative", "title": None, "axis": None},
        },
    }  # fmt: skip


def quantiles_of(row: Row) -> list[float]:
    """The quantiles of a row of the table ``estimate``; none where it was refused."""
    found: list[float] = json.loads(row["quantiles"] or "[]")
    return found
