"""Fields that the archive's redactor hid (hand/redactions.jsonl) are taken out of every table.

An entry names a ``field`` and a ``person_id`` or a ``record_id``. The field ``*``, or any part of
the name, withholds the whole person or record: a name half hidden is not hidden. Of another field
go the statements and events that rest on it, the columns of the records, the verbatim text of those
records (it holds the value too), and every other text of that person that repeats the value.
Always holds: a value redacted is in no table that leaves. What a list says elsewhere of other
persons stays.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from martyrolog.stage import Tables
from martyrolog.tables import DATE_FIELDS, TABLES

NAME_FIELDS = frozenset({"*", "surname", "given_name", "patronymic"})
REMOVED = "{}"  # a verbatim text may not be null: this is a row without a cell
EVENT_FIELDS = {
    "birth_date": "birth",
    "birth_place": "birth",
    "arrest_date": "arrest",
    "arrest_place": "arrest",
    "sentence_date": "sentence",
    "sentence": "sentence",
    "sentencing_body": "sentence",
    "imprisonment_place": "imprisonment",
    "exile_place": "exile",
    "release_date": "release",
    "death_date": "death",
    "death_place": "death",
    "burial_place": "death",
    "rehabilitation_date": "rehabilitation",
    "rehabilitating_body": "rehabilitation",
}
SHORTEST_REPEATED = 3  # letters; a shorter value may stand in any text by chance

Rows = list[dict[str, Any]]


def redact(tables: Tables, redactions: Sequence[Mapping[str, Any]]) -> dict[str, pa.Table]:
    """The tables without the hidden fields; the same tables where nothing is hidden."""
    if not redactions:
        return dict(tables)
    hidden = _by_record(tables, redactions)
    whole = {record_id for record_id, fields in hidden.items() if fields & NAME_FIELDS}
    persons = _persons_of(tables)
    gone = {
        person_id for person_id, records in persons.items() if records and whole.issuperset(records)
    }
    rows = {name: table.to_pylist() for name, table in tables.items()}
    for name in rows:
        rows[name] = [row for row in rows[name] if not _belongs(row, gone, whole)]
    person_of = {record: person for person, records in persons.items() for record in records}
    touched: defaultdict[str, set[str]] = defaultdict(set)
    for record_id, fields in hidden.items():
        touched[person_of.get(record_id, "")] |= fields
    values = _hide_record_fields(rows, hidden, person_of)
    _hide_statements(rows, hidden, whole)
    _hide_events(rows, touched)
    _hide_repeated(rows, values, person_of)
    _mend_persons(rows, touched, whole, person_of)
    return {name: _table(name, rows[name]) for name in tables}


def _by_record(
    tables: Tables, redactions: Sequence[Mapping[str, Any]]
) -> defaultdict[str, set[str]]:
    persons = _persons_of(tables)
    hidden: defaultdict[str, set[str]] = defaultdict(set)
    for entry in redactions:
        single = [entry["record_id"]] if entry.get("record_id") else []
        for record_id in single or persons.get(str(entry.get("person_id")), []):
            hidden[record_id].add(str(entry.get("field") or "*"))
    return hidden


def _persons_of(tables: Tables) -> defaultdict[str, list[str]]:
    persons: defaultdict[str, list[str]] = defaultdict(list)
    for row in tables["person_record"].to_pylist():
        persons[row["person_id"]].append(row["record_id"])
    return persons


def _belongs(row: Mapping[str, Any], persons: set[str], records: set[str]) -> bool:
    ends = ("", "_left", "_right")
    return any(row.get(f"person_id{end}") in persons for end in ends) or any(
        row.get(f"record_id{end}") in records for end in ends
    )


def _hide_record_fields(
    rows: Mapping[str, Rows], hidden: Mapping[str, set[str]], person_of: Mapping[str, str]
) -> defaultdict[str, set[str]]:
    """Empty the columns; give the values that stood there, by person."""
    values: defaultdict[str, set[str]] = defaultdict(set)
    for name in ("record", "trial_party", "tenure", "membership"):
        for row in rows[name]:
            fields = hidden.get(row["record_id"], set())
            for field in fields & row.keys():
                ends = ("", "_earliest", "_latest", "_verbatim") if field in DATE_FIELDS else ("",)
                for column in (f"{field}{end}" for end in ends):
                    if isinstance(row.get(column), str):
                        values[person_of.get(row["record_id"], "")].add(row[column])
                    row[column] = None
            if fields and name == "record":
                row["verbatim"], row["verbatim_kind"] = REMOVED, "cells"
    return values


def _hide_statements(
    rows: dict[str, Rows], hidden: Mapping[str, set[str]], whole: set[str]
) -> None:
    list_of = {row["record_id"]: row["list_id"] for row in rows["record"]}
    kept = []
    for row in rows["statement"]:
        row["record_ids"] = [
            record_id for record_id in row["record_ids"]
            if record_id not in whole and row["field"] not in hidden.get(record_id, ())
        ]  # fmt: skip
        if row["record_ids"]:
            row["list_ids"] = sorted({list_of[i] for i in row["record_ids"] if i in list_of})
            kept.append(row)
    rows["statement"] = kept
    for name in ("event", "relation"):
        for row in rows[name]:
            row["record_ids"] = [i for i in row["record_ids"] if i not in whole]
        rows[name] = [row for row in rows[name] if row["record_ids"]]


def _hide_events(rows: dict[str, Rows], touched: Mapping[str, set[str]]) -> None:
    """An event that rests on a hidden field goes; an execution is a death."""

    def hit(row: Mapping[str, Any]) -> bool:
        kinds = {EVENT_FIELDS.get(field, field) for field in touched.get(row["person_id"], ())}
        return row["kind"] in kinds or (row["kind"] == "execution" and "death" in kinds)

    rows["event"] = [row for row in rows["event"] if not hit(row)]


def _hide_repeated(
    rows: Mapping[str, Rows], values: Mapping[str, set[str]], person_of: Mapping[str, str]
) -> None:
    """Empty every other text of the person that repeats a hidden value."""
    for name in ("record", "event", "trial_party", "tenure", "membership"):
        for row in rows[name]:
            person_id = row.get("person_id") or person_of.get(str(row.get("record_id")), "")
            secret = [v for v in values.get(person_id, ()) if len(v) >= SHORTEST_REPEATED]
            for column, value in row.items():
                if isinstance(value, str) and any(text in value for text in secret):
                    row[column] = REMOVED if column == "verbatim" else _emptied(name, column, value)
    rows["statement"][:] = [
        row for row in rows["statement"]
        if not any(v in row["value"] for v in values.get(row["person_id"], ())
                   if len(v) >= SHORTEST_REPEATED)
    ]  # fmt: skip


def _emptied(table: str, column: str, value: str) -> str | None:
    declared = next(c for c in TABLES[table].columns if c.name == column)
    return None if declared.nullable else value


def _mend_persons(
    rows: Mapping[str, Rows], touched: Mapping[str, set[str]], whole: set[str],
    person_of: Mapping[str, str],
) -> None:  # fmt: skip
    """Prefer another statement where the preferred one is gone, and count the records anew."""
    partial = {person_of[record_id] for record_id in whole if record_id in person_of}
    preferred: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in sorted(rows["statement"], key=lambda row: (not row["preferred"], row["value"])):
        if row["person_id"] in touched:
            row["preferred"] = row["field"] not in preferred[row["person_id"]]
            preferred[row["person_id"]].setdefault(row["field"], row["value"])
    lists: defaultdict[str, set[str]] = defaultdict(set)
    counts: defaultdict[str, int] = defaultdict(int)
    for row in rows["record"]:
        lists[person_of.get(row["record_id"], "")].add(row["list_id"])
        counts[person_of.get(row["record_id"], "")] += 1
    for row in rows["person"]:
        person_id = row["person_id"]
        for field in touched.get(person_id, set()) & row.keys():
            row[field] = preferred[person_id].get(field)
        if person_id in partial:
            row["list_ids"], row["records"] = sorted(lists[person_id]), counts[person_id]


def _table(name: str, rows: Rows) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=TABLES[name].schema)
