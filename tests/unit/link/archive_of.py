"""A small linked archive for tests of what comes after the run."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from martyrolog import pipeline
from martyrolog.archive import Archive, SourceList, append_list, init

Row = Mapping[str, str]


def linked_archive(path: Path, lists: Mapping[str, Sequence[Row]]) -> Archive:
    """An archive of lists of rows, read and linked."""
    archive = init(path)
    for list_id, rows in lists.items():
        columns = list(rows[0])
        lines = [",".join(columns), *(",".join(row[name] for name in columns) for row in rows)]
        (archive.lists / f"{list_id}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        source = SourceList(id=list_id, file=f"lists/{list_id}.csv", title={"en": list_id})
        archive = append_list(archive, source)
    pipeline.read(archive)
    pipeline.link(archive)
    return archive


def record_id_of(archive: Archive, surname: str) -> str:
    """The record of a surname that stands once."""
    rows = pq.read_table(archive.build / "record.parquet").to_pylist()
    found = [row["record_id"] for row in rows if row["surname"] == surname]
    assert len(found) == 1
    return str(found[0])
