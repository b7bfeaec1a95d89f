"""Persons of an archive into counts of capture histories: here, and only here, tables are read.

What leaves is which lists and how many: neither name nor identifier. Only victims count, and only
lists of which archive.toml says that they are fit for estimation, and why.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from martyrolog.archive import Archive
from martyrolog.errors import ArchiveError
from martyrolog.estimate.counts import CaptureCounts, make_counts
from martyrolog.estimate.dividing import stratum_keys
from martyrolog.stage import Tables


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
        if not source.estimation.reason.in_language("en").strip():
            raise ArchiveError("estimate.fit_needs_reason", list_id=list_id)
        found.append(list_id)
    return tuple(sorted(found))


def make_histories(lists: Sequence[str], strata: Sequence[str], tables: Tables) -> Histories:
    """Count the victims by the lists that hold them.

    Args:
        lists: Lists fit for estimation.
        strata: Columns that divide the victims; see ``dividing.stratum_keys``.
        tables: ``person`` and ``statement``.
    """
    keys = stratum_keys(strata, tables)
    held = _held(tables)
    groups = _grouped(((keys[person], held[person]) for person in held), lists)
    return _histories(groups, lists, strata, len(held))


def make_drawn_histories(
    lists: Sequence[str], strata: Sequence[str], tables: Tables
) -> list[Histories]:
    """The same counts from each draw of the clustering.

    Args:
        lists: Lists fit for estimation.
        strata: As in :func:`make_histories`. A drawn cluster is of the stratum of the person to
            whom most of its records belong.
        tables: ``person``, ``statement``, ``person_record`` and ``cluster_draw``.

    Returns:
        One a draw, empty without draws. Persons whose records no draw clusters otherwise count as
        they stand; records of persons who are no victims are left out.
    """
    keys, held = stratum_keys(strata, tables), _held(tables)
    person_of = dict(zip(*tables["person_record"].select(["record_id", "person_id"])
                         .to_pydict().values(), strict=True))  # fmt: skip
    drawn = _drawn_clusters(tables["cluster_draw"], person_of, held)
    moved = {person for clusters in drawn[:1] for cluster in clusters for person, _ in cluster}
    settled = _grouped(((keys[one], held[one]) for one in held if one not in moved), lists)
    found = []
    for clusters in drawn:
        groups = _grouped(((keys[_owner(cluster)], [name for _, name in cluster])
                           for cluster in clusters), lists)  # fmt: skip
        for key, counted in settled.items():
            groups.setdefault(key, Counter()).update(counted)
        found.append(_histories(groups, lists, strata, len(held) - len(moved) + len(clusters)))
    return found


_Cluster = list[tuple[str, str]]
"""Person and list of each record."""


def _drawn_clusters(
    table: pa.Table, person_of: Mapping[str, str], victims: Mapping[str, Sequence[str]]
) -> list[list[_Cluster]]:
    drawn: dict[int, dict[str, _Cluster]] = {}
    for draw, record, cluster, name in zip(*table.to_pydict().values(), strict=True):
        if person_of.get(record) in victims:
            clusters = drawn.setdefault(draw, {})
            clusters.setdefault(cluster, []).append((person_of[record], name))
    return [list(drawn[draw].values()) for draw in sorted(drawn)]


def _owner(cluster: _Cluster) -> str:
    """The person to whom most records belong; of equals the one of the first record."""
    return Counter(person for person, _ in cluster).most_common(1)[0][0]


_Groups = dict[tuple[str, ...], "Counter[tuple[str, ...]]"]


def _grouped(
    persons: Iterable[tuple[tuple[str, ...], Sequence[str]]], lists: Sequence[str]
) -> _Groups:
    """Stratum -> pattern -> persons; who is in none of the lists is left out."""
    wanted = set(lists)
    groups: _Groups = {}
    for key, held in persons:
        pattern = tuple(sorted(wanted.intersection(held)))
        if pattern:
            groups.setdefault(key, Counter())[pattern] += 1
    return groups


def _histories(
    groups: _Groups, lists: Sequence[str], strata: Sequence[str], documented: int
) -> Histories:
    whole = sum(groups.values(), Counter())
    return Histories(
        lists=tuple(lists),
        whole=_counts(whole, lists) if whole else None,
        strata=tuple((dict(zip(strata, key, strict=True)), _counts(groups[key], lists))
                     for key in (sorted(groups) if strata else ())),
        documented=documented,
    )  # fmt: skip


def _held(tables: Tables) -> dict[str, Sequence[str]]:
    """person_id of each victim -> the lists that name the person."""
    person = tables["person"].filter(tables["person"]["victim"])
    return dict(zip(person["person_id"].to_pylist(), person["list_ids"].to_pylist(), strict=True))


def _counts(patterns: Mapping[tuple[str, ...], int], lists: Sequence[str]) -> CaptureCounts:
    rows = [[int(name in pattern) for name in lists] for pattern in patterns]
    return make_counts(rows, list(patterns.values()), lists)


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
