"""What the records say of each person: one statement for each distinct value of a field.

Always holds: every non-empty cell of a statement field stands behind exactly one statement, that
of its record's person; of each person and field exactly one statement is preferred. Values are
taken as written: spellings stand side by side. Dates are equal where their EDTF is equal; a date
that could not be read is stated as the list writes it, without days. Nothing is averaged.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.resolve.evidence import (
    Bools,
    Evidence,
    Ints,
    Objects,
    lists_of,
    numbers,
    one_chunk,
    present,
)
from martyrolog.resolve.rules import rules

Kind = Literal["name", "date", "text"]


@dataclass(frozen=True)
class Statements:
    """The statements on one field, sorted by person and value, each with its records.

    Attributes:
        field: Column of the record.
        kind: name, date or text.
        person: Position of the person in ``Evidence.persons``, ascending.
        value: The value.
        rank: Position of the value among all values of the field.
        rows: Positions of the supporting records in ``Evidence.records``, statement by statement.
        starts: Where the records of each statement begin in ``rows``; one more than statements.
        lists: Positions of the supporting lists in ``Evidence.lists``, statement by statement, each
            in the order of list_id.
        list_starts: Where the lists of each statement begin in ``lists``; one more than statements.
        verified: Whether one of the records does not list the field as unverified.
        corrector: Who corrected a record by hand so that it says this; None where the lists say it.
    """

    field: str
    kind: Kind
    person: Ints
    value: pa.Array
    rank: Ints
    rows: Ints
    starts: Ints
    lists: Ints
    list_starts: Ints
    verified: Bools
    corrector: Objects

    @property
    def first_row(self) -> Ints:
        """The first supporting record of each statement."""
        return self.rows[self.starts[:-1]]

    @property
    def records(self) -> Ints:
        """The number of supporting records of each statement."""
        return np.diff(self.starts)

    @property
    def of_row(self) -> Ints:
        """Of each entry of ``rows``, its statement."""
        return np.repeat(np.arange(len(self.person)), self.records)


def make_statements(evidence: Evidence) -> list[Statements]:
    """The statements on every field that can have one, in the order of the field's name."""
    kinds: dict[str, Kind] = {
        field: kind  # type: ignore[misc]
        for kind, fields in rules().statement_fields.items()
        for field in fields
    }
    return [_field_statements(evidence, field, kinds[field]) for field in sorted(kinds)]


def _field_statements(evidence: Evidence, field: str, kind: Kind) -> Statements:
    values = _values(evidence, field, kind)
    rows = np.flatnonzero(present(values))
    ranks, distinct = _ranked(values.filter(values.is_valid()))
    person = evidence.person[rows]
    order = np.lexsort((rows, ranks, person))
    rows, ranks, person = rows[order], ranks[order], person[order]
    new = np.ones(len(rows), dtype=bool)
    new[1:] = (ranks[1:] != ranks[:-1]) | (person[1:] != person[:-1])
    first = np.flatnonzero(new)
    starts = np.append(first, len(rows))
    list_starts, lists = _lists_behind(evidence, rows, starts)
    confirmed = ~evidence.unverified(field)[rows]
    verified = np.logical_or.reduceat(confirmed, first) if len(first) else confirmed
    return Statements(
        field, kind, person[first], distinct.take(pa.array(ranks[first])), ranks[first],
        rows, starts, lists, list_starts, verified,
        _correctors(evidence.correctors(field)[rows], first),
    )  # fmt: skip


def _correctors(of_row: Objects, first: Ints) -> Objects:
    """Of each statement, the authors of the corrections behind it, separated by '; '."""
    found = np.full(len(first), None, dtype=object)
    for row in np.flatnonzero(of_row != None):  # noqa: E711 - element by element
        statement = int(np.searchsorted(first, row, side="right")) - 1
        names = {*(found[statement] or "").split("; "), of_row[row]} - {""}
        found[statement] = "; ".join(sorted(names))
    return found


def _values(evidence: Evidence, field: str, kind: Kind) -> pa.Array:
    if kind != "date":
        return evidence.text(field)
    return pc.coalesce(evidence.text(field), evidence.text(f"{field}_verbatim"))


def _ranked(values: pa.Array) -> tuple[Ints, pa.Array]:
    """Each value's position among the distinct ones in ascending order, and these."""
    encoded = one_chunk(pc.dictionary_encode(values))
    order = numbers(pc.sort_indices(encoded.dictionary))
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.arange(len(order))
    return position[numbers(encoded.indices)], encoded.dictionary.take(pa.array(order))


def _lists_behind(evidence: Evidence, rows: Ints, starts: Ints) -> tuple[Ints, Ints]:
    """Where the lists behind each statement begin, and these lists, in the order of list_id."""
    names, width = evidence.list_name_rank, max(len(evidence.lists), 1)
    statement = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    keys = np.unique(statement * width + names[evidence.list_rank[rows]])
    counts = np.bincount(keys // width, minlength=len(starts) - 1)
    return np.concatenate(([0], np.cumsum(counts))), np.argsort(names)[keys % width]


def date_bounds(evidence: Evidence, statements: Statements) -> tuple[pa.Array, pa.Array]:
    """The first and last day of each statement; null for what is no date."""
    if statements.kind != "date":
        nothing = pa.nulls(len(statements.person), pa.date32())
        return nothing, nothing
    rows = pa.array(statements.first_row)
    earliest = one_chunk(evidence.records[f"{statements.field}_earliest"]).take(rows)
    latest = one_chunk(evidence.records[f"{statements.field}_latest"]).take(rows)
    return earliest, latest


def support(evidence: Evidence, statements: Statements) -> tuple[pa.Array, pa.Array]:
    """record_ids and list_ids behind each statement, both sorted."""
    records = lists_of(statements.starts, evidence.record_ids.take(pa.array(statements.rows)))
    names = pa.array(evidence.lists, pa.string()).take(pa.array(statements.lists))
    return records, lists_of(statements.list_starts, names)
