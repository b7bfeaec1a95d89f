"""Who may be living, from what the lists say of birth, death and everything between.

Each question is answered for caution: of several births the last counts, a date open to the future
counts as the last day there is, a person of whom nothing is dated may be living.
"""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.stage import Tables
from martyrolog.tables import DATE_FIELDS

LAST_SILENT_YEAR = 1935  # a person of unknown birth last seen after this year may be living
DEATH_FIELDS = ("death_date", "death_place", "burial_place")


def possibly_living(tables: Tables, historical: set[str], *, years: int, year: int) -> set[str]:
    """The persons who may be living, by the rule of ``disclosure``."""
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
    return {person_id for table in found for person_id in table["person_id"].to_pylist()}
