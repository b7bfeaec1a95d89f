"""An archive of invented lists with the truth kept apart, to measure linkage on this machine.

Use :func:`synthetic_demo`. The lists go to ``lists/`` as CSV, as if they came from six publishers;
who is who goes to ``truth/``, which no stage reads. The archive is read, linked and resolved;
publishing is left to whoever wants pages of people who never lived.
"""

import csv
import tempfile
from array import array
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from importlib import resources
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from martyrolog import pipeline
from martyrolog.archive import FOLDERS, SETTINGS, Archive, open_archive
from martyrolog.demo import Demo
from martyrolog.errors import ArchiveError, ListError, StorageError
from martyrolog.progress import SILENT, Progress
from martyrolog.provenance import replaced_file
from martyrolog.synthetic import generate, read_recipe
from martyrolog.tables import read_table

TRUTH = "truth"
"""Folder of the archive that holds what is true; no stage reads it."""

_TEXTS = ("record_id", "list_id")


def synthetic_demo(
    path: Path, *, records: int, seed: int, noise: str = "ordinary", progress: Progress = SILENT
) -> Demo:
    """Make invented lists, and read, link and resolve them.

    Args:
        path: A new or empty folder.
        records: How many records at most; up to eleven fewer, since no person is cut in two.
        seed: Fixes everything.
        noise: ordinary or heavy.
        progress: Who watches.

    Raises:
        ArchiveError: the folder is not empty.
        ListError: the name frequencies (extra ``synthetic``) are not installed.
        StorageError: it cannot be written.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ArchiveError("core.archive_not_empty", path=str(path))
    try:
        truth = _write_archive(path, records=records, seed=seed, noise=noise)
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(path), why=why) from problem
    archive = open_archive(path)
    runs = [pipeline.read(archive, progress=progress)]
    _write_truth(archive, truth)
    runs += [stage(archive, progress=progress) for stage in (pipeline.link, pipeline.resolve)]
    return Demo(archive, runs)


def _write_archive(
    path: Path, *, records: int, seed: int, noise: str
) -> Mapping[str, "array[int]"]:
    """Settings, lists and what is true; the true person of each row of each list."""
    for folder in (*FOLDERS, TRUTH):
        (path / folder).mkdir(parents=True, exist_ok=True)
    source = resources.files("martyrolog.synthetic") / "data" / SETTINGS
    with replaced_file(path / SETTINGS) as unfinished:
        unfinished.write_bytes(source.read_bytes())
    with tempfile.TemporaryDirectory(dir=path) as folder:
        made = Path(folder)
        try:
            generate(read_recipe(noise=noise), records=records, seed=seed, out=made)
        except FileNotFoundError as problem:
            raise ListError("link.needs_synthetic") from problem
        truth = _write_lists(made, path / "lists")
        for name in ("persons.parquet", "run.json"):
            (made / name).replace(path / TRUTH / name)
    return truth


def _write_lists(made: Path, lists: Path) -> Mapping[str, "array[int]"]:
    """One CSV file a list, in the order of the records; the true person of each of its rows."""
    truth: dict[str, array[int]] = {}
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for row, person in _rows(made):
            list_id = str(row["list_id"]).replace("_", "-")
            if list_id not in writers:
                stream = stack.enter_context(
                    (lists / f"{list_id}.csv").open("w", encoding="utf-8", newline="")
                )
                writers[list_id] = csv.writer(stream, lineterminator="\n")
                writers[list_id].writerow([name for name in row if name not in _TEXTS])
            writers[list_id].writerow([cell for name, cell in row.items() if name not in _TEXTS])
            truth.setdefault(list_id, array("q")).append(person)
    return truth


def _rows(made: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """Each record with its true person, one row group at a time."""
    records, truth = (pq.ParquetFile(made / f"{name}.parquet") for name in ("records", "truth"))
    with records, truth:
        for group in range(records.num_row_groups):
            persons = truth.read_row_group(group)["true_person_id"].to_pylist()
            yield from zip(records.read_row_group(group).to_pylist(), persons, strict=True)


def _write_truth(archive: Archive, truth: Mapping[str, "array[int]"]) -> None:
    """The true person of each record, under the record_id that reading gave it."""
    table = read_table(archive.build, "record", ["record_id", "list_id", "row"])
    table = table.sort_by([("list_id", "ascending"), ("row", "ascending")])
    place = {list_id: count() for list_id in truth}
    persons = [truth[list_id][next(place[list_id])] for list_id in table["list_id"].to_pylist()]
    made = pa.table({"record_id": table["record_id"],
                     "true_person_id": pa.array(np.array(persons, np.int64))})  # fmt: skip
    with replaced_file(archive.path / TRUTH / "truth.parquet") as unfinished:
        pq.write_table(made.sort_by("record_id"), unfinished)
