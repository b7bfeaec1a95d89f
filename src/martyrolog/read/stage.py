"""The stage: every source list of an archive into the tables that reading writes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.archive import Archive, SourceList
from martyrolog.progress import SILENT, Progress
from martyrolog.read.profile import Profile, load_profile, profile_file
from martyrolog.read.reading import ListFile, Reading, ReadList, read_source
from martyrolog.stage import Tables
from martyrolog.tables import LIST_KINDS, TABLES, check_table, empty_table, make_table

WRITES = ("source_list", "record", "reject", "trial", "body", "office", "cohort", "operation",
          "published_figure")  # fmt: skip


def read_lists(archive: Archive, tables: Tables, progress: Progress = SILENT) -> Tables:
    """Read every list of an archive.

    Args:
        archive: The archive.
        tables: Nothing: reading is the first stage.
        progress: Who watches.

    Returns:
        The tables of ``WRITES``, sorted by their keys.

    Raises:
        ListError: a list cannot be read as a whole.
        ArchiveError: a file of a list is missing or lies outside ``lists/``.
    """
    del tables
    lists = archive.settings.list
    taken: dict[str, dict[str, str]] = {kind: {} for kind in LIST_KINDS}
    done: list[tuple[SourceList, ReadList]] = []
    for source in progress.track(lists, label="read.progress_lists", total=len(lists)):
        done.append((source, _read_list(archive, source, taken[source.kind])))
    return {
        "source_list": make_table("source_list", [_source_row(*each) for each in done]),
        "reject": _sorted("reject", [make_table("reject", found.rejects) for _, found in done]),
        **{name: _sorted(name, [chunk for _, found in done if found.table == name
                                for chunk in found.entries]) for name in LIST_KINDS.values()},
    }  # fmt: skip


def _profile(archive: Archive, source: SourceList) -> Profile:
    if source.profile is None:
        return Profile()
    return load_profile(source.profile, archive.profiles, source.kind)


def _read_list(archive: Archive, source: SourceList, taken: dict[str, str]) -> ReadList:
    files = [ListFile(path, path.relative_to(archive.lists).as_posix())
             for path in archive.files_of(source)]  # fmt: skip
    how = Reading(source.id, _profile(archive, source), source.kind, source.role)
    return read_source(files, how, taken=taken)


def _sorted(name: str, chunks: Sequence[pa.Table]) -> pa.Table:
    if not chunks:
        return empty_table(name)
    table = pa.concat_tables(chunks).combine_chunks()
    order = pc.sort_indices(table, sort_keys=[(key, "ascending") for key in TABLES[name].key])
    return check_table(name, table.take(order))


def _source_row(source: SourceList, found: ReadList) -> dict[str, Any]:
    row = {name: getattr(source, name) or None for name in
           ("kind", "publisher", "year", "language", "url", "accessed", "licence", "role", "file",
            "duplicate_free")}  # fmt: skip
    for name in ("title", "covers", "misses"):
        texts = getattr(source, name)
        row |= {f"{name}_en": texts.en or None, f"{name}_ru": texts.ru or None}
    if source.historical is not None:
        row |= {"historical_reason": source.historical.reason,
                "historical_author": source.historical.author,
                "historical_date": source.historical.date.isoformat()}  # fmt: skip
    return row | {
        "list_id": source.id, "duplicate_free": source.duplicate_free,
        "fit_for_estimation": source.estimation.fit,
        "estimation_reason": source.estimation.reason or None,
        "encoding": ", ".join(found.encodings), "rows_in": found.rows, "records": found.kept,
        "rejects": len(found.rejects),
    }  # fmt: skip


def files_read(archive: Archive) -> list[Path]:
    """The files that reading depends on: the lists and the archive's own profiles."""
    files = {path for source in archive.settings.list for path in archive.files_of(source)}
    for source in archive.settings.list:
        own = profile_file(source.profile, archive.profiles) if source.profile else None
        files |= {own} if own is not None else set()
    return sorted(files)


def settings_read(archive: Archive) -> object:
    """The settings that reading depends on, as plain values."""
    return [source.model_dump(mode="json") for source in archive.settings.list]
