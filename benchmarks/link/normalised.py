"""Normalised columns for Splink, from the records of a synthetic list: made before, not timed.

    python -m benchmarks.link.normalised DIR        # records.parquet -> normalised.parquet

Names are folded by ``martyrolog.names`` and written in Latin letters, so that Splink's distances,
which count bytes, count letters; days are ISO dates, a year is a number.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from martyrolog.dates import parse_date
from martyrolog.names import fold, fold_surname, is_initial, to_latin

Read = Callable[[str], str | int | None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    pq.write_table(normalised(pq.read_table(folder / "records.parquet")),
                   folder / "normalised.parquet")  # fmt: skip


def normalised(records: pa.Table) -> pa.Table:
    """The columns that Splink blocks and compares: keys of names, names, initials, days, places."""
    columns = {
        "sn": ("surname", lambda text: _first(fold_surname(text))),
        "gn": ("given_name", _full(lambda text: _first(fold(text)))),
        "pt": ("patronymic", _full(lambda text: _first(fold(text)))),
        "surname": ("surname", _latin),
        "given": ("given_name", _full(_latin)),
        "patr": ("patronymic", _full(_latin)),
        "byear": ("birth_date", _year),
        "bday": ("birth_date", _day),
        "aday": ("arrest_date", _day),
        "dday": ("death_date", _day),
        "bplace": ("birth_place", _latin),
        "gs": ("given_name", _full(lambda text: _first(fold_surname(text)))),
        "gi": ("given_name", _initial),
        "pi": ("patronymic", _initial),
        "res": ("residence", _latin),
        "occ": ("occupation", _latin),
    }
    made = {name: _by_value(records.column(source), read)
            for name, (source, read) in columns.items()}  # fmt: skip
    return pa.table({"unique_id": records.column("record_id"), **made})


def _by_value(column: pa.ChunkedArray, read: Read) -> pa.Array:
    coded = column.combine_chunks().dictionary_encode()
    return pa.array([read(text) for text in coded.dictionary.to_pylist()]).take(coded.indices)


def _full(read: Read) -> Read:
    return lambda text: None if is_initial(text) else read(text)


def _first(keys: tuple[str, ...]) -> str | None:
    return keys[0] if keys else None


def _latin(text: str) -> str:
    return to_latin(text).lower()


def _initial(text: str) -> str | None:
    return _latin(text)[:1] or None


def _year(text: str) -> int | None:
    earliest = parse_date(text).earliest
    return earliest.year if earliest else None


def _day(text: str) -> str | None:
    read = parse_date(text)
    whole = read.earliest is not None and read.earliest == read.latest
    return read.earliest.isoformat() if whole and read.earliest else None


if __name__ == "__main__":
    main()
