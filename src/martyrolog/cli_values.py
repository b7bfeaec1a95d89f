"""Commands over bare values: names, dates, terms; for anyone's measurements, no archive needed.

Arguments only, as in ``cli``: files are read and answered in batches, so that a million lines need
little memory. A line is a value; line ends and a byte order mark are no part of it.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from martyrolog.errors import QueryError

BATCH = 50_000

names = typer.Typer(no_args_is_help=True)
dates = typer.Typer(no_args_is_help=True)
terms = typer.Typer(no_args_is_help=True)


@names.command("pairs")
def names_pairs(pairs: Path) -> None:
    from martyrolog.names import pairs_table

    with _opened(pairs) as stream:
        rows = csv.DictReader(stream)
        columns = list(rows.fieldnames or ())
        for wanted in ("left", "right"):
            if wanted not in columns:
                raise QueryError("cli.no_such_column", path=str(pairs), column=wanted)
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow([*columns, "same_key", "similarity"])
        for batch in _batches(rows):
            lefts, rights = ([row[side] or "" for row in batch] for side in ("left", "right"))
            found = pairs_table(lefts, rights)
            for row, agreement in zip(batch, found.to_pylist(), strict=True):
                given = [row[name] for name in columns]
                out.writerow([*given, agreement["same_key"], f"{agreement['similarity']:.4f}"])


@names.command("keys")
def names_keys(file: Path) -> None:
    from martyrolog.names import keys_table

    _answer(file, keys_table, heading=False, delimiter="\t")


@dates.command("parse")
def dates_parse(
    file: Path,
    order: Annotated[str, typer.Option("--order")] = "dmy",
    calendar: Annotated[str, typer.Option("--calendar")] = "gregorian",
) -> None:
    from martyrolog.dates import parse_file_table

    for given, known in ((order, ("dmy", "mdy", "ymd")), (calendar, ("gregorian", "julian"))):
        if given not in known:
            raise QueryError("cli.unknown_value", value=given, known=", ".join(known))
    _answer(file, lambda texts: parse_file_table(texts, order=order, calendar=calendar))


@terms.command("code")
def terms_code(vocabulary: str, file: Path) -> None:
    from martyrolog.terms import VOCABULARIES, code_file_table

    if vocabulary not in VOCABULARIES:
        known = ", ".join(sorted(VOCABULARIES))
        raise QueryError("cli.unknown_value", value=vocabulary, known=known)
    _answer(file, lambda texts: code_file_table(vocabulary, texts))


def _answer(file: Path, table_of: Any, *, heading: bool = True, delimiter: str = ",") -> None:
    out = csv.writer(sys.stdout, delimiter=delimiter, lineterminator="\n")
    with _opened(file) as stream:
        for batch in _batches(line.rstrip("\r\n") for line in stream):
            table = table_of(batch)
            if heading:
                out.writerow(table.column_names)
                heading = False
            out.writerows(zip(*(column.to_pylist() for column in table.columns), strict=True))


def _opened(path: Path) -> TextIO:
    if not path.is_file():
        raise QueryError("core.no_such_file", path=str(path))
    return path.open(encoding="utf-8-sig", errors="backslashreplace", newline="")


def _batches(items: Iterator[Any]) -> Iterator[Sequence[Any]]:
    while batch := list(islice(items, BATCH)):
        yield batch
