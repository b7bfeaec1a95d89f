"""Persons of an archive into counts of capture histories: here, and only here, tables are read.

What leaves is which lists and how many: neither name nor identifier. Only victims count, and only
lists of which archive.toml says that they are fit for estimation, and why.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from martyrolog.archive import Archive
from martyrolog.errors import ArchiveError
from martyrolog.estimate.counts import CaptureCounts, make_counts

UNSTATED = "unstated"
PERIOD = "period"
OF_PERSON = ("sex", "fate")
DATES = ("death_date", "sentence_date", "arrest_date")

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True, eq=False)
class Histories:
    """Capture histories of an archive.

    Attributes:
        lists: Lists fit for estimation, sorted.
        whole: All victims in at least one of them; None where there are no such lists or victims.
        strata: Stratum and its counts, sorted; empty where archive.toml names no strata.
        documented: Victims in the archive, in whatever list.
    """

    lists: tuple[str, ...]
    whole: CaptureCounts | None
    strata: tuple[tuple[Mapping[str, str], CaptureCounts], ...]
    documented: int


def fit_lists(archive: Archive) -> tuple[str, ...]:
    """Lists that archive.toml says are fit for estimation, sorted.

    Raises:
        ArchiveError: a list is called fit without a reason.
    """
    found = []
    for list_id, source in archive.source_lists.items():
        if not source.estimation.fit:
            continue
        if not source.estimation.reason.strip():
            raise ArchiveError("estimate.fit_needs_reason", list_id=list_id)
        found.append(list_id)
    return tuple(sorted(found))


def make_histories(lists: Sequence[str], strata: Sequence[str], tables: Tables) -> Histories:
    """Count the victims by the lists that hold them.

    Args:
        lists: Lists fit for estimation.
        strata: ``sex``, ``fate``, ``period`` (year of death, else sentence, else arrest), or a
            field of statements such as ``nationality``, whose preferred value counts.
        tables: ``person`` and ``statement``.
    """
    person = tables["person"].filter(tables["person"]["victim"])
    values = [_values(column, person, tables["statement"]) for column in strata]
    ids = person["person_id"].to_pylist()
    wanted = set(lists)
    groups: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}
    for person_id, held in zip(ids, person["list_ids"].to_pylist(), strict=True):
        pattern = tuple(sorted(wanted.intersection(held)))
        if pattern:
            key = tuple(value.get(person_id, UNSTATED) for value in values)
            groups.setdefault(key, Counter())[pattern] += 1
    whole = sum(groups.values(), Counter())
    return Histories(
        lists=tuple(lists),
        whole=_counts(whole, lists) if whole else None,
        strata=tuple((dict(zip(strata, key, strict=True)), _counts(groups[key], lists))
                     for key in (sorted(groups) if strata else ())),
        documented=person.num_rows,
    )  # fmt: skip


def _counts(patterns: Mapping[tuple[str, ...], int], lists: Sequence[str]) -> CaptureCounts:
    rows = [[int(name in pattern) for name in lists] for pattern in patterns]
    return make_counts(rows, list(patterns.values()), lists)


def _values(column: str, person: pa.Table, statement: pa.Table) -> dict[str, str]:
    """person_id -> value of one stratum column; persons without it are left out."""
    if column in OF_PERSON:
        return _pairs(person["person_id"], person[column])
    preferred = statement.filter(statement["preferred"])
    if column != PERIOD:
        return _of_field(preferred, column)
    found: dict[str, str] = {}
    for name in reversed(DATES):
        found |= {key: value[:4] for key, value in _of_field(preferred, name).items()
                  if value[:4].isdigit()}  # fmt: skip
    return found


def _of_field(preferred: pa.Table, field: str) -> dict[str, str]:
    rows = preferred.select(["person_id", "field", "value"]).to_pydict()
    return {
        person: value for person, name, value in zip(*rows.values(), strict=True) if name == field
    }


def _pairs(keys: pa.ChunkedArray, values: pa.ChunkedArray) -> dict[str, str]:
    pairs = zip(keys.to_pylist(), values.to_pylist(), strict=True)
    return {key: value for key, value in pairs if value}


def history_rows(histories: Histories) -> list[dict[str, object]]:
    """Rows of the table ``capture_history``: all persons first, then each stratum."""
    tables: list[tuple[Mapping[str, str], CaptureCounts]] = []
    if histories.whole is not None:
        tables = [({}, histories.whole), *histories.strata]
    return [
        {"stratum": stratum_json(stratum), "persons": int(count),
         "list_ids": [name for name, held in zip(counts.lists, pattern, strict=True) if held]}
        for stratum, counts in tables
        for pattern, count in zip(counts.patterns, counts.counts, strict=True)
    ]  # fmt: skip


def stratum_json(stratum: Mapping[str, str]) -> str:
    """A stratum as the tables write it."""
    return json.dumps(dict(stratum), ensure_ascii=False)
