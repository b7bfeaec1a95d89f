"""Pictures of how a model fits, cell by cell, and of how its chains mixed."""

from collections.abc import Mapping, Sequence
from typing import Any

from martyrolog.estimate.page import Picture
from martyrolog.estimate.pictures import Pictures
from martyrolog.history.charts import INK, LINE, SERIES, WIDTH, layer

MOST_CELLS = 30


def cells(pictures: Pictures, model: str, rows: Sequence[Mapping[str, Any]]) -> list[Picture]:
    """Each cell: what the model expects with the middle 95 % of a Poisson count, and the count."""
    data = [{"cell": " + ".join(row["lists"]), "observed": row["observed"],
             "expected": row["expected"], "low": row["low"], "high": row["high"]}
            for row in rows[:MOST_CELLS]]  # fmt: skip
    if not data:
        return []
    up = {"field": "cell", "type": "nominal", "sort": None, "title": None,
          "axis": {"labelLimit": 340}}  # fmt: skip
    along = {"type": "quantitative", "title": pictures.title("persons"),
             "scale": {"type": "symlog", "constant": 5}}  # fmt: skip
    return pictures.make("cells", {"height": {"step": 18}, "width": WIDTH - 120, "layer": [
        layer({"type": "rule", "color": LINE, "strokeWidth": 6, "opacity": 0.6}, data,
              {"y": up, "x": along | {"field": "low"}, "x2": {"field": "high"}}),
        layer({"type": "tick", "color": INK, "thickness": 2}, data,
              {"y": up, "x": along | {"field": "expected"}}),
        layer({"type": "point", "filled": True, "color": SERIES[0], "opacity": 1, "size": 55}, data,
              {"y": up, "x": along | {"field": "observed"}}),
    ]}, of=model)  # fmt: skip


def chains(pictures: Pictures, shown: Mapping[str, Any], *, of: str = "") -> list[Picture]:
    """Traces of the chains on a logarithmic axis, and their rank histograms."""
    least = shown["observed"]
    traces = [{"chain": str(chain), "at": place, "unseen": max(n - least, 0.5)}
              for chain, draws in enumerate(shown["traces"], 1)
              for place, n in enumerate(draws, 1)]  # fmt: skip
    ranks = [{"chain": str(chain), "bin": place, "share": share}
             for chain, shares in enumerate(shown["ranks"], 1)
             for place, share in enumerate(shares, 1)]  # fmt: skip
    row = {"field": "chain", "type": "nominal", "title": pictures.title("chain"),
           "header": {"labelAngle": 0, "labelColor": INK, "titleColor": INK}}  # fmt: skip
    trace = {
        "width": WIDTH - 110, "height": 60,
        **layer({"type": "line", "color": SERIES[0], "strokeWidth": 1}, traces, {
            "row": row,
            "x": {"field": "at", "type": "quantitative", "title": pictures.title("draw"),
                  "scale": {"nice": False}},
            "y": {"field": "unseen", "type": "quantitative", "title": pictures.title("unseen"),
                  "scale": {"type": "log"},
                  "axis": {"tickCount": 3, "format": "~s", "grid": False}}}),
    }  # fmt: skip
    rank = {
        "width": WIDTH - 110, "height": 50,
        **layer({"type": "bar", "color": SERIES[5]}, ranks, {
            "row": row,
            "x": {"field": "bin", "type": "ordinal", "title": pictures.title("rank"),
                  "axis": {"labels": False, "ticks": False}},
            "y": {"field": "share", "type": "quantitative", "title": None,
                  "axis": {"tickCount": 3}}}),
    }  # fmt: skip
    return [*pictures.make("traces", trace, of=of), *pictures.make("ranks", rank, of=of)]
