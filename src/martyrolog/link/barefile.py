"""A bare CSV or Parquet file as a table of records, without an archive.

:func:`read_records` gives the columns that linkage reads. ``record_id`` keeps the type and text of
the file; without such a column it is the number of the row, counted from 1.
"""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from martyrolog import names
from martyrolog.dates import parse_dates
from martyrolog.errors import LinkError
from martyrolog.link.coded import changed, coded
from martyrolog.link.columns import READ_DATES, TEXT_FIELDS
from martyrolog.link.mapping import FULL_NAME, Mapped, read_mapping, resolve_mapping
from martyrolog.link.sexes import normal_sexes, with_sexes_of_names

_DELIMITERS = ",;\t|"
_NO_ENTRY = ["", "nan", "NaN", "None", "null", "NULL", "<NA>", "NaT"]
"""What means that there is no entry; a list, since of a tuple pyarrow loads pandas."""


def read_records(path: Path, columns: Path | None) -> pa.Table:
    """The records of a file; texts as Arrow dictionaries.

    Args:
        path: CSV (UTF-8; comma, semicolon, tab or bar) or Parquet.
        columns: Mapping file; None where the columns have standard names.

    Raises:
        LinkError: the file is missing, unreadable, has no names, or a ``record_id`` twice.
    """
    declared = read_mapping(columns)
    table = read_any_file(path, lambda found: resolve_mapping(declared, found, path))
    mapped = resolve_mapping(declared, table.column_names, path)
    made = {"record_id": _record_ids(table, mapped, path)}
    for name in ("list_id", FULL_NAME, *TEXT_FIELDS):
        if name in mapped:
            made[name] = _text(table, mapped[name])
    for name in READ_DATES:
        made.update(_dates(table, mapped, name))
    return _with_sexes(_with_names_split(pa.table(made)))


def read_any_file(path: Path, wanted: Callable[[Sequence[str]], Mapped] | None = None) -> pa.Table:
    """A CSV file (UTF-8; comma, semicolon, tab or bar), every cell as text, or a Parquet file.

    Args:
        path: The file.
        wanted: Which of its columns are needed, of Parquet, where texts other than record_id are
            then read as dictionaries; None for all columns as they are.

    Raises:
        LinkError: the file is missing, empty or unreadable.
    """
    if not path.is_file():
        raise LinkError("link.no_file", path=str(path))
    try:
        with path.open("rb") as stream:
            parquet = stream.read(4) == b"PAR1"
        return _read_parquet(path, wanted) if parquet else _read_csv(path)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as problem:
        why = " ".join(str(problem).split())[:200]
        raise LinkError("link.unreadable", path=str(path), why=why) from problem


def _read_parquet(path: Path, wanted: Callable[[Sequence[str]], Mapped] | None) -> pa.Table:
    # not pq.read_table: its data sets load pandas where that is installed
    with pq.ParquetFile(path) as file:
        if wanted is None:
            return file.read()
        schema = file.schema_arrow
    mapped = wanted(schema.names)
    needed = {name for columns in mapped.values() for name in columns}
    repeated = needed - set(mapped.get("record_id", ()))
    texts = [name for name in repeated if pa.types.is_string(schema.field(name).type)]
    # a text that stands in many rows is read once
    with pq.ParquetFile(path, read_dictionary=texts) as file:
        read = file.read(columns=[name for name in schema.names if name in needed])
    return read.unify_dictionaries()


def _read_csv(path: Path) -> pa.Table:
    """Every cell as text: 007 stays 007."""
    with path.open("rb") as stream:
        first = stream.readline().decode("utf-8-sig", errors="replace").strip("\r\n")
    if not first.strip():
        raise LinkError("link.empty_file", path=str(path))
    delimiter = max(_DELIMITERS, key=first.count)
    columns = next(csv.reader([first], delimiter=delimiter))
    return pa_csv.read_csv(
        path,
        read_options=pa_csv.ReadOptions(use_threads=False),
        parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string())),
    )


def _record_ids(table: pa.Table, mapped: Mapped, path: Path) -> pa.ChunkedArray:
    if "record_id" not in mapped:
        return pa.chunked_array([pa.array(np.arange(1, table.num_rows + 1))])
    ids = table.column(mapped["record_id"][0])
    if pa.types.is_dictionary(ids.type):
        ids = ids.cast(ids.type.value_type)
    if ids.null_count:
        row = pc.index(pc.is_null(ids), True).as_py() + 1
        raise LinkError("link.no_record_id", path=str(path), row=row)
    if pc.count_distinct(ids).as_py() != len(ids):
        counts = pc.value_counts(ids)
        twice = counts.filter(pc.greater(counts.field("counts"), 1))[0]["values"].as_py()
        raise LinkError("link.record_id_twice", path=str(path), record_id=str(twice))
    return ids


