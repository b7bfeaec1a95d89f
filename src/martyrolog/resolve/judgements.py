"""What people decided about pairs of records: ``hand/judgements.jsonl``.

Use :func:`judge` to add a judgement, :func:`read_judgements` and :func:`present_judgements` to
apply them. Always holds: a judgement is never changed or removed, a later one on the same pair
overrules it; a judgement on a record that a corrected edition replaced passes to the record that
supersedes it. This module does not decide who is one person: ``clusters`` does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from martyrolog.archive import Archive
from martyrolog.errors import ArchiveError
from martyrolog.provenance import append_log, read_log
from martyrolog.tables import read_table

Verdict = Literal["same", "different", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("same", "different", "unsure")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: two record ids in ascending order, and the verdict."""

    left: str
    right: str
    verdict: Verdict


def judgement_log(archive: Archive) -> Path:
    """Where the judgements of an archive stand."""
    return archive.hand / "judgements.jsonl"


def judge(
    archive: Archive, left: str, right: str, judgement: Verdict, *, author: str, reason: str
) -> None:
    """Append a judgement on two records; the next build follows it.

    The caller keeps other commands out (``archive.locked``).

    Args:
        archive: Its records must have been read.
        left: A ``record_id``.
        right: Another ``record_id``.
        judgement: ``same``, ``different`` or ``unsure``.
        author: Who judged; not empty.
        reason: Why; not empty.

    Raises:
        ArchiveError: a record is unknown, both are one, the judgement is none of the three, author
            or reason is missing, or the log is damaged.
        StorageError: the log cannot be written.
    """
    if judgement not in VERDICTS:
        raise ArchiveError("resolve.no_such_judgement", judgement=str(judgement))
    if left == right:
        raise ArchiveError("resolve.judgement_on_one_record", record_id=left)
    if not author.strip() or not reason.strip():
        raise ArchiveError("resolve.judgement_unsigned")
    known = set(read_table(archive.build, "record", ["record_id"]).column(0).to_pylist())
    for record_id in (left, right):
        if record_id not in known:
            raise ArchiveError("resolve.no_such_record", record_id=record_id)
    first, second = sorted((left, right))
    entry = {"record_id_left": first, "record_id_right": second, "judgement": judgement}
    append_log(judgement_log(archive), [entry], author=author.strip(), reason=reason.strip())


def read_judgements(path: Path) -> list[Judgement]:
    """All judgements, oldest first; empty where there is no file.

    Raises:
        ArchiveError: the chain of hashes is broken, or a line is no judgement.
    """
    judgements = []
    for number, entry in enumerate(read_log(path), start=1):
        left, right = entry.get("record_id_left"), entry.get("record_id_right")
        verdict = entry.get("judgement")
        if not isinstance(left, str) or not isinstance(right, str) or verdict not in VERDICTS:
            raise ArchiveError("resolve.judgement_unreadable", path=str(path), line=number)
        first, second = sorted((left, right))
        judgements.append(Judgement(first, second, verdict))
    return judgements


def present_judgements(
    judgements: Iterable[Judgement], present: Mapping[str, object],
    heirs: Mapping[str, Sequence[str]],
) -> list[Judgement]:  # fmt: skip
    """The judgements that hold for the records of today, the newest first, one a pair.

    Args:
        judgements: Oldest first.
        present: The records of today.
        heirs: Vanished record -> the records that supersede it.

    Returns:
        Judgements on present records only. One on a vanished record stands for each of its heirs.
    """
    last: dict[Pair, Judgement] = {}
    for judgement in judgements:
        for left in _living(judgement.left, present, heirs):
            for right in _living(judgement.right, present, heirs):
                if left != right:
                    pair = (min(left, right), max(left, right))
                    last.pop(pair, None)  # put at the end: the order is that of the last word
                    last[pair] = Judgement(*pair, judgement.verdict)
    return list(last.values())[::-1]


def _living(
    record_id: str, present: Mapping[str, object], heirs: Mapping[str, Sequence[str]]
) -> list[str]:
    """The record itself, or those that supersede it, through any number of editions."""
    found, seen, waiting = [], {record_id}, [record_id]
    while waiting:
        current = waiting.pop()
        if current in present:
            found.append(current)
            continue
        fresh = [heir for heir in heirs.get(current, ()) if heir not in seen]
        seen.update(fresh)
        waiting += fresh
    return sorted(found)
