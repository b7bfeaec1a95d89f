"""Rows of lists that name no persons: trials, bodies, offices, cohorts, operations, figures.

The same accounting as for records: every row becomes an entry of its table or a reject. Of two rows
with one key the one whose content sorts first stays, whatever the order of rows.
"""

from collections.abc import Iterable, Mapping

from martyrolog.read.fields import FieldReader
from martyrolog.read.identity import content_key
from martyrolog.read.record import Values, date_values, locator, reject
from martyrolog.read.row import Row
from martyrolog.tables import LIST_KINDS, TABLES

Found = tuple[Row, str, dict[str, str]]
"""A row, its file, and what it says."""


def entry_values(found: Found, reader: FieldReader, list_id: str) -> Values:
    """A row of the table of its kind."""
    row, file, fields = found
    return {
        **fields,
        **date_values(fields, reader.date_fields, reader.profile),
        **locator(row, list_id, file),
        "unverified": reader.unverified(row),
    }


def split_by_key(
    rows: Iterable[Found], kind: str, list_id: str, taken: Mapping[str, str]
) -> tuple[list[Found], list[Values]]:
    """Rows with a key of their own, and rejects for those without one or with one that is taken.

    Args:
        rows: Rows of one list.
        kind: Kind of the list.
        list_id: Their list.
        taken: Keys of lists of this kind that were read before, and their lists.

    Returns:
        Rows to keep, and rejects.
    """
    key = TABLES[LIST_KINDS[kind]].key[0]
    kept: dict[str, Found] = {}
    rejects = []
    for found in sorted(rows, key=lambda each: content_key(each[0])):
        row, file, fields = found
        value = fields.get(key)
        if value is None:
            rejects.append(reject(row, list_id, file, "read.no_key", key))
        elif value in taken or value in kept:
            where = taken.get(value, list_id)
            rejects.append(reject(row, list_id, file, "read.duplicate_key", f"{value} ({where})"))
        else:
            kept[value] = found
    return list(kept.values()), rejects
