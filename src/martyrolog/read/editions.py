"""Which record of an earlier edition a record replaces.

A list that ``supersedes`` another in archive.toml keeps what people decided about the earlier one:
each of its records names the record it replaces. Three keys are tried in turn, each only where it
is unique in both editions, so that a doubtful case stays open: the unchanged content; the columns
that identify a row (``same_row`` of the profile); the name with the date of birth as written.
"""

import json
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import pyarrow as pa

Record = Mapping[str, Any]
Key = Callable[[Record], Hashable | None]

_COLUMNS = (
    "record_id",
    "occurrence",
    "verbatim",
    "verbatim_kind",
    "surname",
    "given_name",
    "patronymic",
    "birth_date_verbatim",
)


def superseded(new: pa.Table, old: pa.Table, same_row: Sequence[str]) -> pa.Table:
    """The later edition's records with ``supersedes`` filled in.

    Args:
        new: Records of the later edition.
        old: Records of the earlier edition.
        same_row: Columns of the list that identify a row through its editions.
    """
    later, earlier = (table.select(_COLUMNS).to_pylist() for table in (new, old))
    found: dict[str, str] = {}
    for key in (_content, lambda record: _identified(record, same_row), _person):
        taken = set(found.values())
        rest = [each for each in later if each["record_id"] not in found]
        free = [each for each in earlier if each["record_id"] not in taken]
        found |= _paired(rest, free, key)
    place = new.column_names.index("supersedes")
    values = pa.array([found.get(each["record_id"]) for each in later], pa.string())
    return new.set_column(place, new.schema.field("supersedes"), values)


def _paired(later: Sequence[Record], earlier: Sequence[Record], key: Key) -> dict[str, str]:
    """Later to earlier ``record_id``, for the keys that stand once in both."""
    ours, theirs = (_unique(records, key) for records in (later, earlier))
    return {ours[each]: theirs[each] for each in ours.keys() & theirs.keys()}


def _unique(records: Sequence[Record], key: Key) -> dict[Hashable, str]:
    keyed = [(key(record), record["record_id"]) for record in records]
    times = Counter(each for each, _ in keyed)
    return {each: name for each, name in keyed if each is not None and times[each] == 1}


def _cells(record: Record) -> dict[str, str]:
    if record["verbatim_kind"] != "cells":
        return {}
    loaded: dict[str, str] = json.loads(record["verbatim"])
    return loaded


def _content(record: Record) -> Hashable | None:
    filled = frozenset((name, cell) for name, cell in _cells(record).items() if cell.strip())
    return (filled or " ".join(record["verbatim"].split()), record["occurrence"])


def _identified(record: Record, same_row: Sequence[str]) -> Hashable | None:
    cells = _cells(record)
    values = tuple(cells.get(name, "").strip() for name in same_row)
    return values if values and all(values) else None


def _person(record: Record) -> Hashable | None:
    values = tuple(record[name] for name in _COLUMNS[4:])
    return values if record["surname"] and record["birth_date_verbatim"] else None
