"""``martyrolog link RECORDS --out DIR``: linkage of one bare file."""

import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from martyrolog import __version__
from martyrolog.errors import LinkError, StorageError
from martyrolog.garbage import garbage_kept
from martyrolog.link.barefile import read_records
from martyrolog.link.columns import encode_records
from martyrolog.link.link_tables import OnSpark, link_into_tables
from martyrolog.link.linkage import Judgements
from martyrolog.link.memory import Bound
from martyrolog.link.saved_model import read_model
from martyrolog.progress import SILENT, Progress
from martyrolog.provenance import hash_file, replaced_file, write_json

_GROUP = 1_048_576
"""Rows of a group in the files."""

THRESHOLD = 0.8
"""Match probability from which a pair is a link, unless another is asked for.

Lower than in an archive (0.95), where people judge what is possibly the same: in a bare file nobody
does, and up to here a link adds more true pairs than false ones.
"""


@garbage_kept()
def link_file(
    records: Path,
    out: Path,
    *,
    columns: Path | None = None,
    threshold: float = THRESHOLD,
    model: Path | None = None,
    progress: Progress = SILENT,
    master: str | None = None,
    memory: int | None = None,
) -> dict[str, Any]:
    """Link the records of a CSV or Parquet file; any of its lists may hold duplicates.

    Args:
        records: A file with any of the standard columns.
        out: Folder that gets ``cluster.parquet`` (record_id, cluster_id, weakest_weight; every
            record), ``match.parquet`` (record_id_left, record_id_right, match_weight in bits,
            match_probability, a level per field, and as bits of a number the rules that proposed
            it), ``link_rule.parquet`` (what each blocking rule brings; its rows are those bits),
            ``link_model.parquet`` and ``run.json``.
        columns: YAML file that says which column of the file is which standard column.
        threshold: Match probability from which a pair is a link, above 0.5 and below 1.
        model: A table ``link_model`` to weigh with; None to estimate the model from these records.
        progress: Who watches.
        master: Of a Spark cluster, as Spark writes it; None for this machine.
        memory: Bytes that this process may take on this machine; None for no bound. What does not
            fit waits on disk, in ``out``.

    Returns:
        What ``run.json`` says: rows and seconds of each step, what each blocking rule brings,
        settings, hash of the input.

    Raises:
        LinkError: file, mapping, model or threshold cannot be used; Spark is not there, or cannot
            be; the bound on memory is too small.
        StorageError: the folder cannot be written.
    """
    if not 0.5 < threshold < 1:
        raise LinkError("link.threshold", found=threshold)
    fixed = None if model is None else read_model(model)
    started = time.perf_counter()
    table = read_records(records, columns)
    read = time.perf_counter() - started
    encoded = encode_records(table)
    del table  # its texts are not needed any more
    found = link_into_tables(
        encoded, threshold=threshold, judgements=Judgements(), progress=progress,
        model=fixed, spark=None if master is None else OnSpark(master, out),
        memory=None if memory is None else Bound(memory, out),
    )  # fmt: skip
    before_writing = time.perf_counter()
    for name, written_table in found.tables.items():
        _write(out / f"{name}.parquet", written_table)
    written = time.perf_counter() - before_writing
    run = {
        "version": __version__,
        "input": _origin(records),
        "columns": _origin(columns) if columns else None,
        "threshold": threshold,
        "model": _origin(model) if model else None,
        "rows": {
            "records": encoded.count,
            "candidate_pairs": found.compared,
            "matches": found.tables["match"].num_rows,
            "clusters": found.clusters,
        },
        "rules": found.tables["link_rule"].to_pylist(),
        "seconds": {"read": round(read, 3), **found.seconds, "write": round(written, 3),
                    "all": round(time.perf_counter() - started, 3)},
    }  # fmt: skip
    write_json(out / "run.json", run)
    return run


def _origin(path: Path) -> dict[str, str]:
    return {"file": path.name, "sha256": hash_file(path)}


def _write(path: Path, table: pa.Table) -> None:
    try:
        with (
            replaced_file(path) as unfinished,
            pq.ParquetWriter(unfinished, table.schema, compression="zstd") as writer,
        ):
            # a group of rows at a time: the table may lie on disk
            for start in range(0, max(table.num_rows, 1), _GROUP):
                writer.write_table(table.slice(start, _GROUP).combine_chunks(), _GROUP)
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(path), why=why) from problem
