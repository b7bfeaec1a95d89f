"""Offices: who held which on a day. Derived from the dates of the tenures, never typed.

A tenure whose first or last day is uncertain gives two stretches: the days on which the person
surely held the office, and those on which they may have. On the day of a handover both hold it. A
tenure without a last day is sure on its first day only. Office and event meet where the event's
days touch the stretch and the office stood over the event: see :func:`make_event_holder`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from martyrolog.engine import query
from martyrolog.tables import check_table, make_table

SECURITY = "state security"
"""Kind of the bodies whose heads stood over every act of repression."""
ACTS = ("arrest", "trial", "sentence", "imprisonment", "exile", "execution")
"""Kinds of event that a body did to a person."""

_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)
_DAY = timedelta(days=1)
_ENDS = {"first": "held_from", "last": "held_to"}
"""Days of ``succession``, and the columns of ``tenure`` that give them."""


@dataclass
class Tenure:
    """One person's time in one office, from one record or several that say the same.

    Attributes:
        begins: First day, as the earliest and the latest it can be.
        ends: Last day, as the earliest and the latest it can be.
        verified: Which of ``held_from`` and ``held_to`` one of the records gives as verified.
    """

    office_id: str
    person_id: str
    begins: tuple[date, date]
    ends: tuple[date, date]
    record_ids: set[str] = field(default_factory=set)
    verified: set[str] = field(default_factory=set)


def read_tenures(tenure: pa.Table) -> list[Tenure]:
    """The tenures of the table ``tenure``, by office and first day; equal ones once.

    A row without a first day is left out: nothing can be derived from it.
    """
    found: dict[tuple[Any, ...], Tenure] = {}
    for row in tenure.to_pylist():
        if row["held_from_earliest"] is None and row["held_from_latest"] is None:
            continue
        begins = row["held_from_earliest"] or _FIRST, row["held_from_latest"] or _LAST
        ends = row["held_to_earliest"] or begins[1], row["held_to_latest"] or _LAST
        key = (row["office_id"], row["person_id"], begins, ends)
        one = found.setdefault(key, Tenure(*key))
        one.record_ids.add(row["record_id"])
        one.verified |= {"held_from", "held_to"} - {*(row["unverified"] or ())}
    return sorted(found.values(), key=lambda one: (one.office_id, one.begins, one.person_id))


def make_office_period(tenure: pa.Table) -> pa.Table:
    """Table ``office_period``: stretches of days with the same sure and possible holders.

    Args:
        tenure: Table ``tenure``.
    """
    offices: dict[str, list[Tenure]] = defaultdict(list)
    for one in read_tenures(tenure):
        offices[one.office_id].append(one)
    rows = [row for office_id, held in sorted(offices.items())
            for row in _periods(office_id, held)]  # fmt: skip
    return make_table("office_period", rows)


def _periods(office_id: str, held: list[Tenure]) -> Iterator[dict[str, Any]]:
    edges = sorted({edge for one in held for edge in _edges(one)})
    last: dict[str, Any] | None = None
    for first, after in zip(edges, [*edges[1:], _LAST], strict=True):
        sure = {one.person_id for one in held if one.begins[1] <= first <= one.ends[0]}
        maybe = {one.person_id for one in held if one.begins[0] <= first <= one.ends[1]} - sure
        row = {"office_id": office_id, "first_day": first,
               "last_day": None if after == _LAST else after - _DAY,
               "person_ids": sorted(sure), "possible_ids": sorted(maybe)}  # fmt: skip
        if last and all(last[name] == row[name] for name in ("person_ids", "possible_ids")):
            last["last_day"] = row["last_day"]
            continue
        if last and (last["person_ids"] or last["possible_ids"]):
            yield last
        last = row
    if last and (last["person_ids"] or last["possible_ids"]):
        yield last


def _edges(one: Tenure) -> Iterator[date]:
    """The days on which the holders may change: first days, and days after last days."""
    yield from one.begins
    yield from (end + _DAY for end in one.ends if end != _LAST)


def holders_on(office_period: pa.Table, day: date) -> dict[str, tuple[list[str], list[str]]]:
    """Of each office the person_ids of its sure and of its possible holders on a day.

    Args:
        office_period: Table ``office_period``.
        day: The day; an office that nobody is known to have held then is left out.
    """
    return {
        row["office_id"]: (row["person_ids"], row["possible_ids"])
        for row in office_period.to_pylist()
        if row["first_day"] <= day <= (row["last_day"] or _LAST)
    }


def heads_of(body: pa.Table, office: pa.Table, kind: str = SECURITY) -> list[str]:
    """The offices that stand at the head of the bodies of one kind.

    Args:
        body: Table ``body``.
        office: Table ``office``.
        kind: Kind of the bodies.

    Returns:
        Of each such body the office that lists name first, without those of a territory.
    """
    bodies = {row["body_id"] for row in body.to_pylist() if row["kind"] == kind}
    first: dict[str, str] = {}
    for row in sorted(office.to_pylist(), key=lambda row: (row["file"], row["row"])):
        if row["body_id"] in bodies and not row["territory"]:
            first.setdefault(row["body_id"], row["office_id"])
    return list(first.values())


def make_event_holder(
    event: pa.Table, office_period: pa.Table, office: pa.Table, body: pa.Table
) -> pa.Table:
    """Table ``event_holder``: who held office over each act of repression, on its day and place.

    Over an act of ``ACTS`` stood the heads of state security (:func:`heads_of`), the offices of the
    body that the event names, and those whose territory its place names.

    Args:
        event: Table ``event``; rows without a first or a last day are left out.
        office_period: Table ``office_period``.
        office: Table ``office``.
        body: Table ``body``.
    """
    found = query(_EVENT_HOLDERS, {
        "event": event.select(["person_id", "kind", "date_earliest", "date_latest", "place",
                               "body"]),
        "office_period": office_period, "standing": _standing(office, body),
        "act": pa.table({"kind": pa.array(ACTS)}),
    })  # fmt: skip
    return check_table("event_holder", found)


def _standing(office: pa.Table, body: pa.Table) -> pa.Table:
    """What makes an office stand over an event: its territory, its rank, the names of its body."""
    heads = set(heads_of(body, office))
    names = {row["body_id"]: row for row in body.to_pylist()}
    rows = []
    for row in office.to_pylist():
        its = names.get(row["body_id"], {})
        rows.append({"office_id": row["office_id"], "head": row["office_id"] in heads,
                     "territory": row["territory"],
                     **{name: its.get(name) for name in ("name_en", "name_ru")}})  # fmt: skip
    text = pa.string()
    return pa.Table.from_pylist(rows, pa.schema([
        ("office_id", text), ("head", pa.bool_()), ("territory", text), ("name_en", text),
        ("name_ru", text)]))  # fmt: skip


_EVENT_HOLDERS = """
    WITH acts AS (
        SELECT person_id, kind, date_earliest, date_latest,
               lower(coalesce(place, '')) AS place, lower(coalesce(body, '')) AS body
        FROM event SEMI JOIN act USING (kind)
        WHERE date_earliest IS NOT NULL AND date_latest IS NOT NULL
    ), days AS (  -- far fewer than acts: what is joined to the periods
        SELECT DISTINCT date_earliest, date_latest, place, body FROM acts
    ), touching AS (
        SELECT days.*, office_id, person_ids AS sure_ids, possible_ids,
               date_earliest >= first_day
                   AND date_latest <= coalesce(last_day, date_latest) AS within
        FROM days JOIN office_period
          ON date_latest >= first_day AND date_earliest <= coalesce(last_day, date_earliest)
        JOIN standing USING (office_id)
        WHERE (head AND territory IS NULL)
           OR len(list_filter(string_split(territory, ';'),
                              lambda name: contains(place, lower(trim(name))))) > 0
           OR body IN (lower(name_en), lower(name_ru))
    ), named AS (
        SELECT * EXCLUDE (sure_ids, possible_ids), unnest(sure_ids) AS holder_id, within AS sure
        FROM touching
        UNION ALL
        SELECT * EXCLUDE (sure_ids, possible_ids), unnest(possible_ids) AS holder_id, false AS sure
        FROM touching
    ), held AS (
        SELECT date_earliest, date_latest, place, body, office_id, holder_id,
               bool_or(sure) AS sure
        FROM named GROUP BY ALL
    )
    SELECT person_id, kind, date_earliest, date_latest, office_id, holder_id, bool_or(sure) AS sure
    FROM acts JOIN held USING (date_earliest, date_latest, place, body)
    GROUP BY ALL ORDER BY ALL
