"""A match weight as a waterfall chart: how the parts add up, step by step, as SVG.

A part of 0 bits is no step and is left out.
"""

from pathlib import Path
from typing import Any

from martyrolog.link.drawing import check_charts, write_svg
from martyrolog.link.explain import Explanation
from martyrolog.messages import text

SHOWN = 0.05
"""Bits from which a part is a step."""

_WIDTH, _STEP = 560, 26  # pixels
_LONGEST_LABEL = 420


def waterfall_steps(explanation: Explanation, language: str = "en") -> list[dict[str, Any]]:
    """The steps of the chart, from the prior to the sum.

    Args:
        explanation: An explained pair.
        language: ``en`` or ``ru``.

    Returns:
        Per step: ``step`` (its place), ``label``, ``start`` and ``end`` in bits, ``bits`` as text,
        ``kind``: for, against or sum.
    """
    steps: list[dict[str, Any]] = []
    reached = 0.0
    for part in explanation.parts:
        if abs(part.weight) < SHOWN:
            continue
        label = f"{part.label}: {part.words or part.meaning}" if part.meaning else part.label
        kind = "for" if part.weight > 0 else "against"
        steps.append(_step(len(steps), label, reached, reached + part.weight, part.weight, kind))
        reached += part.weight
    total = text("explain.total", language, probability=f"{explanation.probability:.4f}")
    steps.append(_step(len(steps), total, 0.0, reached, reached, "sum"))
    return steps


def _step(
    place: int, label: str, start: float, end: float, bits: float, kind: str
) -> dict[str, Any]:
    return {"step": place, "label": label, "start": round(start, 3), "end": round(end, 3),
            "bits": f"{bits:+.1f}", "kind": kind}  # fmt: skip


def write_waterfall(path: Path, explanation: Explanation, language: str = "en") -> None:
    """Write the chart as SVG.

    Args:
        path: File to write.
        explanation: An explained pair.
        language: ``en`` or ``ru``.

    Raises:
        LinkError: the extra ``charts`` is not installed.
        StorageError: the file cannot be written.
    """
    check_charts()
    write_svg(path, _specification(explanation, language))


def _specification(explanation: Explanation, language: str) -> str:
    import altair as alt

    steps = waterfall_steps(explanation, language)
    rows = alt.Y("label:N", sort=alt.SortField("step"), title=None,
                 axis=alt.Axis(labelLimit=_LONGEST_LABEL))  # fmt: skip
    colours = alt.Scale(domain=["for", "against", "sum"], range=["#2a6f97", "#b5482f", "#444444"])
    base = alt.Chart(alt.InlineData(values=steps)).encode(y=rows)
    bars = base.mark_bar().encode(
        x=alt.X("start:Q", title=text("explain.axis", language)),
        x2="end:Q",
        color=alt.Color("kind:N", scale=colours, legend=None),
    )
    numbers = base.mark_text(align="left", dx=4).encode(
        x=alt.X("rightmost:Q"), text="bits:N"
    ).transform_calculate(rightmost="max(datum.start, datum.end)")  # fmt: skip
    title = text("explain.chart_title", language, left=explanation.record_id_left,
                 right=explanation.record_id_right)  # fmt: skip
    chart = (bars + numbers).properties(width=_WIDTH, height=_STEP * len(steps), title=title)
    specification: str = chart.to_json()
    return specification
