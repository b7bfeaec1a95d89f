"""Processor time and memory of linkage by size, as ``docs/images/linkage-at-scale.svg``.

    python -m benchmarks.link.chart

Reads the lines that ``ours.py`` and ``peer_splink.py`` print, as kept in ``benchmarks/results``:
``linkage-at-scale.json`` and ``linkage.json``; of Splink those with the ten rules, the faster of
its two sets. A point is the median of the runs of one program at one size, at ordinary noise.
"""

import json
import re
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

from martyrolog.link.drawing import write_svg

RESULTS = Path("benchmarks/results")
CHART = Path("docs/images/linkage-at-scale.svg")
_UNITS = {"k": 1_000, "m": 1_000_000}
_MEASURES = {"cpu_seconds": "processor seconds", "peak_mb": "peak memory, MB"}


def main() -> None:
    runs = [*_runs(RESULTS / "linkage-at-scale.json"), *_runs(RESULTS / "linkage.json")]
    on_lists = [run for run in runs if "folder" in run and run.get("rules") != "ours"]
    write_svg(CHART, _specification(points(on_lists)))


def points(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A point a program, size and measure: the median of its runs."""
    found = defaultdict(list)
    for run in runs:
        size = re.match(r"([km])(\d+)-ordinary", run["folder"])
        if size:
            records = _UNITS[size[1]] * int(size[2])
            name = "Splink 5, ten rules" if "rules" in run else "Martyrolog"
            for measure in _MEASURES:
                found[name, records, measure].append(run[measure])
    return [
        {"program": name, "records": records, "measure": measure, "value": median(values),
         "runs": len(values)}
        for (name, records, measure), values in sorted(found.items())
    ]  # fmt: skip


def _runs(path: Path) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["runs"]
    return runs


def _specification(values: list[dict[str, Any]]) -> str:
    import altair as alt

    panels = []
    for measure, title in _MEASURES.items():
        chosen = [value for value in values if value["measure"] == measure]
        sizes = sorted({value["records"] for value in chosen})
        axis = alt.Axis(format="~s", values=sizes)
        x = alt.X("records:Q", scale=alt.Scale(type="log"), title="records", axis=axis)
        y = alt.Y("value:Q", scale=alt.Scale(type="log"), title=title)
        base = alt.Chart(alt.InlineData(values=chosen)).encode(x=x, y=y, color="program:N")
        drawn = base.mark_line() + base.mark_circle(size=60)
        panels.append(drawn.properties(width=300, height=260))
    specification: str = alt.hconcat(*panels).to_json()
    return specification


if __name__ == "__main__":
    main()
