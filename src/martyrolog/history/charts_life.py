"""One life on a line: each event where it was, an uncertain day as a bar over the days it may be.

Drawn without a chart library, so that a page for every person costs little: the page of a person
puts the same marks (:func:`mark_of`) beside its list of events. Events without a first or a last
day are not drawn; they stand in the table beside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

Event = Mapping[str, Any]
"""A row of the table ``event``."""


@dataclass(frozen=True)
class Scale:
    """The years that a life is drawn over, both whole."""

    first: int
    last: int

    def across(self, day: date) -> float:
        """The place of a day, 0 to 1."""
        start = date(self.first, 1, 1).toordinal()
        return (day.toordinal() - start) / (date(self.last + 1, 1, 1).toordinal() - start)

    def ticks(self) -> list[tuple[float, int]]:
        """Round years and their places, few enough to be read."""
        years = self.last + 1 - self.first
        step = next((one for one in STEPS if years / one <= MOST_TICKS), STEPS[-1])
        rounded = range(self.first + -self.first % step, self.last + 1, step)
        return [(self.across(date(year, 1, 1)), year) for year in rounded]


def scale_of(events: Sequence[Event]) -> Scale | None:
    """The years of a life; None where fewer than two events have days."""
    dated = [row for row in events if _is_dated(row)]
    if len(dated) < 2:
        return None
    return Scale(min(row["date_earliest"] for row in dated).year,
                 max(row["date_latest"] for row in dated).year)  # fmt: skip


def mark_of(event: Event, scale: Scale) -> tuple[float, float, bool] | None:
    """Where an event stands: left edge and width, 0 to 1, and whether its day is known.

    None where it has no first or no last day.
    """
    if not _is_dated(event):
        return None
    left = scale.across(event["date_earliest"])
    return (left, scale.across(event["date_latest"]) - left,
            event["date_earliest"] == event["date_latest"])  # fmt: skip


def _is_dated(event: Event) -> bool:
    return event["date_earliest"] is not None and event["date_latest"] is not None


def life_chart(events: Sequence[Event], language: str = "en") -> Chart | None:
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
    scale = scale_of(known)
    if scale is None:
        return None
    marks = [(row["kind"], mark) for row in known if (mark := mark_of(row, scale))]
    height = ROW * len(marks) + FOOT
    drawn = _axis(scale, height)
    for number, (kind, mark) in enumerate(marks):
        drawn += _bar(kind, mark, number, language)
    rows = [(text(f"history.{row['kind']}", language), format_date(row["date"], language))
            for row in known]  # fmt: skip
    alt = text("history.alt_life", language, count=len(marks), first=str(scale.first),
               last=str(scale.last))  # fmt: skip
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" '
    svg = f'{frame}font-family="sans-serif" font-size="12">{drawn}</svg>'
    columns = text("history.column_event", language), text("history.column_day", language)
    return Chart(themed(svg, alt), alt, columns, rows)


def _axis(scale: Scale, height: float) -> str:
    """A thin line and its year at each tick."""
    drawn = ""
    for place, year in scale.ticks():
        across = LABELS + (WIDTH - LABELS) * place
        drawn += (f'<path d="M{across:.1f} 0V{height - FOOT:g}" stroke="{LINE}" '
                  f'stroke-opacity="0.3"/><text x="{across:.1f}" y="{height - 6:g}" fill="{INK}" '
                  f'text-anchor="middle" font-size="10">{year}</text>')  # fmt: skip
    return drawn


def _bar(kind: str, mark: tuple[float, float, bool], number: int, language: str) -> str:
    start, width, certain = mark
    wide = max((WIDTH - LABELS) * width, SHORTEST)
    left = min(LABELS + (WIDTH - LABELS) * start, WIDTH - wide)
    down = number * ROW
    name = escape(text(f"history.{kind}", language))
    return (
        f'<text x="0" y="{down + 14:g}" fill="{INK}">{name}</text>'
        f'<rect x="{left:.1f}" y="{down + 4:g}" width="{wide:.1f}" height="12" '
        f'fill="{SERIES[1] if certain else SERIES[5]}" fill-opacity="{"1" if certain else "0.6"}"/>'
    )