def _text(table: pa.Table, columns: Sequence[str]) -> pa.DictionaryArray:
    """Texts of one column, or of several joined with spaces; what means 'no entry' is null."""
    parts = [changed(coded(_strings(table.column(column))), _without_no_entry)
             for column in columns]  # fmt: skip
    if len(parts) == 1:
        return parts[0]
    # not null_handling="skip": pyarrow then leaves out the rows of which every part is null
    filled = [pc.fill_null(part.cast(pa.string()), "") for part in parts]
    joined = pc.binary_join_element_wise(*filled, " ").dictionary_encode()
    return changed(
        joined, lambda texts: _without_no_entry(pc.replace_substring_regex(texts, " +", " "))
    )


def _strings(column: pa.ChunkedArray) -> pa.ChunkedArray:
    of_texts = pa.types.is_dictionary(column.type) and pa.types.is_string(column.type.value_type)
    return column if of_texts else column.cast(pa.string())


def _without_no_entry(texts: pa.StringArray) -> pa.StringArray:
    trimmed = pc.utf8_trim_whitespace(texts)
    no_entry = pc.is_in(trimmed, value_set=pa.array(_NO_ENTRY, pa.string()))
    return pc.if_else(no_entry, pa.scalar(None, pa.string()), trimmed)


def _dates(table: pa.Table, mapped: Mapped, name: str) -> dict[str, pa.Array]:
    """Bounds of a date: as the file gives them, or read from its text."""
    bounds = (f"{name}_earliest", f"{name}_latest")
    if all(bound in mapped and pa.types.is_date(table.schema.field(mapped[bound][0]).type)
           for bound in bounds):  # fmt: skip
        return {bound: table.column(mapped[bound][0]).cast(pa.date32()) for bound in bounds}
    if name not in mapped:
        return {}
    type_ = table.schema.field(mapped[name][0]).type
    if len(mapped[name]) == 1 and (pa.types.is_date(type_) or pa.types.is_timestamp(type_)):
        days = table.column(mapped[name][0]).cast(pa.date32(), safe=False)
        return dict.fromkeys(bounds, days)
    texts = _text(table, mapped[name])
    read = parse_dates(texts.dictionary.to_pylist())
    ends = ([value.earliest for value in read], [value.latest for value in read])
    return {bound: pa.array(days, pa.date32()).take(texts.indices)
            for bound, days in zip(bounds, ends, strict=True)}  # fmt: skip


def _with_names_split(table: pa.Table) -> pa.Table:
    """Parts of the name from ``full_name`` where the file gives neither surname nor given name."""
    if FULL_NAME not in table.column_names:
        return table
    given = {name: _values(table, name)
             for name in ("surname", "given_name", "patronymic", "other_names")}  # fmt: skip
    for row, full in enumerate(table.column(FULL_NAME).to_pylist()):
        if full and not given["surname"][row] and not given["given_name"][row]:
            parts = names.split_name(full)
            others = "; ".join(parts.other_names)
            found = (parts.surname, parts.given_name, parts.patronymic, others)
            for name, value in zip(given, found, strict=True):
                given[name][row] = given[name][row] or value or None
    kept = [name for name in table.column_names if name not in {*given, FULL_NAME}]
    split = {name: pa.array(values, pa.string()) for name, values in given.items()}
    return pa.table({**{name: table.column(name) for name in kept}, **split})


def _with_sexes(table: pa.Table) -> pa.Table:
    """The sex as m or f, where the file says it or the name does."""
    parts = [_texts(table, part) for part in ("surname", "given_name", "patronymic")]
    sexes = with_sexes_of_names(normal_sexes(_texts(table, "sex")), *parts)
    kept = table.drop_columns(["sex"]) if "sex" in table.column_names else table
    return kept.append_column("sex", sexes)


def _texts(table: pa.Table, name: str) -> pa.ChunkedArray:
    """A column of texts; as many nulls where there is none."""
    if name not in table.column_names:
        return pa.chunked_array([pa.nulls(table.num_rows, pa.string())])
    return table.column(name)


def _values(table: pa.Table, name: str) -> list[str | None]:
    values: list[str | None] = _texts(table, name).to_pylist()
    return values
