"""The release before: pages that have not changed are taken from it instead of being made anew.

``build/pages.json`` keeps, of the release written last, hashes of what its files were made of
(`person_inputs`, `page_inputs`) and the size, time and inode of each file: no name, no text, no one
withheld. A file is taken only where it is as it was when it was written: the same size, time and
inode, or else the bytes that the manifest of that release names; one altered by hand is made again.
Always holds: the new release has the bytes that it would have without this. Bytes that a failing
disk changed without a trace pass into the new release too, whose manifest then shows them.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from martyrolog.archive import Archive
from martyrolog.provenance import hash_bytes, read_json, replaced_file

INPUTS = "pages.json"
MANIFEST = "manifest.json"

Stamp = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, inode."""


def stamp_of(status: os.stat_result) -> Stamp:
    """What tells, without reading a file, that nobody has altered it."""
    return status.st_size, status.st_mtime_ns, status.st_ino


@dataclass(frozen=True, eq=False)
class Previous:
    """What an earlier release offers.

    Attributes:
        site: Its folder ``site``; None where there is none to take from.
        hashes: SHA-256 of each file of the site, by path.
        inputs: Hash of what a page was made of, by its path; of a person's files by that of
            ``person.json``.
        stamps: Stamp of each file as it was written, as a list.
    """

    site: Path | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, list[int]] = field(default_factory=dict)

    def offers(self, path: str, inputs: str, paths: Iterable[str]) -> bool:
        """Whether files made of these inputs stand there unaltered.

        Args:
            path: What the inputs are known by.
            inputs: Hash of what the files are made of.
            paths: The files.
        """
        return self.inputs.get(path) == inputs and all(map(self.unaltered, paths))

    def holds(self, path: str, digest: str) -> bool:
        """Whether a file with these bytes stands there unaltered."""
        return self.hashes.get(path) == digest and self.unaltered(path)

    def unaltered(self, path: str) -> bool:
        """Whether a file is as the manifest names it."""
        if self.site is None or path not in self.hashes:
            return False
        try:
            if [*stamp_of((self.site / path).stat())] == self.stamps.get(path):
                return True
            return hash_bytes((self.site / path).read_bytes()) == self.hashes[path]
        except OSError:
            return False


def read_previous(archive: Archive, shared: str) -> Previous:
    """The release written last, where its pages were made by the same program and settings.

    Args:
        archive: Where releases stand.
        shared: Hash of what every page depends on.
    """
    known = read_json(archive.build / INPUTS)
    if known.get("shared") != shared:
        return Previous()
    folder = archive.releases / str(known["release_id"])
    try:
        manifest = (folder / MANIFEST).read_bytes()
    except OSError:  # the release was removed
        return Previous()
    if hash_bytes(manifest) != known["manifest"]:
        return Previous()
    files = json.loads(manifest)["files"]
    hashes = {path.removeprefix("site/"): digest for path, digest in files.items()}
    return Previous(folder / "site", hashes, known["inputs"], known["stamps"])


def keep_inputs(archive: Archive, release_id: str, shared: str, inputs: Mapping[str, str],
                stamps: Mapping[str, Stamp]) -> None:  # fmt: skip
    """Remember what the files of a release were made of, in place of what was known before."""
    manifest = hash_bytes((archive.releases / release_id / MANIFEST).read_bytes())
    known = {"release_id": release_id, "manifest": manifest, "shared": shared,
             "inputs": inputs, "stamps": stamps}  # fmt: skip
    with replaced_file(archive.build / INPUTS) as path:  # without indents: 60,000 files
        path.write_text(json.dumps(known, separators=(",", ":")) + "\n", encoding="utf-8")
