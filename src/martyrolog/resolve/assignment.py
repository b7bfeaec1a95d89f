"""Which person id each cluster of records bears.

An id belongs to the records it was given for (its founding records). Records that come later join
it. From this follows all the rest (docs/decisions/0007-person-ids.md):

- the founding records are together: the id stays with them, whatever else joins or leaves;
- two ids meet in one cluster: the living one with most records stays, then the older; the other
  leads to it, and is revived when its founding records stand apart again;
- the founding records are divided: the id is retired for good and leads to all the parts;
- no founding record is left: those that joined become founding records; without any, the id stays
  with the records of the ids merged into it; if there are none either, it becomes a tombstone.

Linear in the number of records. Always holds: assigning the same clusters again changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from martyrolog.resolve.identity import Identity, Operation, new_person_id

Cluster = Sequence[str]
_Claims = dict[str, set[int]]


@dataclass(frozen=True)
class Assignment:
    """The person of each cluster, and what has to be written to the log before it holds."""

    persons: list[str]
    operations: list[Operation]


def inherit(
    identity: Identity, present: Iterable[str], supersedes: Mapping[str, str]
) -> list[Operation]:
    """Let records take the place of those they supersede and which are no longer there.

    Args:
        identity: What the log says; taken further by the result.
        present: The records of today.
        supersedes: record_id -> record of an earlier edition.

    Returns:
        What has to be logged: nothing for a record the log knows already, or whose predecessor is
        still present or was never known.
    """
    here = set(present)
    inherited = {
        record_id: old
        for record_id, old in sorted(supersedes.items())
        if old not in here and identity.home(record_id) is None and identity.home(old) is not None
    }
    if not inherited:
        return []
    identity.apply("inherit", inherited)
    return [("inherit", inherited)]


def assign(identity: Identity, clusters: Sequence[Cluster], archive_id: str) -> Assignment:
    """Choose an id for each cluster.

    Args:
        identity: What the log says; taken further by the result.
        clusters: Disjoint clusters, each sorted by record_id, in the order of their smallest.
        archive_id: Part of what a new id is made of.

    Returns:
        person_id of each cluster, and the operations to be logged.
    """
    claims = _claims(identity, clusters)
    divided = sorted(person_id for person_id, parts in claims.items() if len(parts) > 1)
    claim = {person: next(iter(parts)) for person, parts in claims.items() if len(parts) == 1}
    persons, found = _name(identity, clusters, claim, archive_id)
    joins = _joins(identity, clusters, persons, claim)
    successors = _successors(identity, clusters, persons, joins)
    found |= successors
    succeeding = {record_id for records in successors.values() for record_id in records}
    operations: list[Operation] = [
        # in the order in which the log is read again, for age is told by it
        ("found", dict(sorted(found.items()))),
        ("join", {one: person for one, person in joins.items() if one not in succeeding}),
        ("split", {person: sorted(persons[part] for part in claims[person]) for person in divided}),
        *_changes(identity, persons, claim, divided),
    ]
    operations = [operation for operation in operations if operation[1]]
    for operation, content in operations:
        identity.apply(operation, content)
    return Assignment(persons, operations)


def _name(
    identity: Identity, clusters: Sequence[Cluster], claim: Mapping[str, int], archive_id: str
) -> tuple[list[str], dict[str, list[str]]]:
    """The id of each cluster, and those that are new with the records they are given for."""
    candidates: dict[int, list[str]] = defaultdict(list)
    for person_id, number in claim.items():
        candidates[number].append(person_id)
    persons: list[str] = []
    found: dict[str, list[str]] = {}
    taken = dict(identity.age)
    for number, cluster in enumerate(clusters):
        survivor = _survivor(identity, cluster, candidates.get(number, ()))
        if survivor is None:
            survivor = new_person_id(archive_id, cluster[0], taken)
            taken[survivor] = len(taken)
            found[survivor] = list(cluster)
        persons.append(survivor)
    return persons, found


def _claims(identity: Identity, clusters: Sequence[Cluster]) -> _Claims:
    """person_id -> the clusters in which it has a right to stand; retired ids have none.

    The founding records decide; without any, those that joined; without these, for a living id,
    the records of the ids that were merged into it.
    """
    founded, joined, held = _Tally(), _Tally(), _Tally()
    for number, cluster in enumerate(clusters):
        for record_id in cluster:
            if home := identity.founded.get(record_id):
                founded.add(home, number)
            elif home := identity.joined.get(record_id):
                joined.add(home, number)
            if home in identity.merged:
                held.add(identity.survivor(home), number)
    claims: _Claims = {}
    for person_id in identity.age:
        if person_id in identity.split:
            continue
        parts = founded.of(person_id) or joined.of(person_id)
        if not parts and identity.alive(person_id):
            parts = held.of(person_id)
        if parts:
            claims[person_id] = parts
    return claims


class _Tally:
    """person_id -> numbers of clusters; a set only for the few that stand in several."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._more: dict[str, set[int]] = {}

    def add(self, person_id: str, number: int) -> None:
        if self._first.setdefault(person_id, number) != number:
            self._more.setdefault(person_id, set()).add(number)

    def of(self, person_id: str) -> set[int]:
        first = self._first.get(person_id)
        return set() if first is None else {first} | self._more.get(person_id, set())


def _survivor(identity: Identity, cluster: Cluster, candidates: Sequence[str]) -> str | None:
    """The living id with most records in the cluster, then the older; None without candidates."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    records = Counter(identity.home(record_id) for record_id in cluster)
    return min(
        candidates,
        key=lambda person: (not identity.alive(person), -records[person], identity.age[person]),
    )


def _successors(
    identity: Identity, clusters: Sequence[Cluster], persons: Sequence[str],
    joins: Mapping[str, str],
) -> dict[str, list[str]]:  # fmt: skip
    """Records that joined a person of whose founding records none is left: they take their place.

    So a founding record that comes back apart from them divides the id instead of taking it away.
    """
    successors = {}
    for cluster, person_id in zip(clusters, persons, strict=True):
        if not any(identity.founded.get(record_id) == person_id for record_id in cluster):
            homes = {one: joins.get(one, identity.joined.get(one)) for one in cluster}
            joined = [record_id for record_id, home in homes.items() if home == person_id]
            if joined:
                successors[person_id] = joined
    return successors


def _joins(
    identity: Identity, clusters: Sequence[Cluster], persons: Sequence[str],
    claim: Mapping[str, int],
) -> dict[str, str]:  # fmt: skip
    """Records that are new, or whose person has no right to their cluster, join its person."""
    joins = {}
    for number, (cluster, person_id) in enumerate(zip(clusters, persons, strict=True)):
        if person_id not in identity.age:
            continue
        for record_id in cluster:
            home = identity.home(record_id)
            if home is None or claim.get(home) != number:
                joins[record_id] = person_id
    return joins


def _changes(
    identity: Identity, persons: Sequence[str], claim: Mapping[str, int], divided: Sequence[str]
) -> list[Operation]:
    """Merges, revivals and tombstones."""
    merge, revive = {}, {}
    for person_id, number in sorted(claim.items()):
        if persons[number] == person_id:
            if not identity.alive(person_id):
                revive[person_id] = list[str]()
        elif identity.merged.get(person_id) != persons[number]:
            merge[person_id] = persons[number]
    gone = set(divided)
    remove = {
        person_id: list[str]()
        for person_id in sorted(identity.age)
        if person_id not in claim and person_id not in gone and identity.alive(person_id)
    }
    return [("merge", merge), ("remove", remove), ("revive", revive)]
