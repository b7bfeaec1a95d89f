"""Records as columns of integers: every distinct value once, every record a code.

:func:`encode_records` turns a table of records into :class:`Records`, which all other parts of
the stage work on. Always holds: records stand in the order of their ``record_id``, codes in the
order of their values, so nothing later depends on the order of rows. Nothing here folds a name or
compares a value.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from martyrolog.dates import MISSING_DAY
from martyrolog.link.coded import coded
from martyrolog.link.names_in_order import with_names_in_order

NO_VALUE = -1
"""Code of a record that has no value in a column."""

MANY = 30_000
"""Records from which pairs are streamed and compiled loops compare them."""

TEXT_FIELDS = (
    "surname", "given_name", "patronymic", "other_names", "sex", "birth_place", "residence",
    "occupation", "nationality",
)  # fmt: skip
_KEEP_CASE = ("given_name", "patronymic")  # Ye is an initial, ye is none
DATE_FIELDS = ("birth_date", "death_date", "arrest_date")
READ_DATES = (*DATE_FIELDS, "sentence_date")
"""Dates that are read; days of sentence are not compared, they tell of days of death."""

Codes = NDArray[np.int32]


@dataclass(frozen=True)
class TextColumn:
    """A column of texts: ``values[codes[i]]`` is the value of record i.

    Attributes:
        codes: int32 per record, ``NO_VALUE`` where it has none.
        values: Distinct values, plain (see :func:`plain`), sorted.
    """

    codes: Codes
    values: list[str]


@dataclass(frozen=True)
class DateColumn:
    """A column of intervals of days, in days since 1970-01-01, ``MISSING_DAY`` for unknown."""

    earliest: Codes
    latest: Codes

    @property
    def exact(self) -> NDArray[np.bool_]:
        """Which records name one day."""
        exact: NDArray[np.bool_] = (self.earliest != MISSING_DAY) & (self.earliest == self.latest)
        return exact


@dataclass(frozen=True)
class Records:
    """The records of one linkage as integers.

    Attributes:
        order: Row of the source table of each record; records stand by rising ``record_id``.
        ids: Their ``record_id``, with the type they had.
        lists: Code of the list of each record; ``NO_VALUE`` where it is known to be of none.
        duplicate_free: For each code of ``lists``, whether that list names nobody twice.
        texts: Text columns by field.
        dates: Date columns by field.
        sentences: Dates of sentence, see :class:`~martyrolog.link.constraints.Constraints`.
    """

    order: NDArray[np.int64]
    ids: pa.Array
    lists: Codes
    duplicate_free: NDArray[np.bool_]
    texts: Mapping[str, TextColumn]
    dates: Mapping[str, DateColumn]
    sentences: DateColumn

    @property
    def count(self) -> int:
        """Number of records."""
        return len(self.order)


def encode_records(table: pa.Table, duplicate_free: frozenset[str] = frozenset()) -> Records:
    """Columns of integers from a table of records.

    Args:
        table: ``record_id`` (unique, any type that sorts) and any of ``list_id``, ``TEXT_FIELDS``
            and, for each of ``READ_DATES``, ``_earliest`` and ``_latest``; other columns are not
            looked at, an absent one counts as empty.
        duplicate_free: Lists that are known to name nobody twice.
    """
    order = pc.sort_indices(table.column("record_id"))
    sorted_table = with_names_in_order(table.combine_chunks().take(order))
    lists = encode_text(_column(sorted_table, "list_id", pa.string()), keep=True)
    return Records(
        order=order.to_numpy().astype(np.int64),
        ids=sorted_table.column("record_id").combine_chunks(),
        lists=lists.codes,
        duplicate_free=np.array([name in duplicate_free for name in lists.values], dtype=bool),
        texts={
            name: encode_text(
                _text(sorted_table, name), keep=name in _KEEP_CASE, read=_READ.get(name)
            )
            for name in TEXT_FIELDS
        },
        dates={name: _encode_dates(sorted_table, name) for name in DATE_FIELDS},
        sentences=_encode_dates(sorted_table, "sentence_date"),
    )


def plain(value: str) -> str:
    """A value as it is compared: one form of letters, no case, single spaces, ё as е.

    >>> plain("  Королёв  ")
    'королев'
    """
    letters = unicodedata.normalize("NFKC", value).casefold().replace("ё", "е")
    return " ".join(letters.split())


def _nationality(value: str) -> str:
    """Its term in the vocabulary, whatever language and gender it is written in; else itself."""
    from martyrolog.terms import code_term  # most files have no nationality: not loaded for them

    code = code_term("nationality", value)
    return value if code is None else code.term_id


_READ = {"nationality": _nationality}


def encode_text(
    column: pa.ChunkedArray, *, keep: bool = False, read: Callable[[str], str] | None = None
) -> TextColumn:
    """A text column as codes of its distinct plain values; empty is none.

    Args:
        column: Texts, may be null.
        keep: Keep the letters as written.
        read: What a distinct plain value stands for; None for itself.
    """
    dictionary = coded(column)
    written = dictionary.dictionary.to_pylist()
    plained = [" ".join(value.split()) if keep else plain(value) for value in written]
    if read is not None:
        plained = [read(value) if value else value for value in plained]
    values = sorted({value for value in plained if value})
    code_of = {value: code for code, value in enumerate(values)}
    codes = np.array([code_of.get(value, NO_VALUE) for value in plained] + [NO_VALUE], np.int32)
    indices = dictionary.indices.fill_null(len(written)).to_numpy(zero_copy_only=False)
    return TextColumn(codes[indices.astype(np.int64)], values)


def _encode_dates(table: pa.Table, name: str) -> DateColumn:
    bounds = []
    for end in ("earliest", "latest"):
        column = _column(table, f"{name}_{end}", pa.date32()).cast(pa.int32())
        bounds.append(pc.fill_null(column, MISSING_DAY).combine_chunks().to_numpy())
    return DateColumn(*bounds)


def _text(table: pa.Table, name: str) -> pa.ChunkedArray:
    column = _column(table, name, pa.string())
    if name == "occupation" and "position" in table.column_names:
        # a post is what office holders and judges have for one
        column = pc.coalesce(column, table.column("position"))
    return column


def _column(table: pa.Table, name: str, type_: pa.DataType) -> pa.ChunkedArray:
    if name in table.column_names:
        return table.column(name)
    return pa.chunked_array([pa.nulls(table.num_rows, type_)])
