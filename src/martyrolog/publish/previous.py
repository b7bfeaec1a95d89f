"""The release before: pages that have not changed are taken from it instead of being made anew.

``build/pages.json`` keeps, of the release written last, a hash of what each person's files were
made of (`person_inputs`), and nothing else: no name, no text, no one withheld. A file is taken only
where its bytes have the hash that the manifest of that release gives, so that a file altered by
hand is made again. Always holds: the new release has the bytes that it would have without this.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from martyrolog.archive import Archive
from martyrolog.provenance import hash_bytes, read_json, write_json

INPUTS = "pages.json"
MANIFEST = "manifest.json"


@dataclass(frozen=True, eq=False)
class Previous:
    """What an earlier release offers.

    Attributes:
        site: Its folder ``site``; None where there is none to take from.
        hashes: SHA-256 of each file of the site, by path.
        inputs: Hash of what each person's files were made of, by person.
    """

    site: Path | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)

    def files(self, paths: Iterable[str]) -> dict[str, bytes] | None:
        """The content of these files; None where one of them is missing or altered."""
        found = {}
        for path in paths:
            content = self._bytes(path)
            if content is None or hash_bytes(content) != self.hashes.get(path):
                return None
            found[path] = content
        return found

    def holds(self, path: str, content: bytes, digest: str) -> bool:
        """Whether a file stands there with this content."""
        return self.hashes.get(path) == digest and self._bytes(path) == content

    def _bytes(self, path: str) -> bytes | None:
        if self.site is None or path not in self.hashes:
            return None
        try:
            return (self.site / path).read_bytes()
        except OSError:
            return None


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
    return Previous(folder / "site", hashes, known["persons"])


def keep_inputs(archive: Archive, release_id: str, shared: str, inputs: Mapping[str, str]) -> None:
    """Remember what the files of the persons were made of, in place of what was known before."""
    manifest = hash_bytes((archive.releases / release_id / MANIFEST).read_bytes())
    write_json(archive.build / INPUTS, {
        "release_id": release_id, "manifest": manifest, "shared": shared, "persons": inputs,
    })  # fmt: skip
