"""The stages in their order: which reads what, which writes what, and when one need not run.

    lists/ --read--> record --link--> cluster --resolve--> person --publish--> releases/
                                                             |
                                                             +--history--> campaign, claim
                                                             +--estimate--> estimate
                                     cluster --draw--> cluster_draw --+

A stage runs again when a file, a setting or a table that it depends on has changed, when its own
tables are missing, or when the program's version is another one; otherwise its tables are kept.
It first writes its tables, each whole or not at all, and then its entry in ``build/run.json``: a
run that was killed leaves no entry, so the stage runs again and gives the same tables.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from martyrolog import __version__
from martyrolog.archive import Archive, locked
from martyrolog.estimate.stage import STAGE as ESTIMATE
from martyrolog.history import STAGE as HISTORY
from martyrolog.link import DRAW_STAGE as DRAW
from martyrolog.link import STAGE as LINK
from martyrolog.link import stage_on_spark
from martyrolog.progress import SILENT, Noting, Progress
from martyrolog.provenance import hash_file, hash_value, program_hash, read_json, write_json
from martyrolog.publish import STAGE as PUBLISH
from martyrolog.read import STAGE as READ
from martyrolog.read import read_file
from martyrolog.resolve import STAGE as RESOLVE
from martyrolog.stage import Stage, Tables
from martyrolog.tables import read_table, write_table, write_table_file

STAGES = (READ, LINK, RESOLVE, DRAW, ESTIMATE, HISTORY, PUBLISH)

RUN = "run.json"


@dataclass(frozen=True)
class StageRun:
    """What a stage did: whether it ran, rows per table in and out, seconds, what it said of itself.

    ``said`` is message key to values, as the stage told its watcher.
    """

    stage: str
    ran: bool
    rows_in: Mapping[str, int]
    rows_out: Mapping[str, int]
    seconds: float
    said: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def read(archive: Archive, *, progress: Progress = SILENT) -> StageRun:
    """Source lists into records and rejects."""
    return run_stage(archive, READ, progress=progress)


def read_bare_file(file: Path, profile: str | None, out: Path) -> Tables:
    """One file into records, without an archive.

    Args:
        file: What to read.
        profile: Name of a built-in reading profile, or path of a YAML file; None for a plain table,
            whose columns are matched to the standard ones by name.
        out: Parquet file of the records; the rejects stand beside it in ``NAME.reject.parquet``.

    Returns:
        The tables ``record`` and ``reject``.

    Raises:
        ListError: the file or the profile cannot be read.
        StorageError: the result cannot be written.
    """
    tables = read_file(file, profile)
    write_table_file(out, "record", tables["record"])
    write_table_file(out.with_suffix(".reject.parquet"), "reject", tables["reject"])
    return tables


def link(
    archive: Archive,
    *,
    progress: Progress = SILENT,
    master: str | None = None,
    model: Path | None = None,
    threshold: float | None = None,
    memory: int | None = None,
) -> StageRun:
    """Records into candidate pairs, matches and clusters.

    Args:
        archive: Where it works.
        progress: Who watches.
        master: Of a Spark cluster; None for this machine.
        model: A table ``link_model`` to weigh with in this run; None for what the settings say.
        threshold: Match probability of a link in this run; None for what the settings say.
        memory: Bytes that this run may take on this machine; None for what the settings say.

    Raises:
        MartyrologError: what the stage found wrong; the tables stay as they were.
    """
    asked = {"model": None if model is None else str(model.resolve()), "threshold": threshold,
             "memory": memory}  # fmt: skip
    asked = {name: value for name, value in asked.items() if value is not None}
    link = archive.settings.link.model_copy(update=asked)
    archive = replace(archive, settings=archive.settings.model_copy(update={"link": link}))
    stage = LINK if master is None else stage_on_spark(master)
    return run_stage(archive, stage, progress=progress)


def resolve(archive: Archive, *, progress: Progress = SILENT) -> StageRun:
    """Clusters and judgements into persons, statements and events."""
    return run_stage(archive, RESOLVE, progress=progress)


def estimate(archive: Archive, *, progress: Progress = SILENT) -> StageRun:
    """Capture histories into estimates of how many there were, and their report.

    What the links leave open is drawn first, where that has not been done.
    """
    run_stage(archive, DRAW, progress=progress, resume=True)
    return run_stage(archive, ESTIMATE, progress=progress)


def history(archive: Archive, *, progress: Progress = SILENT) -> StageRun:
    """Persons and events into the campaign, offices, trials, cohorts, fates and claims."""
    return run_stage(archive, HISTORY, progress=progress)


def publish(archive: Archive, *, progress: Progress = SILENT) -> StageRun:
    """Tables into a release."""
    return run_stage(archive, PUBLISH, progress=progress)


def build(archive: Archive, *, progress: Progress = SILENT) -> list[StageRun]:
    """All stages in their order; a stage whose input is unchanged is not run again."""
    return [run_stage(archive, stage, progress=progress, resume=True) for stage in STAGES]


def run_stage(
    archive: Archive, stage: Stage, *, progress: Progress = SILENT, resume: bool = False
) -> StageRun:
    """One stage: its tables in, its tables out, its entry in ``build/run.json``.

    Args:
        archive: Where it works; no other command may work there at the same time.
        stage: One of ``STAGES``.
        progress: Who watches.
        resume: Keep the stage's tables where nothing that it depends on has changed.

    Raises:
        MartyrologError: what the stage found wrong; the tables stay as they were.
    """
    started = time.perf_counter()
    with locked(archive):
        depends = _dependencies(archive, stage)
        known = read_json(archive.build / RUN).get("stages", {}).get(stage.name, {})
        if resume and known.get("depends_on") == depends and _tables_are(archive, known):
            rows = known["rows_in"], known["rows_out"]
            return StageRun(stage.name, False, *rows, time.perf_counter() - started)
        tables = {name: read_table(archive.build, name) for name in stage.reads}
        noting = Noting(progress)
        made = stage.run(archive, tables, noting)
        # a stage may write its own hand-kept log: what the next run compares with is that state
        depends = _dependencies(archive, stage)
        for name in stage.writes:
            write_table(archive.build, name, made[name])
        rows_in = {name: table.num_rows for name, table in tables.items()}
        rows_out = {name: made[name].num_rows for name in stage.writes}
        seconds = time.perf_counter() - started
        _record_run(archive, stage, depends, rows_in, rows_out, seconds)
    return StageRun(stage.name, True, rows_in, rows_out, seconds, noting.said)


def _dependencies(archive: Archive, stage: Stage) -> dict[str, str]:
    found = {f"table {name}": _hash_table(archive.build, name) for name in stage.reads}
    for path in stage.files(archive):
        found[f"file {path.relative_to(archive.path)}"] = hash_file(path) if path.exists() else ""
    found["settings"] = hash_value(stage.settings(archive))
    found["program"] = program_hash()
    return found


def _tables_are(archive: Archive, known: Mapping[str, Any]) -> bool:
    return all(
        _hash_table(archive.build, name) == digest for name, digest in known["tables"].items()
    )


def _hash_table(folder: Path, name: str) -> str:
    path = folder / f"{name}.parquet"
    return hash_file(path) if path.exists() else ""


def _record_run(
    archive: Archive,
    stage: Stage,
    depends: Mapping[str, str],
    rows_in: Mapping[str, int],
    rows_out: Mapping[str, int],
    seconds: float,
) -> None:
    run = read_json(archive.build / RUN)
    stages = {
        **run.get("stages", {}),
        stage.name: {
            "depends_on": depends,
            "settings": stage.settings(archive),
            "version": __version__,
            "rows_in": rows_in,
            "rows_out": rows_out,
            "tables": {name: _hash_table(archive.build, name) for name in stage.writes},
            "seconds": round(seconds, 3),
        },
    }
    write_json(archive.build / RUN, {"stages": stages})
