"""A release: the disclosed tables as site and downloads, written whole or not at all.

It is written into a temporary folder of releases/, which is renamed when all is in it; then LATEST,
a file with the identifier of the newest release, is replaced. A run that is killed leaves the old
release in place; the next run removes what it left. Where the content is that of the newest
release, that one is kept as it is. Files that did not change are those of the release before.
"""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from martyrolog import __version__
from martyrolog.archive import Archive
from martyrolog.errors import ArchiveError, StorageError
from martyrolog.hand import HIDEABLE, redaction_log
from martyrolog.progress import Progress
from martyrolog.provenance import hash_bytes, hash_value, now, read_log, replaced_file
from martyrolog.publish import downloads
from martyrolog.publish.analyses import ANALYSES, articles_hash, with_analyses
from martyrolog.publish.disclosure import Disclosed, disclose
from martyrolog.publish.estimates import ESTIMATES, with_estimates
from martyrolog.publish.jobs import make_jobs
from martyrolog.publish.links import links_shown
from martyrolog.publish.previous import MANIFEST, Previous, keep_inputs, read_previous
from martyrolog.publish.release_info import ReleaseInfo
from martyrolog.publish.sitemap import make_sitemaps
from martyrolog.publish.workers import Job, Made, make_files
from martyrolog.stage import Tables
from martyrolog.tables import make_table

LATEST = "LATEST"
UNFINISHED = ".unfinished-"
CODE = ("publish", "levels", "names", "dates", "places", "terms", "messages")
"""Packages whose change may change a page."""


def publish(archive: Archive, tables: Tables, progress: Progress) -> Tables:
    """Make a release of the tables, or keep the newest one where it says the same.

    Raises:
        StorageError: the disk is full, or releases/ cannot be written; the old release stays.
    """
    known = {name: table for name, table in tables.items() if name not in ANALYSES + ESTIMATES}
    known["match"] = links_shown(known["match"], known["person_record"], known["possibly_same"],
                                 archive.settings.link.threshold)  # fmt: skip
    disclosed = with_analyses(archive, tables, disclose_archive(archive, known))
    disclosed = with_estimates(archive, tables, disclosed)
    shared = shared_hash(archive)
    content_hash = _content_hash(disclosed, shared)
    kept = _kept(archive, content_hash)
    if kept is not None:
        progress.say("publish.kept", release=kept["release_id"])
        _remove_leftovers(archive)
        return {"release": make_table("release", [kept])}
    date = now().date().isoformat()
    release = ReleaseInfo(
        release_id=f"{date}-{content_hash[:8]}", date=date, content_hash=content_hash,
        withheld=disclosed.withheld, withheld_by_list=disclosed.withheld_by_list,
        settings=archive.settings,
    )  # fmt: skip
    try:
        said = _write(archive, disclosed, release, progress, shared)
    except OSError as problem:
        raise StorageError("core.cannot_write", path=str(archive.releases),
                           why=str(problem.strerror)) from problem  # fmt: skip
    return {"release": make_table("release", [said])}


def disclose_archive(archive: Archive, tables: Tables) -> Disclosed:
    """The tables of an archive that may be published, each in an order of its own rows.

    Raises:
        ArchiveError: hand/redactions.jsonl is damaged or an entry names no field or nobody.
    """
    path = redaction_log(archive)
    redactions = read_log(path)
    for line, entry in enumerate(redactions, start=1):
        who = entry.get("person_id") or entry.get("record_id")
        if entry.get("field") not in HIDEABLE or not (isinstance(who, str) and who):
            raise ArchiveError("publish.redaction_entry", path=str(path), line=line)
    found = disclose(
        tables, redactions, year=now().year, years=archive.settings.publish.possibly_living_years
    )
    ordered = {name: downloads.in_order(table) for name, table in found.tables.items()}
    return Disclosed(ordered, found.withheld, found.withheld_by_list)


def _content_hash(disclosed: Disclosed, shared: str) -> str:
    tables = {
        name: hash_bytes(downloads.csv_bytes(table)) for name, table in disclosed.tables.items()
    }
    return hash_value([tables, articles_hash(disclosed), dict(disclosed.withheld_by_list),
                       disclosed.withheld, shared])  # fmt: skip


def shared_hash(archive: Archive) -> str:
    """SHA-256 over what every page depends on: the settings and the program."""
    return hash_value([archive.settings.model_dump(mode="json"), __version__, _code_hash()])


