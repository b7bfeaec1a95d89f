"""Which record is which, whatever the order of rows and however often a list is read.

``record_id`` is ``r`` and 16 letters (base32 of BLAKE2b, 80 bits) over the list's id, the row's
verbatim content and, for identical rows, which of them it is. Of cells only those with content
count, sorted by heading: a column that is moved, or added and left empty, changes no id. Neither
does another file name, row number or encoding. A chance collision among ten million records has
a probability of 4e-11.
"""

import hashlib
import json
from base64 import b32encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from martyrolog.provenance import canonical_json
from martyrolog.read.row import Row

_BYTES = 10


def content_key(row: Row) -> str:
    """The content of a row in canonical form."""
    if row.cells is None:
        return canonical_json(["text", " ".join(row.text.split())])
    filled = {heading: cell for heading, cell in row.cells.items() if cell.strip()}
    return canonical_json(["cells", filled])


def record_id(list_id: str, content: str, occurrence: int) -> str:
    """The id of a record.

    Args:
        list_id: Its list.
        content: What :func:`content_key` gives.
        occurrence: 1 for the first of identical rows, 2 for the next.
    """
    parts = canonical_json([list_id, content, occurrence]).encode("utf-8")
    digest = hashlib.blake2b(parts, digest_size=_BYTES).digest()
    return "r" + b32encode(digest).decode("ascii").lower()


@dataclass(slots=True)
class Identifier:
    """Gives the rows of one list their ids, counting identical ones."""

    list_id: str
    _seen: Counter[bytes] = field(default_factory=Counter)

    def identify(self, row: Row) -> tuple[str, int]:
        """The id of a row and its occurrence among the rows identical to it."""
        content = content_key(row)
        short = hashlib.blake2b(content.encode("utf-8"), digest_size=16).digest()
        self._seen[short] += 1
        return record_id(self.list_id, content, self._seen[short]), self._seen[short]


def numbered_through(chunks: Sequence[pa.Table], list_id: str) -> list[pa.Table]:
    """Records of the files of one list, each file numbered by itself, as records of the list.

    The same row in two files has the same id twice: the later ones get the next occurrences.

    Args:
        chunks: Tables ``record``, a file each, in the order of the files.
        list_id: Their list.
    """
    ids = pa.chunked_array([chunk["record_id"] for chunk in chunks], pa.string())
    if len(ids.unique()) == len(ids):
        return list(chunks)
    identifier = Identifier(list_id)
    return [_numbered_anew(chunk, identifier) for chunk in chunks]


def _numbered_anew(chunk: pa.Table, identifier: Identifier) -> pa.Table:
    rows = zip(chunk["verbatim"].to_pylist(), chunk["verbatim_kind"].to_pylist(), strict=True)
    found = [identifier.identify(_row(verbatim, kind)) for verbatim, kind in rows]
    for name, values in (("record_id", [each[0] for each in found]),
                         ("occurrence", [each[1] for each in found])):  # fmt: skip
        place = chunk.column_names.index(name)
        column = chunk.schema.field(place)
        chunk = chunk.set_column(place, column, pa.array(values, column.type))
    return chunk


def _row(verbatim: str, kind: str) -> Row:
    return Row(None, 1, text=verbatim) if kind == "text" else Row(None, 1, json.loads(verbatim))
