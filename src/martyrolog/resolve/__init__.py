"""Clusters and judgements become persons: with lasting ids, statements, events and relations.

Enters: ``record``, ``source_list``, ``match``, ``cluster``, ``trial``; of ``hand/`` the logs
``judgements.jsonl``, ``identity.jsonl`` and ``corrections.jsonl``. Leaves, each sorted: ``person``,
``person_record``, ``redirect``, ``statement``, ``event``, ``relation``, ``possibly_same``,
``trial_party``, ``tenure``, ``membership``.

The log of identities is extended before any table is handed on, in one step: a run that is killed
leaves it as it was, or leaves a log from which the next run gives the same tables. How ids live:
docs/explanation/persons-and-ids.md. Linear in records, but for conflicts within one person.
"""

import pyarrow as pa

from martyrolog.archive import Archive
from martyrolog.hand import correction_log, read_corrections
from martyrolog.progress import Progress
from martyrolog.provenance import append_log
from martyrolog.resolve.assignment import assign, inherit
from martyrolog.resolve.clusters import judged_clusters
from martyrolog.resolve.events import event_table
from martyrolog.resolve.evidence import Evidence, make_evidence
from martyrolog.resolve.identity import Identity, identity_log, log_lines, read_identity
from martyrolog.resolve.judgements import (
    Judgement,
    judge,
    judgement_log,
    present_judgements,
    read_judgements,
)
from martyrolog.resolve.pairs import person_pairs
from martyrolog.resolve.parties import membership_table, tenure_table, trial_party_table
from martyrolog.resolve.persons import person_record_table, person_table, record_roles
from martyrolog.resolve.possibly_same import possibly_same_table, undecided_pairs
from martyrolog.resolve.relations import relation_table
from martyrolog.resolve.stated import state, statement_table
from martyrolog.stage import Stage, Tables
from martyrolog.tables import TABLES, make_table

AUTHOR = "martyrolog"
REASON = "clusters of the records and judgements of this build"


def resolve(archive: Archive, tables: Tables, progress: Progress) -> Tables:
    """Make the persons of an archive and everything that hangs on them.

    Args:
        archive: Its log of identities is extended where persons are new, merged, split or gone.
        tables: Tables ``record``, ``source_list``, ``match``, ``cluster``, ``trial``.
        progress: Told how many ids were given.

    Returns:
        The tables that this stage writes.

    Raises:
        ArchiveError: a log in ``hand/`` is damaged or has a line that is not understood.
        StorageError: the log cannot be written.
    """
    person_of, identity, judgements = identify(archive, tables)
    progress.say("resolve.identified", records=len(person_of),
                 persons=len(set(person_of.values())))  # fmt: skip
    lists = [source.id for source in archive.settings.list]
    evidence = make_evidence(tables["record"], person_of, lists, read_corrections(archive))
    made = _tables(archive, tables, evidence, judgements)
    made["redirect"] = make_table("redirect", [
        {"person_id": person, "to_person_ids": targets}
        for person, targets in identity.redirects().items()
    ])  # fmt: skip
    return {name: made[name].cast(TABLES[name].schema) for name in STAGE.writes}


def identify(archive: Archive, tables: Tables) -> tuple[dict[str, str], Identity, list[Judgement]]:
    """Give each record its person and write what is new to the log of identities.

    Returns:
        record_id -> person_id, every record; what the log says now; the present judgements,
        newest first.
    """
    identity = read_identity(identity_log(archive))
    records = tables["record"].select(["record_id", "supersedes"]).sort_by("record_id")
    supersedes = {
        record: old for record, old in zip(*records.to_pydict().values(), strict=True) if old
    }
    cluster_of = dict(zip(tables["cluster"]["record_id"].to_pylist(),
                          tables["cluster"]["cluster_id"].to_pylist(), strict=True))  # fmt: skip
    clusters = {record: cluster_of.get(record, record) for record in records[0].to_pylist()}
    operations = inherit(identity, clusters, supersedes)
    judgements = present_judgements(
        read_judgements(judgement_log(archive)), clusters, identity.heirs
    )
    members = _members(judged_clusters(clusters, tables["match"], judgements))
    assignment = assign(identity, members, archive.settings.archive.id)
    append_log(identity_log(archive), log_lines([*operations, *assignment.operations]),
               author=AUTHOR, reason=REASON)  # fmt: skip
    person_of = {
        record: person
        for cluster, person in zip(members, assignment.persons, strict=True)
        for record in cluster
    }
    return person_of, identity, judgements


def _members(clusters: dict[str, str]) -> list[list[str]]:
    """The records of each cluster, sorted, clusters in the order of their smallest record."""
    members: dict[str, list[str]] = {}
    for record in sorted(clusters):
        members.setdefault(clusters[record], []).append(record)
    return list(members.values())


def _tables(
    archive: Archive, tables: Tables, evidence: Evidence, judgements: list[Judgement]
) -> dict[str, pa.Table]:
    stated = state(evidence)
    roles = record_roles(evidence, _list_roles(tables["source_list"], evidence))
    pairs = person_pairs(evidence, tables["match"])
    trial_party = trial_party_table(evidence, roles)
    duplicate_free = _duplicate_free(tables["source_list"])
    possibly = possibly_same_table(stated, pairs, judgements, duplicate_free, archive.settings.link)
    return {
        "person": person_table(stated, roles),
        "person_record": person_record_table(evidence),
        "statement": statement_table(stated),
        "event": event_table(stated, tables["trial"], roles),
        "relation": relation_table(stated, trial_party, pairs, undecided_pairs(possibly)),
        "possibly_same": possibly,
        "trial_party": trial_party,
        "tenure": tenure_table(evidence),
        "membership": membership_table(evidence),
    }


def _list_roles(source_list: pa.Table, evidence: Evidence) -> pa.Array:
    role = dict(zip(source_list["list_id"].to_pylist(), source_list["role"].to_pylist(),
                    strict=True))  # fmt: skip
    return pa.array([role.get(list_id) for list_id in evidence.lists], pa.string())


def _duplicate_free(source_list: pa.Table) -> frozenset[str]:
    return frozenset(
        list_id
        for list_id, free in zip(source_list["list_id"].to_pylist(),
                                 source_list["duplicate_free"].to_pylist(), strict=True)
        if free
    )  # fmt: skip


STAGE = Stage(
    name="resolve",
    reads=("record", "source_list", "match", "cluster", "trial"),
    writes=("person", "person_record", "redirect", "statement", "event", "relation",
            "possibly_same", "trial_party", "tenure", "membership"),
    run=resolve,
    files=lambda archive: [identity_log(archive), judgement_log(archive), correction_log(archive)],
    settings=lambda archive: {
        "archive": archive.settings.archive.id,
        "link": archive.settings.link.model_dump(),
        "lists": [source.id for source in archive.settings.list],
    },
)  # fmt: skip

__all__ = ["STAGE", "judge", "resolve"]
