"""What befell each person: the table ``event``.

Each record contributes to an event of a kind what it says of its day, place, body and detail. The
contributions of one person to one kind form one event where their dates can be one day (one date
contains the other); dates that cannot are separate events, so a conflict stays visible and two
arrests stay two. A contribution without a date goes with the preferred date. Place, body and detail
are those of the statement that is preferred among the event's records.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.resolve.evidence import Bools, Ints, lists_of, one_chunk, present
from martyrolog.resolve.rules import rules
from martyrolog.resolve.stated import Stated, taken
from martyrolog.tables import TABLES

DATE = ("date", "date_earliest", "date_latest", "date_verbatim")
DETAILS = ("place", "body", "detail")
_LAST = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Contributions:
    """What each record says of events of one kind.

    Attributes:
        kind: Kind of event; ``death`` is made ``execution`` by the fate.
        columns: ``date``, ``date_earliest``, ``date_latest``, ``date_verbatim``, ``place``,
            ``body``, ``trial_id``, ``detail``: one value a record, or null.
        ranks: Of ``date``, ``place``, ``body`` and ``detail``: how far from preferred.
    """

    kind: str
    columns: Mapping[str, pa.Array]
    ranks: Mapping[str, Ints]

    @property
    def rows(self) -> Ints:
        """The records that say anything."""
        said = [present(self.columns[name]) for name in
                ("date", "date_verbatim", "place", "body", "trial_id", "detail")]  # fmt: skip
        return np.flatnonzero(np.logical_or.reduce(said))


def event_table(stated: Stated, trials: pa.Table, roles: pa.Array) -> pa.Table:
    """Table ``event``, by person, first day, kind.

    Args:
        stated: The statements.
        trials: Table ``trial``: gives day, place and court to those accused in it.
        roles: The role of each record.
    """
    kinds = [_contributions(stated, kind, columns) for kind, columns in rules().events.items()]
    accused = _accused_in(stated, trials, roles)
    kinds = [accused.sentence(part) if part.kind == "sentence" else part for part in kinds]
    table = pa.concat_tables([_events(stated, kind) for kind in [*kinds, accused.trial()]])
    order = pc.sort_indices(table, sort_keys=[(name, "ascending") for name in
        ("person", "date_earliest", "kind", "date_latest", "date", "trial_id", "place", "body",
         "detail", "date_verbatim")])  # fmt: skip
    table = table.take(order)
    persons = stated.evidence.person_ids.take(one_chunk(table["person"]))
    return table.append_column("person_id", persons).select(TABLES["event"].names)


def _contributions(stated: Stated, kind: str, columns: Mapping[str, str]) -> Contributions:
    evidence, count = stated.evidence, stated.evidence.records.num_rows
    values: dict[str, pa.Array] = {
        name: evidence.text(columns[name]) if name in columns else pa.nulls(count, pa.string())
        for name in DETAILS
    }
    values["trial_id"] = pa.nulls(count, pa.string())
    if field := columns.get("date"):
        values["date"] = evidence.text(field)
        values["date_verbatim"] = evidence.text(f"{field}_verbatim")
        for end in ("earliest", "latest"):
            values[f"date_{end}"] = one_chunk(evidence.records[f"{field}_{end}"])
    else:
        values |= {name: pa.nulls(count, TABLES["event"].schema.field(name).type) for name in DATE}
    unknown = np.full(count, _LAST, dtype=np.int64)
    ranks = {name: stated.ranks(columns[name]) if name in columns else unknown
             for name in ("date", *DETAILS)}  # fmt: skip
    return Contributions(kind, values, ranks)


@dataclass(frozen=True)
class _Accused:
    """The trial of each record that names a person accused in one; null elsewhere."""

    trial_id: pa.Array
    columns: Mapping[str, pa.Array]

    def trial(self) -> Contributions:
        """The trial as an event, from its first to its last day."""
        unknown = np.full(len(self.trial_id), _LAST, dtype=np.int64)
        columns = {name: self.columns[name] for name in (*DATE, "place", "body")}
        columns |= {"trial_id": self.trial_id, "detail": pa.nulls(len(self.trial_id), pa.string())}
        return Contributions("trial", columns, dict.fromkeys(("date", *DETAILS), unknown))

    def sentence(self, stated: Contributions) -> Contributions:
        """The sentence, with day and court of the trial where the record does not say them."""
        columns = dict(stated.columns)
        accused = present(self.trial_id) & present(columns["detail"])
        undated = accused & ~present(columns["date"]) & ~present(columns["date_verbatim"])
        for name in DATE:
            columns[name] = _where(undated, self.columns[f"verdict_{name}"], columns[name])
        nameless = accused & ~present(columns["body"])
        columns["body"] = _where(nameless, self.columns["body"], columns["body"])
        columns["trial_id"] = _where(accused, self.trial_id, columns["trial_id"])
        return Contributions(stated.kind, columns, stated.ranks)


def _where(mask: Bools, yes: pa.Array, no: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(mask), yes, no)


def _accused_in(stated: Stated, trials: pa.Table, roles: pa.Array) -> _Accused:
    evidence = stated.evidence
    accused = pc.is_in(roles, pa.array(sorted(rules().accused_roles), pa.string()))
    nowhere = pa.scalar(None, pa.string())
    trial_id = pc.if_else(accused, evidence.text("trial_id"), nowhere)
    row = pc.index_in(trial_id, one_chunk(trials["trial_id"]))
    # index_in finds null among null; a record without a trial has none
    row = pc.if_else(pc.is_valid(trial_id), row, pa.scalar(None, pa.int32()))
    days = _days_of(trials)
    columns = {name: pa.array([day[name] for day in days], TABLES["event"].schema.field(name).type)
               .take(row) for name in DATE}  # fmt: skip
    for end in ("", "_earliest", "_latest", "_verbatim"):
        columns[f"verdict_date{end}"] = one_chunk(trials[f"verdict_date{end}"]).take(row)
    columns |= {"place": one_chunk(trials["place"]).take(row),
                "body": one_chunk(trials["court"]).take(row)}  # fmt: skip
    return _Accused(trial_id, columns)


def _days_of(trials: pa.Table) -> list[dict[str, Any]]:
    """From the first to the last day of each trial, as one date."""
    days = []
    for trial in trials.to_pylist():
        start, end = trial["start_date"], trial["end_date"]
        one = start or end
        days.append({
            "date": one if not (start and end) or start == end else f"{start}/{end}",
            "date_earliest": trial["start_date_earliest"] or trial["end_date_earliest"],
            "date_latest": trial["end_date_latest"] or trial["start_date_latest"],
            "date_verbatim": None,
        })  # fmt: skip
    return days


def _events(stated: Stated, kind: Contributions) -> pa.Table:
    """The events of one kind, those that one record tells before those of several records."""
    person, rows = stated.evidence.person, kind.rows
    alone = np.bincount(person[rows], minlength=len(stated.evidence.persons))[person[rows]] == 1
    several = rows[~alone]
    groups = _groups(kind, several[np.argsort(person[several], kind="stable")], person)
    sizes = np.array([1] * int(alone.sum()) + [len(group) for group in groups], dtype=np.int64)
    flat = np.array([row for group in groups for row in group], dtype=np.int64)
    return _table(stated, kind, np.concatenate((rows[alone], flat)), sizes)


def _table(stated: Stated, kind: Contributions, rows: Ints, sizes: Ints) -> pa.Table:
    """One event for each run of ``sizes`` records in ``rows``, whose first has its date."""
    evidence = stated.evidence
    starts = np.concatenate(([0], np.cumsum(sizes)))
    event = np.repeat(np.arange(len(sizes)), sizes)
    first = pa.array(rows[starts[:-1]], pa.int64())
    columns = {name: kind.columns[name].take(first) for name in DATE}
    for name in (*DETAILS, "trial_id"):
        rank = kind.ranks.get(name, evidence.list_rank)
        columns[name] = _best(kind.columns[name], rank, rows, event, len(sizes))
    by_record = rows[np.lexsort((rows, event))]
    person = evidence.person[rows[starts[:-1]]]
    return pa.table({
        "person": pa.array(person, pa.int64()),
        "kind": _kinds(stated, kind.kind, person, rows, event),
        **columns,
        "record_ids": lists_of(starts, evidence.record_ids.take(pa.array(by_record))),
    })  # fmt: skip


def _best(values: pa.Array, rank: Ints, rows: Ints, event: Ints, events: int) -> pa.Array:
    """Of each event, the value of the record with the smallest rank that has one."""
    has = present(values)[rows]
    rows, event = rows[has], event[has]
    order = np.lexsort((rows, rank[rows], event))
    found, first = np.unique(event[order], return_index=True)
    position = np.full(events, -1, dtype=np.int64)
    position[found] = rows[order][first]
    return taken(values, position)


def _kinds(stated: Stated, kind: str, person: Ints, rows: Ints, event: Ints) -> pa.Array:
    if kind != "death":
        return pa.repeat(pa.scalar(kind), len(person))
    fates = stated.evidence.text("fate")
    own = _best(fates, stated.ranks("fate"), rows, event, len(person))
    fate = pc.coalesce(own, stated.preferred("fate").take(pa.array(person)))
    executed = pc.is_in(fate, pa.array(sorted(rules().execution_fates), pa.string()))
    return pc.if_else(executed, "execution", "death")


def _groups(kind: Contributions, rows: Ints, person: Ints) -> list[list[int]]:
    """Records of each event, the one with the preferred date first."""
    facts = _facts(kind, rows)
    ranks = kind.ranks["date"][rows].tolist()
    bounds = np.flatnonzero(np.diff(person[rows], prepend=-1, append=-1)).tolist()
    groups: list[list[int]] = []
    for low, high in pairwise(bounds):
        ranked = sorted(range(low, high), key=lambda at: (facts[at].text is None, ranks[at], at))
        together = _together([facts[at] for at in ranked])
        groups += [[int(rows[ranked[one]]) for one in group] for group in together]
    return groups


@dataclass(frozen=True, slots=True)
class _Fact:
    """Day, as text and as first and last day since 1970, and what keeps events apart."""

    text: str | None
    first: int | None
    last: int | None
    place: str | None
    trial: str | None

    def fits(self, other: "_Fact") -> bool:
        """Whether both can be one event on one day: equal as written, or one contains the other."""
        if not (_agree(self.place, other.place) and _agree(self.trial, other.trial)):
            return False
        if self.text is None or self.text == other.text:
            return True
        return self.within(other) or other.within(self)

    def within(self, other: "_Fact") -> bool:
        """Whether all days of this date are days of the other; false where one is open."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        return other.first <= self.first and self.last <= other.last


