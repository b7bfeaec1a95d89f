"""What a declaration of a table is made of: tables, columns, types, and groups of columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "strings": pa.list_(pa.string()),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "level": pa.int8(),
}


@dataclass(frozen=True)
class Column:
    """One column: name, type (a key of ``TYPES``), meaning, unit, whether it may be null."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    nullable: bool = True


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns, its unique key, the stage that writes it."""

    name: str
    row: str
    stage: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the declaration."""
        return pa.schema(
            pa.field(column.name, TYPES[column.type], column.nullable) for column in self.columns
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)


def date_columns(name: str, meaning: str) -> tuple[Column, ...]:
    """A date as EDTF, as an interval of days and as the list writes it."""
    return (
        Column(name, "string", f"{meaning}, as EDTF (ISO 8601-2)"),
        Column(f"{name}_earliest", "date", f"{meaning}: first day it can be", "day"),
        Column(f"{name}_latest", "date", f"{meaning}: last day it can be", "day"),
        Column(f"{name}_verbatim", "string", f"{meaning}, as the list writes it"),
    )


def text_column(name: str, meaning: str) -> tuple[Column, ...]:
    """One column of text."""
    return (Column(name, "string", meaning),)


def required_text(name: str, meaning: str) -> tuple[Column, ...]:
    """One column of text without empty cells."""
    return (Column(name, "string", meaning, nullable=False),)


def named(meaning: str, prefix: str = "name") -> tuple[Column, ...]:
    """A name in English and in Russian."""
    return (
        Column(f"{prefix}_en", "string", f"{meaning}, in English"),
        Column(f"{prefix}_ru", "string", f"{meaning}, in Russian"),
    )


def in_both(name: str, meaning: str) -> tuple[Column, ...]:
    """A text as the list gives it, and the same in Russian where it does."""
    return (Column(name, "string", meaning),
            Column(f"{name}_ru", "string", f"{meaning}, in Russian"))  # fmt: skip


def flat(groups: Iterable[Sequence[Column]]) -> tuple[Column, ...]:
    """The columns of several groups, one after another."""
    return tuple(column for group in groups for column in group)
