"""The embedded archive: copy it out of the package and build it.

Use :func:`demo`. What the package ships is copied into the folder; a file there that differs,
because someone changed it or an older version wrote it, is kept beside the new one as
``NAME.before``, so that nothing is lost. ``hand/``, ``build/`` and ``releases/`` are never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from martyrolog.archive import FOLDERS, SETTINGS, Archive, open_archive
from martyrolog.errors import ArchiveError, StorageError
from martyrolog.pipeline import StageRun, build
from martyrolog.progress import SILENT, Progress
from martyrolog.provenance import replaced_file

COLLECTION = "great_purge"
COPIED = ("lists", "profiles", "articles")


@dataclass(frozen=True)
class Demo:
    """The embedded archive on disk and what building it did."""

    archive: Archive
    runs: Sequence[StageRun]


def demo(path: Path, *, progress: Progress = SILENT) -> Demo:
    """Put the embedded Great Purge archive into a folder and build it.

    Args:
        path: A new or empty folder, or one where this command put the archive before.
        progress: Who watches.

    Raises:
        ArchiveError: the folder holds something else.
        StorageError: it cannot be written.
    """
    source = resources.files("martyrolog.collections") / COLLECTION
    _refuse_other_content(path)
    try:
        for folder in FOLDERS:
            (path / folder).mkdir(parents=True, exist_ok=True)
        _copy(source / SETTINGS, path / SETTINGS)
        for folder in COPIED:
            _copy_tree(source / folder, path / folder)
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(path), why=why) from problem
    archive = open_archive(path)
    return Demo(archive, build(archive, progress=progress))


def _refuse_other_content(path: Path) -> None:
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        return
    identifier = open_archive(path).settings.archive.id if (path / SETTINGS).exists() else None
    if identifier != "great-purge":
        raise ArchiveError("core.archive_not_empty", path=str(path))


def _copy_tree(source: Traversable, target: Path) -> None:
    if not source.is_dir():
        return
    for entry in sorted(source.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            _copy_tree(entry, target / entry.name)
        elif not entry.name.startswith((".", "__")):
            _copy(entry, target / entry.name)


def _copy(source: Traversable, target: Path) -> None:
    content = source.read_bytes()
    if target.exists():
        if target.read_bytes() == content:
            return
        target.replace(target.with_name(target.name + ".before"))
    with replaced_file(target) as unfinished:
        unfinished.write_bytes(content)
