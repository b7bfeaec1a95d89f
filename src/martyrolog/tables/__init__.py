"""The tables between the stages: declared once, checked at every stage's entry and exit.

``declared`` says what every table is (``history`` those of the stage of that name) in the words of
``schema``; ``checked`` makes, checks, reads and writes them.
"""

from martyrolog.tables.checked import (
    check_table,
    empty_table,
    make_table,
    read_table,
    write_table,
    write_table_file,
)
from martyrolog.tables.declared import (
    DATE_FIELDS,
    LIST_KINDS,
    STANDARD_FIELDS,
    TABLES,
)
from martyrolog.tables.schema import TYPES, Column, Table

__all__ = [
    "DATE_FIELDS",
    "LIST_KINDS",
    "STANDARD_FIELDS",
    "TABLES",
    "TYPES",
    "Column",
    "Table",
    "check_table",
    "empty_table",
    "make_table",
    "read_table",
    "write_table",
    "write_table_file",
]
