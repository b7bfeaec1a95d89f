"""Records under their persons, as arrays: what statements, events and persons are made from.

Always holds: records are in the order of record_id and persons in that of person_id, so nothing
made from them depends on the order of rows. Text is compared as the integer that stands for it; an
empty cell and a cell of spaces are missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from martyrolog.hand import Correction

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Objects = NDArray[np.object_]


@dataclass(frozen=True)
class Evidence:
    """Records sorted by record_id, each with its person and its list.

    Attributes:
        records: Table ``record``, sorted by record_id.
        persons: Every person_id, ascending.
        person: Of each record, the position of its person in ``persons``.
        lists: list_id in the order of archive.toml, lists unknown there after them.
        corrected: Field to record_id to who corrected that field of that record by hand.
    """

    records: pa.Table
    persons: Sequence[str]
    person: Ints
    lists: Sequence[str]
    corrected: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def list_rank(self) -> Ints:
        """Of each record, the position of its list in ``lists``."""
        positions = pc.index_in(self.records["list_id"], pa.array(self.lists, pa.string()))
        return numbers(positions)

    @cached_property
    def list_name_rank(self) -> Ints:
        """Of each list in ``lists``, its position in the order of list_id."""
        return np.argsort(np.argsort(np.array(self.lists, dtype=object))).astype(np.int64)

    @cached_property
    def record_ids(self) -> pa.Array:
        """record_id of each record."""
        return one_chunk(self.records["record_id"])

    @cached_property
    def person_ids(self) -> pa.Array:
        """``persons`` as an Arrow array."""
        return pa.array(self.persons, pa.string())

    def text(self, field: str) -> pa.Array:
        """A column of text, trimmed, with null for what is empty."""
        trimmed = pc.utf8_trim_whitespace(one_chunk(self.records[field]))
        return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)

    @cached_property
    def _unverified(self) -> Mapping[str, Bools]:
        cells = one_chunk(self.records["unverified"])
        rows = numbers(pc.list_parent_indices(cells))
        names = pc.list_flatten(cells)
        marked = {}
        for name in pc.unique(names).to_pylist():
            marked[name] = np.zeros(self.records.num_rows, dtype=bool)
            marked[name][rows[pc.equal(names, name).to_numpy(zero_copy_only=False)]] = True
        return marked

    def unverified(self, field: str) -> Bools:
        """Of each record, whether its list marks the field as not confirmed by any text read."""
        none = np.zeros(self.records.num_rows, dtype=bool)
        return self._unverified.get(field, none)

    def correctors(self, field: str) -> Objects:
        """Of each record, who corrected the field by hand; None for nobody."""
        authors = np.full(self.records.num_rows, None, dtype=object)
        corrected = self.corrected.get(field, {})
        if corrected:
            rows = numbers(
                pc.fill_null(pc.index_in(pa.array(list(corrected)), self.record_ids), -1)
            )
            authors[rows[rows >= 0]] = np.array(list(corrected.values()), dtype=object)[rows >= 0]
        return authors


def make_evidence(
    records: pa.Table,
    person_of: Mapping[str, str],
    lists: Sequence[str],
    corrections: Sequence[Correction] = (),
) -> Evidence:
    """Bring records and persons into order.

    Args:
        records: Table ``record``, in any order.
        person_of: record_id -> person_id, every record.
        lists: list_id in the order of archive.toml.
        corrections: Corrections by hand, which the records show already.
    """
    corrected: dict[str, dict[str, str]] = {}
    for each in corrections:
        corrected.setdefault(each.field, {})[each.record_id] = each.author
    ordered = records.sort_by("record_id").combine_chunks()
    persons = sorted(set(person_of.values()))
    of_record = pa.array([person_of[record] for record in ordered["record_id"].to_pylist()],
                         pa.string())  # fmt: skip
    person = numbers(pc.index_in(of_record, pa.array(persons, pa.string())))
    unknown = set(pc.unique(ordered["list_id"]).to_pylist()) - set(lists)
    return Evidence(ordered, persons, person, [*lists, *sorted(unknown)], corrected)


def numbers(values: pa.Array | pa.ChunkedArray) -> Ints:
    """Arrow integers without null as NumPy integers."""
    found: Ints = one_chunk(values).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def present(values: pa.Array) -> Bools:
    """Where an Arrow array has a value."""
    mask: Bools = values.is_valid().to_numpy(zero_copy_only=False)
    return mask


def one_chunk(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column as one Arrow array."""
    if not isinstance(values, pa.ChunkedArray):
        return values
    merged = values.combine_chunks()
    return merged if isinstance(merged, pa.Array) else merged.chunk(0)


def lists_of(offsets: Ints, values: pa.Array) -> pa.Array:
    """An Arrow array of lists from where each begins (and the last ends) in ``values``."""
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values)
