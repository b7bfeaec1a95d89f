"""What each record says of the events of one kind, and what its trial adds.

A defendant's sentence takes day and court from the trial where the record does not say them. The
trial itself is an event of the accused only, not in the life of its judges.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.resolve.evidence import Bools, Ints, one_chunk, present
from martyrolog.resolve.rules import rules
from martyrolog.resolve.stated import Stated
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


def make_contributions(stated: Stated, trials: pa.Table, roles: pa.Array) -> list[Contributions]:
    """What the records say of each kind of event.

    Args:
        stated: The statements.
        trials: Table ``trial``: gives day, place and court to those accused in it.
        roles: The role of each record.
    """
    kinds = [_contributions(stated, kind, columns) for kind, columns in rules().events.items()]
    accused = _accused_in(stated, trials, roles)
    kinds = [accused.sentence(part) if part.kind == "sentence" else part for part in kinds]
    return [*kinds, accused.trial()]


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
