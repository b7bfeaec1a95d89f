"""Fates: the way from arrest through body and sentence to death or release, and how long it took.

``flow`` counts persons between neighbouring stages of that way; who has nothing stated of a stage
passes through ``unstated``, so that every stage holds every victim. ``duration`` gives the days
from one event to the next (Kaplan and Meier 1958, by `scipy.stats.ecdf`) from persons of whom both
days are known; where a death or release came first, the time is censored at it. Persons of whom the
days are not known are counted as left out, never guessed.
"""

import warnings
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.engine import query
from martyrolog.history.groups import Grouping, group_values, stated
from martyrolog.history.timeline import Floats
from martyrolog.tables import make_table

WAY = ("arrest", "sentence", "execution", "death", "release", "rehabilitation")
"""Kinds of event whose days a life is followed by."""

SPANS: Mapping[tuple[str, str], Sequence[str]] = {
    ("arrest", "sentence"): ("death", "release"),
    ("sentence", "execution"): (),
    ("arrest", "execution"): (),
    ("sentence", "release"): ("death",),
    ("execution", "rehabilitation"): (),
}
"""Durations that are measured, and the events that end the wait for the second otherwise. An
execution does not end the wait for a sentence: it means that there was one, on a day not known.
Days to an execution are those of persons executed, days to a release those of all others."""

Flags = npt.NDArray[np.bool_]
STAGES = ("arrest", "body", "sentence", "outcome", "rehabilitation")
MOST_VALUES = 12
QUARTILES = (0.25, 0.5, 0.75)
LONGEST = 40_000
"""Days beyond which two dates are no span of one life."""


def lives_of_events(event: pa.Table, person: pa.Table) -> pa.Table:
    """The days of each victim's way, one row a victim.

    Args:
        event: Table ``event``: the first of several of a kind counts.
        person: Table ``person``.

    Returns:
        ``person_id`` and, for each kind of ``WAY``, ``KIND`` (bool: there is such an event) and
        ``KIND_day`` (null unless its day is known), by person_id.
    """
    columns = ", ".join(
        f"coalesce(bool_or(kind = '{kind}'), false) AS {kind}, "
        f"min(day) FILTER (kind = '{kind}') AS {kind}_day"
        for kind in WAY
    )  # the kinds are names of this module, no text of a list
    statement = f"""
        SELECT person_id, {columns} FROM (SELECT person_id FROM person WHERE victim) AS victim
        LEFT JOIN (SELECT person_id, kind,
                          CASE WHEN date_earliest = date_latest THEN date_earliest END AS day
                   FROM event) USING (person_id)
        GROUP BY person_id ORDER BY person_id
    """  # noqa: S608 - see above
    tables = {"event": event.select(["person_id", "kind", "date_earliest", "date_latest"]),
              "person": person.select(["person_id", "victim"])}  # fmt: skip
    return query(statement, tables)


def lives_of_records(record: pa.Table) -> pa.Table:
    """The same from records, each as if it were a person: for lists without names.

    Args:
        record: Table ``record``; a death is an execution where the fate says so.
    """
    executed = pc.fill_null(pc.equal(record["fate"], "executed"), False)
    fields = {"arrest": None, "sentence": None, "execution": executed, "death": pc.invert(executed),
              "release": None, "rehabilitation": None}  # fmt: skip
    columns: dict[str, Any] = {"person_id": record["record_id"]}
    for kind, only in fields.items():
        name = f"{'death' if kind == 'execution' else kind}_date"
        there = pc.is_valid(record[name])
        known = pc.equal(record[f"{name}_earliest"], record[f"{name}_latest"])
        if only is not None:
            there, known = pc.and_(there, only), pc.and_(known, only)
        columns[kind] = pc.or_(there, only) if kind == "execution" else there
        columns[f"{kind}_day"] = pc.if_else(known, record[f"{name}_earliest"], None)
    return pa.table(columns)


def make_flow(lives: pa.Table, statement: pa.Table) -> pa.Table:
    """Table ``flow`` of the victims of an archive.

    Args:
        lives: See :func:`lives_of_events`.
        statement: Table ``statement``: sentencing body and sentence.
    """
    persons = lives["person_id"]
    return flow_table(lives, stated(statement, "sentencing_body", persons),
                      stated(statement, "sentence", persons))  # fmt: skip


def flow_table(lives: pa.Table, body: pa.Array, sentence: pa.Array) -> pa.Table:
    """Table ``flow``: persons between neighbouring stages of the way.

    Args:
        lives: See :func:`lives_of_events`.
        body: The sentencing body of each life, as stated; null where nothing is.
        sentence: The sentence of each life, as stated.
    """
    stages = {
        "arrest": group_values("arrest", _named(lives, ("arrest",))),
        "body": group_values("body", body, most=MOST_VALUES),
        "sentence": group_values("sentence", sentence, most=MOST_VALUES),
        "outcome": group_values("outcome", _named(lives, ("execution", "death", "release"))),
        "rehabilitation": group_values("rehabilitation", _named(lives, ("rehabilitation",))),
    }
    rows: list[dict[str, Any]] = []
    for left, right in pairwise(STAGES):
        rows += _flow_rows(left, stages[left], right, stages[right])
    return make_table("flow", rows)


