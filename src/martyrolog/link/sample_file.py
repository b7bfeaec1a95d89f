"""A sample of pairs as a file to judge, and back.

:func:`write_sample` writes a CSV with what both records say and an empty column ``judgement``, and
beside it ``NAME.strata.json`` with the sizes of the strata: kept apart, so that nobody who judges
sees what the program thinks of a pair. :func:`read_sample` takes both back. A cell that a
spreadsheet could take for a formula is written with an apostrophe before it.
"""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.errors import LinkError, StorageError
from martyrolog.link.linked import Ints, Linked
from martyrolog.link.sampling import Sample, Strata
from martyrolog.link.truth import JudgedPairs
from martyrolog.provenance import read_json, replaced_file, write_json

STRATUM = "stratum"

SHOWN = (
    "list_id", "surname", "given_name", "patronymic", "other_names", "birth_date", "birth_place",
    "death_date", "arrest_date", "residence", "occupation", "nationality",
)  # fmt: skip
"""Columns of a record that a judge sees, of those that there are."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def strata_file(path: Path) -> Path:
    """Where the strata of a sample stand."""
    return path.with_name(path.name + ".strata.json")


def write_sample(path: Path, linked: Linked, sample: Sample, record: pa.Table | None) -> None:
    """Write a sample to judge, and its strata beside it.

    Args:
        path: CSV file to write.
        linked: Clusters that the sample is of.
        sample: The pairs.
        record: What the records say; None where only their ids are known.

    Raises:
        StorageError: the file cannot be written.
    """
    shown = [name for name in SHOWN if record is not None and name in record.column_names]
    sides = [_side(linked, rows, record, shown) for rows in (sample.left, sample.right)]
    header = ["record_id_left", "record_id_right", STRATUM, "judgement"]
    header += [f"{name}_{side}" for name in shown for side in ("left", "right")]
    rows = zip(sides[0][0], sides[1][0], sample.stratum.tolist(),
               *(column for pair in zip(sides[0][1:], sides[1][1:], strict=True)
                 for column in pair), strict=True)  # fmt: skip
    try:
        with replaced_file(path) as unfinished, unfinished.open("w", encoding="utf-8") as stream:
            out = csv.writer(stream, lineterminator="\n")
            out.writerow(header)
            for left, right, stratum, *said in rows:
                out.writerow([_safe(left), _safe(right), stratum, "", *map(_safe, said)])
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(path), why=why) from problem
    strata = sample.strata
    write_json(strata_file(path), {
        "clusters": linked.version,
        "strata": [
            {"together": bool(together), "pairs": int(pairs), "probability": float(probability)}
            for together, pairs, probability in zip(
                strata.together, strata.pairs, strata.probability, strict=True)
        ],
    })  # fmt: skip


def _side(
    linked: Linked, rows: Ints, record: pa.Table | None, shown: Sequence[str]
) -> list[list[str]]:
    """The ids of the left or right records, and then each column shown."""
    ids = linked.ids.take(pa.array(rows))
    columns = [ids.to_pylist()]
    if record is not None and shown:
        of_record = pc.index_in(ids, value_set=record["record_id"].cast(pa.string()))
        taken = record.select(list(shown)).take(of_record)
        columns += [[str(value or "") for value in column.to_pylist()] for column in taken.columns]
    return columns


def _safe(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def _unsafe(value: str) -> str:
    return value[1:] if value[:1] == "'" and value[1:].startswith(_FORMULA) else value


def is_sample(truth: JudgedPairs) -> bool:
    """Whether judged pairs are a sample that :func:`write_sample` wrote."""
    return STRATUM in truth.table.column_names


def read_sample(path: Path, truth: JudgedPairs) -> tuple[JudgedPairs, Strata, Ints, str]:
    """The judged pairs of a sample with their strata.

    Args:
        path: The judged file.
        truth: What stands in it.

    Returns:
        The pairs with their ids as they were, the strata, the stratum of each pair, and the
        version of the clusters that the sample is of.

    Raises:
        LinkError: the strata are not beside the file, or do not fit it.
    """
    beside = strata_file(path)
    declared: Mapping[str, Any] = read_json(beside) if beside.is_file() else {}
    entries = declared.get("strata", [])
    numbers = truth.table[STRATUM].cast(pa.string()).to_pylist()
    known = {str(number) for number in range(len(entries))}
    if not entries or not set(numbers) <= known:
        raise LinkError("evaluate.no_strata", path=str(path), strata=str(beside))
    strata = Strata(
        together=np.array([entry["together"] for entry in entries], bool),
        pairs=np.array([entry["pairs"] for entry in entries], np.int64),
        probability=np.array([entry["probability"] for entry in entries], np.float64),
    )
    left, right = (pa.chunked_array([[_unsafe(value or "") for value in side.to_pylist()]])
                   for side in (truth.left, truth.right))  # fmt: skip
    stratum = np.array([int(number) for number in numbers], np.int64)
    judged = JudgedPairs(left, right, truth.same, truth.table)
    return judged, strata, stratum, str(declared.get("clusters", ""))
