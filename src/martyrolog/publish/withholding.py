"""Taking persons out of every table: their rows, their records' rows, links that lead to them."""

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.stage import Tables
from martyrolog.tables import TABLES

PERSON_COLUMNS = ("person_id", "person_id_left", "person_id_right")
RECORD_COLUMNS = ("record_id", "record_id_left", "record_id_right")


def without_persons(tables: Tables, gone: Collection[str]) -> dict[str, pa.Table]:
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


def _redirects(redirect: pa.Table, gone: Collection[str]) -> pa.Table:
    targets = [[i for i in row if i not in gone] for row in redirect["to_person_ids"].to_pylist()]
    index = redirect.schema.get_field_index("to_person_ids")
    return redirect.set_column(
        index, redirect.schema.field(index), pa.array(targets, pa.list_(pa.string()))
    )