def _code_hash() -> str:
    """SHA-256 over the templates, texts and rules that a page is made with."""
    folder = Path(str(resources.files("martyrolog")))
    files = sorted(
        path for name in CODE for path in (folder / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )  # fmt: skip
    return hash_value(
        [(str(path.relative_to(folder)), hash_bytes(path.read_bytes())) for path in files]
    )


def latest_id(archive: Archive) -> str | None:
    """The identifier of the newest release; None where there is none."""
    path = archive.releases / LATEST
    return path.read_text(encoding="utf-8").strip() if path.is_file() else None


def _kept(archive: Archive, content_hash: str) -> Mapping[str, Any] | None:
    """What the newest release says of itself, where it has this content and is whole."""
    release_id = latest_id(archive)
    folder = archive.releases / (release_id or "none")
    if release_id is None or not (folder / "site" / "index.html").is_file():
        return None
    try:
        release = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["release"]
    except (OSError, ValueError, KeyError):
        return None
    return release if release["content_hash"] == content_hash else None


def _remove_leftovers(archive: Archive) -> None:
    for path in archive.releases.glob(f"{UNFINISHED}*"):
        shutil.rmtree(path, ignore_errors=True)


def _write(archive: Archive, disclosed: Disclosed, release: ReleaseInfo, progress: Progress,
           shared: str) -> Mapping[str, Any]:  # fmt: skip
    archive.releases.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(archive)
    unfinished = archive.releases / f"{UNFINISHED}{os.getpid()}"
    previous = read_previous(archive, shared)
    jobs = make_jobs(
        disclosed, release, list(archive.source_lists), previous, archive.build, shared
    )
    try:
        made = _make(jobs, unfinished / "site", release, previous, progress)
        said = _describe(unfinished, made, release, disclosed)
        target = archive.releases / release.release_id
        if target.exists():  # LATEST was lost, or this release was cut down by hand: write it anew
            target.replace(archive.releases / f"{UNFINISHED}{os.getpid()}-old")
        unfinished.replace(target)
    finally:
        _remove_leftovers(archive)
    with replaced_file(archive.releases / LATEST) as path:
        path.write_text(release.release_id + "\n", encoding="utf-8")
    inputs = {file.path: file.inputs for file in sorted(made) if file.inputs}
    stamps = {file.path: file.stamp for file in sorted(made)}
    keep_inputs(archive, release.release_id, shared, inputs, stamps)
    if previous.site:
        pages = [file for file in made if file.path.endswith(".html")]
        kept = sum(file.kept for file in pages)
        progress.say("publish.reused", made=len(pages) - kept, kept=kept)
    return said


def _make(jobs: Sequence[Job], site: Path, release: ReleaseInfo, previous: Previous,
          progress: Progress) -> Made:  # fmt: skip
    """Write all files of the site."""
    made: Made = []
    running = make_files(jobs, site, previous)
    for some in progress.track(running, label="publish.progress_pages", total=len(jobs)):
        made += some
    pages = sorted(file.path for file in made if file.path.endswith(".html"))
    listed = [path for path in pages if not path.endswith("404.html")]
    maps = [partial(make_sitemaps, listed, release.settings.publish.base_url, release.date)]
    for some in make_files(maps, site, previous):
        made += some
    return made


def _describe(folder: Path, made: Made, release: ReleaseInfo,
              disclosed: Disclosed) -> Mapping[str, Any]:  # fmt: skip
    """Write the manifest; give the row of the table ``release``."""
    said = {
        "release_id": release.release_id,
        "date": release.date,
        "content_hash": release.content_hash,
        "persons": disclosed.tables["person"].num_rows,
        "withheld": disclosed.withheld,
        "pages": sum(file.path.endswith(".html") for file in made),
    }
    files = {f"site/{file.path}": file.digest for file in sorted(made)}
    text = json.dumps({"release": said, "files": files}, ensure_ascii=False, indent=0)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return said


def published_files(archive: Archive) -> list[Path]:
    """Files whose change makes publishing run again."""
    found = [redaction_log(archive), archive.releases / LATEST,
             *sorted((archive.path / "articles").glob("*.md"))]  # fmt: skip
    release_id = latest_id(archive)
    return [*found, archive.releases / release_id / MANIFEST] if release_id else found
