"""The stage ``link`` of an archive: tables in, tables out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.archive import Archive
from martyrolog.errors import LinkError
from martyrolog.levels import FIELDS
from martyrolog.link.blocking import CandidatePairs, rule_names
from martyrolog.link.columns import Records, encode_records
from martyrolog.link.linkage import Judgements, Linkage, link_records
from martyrolog.link.saved_model import model_table
from martyrolog.progress import Progress
from martyrolog.provenance import read_log
from martyrolog.stage import Stage, Tables
from martyrolog.tables import check_table

JUDGEMENTS = "judgements.jsonl"
"""File in ``hand/``; a line has ``record_id_left``, ``record_id_right`` and ``judgement``."""

NEGLIGIBLE = 1e-4
"""Match probability under which a pair is not kept in ``match``."""

_JUDGED = ("same", "different", "unsure")


def run(archive: Archive, tables: Tables, progress: Progress) -> Tables:
    """Link the records of an archive.

    Raises:
        LinkError: judgements contradict one another, or say what no judgement says.
        ArchiveError: the log of judgements is damaged.
    """
    records = encode_records(tables["record"], duplicate_free_lists(tables["source_list"]))
    judgements = read_judgements(archive, tables["record"], records)
    linkage = link_records(
        records,
        threshold=archive.settings.link.threshold,
        judgements=judgements,
        progress=progress,
        every_pair=True,
    )
    made = {
        "candidate_pair": candidate_pair_table(
            linkage.records, linkage.candidates or linkage.pairs
        ),
        "match": match_table(linkage),
        "cluster": cluster_table(linkage),
        "link_model": model_table(linkage.model),
    }
    return {name: check_table(name, table) for name, table in made.items()}


def duplicate_free_lists(source_list: pa.Table) -> frozenset[str]:
    """The lists that are known to name nobody twice."""
    chosen = source_list.filter(source_list.column("duplicate_free"))
    return frozenset(chosen.column("list_id").to_pylist())


def read_judgements(archive: Archive, record: pa.Table, records: Records) -> Judgements:
    """The last judgement of each pair; records that a new edition replaced are followed to it.

    Args:
        archive: Where ``hand/judgements.jsonl`` is.
        record: Table ``record``.
        records: The same records, encoded.

    Raises:
        LinkError: a word that is no judgement.
        ArchiveError: the log is damaged.
    """
    number = {name: at for at, name in enumerate(records.ids.to_pylist())}
    heir = _heirs(record)
    last: dict[tuple[int, int], str] = {}
    for line, entry in enumerate(read_log(archive.hand / JUDGEMENTS), start=1):
        if entry.get("judgement") not in _JUDGED:
            raise LinkError("link.judgement_unknown", line=line, found=str(entry.get("judgement")))
        left, right = (number.get(_followed(str(entry.get(f"record_id_{side}")), number, heir))
                       for side in ("left", "right"))  # fmt: skip
        # a record that is no longer in any list has nothing left to judge
        if left is not None and right is not None and left != right:
            last[min(left, right), max(left, right)] = str(entry["judgement"])
    same = [pair for pair, judged in last.items() if judged == "same"]
    editions = [(number[old], number[new]) for old, new in heir.items() if old in number]
    different = [pair for pair, judged in last.items() if judged == "different"]
    return Judgements(same=[*same, *editions], different=different)


def _heirs(record: pa.Table) -> dict[str, str]:
    """The record that replaced each superseded one."""
    chosen = record.filter(pc.is_valid(record.column("supersedes")))
    return dict(zip(chosen.column("supersedes").to_pylist(),
                    chosen.column("record_id").to_pylist(), strict=True))  # fmt: skip


def _followed(record_id: str, number: Mapping[str, int], heir: Mapping[str, str]) -> str:
    seen = {record_id}
    while record_id not in number and record_id in heir:
        record_id = heir[record_id]
        if record_id in seen:
            break
        seen.add(record_id)
    return record_id


def candidate_pair_table(records: Records, pairs: CandidatePairs) -> pa.Table:
    """Candidate pairs with the names of their rules."""
    combinations, which = np.unique(pairs.rules, return_inverse=True)
    names = rule_names()
    lists = pa.array(
        [[name for bit, name in enumerate(names) if int(found) >> bit & 1]
         for found in combinations.tolist()],
        pa.list_(pa.string()),
    )  # fmt: skip
    return pa.table({
        "record_id_left": records.ids.take(pa.array(pairs.left)),
        "record_id_right": records.ids.take(pa.array(pairs.right)),
        "rules": lists.take(pa.array(which.reshape(-1))),
    })  # fmt: skip


def match_table(linkage: Linkage) -> pa.Table:
    """Compared pairs whose match probability is at least ``NEGLIGIBLE``."""
    probabilities = linkage.probabilities
    kept = np.flatnonzero(probabilities >= NEGLIGIBLE)
    columns = {
        "record_id_left": linkage.records.ids.take(pa.array(linkage.pairs.left[kept])),
        "record_id_right": linkage.records.ids.take(pa.array(linkage.pairs.right[kept])),
        "match_weight": pa.array(linkage.weights[kept]),
        "match_probability": pa.array(probabilities[kept]),
    }
    for at, name in enumerate(FIELDS):
        columns[f"level_{name}"] = pa.array(linkage.levels[kept, at])
    return pa.table(columns)


def cluster_table(linkage: Linkage) -> pa.Table:
    """Every record with its cluster, named by the smallest record_id in it."""
    ids = linkage.records.ids
    return pa.table({
        "record_id": ids,
        "cluster_id": ids.take(pa.array(linkage.clusters.labels)),
        "weakest_weight": pa.array(linkage.clusters.weakest, from_pandas=True),
    })  # fmt: skip


def _files(archive: Archive) -> Sequence[Path]:
    return [archive.hand / JUDGEMENTS]


def _settings(archive: Archive) -> object:
    return archive.settings.link.model_dump(mode="json")


STAGE = Stage(
    name="link",
    reads=("record", "source_list"),
    writes=("candidate_pair", "match", "cluster", "link_model"),
    run=run,
    files=_files,
    settings=_settings,
)
"""Records into candidate pairs, matches and clusters."""
