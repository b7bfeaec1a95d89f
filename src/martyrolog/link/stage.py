"""The stage ``link`` of an archive: tables in, tables out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from os.path import relpath
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.archive import Archive
from martyrolog.errors import LinkError
from martyrolog.link.columns import Records, encode_records
from martyrolog.link.link_tables import OnSpark, link_into_tables
from martyrolog.link.linkage import Judgements
from martyrolog.link.memory import Bound
from martyrolog.link.saved_model import read_model
from martyrolog.progress import Progress
from martyrolog.provenance import read_log
from martyrolog.stage import Stage, Tables
from martyrolog.tables import check_table

JUDGEMENTS = "judgements.jsonl"
"""File in ``hand/``; a line has ``record_id_left``, ``record_id_right`` and ``judgement``."""

_JUDGED = ("same", "different", "unsure")


def run(
    archive: Archive, tables: Tables, progress: Progress, *, master: str | None = None
) -> Tables:
    """Link the records of an archive.

    Args:
        archive: Whose records.
        tables: ``record`` and ``source_list``.
        progress: Who watches.
        master: Of a Spark cluster; None for this machine. The tables are the same.

    Raises:
        LinkError: judgements contradict one another, or say what no judgement says; the model
            cannot be used; Spark is not there; the bound on memory is too small.
        ArchiveError: the log of judgements is damaged.
    """
    model, memory = model_file(archive), archive.settings.link.memory
    records = encode_records(tables["record"], duplicate_free_lists(tables["source_list"]))
    found = link_into_tables(
        records,
        threshold=archive.settings.link.threshold,
        judgements=read_judgements(archive, tables["record"], records),
        progress=progress,
        every_pair=True,
        model=None if model is None else read_model(model),
        spark=None if master is None else OnSpark(master, archive.build),
        memory=None if memory is None else Bound(memory, archive.build),
    )
    return {name: check_table(name, table) for name, table in found.tables.items()}


def model_file(archive: Archive) -> Path | None:
    """The fixed model that the settings of an archive name; None where it is estimated."""
    named = archive.settings.link.model
    return archive.path / relpath(archive.path / named, archive.path) if named else None


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


def _files(archive: Archive) -> Sequence[Path]:
    model = model_file(archive)
    return [archive.hand / JUDGEMENTS, *([] if model is None else [model])]


def _settings(archive: Archive) -> object:
    # no table depends on how much memory it took
    return archive.settings.link.model_dump(mode="json", exclude={"memory"})


def stage_on_spark(master: str) -> Stage:
    """The stage on a Spark cluster: the same tables.

    Args:
        master: As Spark writes it.
    """
    return replace(STAGE, run=partial(run, master=master))


STAGE = Stage(
    name="link",
    reads=("record", "source_list"),
    writes=("candidate_pair", "match", "cluster", "link_model", "link_rule"),
    run=run,
    files=_files,
    settings=_settings,
)
"""Records into candidate pairs, matches and clusters."""
