"""The reliability plot: match probabilities against the share of true pairs, as SVG."""

from pathlib import Path
from typing import Any

from martyrolog.link.calibration import Calibration
from martyrolog.link.drawing import check_charts, write_svg
from martyrolog.messages import text

_SIDE = 360  # pixels


def write_reliability(path: Path, calibration: Calibration, language: str = "en") -> None:
    """Write the chart: a point a bin, its 95 % interval, and the line where all is right.

    Args:
        path: File to write.
        calibration: From :func:`~martyrolog.link.calibration.calibrate`.
        language: ``en`` or ``ru``.

    Raises:
        LinkError: the extra ``charts`` is not installed.
        StorageError: the file cannot be written.
    """
    check_charts()
    write_svg(path, _specification(calibration, language))


def reliability_points(calibration: Calibration) -> list[dict[str, Any]]:
    """The points of the chart: probability, share of true pairs with its interval, and pairs."""
    return [{"probability": round(one.probability, 4), "true": round(one.true, 4),
             "low": round(one.low, 4), "high": round(one.high, 4), "pairs": one.pairs}
            for one in calibration.bins]  # fmt: skip


def _specification(calibration: Calibration, language: str) -> str:
    import altair as alt

    whole = alt.Scale(domain=[0, 1])
    given = alt.X("probability:Q", scale=whole, title=text("evaluate.axis_given", language))
    found = alt.Y("true:Q", scale=whole, title=text("evaluate.axis_true", language))
    ends = [{"probability": 0, "true": 0}, {"probability": 1, "true": 1}]
    right = alt.Chart(alt.InlineData(values=ends)).mark_line(
        color="#999999", strokeDash=[4, 4]
    ).encode(x=given, y=found)  # fmt: skip
    base = alt.Chart(alt.InlineData(values=reliability_points(calibration))).encode(x=given)
    intervals = base.mark_rule(color="#2a6f97").encode(y=alt.Y("low:Q", scale=whole), y2="high:Q")
    sizes = alt.Scale(type="log", range=[20, 320])
    size = alt.Size("pairs:Q", scale=sizes, title=text("cli.heading_pairs", language))
    points = base.mark_circle(color="#2a6f97", opacity=0.8).encode(y=found, size=size)
    title = alt.TitleParams(
        text("evaluate.chart_title", language),
        subtitle=text("evaluate.calibration", language, pairs=calibration.pairs,
                      error=f"{calibration.error:.3f}"),
    )  # fmt: skip
    chart = (right + intervals + points).properties(width=_SIDE, height=_SIDE, title=title)
    specification: str = chart.to_json()
    return specification
