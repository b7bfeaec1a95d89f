"""Where things come from: hashes, whole-or-nothing files, ``run.json``, the hash-chained log.

Always holds: a file written here is either the old one or the new one, never half of it; a line of
a log in ``hand/`` carries the hash of the line before, so that a changed or missing line is found
when the log is next read. Nothing here knows what the tables mean.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from martyrolog import __version__
from martyrolog.errors import ArchiveError, StorageError

CHAIN_START = "0" * 64


def hash_bytes(content: bytes) -> str:
    """SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def hash_file(path: Path) -> str:
    """SHA-256 of a file's content.

    Raises:
        StorageError: it cannot be read, or is a folder.
    """
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as problem:
        raise _unreadable(path, problem) from problem


def _unreadable(path: Path, problem: OSError) -> StorageError:
    return StorageError("core.cannot_read", path=str(path), why=str(problem.strerror))


def hash_value(value: object) -> str:
    """SHA-256 of a value's canonical JSON: keys sorted, no spaces, UTF-8."""
    return hash_bytes(canonical_json(value).encode("utf-8"))


@cache
def program_hash() -> str:
    """Version and content of this package: a changed rule or table of names runs a stage again."""
    folder = Path(__file__).parent
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    listing = "\n".join(f"{path.relative_to(folder)} {hash_file(path)}" for path in files)
    return hash_bytes(f"{__version__}\n{listing}".encode())


# made once: ids of records ask for it twice a row
_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
)


def canonical_json(value: object) -> str:
    """JSON with sorted keys, without spaces, letters unescaped: one value, one text."""
    return _CANONICAL.encode(value)


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """A path to write to; when the block ends well it takes the place of ``path`` at once."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield unfinished
        with unfinished.open("rb") as stream:
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def write_json(path: Path, value: object) -> None:
    """Write indented JSON, whole or not at all.

    Raises:
        StorageError: the file cannot be written.
    """
    try:
        with replaced_file(path) as unfinished:
            text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, default=str)
            unfinished.write_text(text + "\n", encoding="utf-8")
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(path), why=why) from problem


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in a derived file; empty where it is missing or damaged.

    A derived file that holds no JSON counts as missing, since it is made again.

    Raises:
        StorageError: it may not be read, or is a folder.
    """
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    except OSError as problem:
        raise _unreadable(path, problem) from problem
    return loaded if isinstance(loaded, dict) else {}


def now() -> datetime:
    """The present second in UTC, or ``SOURCE_DATE_EPOCH`` where it is set (reproducible builds)."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if fixed and fixed.isdigit():
        return datetime.fromtimestamp(int(fixed), UTC)
    return datetime.now(UTC).replace(microsecond=0)


def append_log(
    path: Path, entries: Iterable[Mapping[str, Any]], *, author: str, reason: str
) -> None:
    """Append entries to a hash-chained log, all of them or none.

    Args:
        path: A JSON Lines file in ``hand/``; made where missing.
        entries: What was decided; one line each. The keys ``author``, ``reason``, ``time``,
            ``previous`` and ``hash`` are added here.
        author: Who decided.
        reason: Why.

    Raises:
        ArchiveError: the log is damaged; it stays as it is.
        StorageError: it cannot be written; it stays as it is.
    """
    known = read_log(path)
    previous = known[-1]["hash"] if known else CHAIN_START
    lines = []
    for entry in entries:
        line = {**entry, "author": author, "reason": reason, "time": now().isoformat()}
        line["previous"] = previous
        previous = line["hash"] = hash_value(line)
        lines.append(json.dumps(line, ensure_ascii=False, sort_keys=True))
    if not lines:
        return
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        with replaced_file(path) as unfinished:
            unfinished.write_text(before + "\n".join(lines) + "\n", encoding="utf-8")
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(path), why=why) from problem


def _lines(path: Path) -> list[str]:
    # not splitlines(): a reason may hold U+2028, which that would take for the end of a line
    try:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")  # read_log refuses it
    except OSError as problem:
        raise _unreadable(path, problem) from problem
    return text.removesuffix("\n").split("\n")


def read_log(path: Path) -> Sequence[Mapping[str, Any]]:
    """The entries of a hash-chained log, oldest first; empty where there is no file.

    Raises:
        ArchiveError: a line is unreadable, changed, missing or out of order.
        StorageError: the file may not be read, or is a folder.
    """
    if not path.exists():
        return []
    entries: list[Mapping[str, Any]] = []
    previous = CHAIN_START
    for number, text in enumerate(_lines(path), start=1):
        try:
            entry = json.loads(text)
            text.encode("utf-8")
            if "\\u" in text:  # half of a letter, escaped, is no text either
                canonical_json(entry).encode("utf-8")
        except (ValueError, RecursionError) as problem:
            raise ArchiveError("core.log_not_json", path=str(path), line=number) from problem
        claimed = entry.pop("hash", None) if isinstance(entry, dict) else None
        if not claimed or entry.get("previous") != previous or hash_value(entry) != claimed:
            raise ArchiveError("core.log_damaged", path=str(path), line=number)
        previous = claimed
        entries.append({**entry, "hash": claimed})
    return entries
