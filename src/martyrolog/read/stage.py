"""The stage: every source list of an archive into the tables that reading writes."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.archive import Archive, SourceList
from martyrolog.errors import ListError
from martyrolog.hand import apply_corrections, correction_log, read_corrections
from martyrolog.progress import SILENT, Progress
from martyrolog.read.editions import superseded
from martyrolog.read.kept import KeptParts, forget_others
from martyrolog.read.loading import load_profile, profile_files
from martyrolog.read.profile import Profile
from martyrolog.read.reading import ListFile, Reading, ReadList, read_source
from martyrolog.stage import Tables
from martyrolog.tables import LIST_KINDS, TABLES, check_table, empty_table, make_table

WRITES = (
    "source_list",
    "record",
    "reject",
    "trial",
    "body",
    "office",
    "cohort",
    "operation",
    "published_figure",
)


def read_lists(archive: Archive, _: Tables, progress: Progress = SILENT) -> Tables:
    """Read every list of an archive.

    Args:
        archive: The archive.
        _: Nothing: reading is the first stage.
        progress: Who watches.

    Returns:
        The tables of ``WRITES``, sorted by their keys.

    Raises:
        ListError: a list cannot be read as a whole.
        ArchiveError: a file of a list is missing or lies outside ``lists/``; the log of corrections
            is damaged.
    """
    lists = archive.settings.list
    taken: dict[str, dict[str, str]] = {kind: {} for kind in LIST_KINDS}
    done: dict[str, ReadList] = {}
    kept = {source.id: KeptParts(_cache(archive), source.id) for source in lists}
    for source in progress.track(lists, label="read.progress_lists", total=len(lists)):
        done[source.id] = _read_list(archive, source, taken[source.kind], kept[source.id])
        kept[source.id].save()
    forget_others(_cache(archive), kept)
    _say_what_was_read(kept.values(), progress)
    for source in lists:
        _supersede(archive, source, done)
    found = done.values()
    chunks = {
        name: [chunk for each in found if each.table == name for chunk in each.entries]
        for name in LIST_KINDS.values()
    }
    tables = {name: _sorted(name, parts) for name, parts in chunks.items()}
    tables["record"] = _corrected(archive, tables["record"], progress)
    return {
        "source_list": make_table(
            "source_list", [_source_row(each, done[each.id]) for each in lists]
        ),
        "reject": _sorted("reject", [make_table("reject", each.rejects) for each in found]),
        **tables,
    }


def _corrected(archive: Archive, records: pa.Table, progress: Progress) -> pa.Table:
    """The records as people corrected them by hand."""
    corrections = read_corrections(archive)
    if not corrections:
        return records
    records, waiting = apply_corrections(records, corrections)
    if waiting:
        progress.say("hand.waiting", count=waiting)
    return records


def _cache(archive: Archive) -> Path:
    return archive.build / "cache" / "read"


def _say_what_was_read(kept: Iterable[KeptParts], progress: Progress) -> None:
    anew = [each.read > 0 for each in kept]
    progress.say("read.lists_read", read=sum(anew), kept=len(anew) - sum(anew))


def _supersede(archive: Archive, source: SourceList, done: dict[str, ReadList]) -> None:
    """Let the records of a later edition name those that they replace."""
    if source.supersedes is None:
        return
    earlier = done.get(source.supersedes)
    if earlier is None or earlier.table != "record" or source.kind != "person":
        raise ListError("read.no_such_edition", list_id=source.id, edition=source.supersedes)
    old, new = (
        pa.concat_tables([*each.entries, empty_table("record")])
        for each in (earlier, done[source.id])
    )
    done[source.id].entries = [superseded(new, old, _profile(archive, source).same_row)]


def _profile(archive: Archive, source: SourceList) -> Profile:
    if source.profile is None:
        return Profile()
    return load_profile(source.profile, archive.profiles, source.kind)


def _read_list(
    archive: Archive, source: SourceList, taken: dict[str, str], kept: KeptParts
) -> ReadList:
    files = [
        ListFile(path, path.relative_to(archive.lists).as_posix())
        for path in archive.files_of(source)
    ]
    how = Reading(source.id, _profile(archive, source), source.kind, source.role)
    return read_source(files, how, taken=taken, read=kept)


def _sorted(name: str, chunks: Sequence[pa.Table]) -> pa.Table:
    if not chunks:
        return empty_table(name)
    table = pa.concat_tables(chunks).combine_chunks()
    order = pc.sort_indices(table, sort_keys=[(key, "ascending") for key in TABLES[name].key])
    return check_table(name, table.take(order))


def _source_row(source: SourceList, found: ReadList) -> dict[str, Any]:
    row = {
        name: getattr(source, name) or None
        for name in (
            "kind",
            "publisher",
            "year",
            "language",
            "url",
            "accessed",
            "licence",
            "role",
            "file",
            "duplicate_free",
        )
    }
    said = {name: getattr(source, name) for name in ("title", "covers", "misses")}
    for name, texts in {**said, "estimation_reason": source.estimation.reason}.items():
        row |= {f"{name}_en": texts.en or None, f"{name}_ru": texts.ru or None}
    if source.historical is not None:
        row |= {
            "historical_reason": source.historical.reason,
            "historical_author": source.historical.author,
            "historical_date": source.historical.date.isoformat(),
        }
    return row | {
        "list_id": source.id,
        "duplicate_free": source.duplicate_free,
        "fit_for_estimation": source.estimation.fit,
        "encoding": ", ".join(found.encodings),
        "rows_in": found.rows,
        "records": found.kept,
        "rejects": len(found.rejects),
    }


def files_read(archive: Archive) -> list[Path]:
    """The files that reading depends on: lists, the archive's own profiles, corrections."""
    files = {path for source in archive.settings.list for path in archive.files_of(source)}
    for name in {source.profile for source in archive.settings.list} - {None}:
        files |= set(profile_files(str(name), archive.profiles))
    return [*sorted(files), correction_log(archive)]


def settings_read(archive: Archive) -> object:
    """The settings that reading depends on, as plain values."""
    return [source.model_dump(mode="json") for source in archive.settings.list]
