"""Adding a list to an archive: the files are copied into ``lists/``, the list into archive.toml.

A list is read once before anything is written: what cannot be read is not added. A file in
``lists/`` is never overwritten by a different one.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from martyrolog.archive import Archive, Bilingual, SourceList, append_list, locked, settings_error
from martyrolog.errors import ArchiveError, ListError, StorageError
from martyrolog.names import to_latin
from martyrolog.provenance import hash_file, replaced_file
from martyrolog.read.loading import load_profile
from martyrolog.read.profile import Profile
from martyrolog.read.reading import ListFile, Reading, ReadList, read_source
from martyrolog.read.row import cleaned


@dataclass(frozen=True)
class AddReport:
    """What was added and what was found in it.

    Attributes:
        list_id: Id of the new list.
        files: Files in the archive.
        format: Formats found.
        encoding: Encodings found.
        matched: Heading to field.
        unmatched: Headings of columns kept in the verbatim text only.
        rows: Rows in the files.
        records: Rows that become records or entries.
        rejects: Rows that cannot be read.
    """

    list_id: str
    files: tuple[str, ...]
    format: str
    encoding: str
    matched: Mapping[str, str]
    unmatched: tuple[str, ...]
    rows: int
    records: int
    rejects: int


def add(
    archive: Archive,
    files: Sequence[Path],
    *,
    profile: str | None = None,
    list_id: str | None = None,
    role: str = "victim",
    title: str | None = None,
    url: str = "",
    kind: str = "person",
) -> tuple[Archive, AddReport]:
    """Add one or more files as one source list.

    Args:
        archive: The archive.
        files: Files to copy into ``lists/``; several are one list.
        profile: Name of a reading profile; without one a plain table is expected, whose format,
            encoding and columns are found.
        list_id: Id of the list; made from the file's name where not given.
        role: Role of those the list names.
        title: Title of the list; the file's name where not given.
        url: Its live source.
        kind: What its rows become: a key of ``LIST_KINDS``.

    Returns:
        The archive with the new list, and what was found.

    Raises:
        ListError: a file is missing, cannot be read, or another file of its name is there already.
        ArchiveError: a list of that id is there already, or an id or link is not sound.
        StorageError: the archive cannot be written.
    """
    if not files:
        raise ListError("read.no_files")
    for path in files:
        if path.is_dir():
            raise ListError("read.is_folder", path=str(path))
        if not path.is_file():
            raise ListError("read.no_such_file", path=str(path))
    identifier = list_id or _identifier(archive, files[0])
    names = _places(files, identifier)
    source = _source_list(
        identifier,
        names,
        profile=profile,
        role=role,
        kind=kind,
        url=url,
        title=cleaned(title or files[0].stem),
    )
    if identifier in archive.source_lists:
        raise ArchiveError("core.config_duplicate_list", list_id=identifier)
    found = _try(archive, files, names, source)
    with locked(archive):
        for path, name in zip(files, names, strict=True):
            _copy(path, archive.path / name)
        return append_list(archive, source), _report(source, names, found)


def _identifier(archive: Archive, file: Path) -> str:
    """An id from the file's name, in Latin letters, that no list has yet."""
    words = re.sub(r"[^a-z0-9]+", "-", to_latin(file.stem).lower()).strip("-")
    wanted = words[:60].strip("-") or "list"
    number, identifier = 1, wanted
    while identifier in archive.source_lists:
        number += 1
        identifier = f"{wanted}-{number}"
    return identifier


def _places(files: Sequence[Path], list_id: str) -> list[str]:
    """Where each file goes, relative to the archive."""
    if len(files) == 1:
        return [f"lists/{_safe_name(files[0].name)}"]
    names = [f"lists/{list_id}/{_safe_name(path.name)}" for path in files]
    for name in names:
        if names.count(name) > 1:
            raise ListError("read.same_file_name", file=name.rpartition("/")[2])
    return names


def _safe_name(name: str) -> str:
    """The file's name without what has a meaning in paths, patterns and terminals."""
    kept = re.sub(r"[^\w.\- ]+", "_", name, flags=re.UNICODE).strip(". ")
    return kept[-120:] or "list"


def _source_list(
    identifier: str,
    names: Sequence[str],
    *,
    profile: str | None,
    role: str,
    kind: str,
    url: str,
    title: str,
) -> SourceList:
    pattern = names[0] if len(names) == 1 else f"lists/{identifier}/*"
    cyrillic = re.search("[А-Яа-яЁё]", title) is not None
    raw = {
        "id": identifier,
        "file": pattern,
        "kind": kind,
        "profile": profile,
        "role": role,
        "url": url,
        "title": Bilingual(ru=title) if cyrillic else Bilingual(en=title),
    }
    try:
        return SourceList.model_validate(raw)
    except ValidationError as problem:
        raise settings_error(problem, SourceList) from problem


def _try(
    archive: Archive, files: Sequence[Path], names: Sequence[str], source: SourceList
) -> ReadList:
    profile = Profile()
    if source.profile:
        profile = load_profile(source.profile, archive.profiles, source.kind)
    pairs = [ListFile(path, name) for path, name in zip(files, names, strict=True)]
    return read_source(pairs, Reading(source.id, profile, source.kind, source.role))


def _copy(path: Path, place: Path) -> None:
    if place.exists():
        if hash_file(place) == hash_file(path):
            return
        raise ListError("read.file_taken", file=place.name, path=str(path))
    try:
        with replaced_file(place) as unfinished:
            shutil.copyfile(path, unfinished)
    except OSError as problem:
        raise StorageError(
            "core.cannot_write", path=str(place), why=str(problem.strerror)
        ) from problem


def _report(source: SourceList, names: Sequence[str], found: ReadList) -> AddReport:
    return AddReport(
        source.id,
        tuple(names),
        ", ".join(found.formats),
        ", ".join(found.encodings),
        found.matched,
        found.unmatched,
        found.rows,
        found.kept,
        len(found.rejects),
    )
