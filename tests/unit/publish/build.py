"""Small tables of resolved persons, as the stages before publishing would write them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from martyrolog.archive import Archive, parse_settings
from martyrolog.dates import bounds
from martyrolog.levels import FIELDS, MISSING
from martyrolog.names import to_latin
from martyrolog.publish import READS
from martyrolog.tables import DATE_FIELDS, make_table

Row = dict[str, Any]
STATED = (
    "surname",
    "given_name",
    "patronymic",
    "other_names",
    "birth_place",
    "nationality",
    "occupation",
    "residence",
    "arrest_place",
    "charge",
    "sentence",
    "death_place",
    "burial_place",
    "fate",
    "position",
    "birth_date",
    "arrest_date",
    "death_date",
)
REASON = "All were shot before 1953 by the account of the list."
EVENTS = {"birth_date": "birth", "arrest_date": "arrest", "death_date": "death"}


def source_list(list_id: str, *, historical: bool = False, **fields: Any) -> Row:
    """A row of ``source_list``."""
    why = {"historical_reason": REASON, "historical_author": "A. Editor",
           "historical_date": "2026-01-01"} if historical else {}  # fmt: skip
    return {"list_id": list_id, "kind": "person", "title_en": f"List {list_id}",
            "duplicate_free": False, "fit_for_estimation": False, "rows_in": 0, "records": 0,
            "rejects": 0, **why, **fields}  # fmt: skip


def record(record_id: str, list_id: str = "memory", **fields: Any) -> Row:
    """A row of ``record``; a date is given as EDTF and gets its days."""
    row: Row = {"record_id": record_id, "list_id": list_id, "occurrence": 1, "unverified": [],
                "verbatim": json.dumps(fields, ensure_ascii=False), "verbatim_kind": "cells",
                "file": "list.csv", "row": 1}  # fmt: skip
    for name, value in fields.items():
        row[name] = value
        if name in DATE_FIELDS:
            row[f"{name}_earliest"], row[f"{name}_latest"] = bounds(value)
            row[f"{name}_verbatim"] = value
    return row


def match(left: str, right: str, weight: float = 12.0, **levels: int) -> Row:
    """A row of ``match``: a link, where no other weight is given; fields not named are missing."""
    missing = {f"level_{name}": MISSING for name in (*FIELDS, "context")}
    return {"record_id_left": left, "record_id_right": right, "match_weight": weight,
            "match_probability": 1 / (1 + 2**-weight), **missing,
            **{f"level_{name}": level for name, level in levels.items()}}  # fmt: skip


def tables_of(
    persons: Mapping[str, Iterable[Row]], lists: Iterable[Row] = (), **more: list[Row]
) -> dict[str, pa.Table]:
    """All tables that publishing reads, for persons with these records.

    Args:
        persons: Records by person.
        lists: Rows of ``source_list``; by default the list ``memory`` alone.
        more: Rows of further tables.
    """
    rows: dict[str, list[Row]] = {name: list(more.get(name, [])) for name in READS}
    rows["source_list"] += list(lists) or [source_list("memory")]
    for person_id, records in persons.items():
        _add_person(rows, person_id, list(records))
    for number, row in enumerate(rows["record"], start=1):
        row["row"] = number
    return {name: make_table(name, found) for name, found in rows.items()}


def _add_person(rows: dict[str, list[Row]], person_id: str, records: list[Row]) -> None:
    told: dict[tuple[str, str], list[Row]] = {}
    for row in records:
        rows["record"].append(row)
        rows["person_record"].append({"person_id": person_id, "record_id": row["record_id"]})
        for name in STATED:
            if row.get(name):
                told.setdefault((name, row[name]), []).append(row)
    first: dict[str, str] = {}
    for (name, value), backing in told.items():
        preferred = name not in first
        first.setdefault(name, value)
        earliest, latest = bounds(value) if name in DATE_FIELDS else (None, None)
        support = {"record_ids": sorted(r["record_id"] for r in backing)}
        rows["statement"].append({
            "person_id": person_id, "field": name, "value": value, "earliest": earliest,
            "latest": latest, "preferred": preferred, "verified": True,
            "list_ids": sorted({r["list_id"] for r in backing}), **support,
        })  # fmt: skip
        if name in EVENTS:
            rows["event"].append(
                {
                    "person_id": person_id,
                    "kind": EVENTS[name],
                    "date": value,
                    "date_earliest": earliest,
                    "date_latest": latest,
                    **support,
                }
            )
    rows["person"].append(_person(person_id, first, records))


def _person(person_id: str, first: Mapping[str, str], records: list[Row]) -> Row:
    names = [first.get(part, "") for part in ("surname", "given_name", "patronymic")]
    full = " ".join(filter(None, names))
    return {
        "person_id": person_id, "name_cyrillic": None if full.isascii() else full,
        "name_latin": to_latin(full) or "unknown", "name_latin_derived": not full.isascii(),
        "victim": True, "roles": ["victim"], "records": len(records),
        "list_ids": sorted({row["list_id"] for row in records}),
        **{name: first.get(name) for name in ("surname", "given_name", "patronymic", "other_names",
                                              "birth_date", "death_date", "fate")},
    }  # fmt: skip


def archive_at(path: Path, **publish: Any) -> Archive:
    """An archive with the lists ``memory`` and ``other`` and nothing in it."""
    for folder in ("lists", "hand", "build", "releases"):
        (path / folder).mkdir(parents=True, exist_ok=True)
    settings = {
        "archive": {"id": "test", "title": {"en": "A test archive", "ru": "Проба"}},
        "publish": publish,
        "list": [{"id": name, "file": "lists/list.csv", "title": {"en": f"List {name}"}}
                 for name in ("memory", "other")],
    }  # fmt: skip
    return Archive(path.resolve(), parse_settings(settings))


YEZHOV = record("r1", surname="Ежов", given_name="Николай", patronymic="Иванович",
                birth_date="1895-05-01", death_date="1940-02-04", fate="executed",
                nationality="русский", occupation="нарком", residence="ул. Арбат, д. 5, кв. 1",
                burial_place="Донское", source_url="https://example.org/1")  # fmt: skip
PIATNITSKY = record("r2", surname="Пятницкий", given_name="Осип", birth_date="1882-01-29",
                    death_date="1938-07-29", residence="Арбат ул., д.5, кв. 7",
                    burial_place="Коммунарка", nationality="еврей")  # fmt: skip
KRUPSKAYA = record("r3", surname="Крупская", given_name="Надежда", patronymic="Константиновна",
                   birth_date="1869-02-26", death_date="1939-02-27")  # fmt: skip
"""Three historical persons; the addresses are not theirs."""


def three_persons(**more: list[Row]) -> dict[str, pa.Table]:
    """Tables of three historical persons."""
    persons = {"paa1": [YEZHOV], "pbb2": [PIATNITSKY], "pcc3": [KRUPSKAYA]}
    return tables_of({i: [dict(row) for row in rows] for i, rows in persons.items()}, **more)


def shuffled(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The same tables, rows in the opposite order."""
    return {name: table.take(list(range(table.num_rows))[::-1]) if table.num_rows else table
            for name, table in tables.items()}  # fmt: skip