"""


def make_succession(tenure: pa.Table, person: pa.Table) -> pa.Table:
    """Table ``succession``: each tenure with the one before it and the fate of its holder.

    Args:
        tenure: Table ``tenure``.
        person: Table ``person``: fate and day of death.
    """
    fates = {row["person_id"]: row for row in
             person.select(["person_id", "fate", "death_date"]).to_pylist()}  # fmt: skip
    rows: list[dict[str, Any]] = []
    before: Tenure | None = None
    for one in read_tenures(tenure):
        same = before if before and before.office_id == one.office_id else None
        position = rows[-1]["position"] + 1 if same else 1
        rows.append(_succession_row(one, same, position, fates))
        before = one
    return make_table("succession", rows)


def _succession_row(
    one: Tenure, before: Tenure | None, position: int, fates: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    holder = fates.get(one.person_id, {})
    known = before is not None and _LAST not in (before.ends[1], one.begins[1])
    return {
        "office_id": one.office_id, "position": position, "person_id": one.person_id,
        "first_earliest": None if one.begins[0] == _FIRST else one.begins[0],
        "first_latest": None if one.begins[1] == _LAST else one.begins[1],
        "last_earliest": one.ends[0],
        "last_latest": None if one.ends[1] == _LAST else one.ends[1],
        "predecessor_id": before.person_id if before else None,
        "least_gap": (one.begins[0] - before.ends[1]).days if before and known else None,
        "most_gap": (one.begins[1] - before.ends[0]).days if before and known else None,
        "fate": holder.get("fate"), "death_date": holder.get("death_date"),
        "record_ids": sorted(one.record_ids),
        "unverified": [f"{end}_{bound}" for end, name in _ENDS.items() if name not in one.verified
                       for bound in ("earliest", "latest")],
    }  # fmt: skip
