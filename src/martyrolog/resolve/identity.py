"""Who is who: ``hand/identity.jsonl``, the log of person ids.

Use :func:`read_identity` for what the log says today. Always holds: an id that was given once is
never given to another person; what the log says depends on its lines alone, never on ``build/``.
How ids are chosen for the clusters of a build stands in ``assignment``; why it is done so in
docs/decisions/0007-person-ids.md.

A line holds one operation on many persons or records (at most ``BATCH``), so that the log of a
million persons is read in seconds:

    found    {"person_id": ["record_id", ...]}  the id is given, for good, to these records
    join     {"record_id": "person_id"}         the record was added to a person later
    inherit  {"record_id": "old record_id"}     the record supersedes one that is no longer there
    merge    {"person_id": "person_id"}         the first now leads to the second
    split    {"person_id": ["person_id", ...]}  the id is retired and leads to several
    remove   {"person_id": []}                  no record is left: a tombstone
    revive   {"person_id": []}                  its records are back, or stand apart again
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from martyrolog.archive import Archive
from martyrolog.errors import ArchiveError
from martyrolog.provenance import read_log

OPERATIONS = ("inherit", "found", "join", "merge", "split", "remove", "revive")
BATCH = 1_000
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Base 32 without i, l, o and u, which are misread (Crockford)."""
ID_LENGTH = 11

Operation = tuple[str, Mapping[str, Any]]


@dataclass
class Identity:
    """What the log of person ids says.

    Attributes:
        founded: record_id -> the id that was given for it; stays when the record is gone.
        joined: record_id -> the person it was added to later.
        age: person_id -> how many ids were given before it. Every id ever given is here.
        merged: person_id -> the one it leads to.
        split: person_id -> those it leads to. Retired for good.
        removed: Ids whose records are all gone.
        heirs: Superseded record -> records that took its place.
    """

    founded: dict[str, str] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    age: dict[str, int] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    split: dict[str, list[str]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    heirs: dict[str, list[str]] = field(default_factory=dict)

    def home(self, record_id: str) -> str | None:
        """The person under which the record stands by the log; None for a new record."""
        return self.founded.get(record_id) or self.joined.get(record_id)

    def alive(self, person_id: str) -> bool:
        """Whether the id was given and leads nowhere else."""
        return (
            person_id in self.age
            and person_id not in self.merged
            and person_id not in self.split
            and person_id not in self.removed
        )

    def apply(self, operation: str, content: Mapping[str, Any]) -> None:
        """Take one line of the log into account.

        Raises:
            KeyError: no such operation.
        """
        steps: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "found": self._found, "join": self._join, "inherit": self._inherit,
            "merge": self._merge, "split": self._split, "remove": self._remove,
            "revive": self._revive,
        }  # fmt: skip
        steps[operation](content)

    def _found(self, content: Mapping[str, list[str]]) -> None:
        for person_id, records in content.items():
            self.age.setdefault(person_id, len(self.age))
            for record_id in records:
                self.joined.pop(record_id, None)
                self.founded[record_id] = person_id

    def _join(self, content: Mapping[str, str]) -> None:
        for record_id, person_id in content.items():
            self.founded.pop(record_id, None)
            self.joined[record_id] = person_id

    def _inherit(self, content: Mapping[str, str]) -> None:
        for record_id, old in content.items():
            self.heirs.setdefault(old, []).append(record_id)
            if old in self.founded:
                self.founded[record_id] = self.founded[old]
            elif old in self.joined:
                self.joined[record_id] = self.joined[old]

    def _merge(self, content: Mapping[str, str]) -> None:
        self.removed.difference_update(content)
        self.merged.update(content)

    def _split(self, content: Mapping[str, list[str]]) -> None:
        self._revive(content)
        self.split.update(content)

    def _remove(self, content: Mapping[str, Any]) -> None:
        self.removed.update(content)

    def _revive(self, content: Mapping[str, Any]) -> None:
        for person_id in content:
            self.merged.pop(person_id, None)
            self.removed.discard(person_id)

    def survivor(self, person_id: str) -> str:
        """Where merges lead from an id: itself, or the last of the chain."""
        while person_id in self.merged:
            person_id = self.merged[person_id]
        return person_id

    def redirects(self) -> dict[str, list[str]]:
        """Every id no longer in use -> the living persons it leads to, sorted; none: removed."""
        known: dict[str, frozenset[str]] = {}
        former = [*self.merged, *self.split, *self.removed]
        return {person_id: sorted(self._targets(person_id, known)) for person_id in sorted(former)}

    def _targets(self, person_id: str, known: dict[str, frozenset[str]]) -> frozenset[str]:
        # a stack, not recursion: chains of redirects grow with the age of an archive
        waiting = [person_id]
        while waiting:
            current = waiting[-1]
            onward = self._onward(current)
            missing = [target for target in onward if target not in known]
            if current in known or not missing:
                waiting.pop()
                ends = frozenset((current,)) if self.alive(current) else frozenset[str]()
                known.setdefault(current, ends.union(*(known[target] for target in onward)))
            else:
                waiting += missing
        return known[person_id]

    def _onward(self, person_id: str) -> list[str]:
        if person_id in self.merged:
            return [self.merged[person_id]]
        return self.split.get(person_id, [])


def identity_log(archive: Archive) -> Path:
    """Where the identities of an archive stand."""
    return archive.hand / "identity.jsonl"


def read_identity(path: Path) -> Identity:
    """What the log says; nothing where there is no file.

    Raises:
        ArchiveError: the chain of hashes is broken, or a line is no operation known here.
    """
    identity = Identity()
    for number, entry in enumerate(read_log(path), start=1):
        operation, content = entry.get("operation"), entry.get("content")
        if operation not in OPERATIONS or not isinstance(content, Mapping):
            raise ArchiveError("resolve.identity_unreadable", path=str(path), line=number)
        identity.apply(operation, content)
    return identity


def log_lines(operations: list[Operation]) -> Iterator[dict[str, Any]]:
    """Operations as entries for ``provenance.append_log``, at most ``BATCH`` items each."""
    for operation, content in operations:
        items = iter(content.items())
        while batch := dict(islice(items, BATCH)):
            yield {"operation": operation, "content": batch}


def new_person_id(archive_id: str, record_id: str, taken: Mapping[str, object]) -> str:
    """An opaque id that was never given: 'p' and eleven letters of base 32 (55 bits).

    Args:
        archive_id: Two archives give different ids.
        record_id: Smallest record of the new person.
        taken: Every id ever given; one that is taken is passed over.
    """
    attempt = 0
    while True:
        content = f"{archive_id}\n{record_id}\n{attempt}".encode()
        number = int.from_bytes(blake2b(content, digest_size=8).digest())
        letters = (LETTERS[number >> 5 * position & 31] for position in range(ID_LENGTH))
        person_id = "p" + "".join(letters)
        if person_id not in taken:
            return person_id
        attempt += 1
