"""The campaign: arrests, sentences and executions over time, by group, and what stands out in them.

Enters: ``event``, ``person``, ``statement``. Leaves the tables ``campaign`` (events per period),
``campaign_group`` (each group with its undated share and peak windows), ``change_point``, ``wave``,
``heap``, and ``group_wave``, the waves of each group. Counted is what befell victims. What is found
follows from the series alone: no date, decree or place of any campaign stands in the code.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.history.changes import Change, find_changes
from martyrolog.history.groups import ALL, Grouping, group_values, one_group, stated
from martyrolog.history.heaping import Heap, find_heaps, levelled
from martyrolog.history.timeline import STEPS, Ints, Timeline, as_date, make_timeline
from martyrolog.history.waves import peak_window, waves_of
from martyrolog.tables import make_table

MEASURES = ("arrest", "sentence", "execution")
"""Kinds of event whose course over time is followed."""

EVENT_DIMENSIONS = ("body", "place")
STATED_DIMENSIONS = ("charge", "nationality", "party", "occupation", "burial_place")

FEWEST_EVENTS = 50
"""Events of known month below which no change of level is sought."""

HALF, MOST = 0.5, 0.9
"""Shares of the events that the two peak windows hold."""


@dataclass(frozen=True, eq=False)
class Course:
    """One measure over time, of all victims or of one group.

    Attributes:
        measure: Kind of event.
        events: Its events of that kind, with the day's interval.
        months: Events of known month, a month, without heaps: what changes and waves are sought
            in. Events of a known year spread over it would make a step at each turn of the year.
        heaps: Heaped months of the year.
    """

    measure: str
    events: pa.Table
    months: Timeline
    heaps: list[Heap]

    @property
    def tells(self) -> bool:
        """Whether there are events enough to seek changes in."""
        return self.months.dated >= FEWEST_EVENTS


def make_campaign(event: pa.Table, person: pa.Table, statement: pa.Table) -> Mapping[str, pa.Table]:
    """All tables of the campaign.

    Args:
        event: Table ``event``.
        person: Table ``person``: its victims are counted.
        statement: Table ``statement``: groups by preferred value.

    Returns:
        Tables ``campaign``, ``campaign_group``, ``change_point``, ``wave``, ``heap``,
        ``group_wave``.
    """
    courses = [course for measure in MEASURES
               if (course := make_course(event, person, measure)) is not None]  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("campaign", "campaign_group", "change_point", "wave", "heap",
                              "group_wave")
    }  # fmt: skip
    for course in courses:
        rows["heap"] += _heap_rows(course)
        for dimension, grouping in _groupings(course.events, statement):
            for position in range(len(grouping.groups)):
                _add_group(rows, course, dimension, grouping, position)
    return {name: make_table(name, found) for name, found in rows.items()}


def make_course(event: pa.Table, person: pa.Table, measure: str) -> Course | None:
    """One measure over time; None where no victim has such an event.

    Args:
        event: Table ``event``.
        person: Table ``person``.
        measure: Kind of event.
    """
    victims = person.filter(person["victim"])["person_id"].combine_chunks()
    mine = event.filter(
        pc.and_(pc.equal(event["kind"], measure), pc.is_in(event["person_id"], victims))
    )
    if not mine.num_rows:
        return None
    return _course(measure, mine)


def _course(measure: str, events: pa.Table) -> Course:
    months = make_timeline(events["date_earliest"], events["date_latest"], "month").known()
    heaps = find_heaps(months)
    return Course(measure, events, levelled(months, heaps), heaps)


def _groupings(events: pa.Table, statement: pa.Table) -> Iterator[tuple[str, Grouping]]:
    """Every dimension of which anything is stated, first that of all events together."""
    yield ALL, one_group(events.num_rows)
    columns = {name: events[name].combine_chunks() for name in EVENT_DIMENSIONS}
    columns |= {field: stated(statement, field, events["person_id"])
                for field in STATED_DIMENSIONS}  # fmt: skip
    for name, values in columns.items():
        if values.null_count < len(values):
            yield name, group_values(name, values)


def _add_group(
    rows: dict[str, list[dict[str, Any]]],
    course: Course, dimension: str, grouping: Grouping, position: int,
) -> None:  # fmt: skip
    """The rows of one group: per month, and per day and week for all events together."""
    group = grouping.groups[position]
    mine = course.events.take(pa.array(np.flatnonzero(grouping.group == position)))
    own = course if dimension == ALL else _course(course.measure, mine)
    found = {"measure": course.measure, "dimension": dimension, "value": group.value}
    for step in STEPS if dimension in (ALL, "burial_place") else ("month",):
        timeline = make_timeline(mine["date_earliest"], mine["date_latest"], step)
        rows["campaign"] += [found | row for row in _period_rows(timeline)]
    days = make_timeline(mine["date_earliest"], mine["date_latest"], "day")
    rows["campaign_group"].append(
        found
        | {"label_en": group.label_en, "label_ru": group.label_ru, "events": mine.num_rows,
           "undated": days.undated, "uncertain": round(days.dated) - int(days.certain.sum()),
           "waves": _add_waves(rows, own, found)}
        | _window(days, HALF, "half") | _window(days, MOST, "most")
    )  # fmt: skip


def _add_waves(
    rows: dict[str, list[dict[str, Any]]], course: Course, found: Mapping[str, Any]
) -> int | None:
    """Waves of one group, and the changes of all events together; None where too few are dated."""
    if not course.tells:
        return None
    changes = find_changes(course.months.expected)
    waves = list(_wave_rows(course, changes))
    if found["dimension"] == ALL:
        rows["change_point"] += _change_rows(course, changes)
        rows["wave"] += waves
    else:
        rows["group_wave"] += [{**found, **wave} for wave in waves]
    return len(waves)


def _period_rows(timeline: Timeline) -> Iterator[dict[str, Any]]:
    for period in np.flatnonzero(timeline.expected > 0).tolist():
        yield {"step": timeline.step, "period": timeline.day(period),
               "expected": float(timeline.expected[period]),
               "certain": int(timeline.certain[period])}  # fmt: skip


def _window(days: Timeline, share: float, name: str) -> dict[str, Any]:
    found = peak_window(days.expected, share)
    if found is None:
        return {}
    return {f"{name}_from": days.day(found[0]), f"{name}_to": days.day(found[1])}


def _change_rows(course: Course, changes: list[Change]) -> Iterator[dict[str, Any]]:
    months = course.months
    for change in changes:
        yield {"measure": course.measure, "step": "month", "support": change.support,
               "before": change.before, "after": change.after,
               **_when(months, "at", change)}  # fmt: skip


def _when(months: Timeline, name: str, change: Change | None) -> dict[str, Any]:
    """First day of the period of a change, and the bounds of where it may be."""
    if change is None:
        return {}
    return {name: months.day(change.at), f"{name}_earliest": months.day(change.low),
            f"{name}_latest": _last_day(months.starts, change.high)}  # fmt: skip


def _last_day(starts: Ints, period: int) -> Any:
    return as_date(int(starts[period + 1]) - 1)


def _wave_rows(course: Course, changes: list[Change]) -> Iterator[dict[str, Any]]:
    months = course.months
    for rank, wave in enumerate(waves_of(months.expected, changes), start=1):
        yield {
            "measure": course.measure, "rank": rank, "first_day": months.day(wave.first),
            "last_day": _last_day(months.starts, wave.last), "peak_month": months.day(wave.peak),
            "events": wave.mass, "share": wave.share, "level": wave.level, "around": wave.around,
            **_when(months, "onset", wave.onset), **_when(months, "end", wave.end),
        }  # fmt: skip


def _heap_rows(course: Course) -> Iterator[dict[str, Any]]:
    for heap in course.heaps:
        yield {"measure": course.measure, "month": heap.position, "years": heap.cycles,
               "above": heap.above, "probability": heap.probability,
               "moved": heap.excess}  # fmt: skip
