"""What people decide about one field: ``hand/corrections.jsonl`` and ``hand/redactions.jsonl``.

:func:`correct` says that a field of a record reads otherwise, :func:`redact` that a field is hidden
from releases. Reading applies corrections to the fields of records, so that linking sees them;
resolving names their authors beside the statements. Always holds: an entry is never changed or
removed, a later one on the same field overrules it; the record's verbatim text and its id stay. A
correction belongs to one record: where its row is changed, and so has another id, it waits unused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from martyrolog.archive import Archive, locked, without_hidden
from martyrolog.dates import parse_date
from martyrolog.errors import ArchiveError
from martyrolog.provenance import append_log, read_log
from martyrolog.tables import DATE_FIELDS, STANDARD_FIELDS, TABLES, read_table

KEYS = frozenset({"role", "trial_id", "cohort_id", "office_id", "source_url", "sources", "note"})
"""Fields that place or back a row and say nothing of the person: not for correcting."""

CORRECTABLE = tuple(field for field in STANDARD_FIELDS if field not in KEYS)
HIDEABLE = ("*", *STANDARD_FIELDS)
SEXES = ("m", "f")
MAX_VALUE = 1_000
"""Characters of a corrected value."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a record reads so; an empty value: nothing is known."""

    record_id: str
    field: str
    value: str
    author: str


def correction_log(archive: Archive) -> Path:
    """Where the corrections of an archive stand."""
    return archive.hand / "corrections.jsonl"


def redaction_log(archive: Archive) -> Path:
    """Where the redactions of an archive stand."""
    return archive.hand / "redactions.jsonl"


def correct(
    archive: Archive, record_id: str, field: str, value: str, *, author: str, reason: str
) -> None:
    """Append a correction; the next build follows it.

    Args:
        archive: Its records must have been read.
        record_id: The record.
        field: One of ``CORRECTABLE``.
        value: What the field reads; empty: nothing is known. A date as a list would write it.
        author: Who decided; not empty.
        reason: Why; not empty.

    Raises:
        ArchiveError: the record or the field is unknown, the value is too long, no date where one
            is needed or no sex, author or reason is missing, or the log is damaged.
        StorageError: the log cannot be written.
    """
    entry = {"record_id": record_id, "field": field, "value": without_hidden(value).strip()}
    if field not in CORRECTABLE:
        raise ArchiveError("hand.no_such_field", field=field, known=", ".join(CORRECTABLE))
    if not _is_value(field, entry["value"]):
        key = "sex" if field == "sex" else "date" if field in DATE_FIELDS else "such_length"
        raise ArchiveError(f"hand.no_{key}", field=field, value=entry["value"][:80], most=MAX_VALUE)
    _require_signed(author, reason)
    with locked(archive):
        _require(archive, "record", "record_id", record_id)
        append_log(correction_log(archive), [entry], author=author.strip(), reason=reason.strip())


def redact(archive: Archive, whom: str, field: str, *, author: str, reason: str) -> None:
    """Append a redaction; the next release follows it.

    Args:
        archive: Its persons must have been resolved.
        whom: A record_id or a person_id.
        field: One of ``HIDEABLE``; ``*`` or a part of the name hides the whole.
        author: Who decided; not empty.
        reason: Why; not empty.

    Raises:
        ArchiveError: nobody has that id, the field is unknown, author or reason is missing, or the
            log is damaged.
        StorageError: the log cannot be written.
    """
    if field not in HIDEABLE:
        raise ArchiveError("hand.no_such_field", field=field, known=", ".join(HIDEABLE))
    _require_signed(author, reason)
    key = "record_id" if whom.startswith("r") else "person_id"
    with locked(archive):
        _require(archive, "person_record", key, whom)
        append_log(redaction_log(archive), [{key: whom, "field": field}],
                   author=author.strip(), reason=reason.strip())  # fmt: skip


def _require_signed(author: str, reason: str) -> None:
    if not author.strip() or not reason.strip():
        raise ArchiveError("hand.unsigned")


def _require(archive: Archive, table: str, column: str, wanted: str) -> None:
    if wanted not in set(read_table(archive.build, table, [column]).column(0).to_pylist()):
        raise ArchiveError("hand.no_such_id", id=wanted[:80])


def _is_value(field: str, value: str) -> bool:
    if not value or len(value) > MAX_VALUE:
        return not value
    if field == "sex":
        return value in SEXES
    return field not in DATE_FIELDS or parse_date(value).edtf is not None


def read_corrections(archive: Archive) -> list[Correction]:
    """The corrections that hold, by record and field; of two on one field the later.

    Raises:
        ArchiveError: the chain of hashes is broken, or a line is no correction.
    """
    path = correction_log(archive)
    last: dict[tuple[str, str], Correction] = {}
    for line, entry in enumerate(read_log(path), start=1):
        found = _correction(entry)
        if found is None:
            raise ArchiveError("hand.correction_unreadable", path=str(path), line=line)
        last[found.record_id, found.field] = found
    return [last[key] for key in sorted(last)]


def _correction(entry: Mapping[str, Any]) -> Correction | None:
    values = [entry.get(name) for name in ("record_id", "field", "value", "author")]
    if not all(isinstance(value, str) for value in values):
        return None
    found = Correction(*map(str, values))
    sound = found.field in CORRECTABLE and _is_value(found.field, found.value)
    return found if sound and found.record_id else None


def apply_corrections(records: pa.Table, corrections: list[Correction]) -> tuple[pa.Table, int]:
    """The records with their corrected fields, and how many corrections name no record of today.

    A corrected date has its EDTF and days; what the list writes stays in ``_verbatim``. A corrected
    field is no longer unverified.

    Args:
        records: Table ``record``.
        corrections: As :func:`read_corrections` gives them.
    """
    place = {record_id: row for row, record_id in enumerate(records["record_id"].to_pylist())}
    present = [each for each in corrections if each.record_id in place]
    changed: dict[str, list[Any]] = {}

    def column(name: str) -> list[Any]:
        if name not in changed:
            changed[name] = records[name].to_pylist()
        return changed[name]

    for each in present:
        row = place[each.record_id]
        for name, value in _columns(each).items():
            column(name)[row] = value
        unverified = column("unverified")
        unverified[row] = [name for name in unverified[row] if name != each.field]
    for name, values in changed.items():
        number = records.column_names.index(name)
        declared = TABLES["record"].schema.field(name)
        records = records.set_column(number, declared, pa.array(values, declared.type))
    return records, len(corrections) - len(present)


def _columns(correction: Correction) -> dict[str, Any]:
    """The columns of the record that a correction fills."""
    field, value = correction.field, correction.value or None
    if field not in DATE_FIELDS:
        return {field: value}
    date = parse_date(value or "")
    return {field: date.edtf, f"{field}_earliest": date.earliest, f"{field}_latest": date.latest}