def _named(lives: pa.Table, kinds: Sequence[str]) -> pa.Array:
    """The first of these kinds of event that a life has; null where it has none."""
    found = pa.nulls(lives.num_rows, pa.string())
    for kind in kinds:
        has = pc.fill_null(lives[kind], False).combine_chunks()
        found = pc.coalesce(found, pc.if_else(has, kind, pa.scalar(None, pa.string())))
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _flow_rows(left: str, before: Grouping, right: str, after: Grouping) -> list[dict[str, Any]]:
    pair = before.group * len(after.groups) + after.group
    numbers, persons = np.unique(pair, return_counts=True)
    rows = []
    for number, count in zip(numbers.tolist(), persons.tolist(), strict=True):
        source = before.groups[number // len(after.groups)]
        target = after.groups[number % len(after.groups)]
        rows.append({
            "stage_from": left, "value_from": source.value, "from_en": source.label_en,
            "from_ru": source.label_ru, "stage_to": right, "value_to": target.value,
            "to_en": target.label_en, "to_ru": target.label_ru, "persons": count,
        })  # fmt: skip
    return rows


def make_duration(lives: pa.Table) -> pa.Table:
    """Table ``duration``: days between the events of ``SPANS``.

    Args:
        lives: See :func:`lives_of_events`.
    """
    days = {kind: _days(lives[f"{kind}_day"]) for kind in WAY}
    rows = []
    for start, end in SPANS:
        begun = _flags(lives[start]) & _waiting(lives, end)
        row = _duration(days, begun, start, end)
        if row is not None:
            rows.append(row)
    return make_table("duration", rows)


def _flags(column: pa.ChunkedArray) -> Flags:
    return np.array(column.combine_chunks().to_numpy(zero_copy_only=False), dtype=bool)


def _waiting(lives: pa.Table, end: str) -> Flags:
    """Whose days up to an event are asked for."""
    executed = _flags(lives["execution"])
    if end == "execution":
        return executed
    return ~executed if end == "release" else np.ones(lives.num_rows, dtype=bool)


def _days(column: pa.ChunkedArray) -> Floats:
    """Days since 1970 as numbers; nan where not known."""
    return np.asarray(
        column.combine_chunks().cast(pa.int32()).cast(pa.float64()).to_numpy(zero_copy_only=False),
        dtype=np.float64,
    )


def _duration(
    days: Mapping[str, Floats], begun: Flags, start: str, end: str
) -> dict[str, Any] | None:
    """One span: seen to its end, censored at the last other day known, or left out."""
    span = days[end] - days[start]
    seen = begun & (span >= 0) & (span <= LONGEST)
    ends = [days[kind] - days[start] for kind in SPANS[start, end]]
    later = np.fmin.reduce([np.full(len(span), np.nan), *ends])
    censored = begun & ~seen & np.isnan(days[end]) & (later > 0) & (later <= LONGEST)
    if not seen.any():
        return None
    from scipy.stats import CensoredData, ecdf  # here: it takes half a second

    data = CensoredData(uncensored=span[seen], right=later[censored])
    survival = ecdf(data).sf
    low, high = _median_interval(survival)
    first, median, third = (_quantile(survival.quantiles, survival.probabilities, share)
                            for share in QUARTILES)  # fmt: skip
    return {"kind_from": start, "kind_to": end, "persons": int(seen.sum()),
            "censored": int(censored.sum()),
            "left_out": int((begun & ~seen & ~censored).sum()),
            "first_quartile": first, "median": median, "median_low": low, "median_high": high,
            "third_quartile": third, "longest": float(span[seen].max())}  # fmt: skip


def _median_interval(survival: Any) -> tuple[float | None, float | None]:
    """The 95 % interval of the median: where the bounds of the survival function cross one half."""
    with warnings.catch_warnings():  # the formula has no value where nobody or everybody is left
        warnings.simplefilter("ignore", RuntimeWarning)
        bounds = survival.confidence_interval(method="log-log")
    low, high = (_quantile(bound.quantiles, bound.probabilities, 0.5)
                 for bound in (bounds.low, bounds.high))  # fmt: skip
    return low, high


def _quantile(times: Floats, survival: Floats, share: float) -> float | None:
    """The first time at which at most ``1 - share`` are left; None where that is never."""
    reached = np.flatnonzero(survival <= 1 - share + 1e-12)
    return float(times[reached[0]]) if len(reached) else None