def _agree(left: str | None, right: str | None) -> bool:
    return left is None or right is None or left == right


def _facts(kind: Contributions, rows: Ints) -> list[_Fact]:
    at = pa.array(rows, pa.int64())
    columns = kind.columns
    days = [columns[f"date_{end}"].cast(pa.int32()).take(at).to_pylist()
            for end in ("earliest", "latest")]  # fmt: skip
    text = pc.coalesce(columns["date"], columns["date_verbatim"]).take(at).to_pylist()
    placed = "date" not in rules().events.get(kind.kind, DATE)
    place = columns["place"].take(at).to_pylist() if placed else [None] * len(rows)
    trial = columns["trial_id"].take(at).to_pylist()
    return [_Fact(*fact) for fact in zip(text, *days, place, trial, strict=True)]


def _together(facts: Sequence[_Fact]) -> list[list[int]]:
    """Positions of what can be one event, each put with the first event that it fits."""
    groups: list[list[int]] = []
    narrowest: list[_Fact] = []
    for position, fact in enumerate(facts):
        for number, known in enumerate(narrowest):
            if fact.fits(known):
                groups[number].append(position)
                if fact.within(known):
                    narrowest[number] = fact
                break
        else:
            groups.append([position])
            narrowest.append(fact)
    return groups
