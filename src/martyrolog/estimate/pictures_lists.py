"""Pictures of what the lists share: UpSet plot, odds ratios of pairs, persons in i lists."""

from collections.abc import Sequence

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.diagnostics.overlap import PairOverlap, frequency_rows
from martyrolog.estimate.page import Picture
from martyrolog.estimate.pictures import Pictures, Spec
from martyrolog.history.charts import INK, LINE, SERIES, WIDTH, layer

MOST_PATTERNS = 30
MOST_PAIRS = 45


def overlaps(pictures: Pictures, counts: CaptureCounts) -> list[Picture]:
    """UpSet plot: the most frequent sets of lists, with their persons."""
    order = sorted(range(len(counts.counts)), key=lambda i: (-counts.counts[i], i))
    bars, dots = [], []
    for place, row in enumerate(order[:MOST_PATTERNS]):
        bars.append({"set": place, "persons": int(counts.counts[row])})
        dots += [{"set": place, "list": name, "held": held}
                 for name, held in zip(counts.lists, counts.patterns[row].tolist(),
                                       strict=True)]  # fmt: skip
    column = {"field": "set", "type": "ordinal", "axis": None}
    rows = {"field": "list", "type": "nominal", "sort": None, "title": None,
            "axis": {"labelLimit": 200}}  # fmt: skip
    held, others = ([dot for dot in dots if dot["held"] is wanted] for wanted in (True, False))
    width = WIDTH - 160
    return pictures.make("overlaps", {"spacing": 6, "vconcat": [
        {"width": width, "height": 150, **layer(
            {"type": "bar", "color": SERIES[0]}, bars,
            {"x": column, "y": {"field": "persons", "type": "quantitative",
                                "title": pictures.title("persons")}})},
        {"width": width, "height": {"step": 20}, "layer": [
            layer({"type": "point", "size": 45, "color": LINE, "opacity": 0.6}, others,
                  {"x": column, "y": rows}),
            layer({"type": "point", "filled": True, "size": 90, "color": INK, "opacity": 1}, held,
                  {"x": column, "y": rows}),
        ]},
    ]})  # fmt: skip


def odds_ratios(pictures: Pictures, pairs: Sequence[PairOverlap]) -> list[Picture]:
    """Odds ratio of each pair with its interval, on a logarithmic axis; 1 is a line."""
    data = [{"pair": f"{pair.left} × {pair.right}", "middle": pair.odds_ratio, "low": pair.lower,
             "high": pair.upper} for pair in pairs[:MOST_PAIRS]
            if pair.odds_ratio and pair.lower and pair.upper]  # fmt: skip
    if not data:
        return []
    up = {"field": "pair", "type": "nominal", "sort": None, "title": None,
          "axis": {"labelLimit": 300}}  # fmt: skip
    along = {"type": "quantitative", "scale": {"type": "log", "clamp": True},
             "title": pictures.title("odds_ratio")}  # fmt: skip
    shown: Spec = {"height": {"step": 20}, "layer": [
        layer({"type": "rule", "color": LINE, "strokeDash": [4, 3]}, [{"one": 1}],
              {"x": along | {"field": "one"}}),
        layer({"type": "rule", "color": INK, "strokeWidth": 2}, data,
              {"y": up, "x": along | {"field": "low"}, "x2": {"field": "high"}}),
        layer({"type": "point", "filled": True, "color": SERIES[0], "opacity": 1, "size": 60}, data,
              {"y": up, "x": along | {"field": "middle"}}),
    ]}  # fmt: skip
    return pictures.make("odds_ratios", shown)


def frequencies(pictures: Pictures, counts: CaptureCounts) -> list[Picture]:
    """Persons in exactly i lists, as log f_i / (K choose i)."""
    data = [{"i": i, "log": value} for i, _, value in frequency_rows(counts) if value is not None]
    shown = {"height": 200, **layer(
        {"type": "line", "color": SERIES[0], "point": {"color": SERIES[0], "size": 50}}, data, {
            "x": {"field": "i", "type": "ordinal", "title": pictures.title("lists"),
                  "axis": {"labelAngle": 0}},
            "y": {"field": "log", "type": "quantitative", "title": "log f(i) / C(K, i)",
                  "scale": {"zero": False}}})}  # fmt: skip
    return pictures.make("frequencies", shown)
