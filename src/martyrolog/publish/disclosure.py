"""The one screen through which all that is published passes.

Use :func:`disclose` before anything is written. A person is withheld who may be living:

- no list tells of a death, and the last possible day of birth is less than ``possibly_living_years``
  (110) years ago; or the birth is unknown and nothing places the person wholly before 1936;
- unless *every* list that names the person records in archive.toml why its persons are historical.
  One such list is not enough: a false link must not publish a record of another list.

Withheld with the person: records, statements, events, relations, links, parts in trials, offices and
groups, and every free text of others that names them (`mentions`). Fields that the archive's
redactor hid are removed (`redaction`). The text of a reject is published only where its list's
persons are historical. Always holds: nothing is published that did not pass here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.publish.mentions import remove_mentions
from martyrolog.publish.redaction import redact
from martyrolog.stage import Tables
from martyrolog.tables import DATE_FIELDS, TABLES

LAST_SILENT_YEAR = 1935  # a person of unknown birth last seen after this year may be living
DEATH_FIELDS = ("death_date", "death_place", "burial_place")
PERSON_COLUMNS = ("person_id", "person_id_left", "person_id_right")
RECORD_COLUMNS = ("record_id", "record_id_left", "record_id_right")


@dataclass(frozen=True)
class Disclosed:
    """The tables without what is withheld, and how many persons that is, in all and by list."""

    tables: Mapping[str, pa.Table]
    withheld: int
    withheld_by_list: Mapping[str, int]


def disclose(
    tables: Tables, redactions: Sequence[Mapping[str, Any]], *, years: int, year: int
) -> Disclosed:
    """The tables that may be published.

    Args:
        tables: All tables of read and resolve.
        redactions: Entries of hand/redactions.jsonl: ``field`` and ``person_id`` or ``record_id``.
        years: Age from which nobody is taken to be living.
        year: The present year.
    """
    kept = redact(tables, redactions)
    historical = _historical_lists(kept["source_list"])
    withheld = possibly_living(kept, historical, years=years, year=year)
    published = _ids(kept["person"]) - withheld
    gone = [row for row in tables["person"].to_pylist() if row["person_id"] not in published]
    kept = _without_persons(kept, {row["person_id"] for row in gone})
    kept["reject"] = _rejects(kept["reject"], historical)
    kept = remove_mentions(kept, gone, tables["statement"])
    by_list: dict[str, int] = {}
    for list_id in (list_id for row in gone for list_id in row["list_ids"]):
        by_list[list_id] = by_list.get(list_id, 0) + 1
    return Disclosed(kept, len(gone), by_list)


def possibly_living(tables: Tables, historical: set[str], *, years: int, year: int) -> set[str]:
    """The persons who may be living, by the rule of this module."""
    born, seen, dead = _last_birth(tables), _last_seen(tables), _known_dead(tables)
    return {
        row["person_id"]
        for row in tables["person"].select(["person_id", "list_ids"]).to_pylist()
        if row["person_id"] not in dead
        and not (row["list_ids"] and historical.issuperset(row["list_ids"]))
        and _may_live(born.get(row["person_id"]), seen.get(row["person_id"]), year - years)
    }


def _may_live(born: date | None, seen: date | None, oldest_birth_year: int) -> bool:
    if born is not None:
        return born.year > oldest_birth_year
    return seen is None or seen.year > LAST_SILENT_YEAR


def _known_dead(tables: Tables) -> set[str]:
    person, statement, event = (tables[name] for name in ("person", "statement", "event"))
    fate = pc.and_(pc.is_valid(person["fate"]), pc.not_equal(person["fate"], "survived"))
    told = pc.is_in(statement["field"], pa.array(DEATH_FIELDS))
    happened = pc.is_in(event["kind"], pa.array(["death", "execution"]))
    found = (
        person.filter(pc.or_(pc.fill_null(fate, False), pc.is_valid(person["death_date"]))),
        statement.filter(told),
        event.filter(happened),
    )
    return {person_id for table in found for person_id in _ids(table)}


def _last_birth(tables: Tables) -> dict[str, date]:
    """The last possible day of birth that any list gives; no entry where it is open or unknown."""
    statement = tables["statement"]
    births = statement.filter(pc.equal(statement["field"], "birth_date"))
    last: dict[str, date] = {}
    for row in births.select(["person_id", "latest"]).to_pylist():
        last[row["person_id"]] = max(
            last.get(row["person_id"], date.min), row["latest"] or date.max
        )
    return {person_id: day for person_id, day in last.items() if day != date.max}


def _last_seen(tables: Tables) -> dict[str, date]:
    """The last possible day of anything dated; a date open to the future counts as the last day."""
    record = tables["record"]
    columns = [f"{field}{end}" for field in DATE_FIELDS if field != "birth_date"
               for end in ("_latest", "_earliest")]  # fmt: skip
    person_of = dict(zip(*(tables["person_record"][c].to_pylist()
                           for c in ("record_id", "person_id")), strict=True))  # fmt: skip
    last: dict[str, date] = {}
    events = tables["event"].select(["person_id", "date_latest", "date_earliest"]).to_pylist()
    seen = [(row["person_id"], row["date_latest"], row["date_earliest"]) for row in events]
    for row in record.select(["record_id", *columns]).to_pylist():
        person_id = person_of.get(row["record_id"], "")
        seen += [
            (person_id, row[a], row[b]) for a, b in zip(columns[::2], columns[1::2], strict=True)
        ]
    for person_id, latest, earliest in seen:
        if latest or earliest:
            last[person_id] = max(last.get(person_id, date.min), latest or date.max)
    return last


def _historical_lists(source_list: pa.Table) -> set[str]:
    return set(
        source_list.filter(pc.is_valid(source_list["historical_reason"]))["list_id"].to_pylist()
    )


def _ids(table: pa.Table) -> set[str]:
    return set(table["person_id"].to_pylist())


def _without_persons(tables: Tables, gone: set[str]) -> dict[str, pa.Table]:
    """Every table without the rows of these persons and of their records."""
    links = tables["person_record"]
    lost = pc.is_in(links["person_id"], pa.array(sorted(gone), pa.string()))
    records = links.filter(lost)["record_id"].to_pylist()
    kept = {}
    for name, table in tables.items():
        for columns, ids in ((PERSON_COLUMNS, sorted(gone)), (RECORD_COLUMNS, records)):
            for column in set(columns) & set(TABLES[name].names):
                if name != "redirect":
                    hit = pc.is_in(table[column], pa.array(ids, pa.string()))
                    table = table.filter(pc.invert(hit))
        kept[name] = table
    kept["redirect"] = _redirects(tables["redirect"], gone)
    return kept


def _redirects(redirect: pa.Table, gone: set[str]) -> pa.Table:
    targets = [[i for i in row if i not in gone] for row in redirect["to_person_ids"].to_pylist()]
    index = redirect.schema.get_field_index("to_person_ids")
    return redirect.set_column(
        index, redirect.schema.field(index), pa.array(targets, pa.list_(pa.string()))
    )


def _rejects(reject: pa.Table, historical: set[str]) -> pa.Table:
    """Rejects, their text only where the list's persons are known to be historical."""
    shown = pc.is_in(reject["list_id"], pa.array(sorted(historical), pa.string()))
    for column, instead in (("verbatim", ""), ("detail", None)):
        index = reject.schema.get_field_index(column)
        values = pc.if_else(shown, reject[column], pa.scalar(instead, pa.string()))
        reject = reject.set_column(index, reject.schema.field(index), values)
    return reject
