"""A file of the truth: the person of each record, or pairs that people judged.

:func:`read_truth` takes CSV or Parquet. Persons: a column ``record_id`` and one of
``PERSON_COLUMNS``. Pairs: ``record_id_left``, ``record_id_right`` and ``judgement``, which is same,
different or unsure (also 1, 0 or empty: not judged yet). Any other column may name a stratum.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from martyrolog.errors import LinkError
from martyrolog.link.barefile import read_any_file

PERSON_COLUMNS = ("true_person_id", "person_id", "person", "cluster_id")
PAIR_COLUMNS = ("record_id_left", "record_id_right", "judgement")

_JUDGED = {"same": 1, "1": 1, "different": 0, "0": 0, "unsure": -1, "": -1}


@dataclass(frozen=True)
class TruePersons:
    """The person of each record.

    Attributes:
        ids: ``record_id``, as text, each once.
        person: Person, as text.
        table: The file, for the columns of strata.
    """

    ids: pa.ChunkedArray
    person: pa.ChunkedArray
    table: pa.Table


@dataclass(frozen=True)
class JudgedPairs:
    """Pairs that people judged.

    Attributes:
        left: ``record_id``, as text.
        right: The other.
        same: 1 for one person, 0 for two, -1 where nobody could tell.
        table: The file, for the columns of strata.
    """

    left: pa.ChunkedArray
    right: pa.ChunkedArray
    same: NDArray[np.int8]
    table: pa.Table


def read_truth(path: Path) -> TruePersons | JudgedPairs:
    """The truth of a file.

    Raises:
        LinkError: the file cannot be read, has neither kind of columns, a record twice, a word
            that is no judgement, or a pair judged same and different.
    """
    table = read_any_file(path)
    if set(PAIR_COLUMNS) <= set(table.column_names):
        return _judged(table, path)
    person = next((name for name in PERSON_COLUMNS if name in table.column_names), None)
    if person is None or "record_id" not in table.column_names:
        found = ", ".join(table.column_names)
        raise LinkError("evaluate.no_truth", path=str(path), found=found)
    known = table.filter(pc.and_(pc.is_valid(table["record_id"]), pc.is_valid(table[person])))
    ids = known["record_id"].cast(pa.string())
    if pc.count_distinct(ids).as_py() != len(ids):
        counts = pc.value_counts(ids)
        twice = counts.filter(pc.greater(counts.field("counts"), 1))[0]["values"].as_py()
        raise LinkError("link.record_id_twice", path=str(path), record_id=twice)
    return TruePersons(ids, known[person].cast(pa.string()), known)


def _judged(table: pa.Table, path: Path) -> JudgedPairs:
    words = pc.fill_null(table["judgement"].cast(pa.string()), "").to_pylist()
    said = np.empty(len(words), np.int8)
    for row, word in enumerate(words):
        judged = _JUDGED.get(word.strip().lower())
        if judged is None:
            raise LinkError("evaluate.unknown_judgement", path=str(path), row=row + 1, found=word)
        said[row] = judged
    left, right = (table[f"record_id_{side}"].cast(pa.string()) for side in ("left", "right"))
    _refuse_contradictions(left, right, said, path)
    return JudgedPairs(left, right, said, table)


def _refuse_contradictions(
    left: pa.ChunkedArray, right: pa.ChunkedArray, said: NDArray[np.int8], path: Path
) -> None:
    known: dict[frozenset[str], int] = {}
    for one, other, same in zip(left.to_pylist(), right.to_pylist(), said.tolist(), strict=True):
        if same >= 0 and known.setdefault(frozenset((one, other)), same) != same:
            raise LinkError("evaluate.judged_both_ways", path=str(path), left=one, right=other)
