"""Records for tests of linkage, from a few words each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from martyrolog.dates import parse_date
from martyrolog.link.columns import READ_DATES, TEXT_FIELDS, Records, encode_records
from martyrolog.link.memory import Plan

Row = Mapping[str, str]


def record_table(rows: Sequence[Row]) -> pa.Table:
    """Rows as a table of records; dates are texts; ids are r0, r1 ... unless given."""
    columns: dict[str, list[object]] = {"record_id": [], "list_id": []}
    for at, row in enumerate(rows):
        columns["record_id"].append(row.get("record_id", f"r{at}"))
        columns["list_id"].append(row.get("list_id", "list"))
    made = {name: pa.array(values, pa.string()) for name, values in columns.items()}
    for name in TEXT_FIELDS:
        made[name] = pa.array([row.get(name) for row in rows], pa.string())
    for name in READ_DATES:
        read = [parse_date(row.get(name, "")) for row in rows]
        for end in ("earliest", "latest"):
            days: list[date | None] = [getattr(value, end) for value in read]
            made[f"{name}_{end}"] = pa.array(days, pa.date32())
    return pa.table(made)


def records_of(rows: Sequence[Row], duplicate_free: frozenset[str] = frozenset()) -> Records:
    """The same rows, encoded."""
    return encode_records(record_table(rows), duplicate_free)


def cut_up(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    """Have every linkage with a bound on memory cut up like this, whatever the bound."""

    def make_plan(_bound: int, _records: int, folder: Path) -> Plan:
        return replace(plan, folder=folder)

    monkeypatch.setattr("martyrolog.link.link_tables.make_plan", make_plan)
