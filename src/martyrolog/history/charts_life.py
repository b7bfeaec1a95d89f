"""One life on a line: each event where it was, an uncertain day as a bar over the days it may be.

Drawn without a chart library, so that a page for every person costs little. Events without a first
or a last day are not drawn; they stand in the table beside.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from martyrolog.dates import format_date
from martyrolog.history.charts import INK, LINE, SERIES, Chart, themed
from martyrolog.messages import text

WIDTH, LABELS, ROW, FOOT = 680.0, 150.0, 20.0, 20.0
SHORTEST = 6.0
"""Pixels of the bar of a known day."""

MOST_TICKS = 8
STEPS = (1, 2, 5, 10, 20, 50)
KINDS = ("birth", "arrest", "trial", "sentence", "imprisonment", "exile", "release", "execution",
         "death", "rehabilitation")  # fmt: skip


def life_chart(events: Sequence[Mapping[str, Any]], language: str = "en") -> Chart | None:
    """The events of one person on a line of years.

    Args:
        events: Rows of the table ``event`` of one person.
        language: ``en`` or ``ru``.

    Returns:
        None where fewer than two events have days.
    """
    known = sorted((row for row in events if row["kind"] in KINDS),
                   key=lambda row: (row["date_earliest"] or date.max, KINDS.index(row["kind"]),
                                    row["date_latest"] or date.max))  # fmt: skip
    dated = [row for row in known if row["date_earliest"] and row["date_latest"]]
    if len(dated) < 2:
        return None
    first = min(row["date_earliest"] for row in dated).year
    last = max(row["date_latest"] for row in dated).year + 1
    height = ROW * len(dated) + FOOT
    drawn = _axis(first, last, height)
    for number, row in enumerate(dated):
        drawn += _event(row, number, (first, last), language)
    rows = [(text(f"history.{row['kind']}", language), format_date(row["date"], language))
            for row in known]  # fmt: skip
    alt = text("history.alt_life", language, count=len(dated), first=str(first),
               last=str(last - 1))  # fmt: skip
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" '
    svg = f'{frame}font-family="sans-serif" font-size="12">{drawn}</svg>'
    columns = text("history.column_event", language), text("history.column_day", language)
    return Chart(themed(svg, alt), alt, columns, rows)


def _across(day: date, first: int, last: int) -> float:
    start, end = date(first, 1, 1).toordinal(), date(last, 1, 1).toordinal()
    return LABELS + (WIDTH - LABELS) * (day.toordinal() - start) / (end - start)


def _axis(first: int, last: int, height: float) -> str:
    """A thin line and its year at round years, few enough to be read."""
    step = next((one for one in STEPS if (last - first) / one <= MOST_TICKS), STEPS[-1])
    drawn = ""
    for year in range(first + -first % step, last, step):
        across = _across(date(year, 1, 1), first, last)
        drawn += (f'<path d="M{across:.1f} 0V{height - FOOT:g}" stroke="{LINE}" '
                  f'stroke-opacity="0.3"/><text x="{across:.1f}" y="{height - 6:g}" fill="{INK}" '
                  f'text-anchor="middle" font-size="10">{year}</text>')  # fmt: skip
    return drawn


def _event(row: Mapping[str, Any], number: int, years: tuple[int, int], language: str) -> str:
    left = _across(row["date_earliest"], *years)
    wide = max(_across(row["date_latest"], *years) - left, SHORTEST)
    left = min(left, WIDTH - wide)
    certain = row["date_earliest"] == row["date_latest"]
    down = number * ROW
    name = escape(text(f"history.{row['kind']}", language))
    return (
        f'<text x="0" y="{down + 14:g}" fill="{INK}">{name}</text>'
        f'<rect x="{left:.1f}" y="{down + 4:g}" width="{wide:.1f}" height="12" '
        f'fill="{SERIES[1] if certain else SERIES[5]}" fill-opacity="{"1" if certain else "0.6"}"/>'
    )
