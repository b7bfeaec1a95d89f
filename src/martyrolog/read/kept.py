"""What was read before and has not changed: ``build/cache/read/``, a file for each list.

Of each part of a list stays what reading it gave, under a key of all that it depends on: the
content and names of its files, the checked profile, kind and role, the keys that other lists have
taken, and the program. So a changed file is the only one that is read again. Always holds: what is
taken from here equals what reading would give; a file that is missing, truncated or damaged in any
byte counts as empty; what the last reading did not use is gone.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from martyrolog.errors import StorageError
from martyrolog.provenance import hash_file, hash_value, program_hash, replaced_file
from martyrolog.read.part import ListFile, Part, Reading, Taken, read_part

_DIGEST = hashlib.sha256().digest_size
_PARTS = b"parts"
_COMPRESSED = pa.ipc.IpcWriteOptions(compression="zstd")


class KeptParts:
    """The parts of one list; a :data:`~martyrolog.read.part.PartReader`.

    Args:
        folder: Where the files stand.
        list_id: The list.

    Attributes:
        read: Parts that had to be read.
        kept: Parts that were taken as they were.
    """

    def __init__(self, folder: Path, list_id: str) -> None:
        self._path = folder / list_id
        self._before = _loaded(self._path)
        self._used: dict[str, Part] = {}
        self.read = self.kept = 0

    def __call__(self, files: Sequence[ListFile], how: Reading, taken: Taken) -> Part:
        """The part, read only where something that it depends on has changed."""
        key = _key(files, how, taken)
        part = self._before.get(key)
        if part is None:
            self.read += 1
            part = read_part(files, how, taken)
        else:
            self.kept += 1
        self._used[key] = part
        return part

    def save(self) -> None:
        """Keep what was used, and nothing else.

        Raises:
            StorageError: the folder cannot be written.
        """
        if self._used.keys() == self._before.keys():
            return
        content = _packed(self._used)
        try:
            with replaced_file(self._path) as unfinished:
                unfinished.write_bytes(hashlib.sha256(content).digest() + content)
        except OSError as problem:
            why = str(problem.strerror)
            raise StorageError("core.cannot_write", path=str(self._path), why=why) from problem


def forget_others(folder: Path, list_ids: Iterable[str]) -> None:
    """Remove what is kept of lists that the archive no longer has, and what a killed run left."""
    wanted = set(list_ids)
    for path in folder.glob("*"):
        if path.name not in wanted and not path.is_dir():
            path.unlink(missing_ok=True)


def _key(files: Sequence[ListFile], how: Reading, taken: Taken) -> str:
    return hash_value({
        "files": [[each.name, each.path.name, hash_file(each.path)] for each in files],
        "list": [how.list_id, how.kind, how.role],
        "profile": how.profile.model_dump(mode="json"),
        "taken": {} if how.kind == "person" else dict(taken),
        "program": program_hash(),
    })  # fmt: skip


def _packed(parts: Mapping[str, Part]) -> bytes:
    """All parts as one Arrow file: their entries one after another, the rest as metadata."""
    said = {
        key: {field.name: getattr(part, field.name) for field in dataclasses.fields(part)}
        | {"entries": part.entries.num_rows}
        for key, part in parts.items()
    }
    table = pa.concat_tables([part.entries for part in parts.values()]).combine_chunks()
    metadata = {_PARTS: json.dumps(said, ensure_ascii=False).encode("utf-8")}
    table = table.replace_schema_metadata(metadata)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema, options=_COMPRESSED) as writer:
        writer.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def _loaded(path: Path) -> dict[str, Part]:
    """The parts that a file holds; none where it is missing or not as it was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
        return {}
    table = pa.ipc.open_file(pa.py_buffer(content[_DIGEST:])).read_all()
    said: dict[str, dict[str, Any]] = json.loads(table.schema.metadata[_PARTS])
    table = table.replace_schema_metadata(None)
    parts, begin = {}, 0
    for key, values in said.items():
        rows = values.pop("entries")
        parts[key] = Part(table.slice(begin, rows), **values)
        begin += rows
    return parts
