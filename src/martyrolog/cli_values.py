"""Commands over bare values: names, dates, terms; for anyone's measurements, no archive needed.

Arguments only, as in ``cli``: files are read and answered in batches, so that a million lines need
little memory; ``-`` is what is piped in, which is held whole. A line is a value; line ends and a
byte order mark are no part of it. Encodings are found as those of source lists are.
"""

import codecs
import csv
import io
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal, TextIO

import typer

from martyrolog.errors import QueryError

BATCH = 50_000
_CHUNK = 1 << 22
_CHARGE = re.compile(r"\bобв(?:\.|инен)")  # behind it «УК РСФСР» is no place

names = typer.Typer(no_args_is_help=True)
dates = typer.Typer(no_args_is_help=True)
terms = typer.Typer(no_args_is_help=True)


NameKind = Literal["any", "surname", "given_name", "patronymic"]
Kind = Annotated[NameKind, typer.Option("--kind")]
Language = Annotated[str | None, typer.Option("--language")]
Exact = Annotated[bool, typer.Option("--exact")]


@names.command("pairs")
def names_pairs(
    pairs: Path, kind: Kind = "any", language: Language = None, exact: Exact = False
) -> None:
    from martyrolog.names import pairs_table

    _check_language(language)
    with _opened(pairs) as stream:
        columns, delimiter = _headings(stream.readline(), pairs)
        sides = [_places(columns, wanted)[0] for wanted in ("left", "right")]
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow([*columns, "same_key", "similarity"])
        for batch in _batches(_rows(stream, delimiter, len(columns), pairs)):
            lefts, rights = ([row[side] for row in batch] for side in sides)
            found = pairs_table(lefts, rights, kind=kind, language=language, exact=exact)
            for row, agreement in zip(batch, found.to_pylist(), strict=True):
                out.writerow([*row, agreement["same_key"], f"{agreement['similarity']:.4f}"])


@names.command("keys")
def names_keys(
    file: Path, kind: Kind = "any", language: Language = None, exact: Exact = False
) -> None:
    from martyrolog.names import keys_table

    _check_language(language)
    _answer(file, lambda texts: keys_table(texts, kind=kind, language=language, exact=exact),
            heading=False, delimiter="\t")  # fmt: skip


def _check_language(language: str | None) -> None:
    """Refuse a language that the fold does not know, which it would read as without a hint."""
    from martyrolog.names import spelling_languages

    known = spelling_languages()
    if language is not None and language not in known:
        raise QueryError("cli.unknown_value", value=language, known=", ".join(known))


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
    _answer(file, lambda texts: _with_places(code_file_table(vocabulary, texts), vocabulary))


def _with_places(coded: Any, vocabulary: str) -> Any:
    """The table with ``place_id``: what the rest of a body's phrase names; null for other terms.

    The province, or else the republic or the foreign state. Terms know no places, so that the two
    meet here.
    """
    import pyarrow as pa

    from martyrolog.places import parse_place

    place_ids: list[str | None] = [None] * coded.num_rows
    if vocabulary.endswith("_body"):
        given = zip(coded["text"].to_pylist(), coded["rest"].to_pylist(), strict=True)
        places = [parse_place(_CHARGE.split(rest or text, maxsplit=1)[0]) for text, rest in given]
        place_ids = [
            place.province_id or (place.country if place.country != "ussr" else None)
            for place in places
        ]
    return coded.append_column("place_id", pa.array(place_ids, pa.string()))


def _headings(line: str, path: Path) -> tuple[list[str], str]:
    """The headings of a file of pairs, and the sign between them.

    Raises:
        QueryError: Whatever the sign, a heading ``left`` or ``right`` is not among them, or it
            stands there twice.
    """
    for sign in ",;\t|":
        columns = next(csv.reader([line.rstrip("\r\n")], delimiter=sign), [])
        if all(_places(columns, wanted) for wanted in ("left", "right")):
            _refuse_twice(columns, path)
            return columns, sign
    wanted = "right" if "left" in line.casefold() else "left"
    found = line.strip()[:200] or "-"
    raise QueryError("cli.no_such_column", path=str(path), column=wanted, found=found)


def _refuse_twice(columns: Sequence[str], path: Path) -> None:
    for wanted in ("left", "right"):
        if len(_places(columns, wanted)) > 1:
            raise QueryError("cli.column_twice", path=str(path), column=wanted)


def _places(columns: Sequence[str], wanted: str) -> list[int]:
    """Where the headings stand that are the wanted one but for case and spaces."""
    return [at for at, each in enumerate(columns) if each.strip().casefold() == wanted]


def _rows(stream: TextIO, delimiter: str, width: int, path: Path) -> Iterator[list[str]]:
    """The rows below the headings, empty lines left out, short ones filled up.

    Raises:
        QueryError: A row has more cells than there are headings, empty ones aside.
    """
    rows = csv.reader(stream, delimiter=delimiter)
    for row in rows:
        if any(row[width:]):
            raise QueryError("cli.surplus_cells", path=str(path), line=rows.line_num + 1,
                             found=len(row), expected=width)  # fmt: skip
        if row:
            yield row[:width] + [""] * (width - len(row))


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
    if str(path) == "-":
        stream: BinaryIO = io.BytesIO(sys.stdin.buffer.read())
    elif path.exists() and not path.is_dir():
        stream = path.open("rb") if path.is_file() else io.BytesIO(path.read_bytes())  # a pipe
    else:
        raise QueryError("core.no_such_file", path=str(path))
    return io.TextIOWrapper(
        stream, encoding=_encoding_of(stream), errors="backslashreplace", newline=""
    )


def _encoding_of(stream: BinaryIO) -> str:
    """The encoding by the first part that is not plain ASCII; the stream stands at its start."""
    part = stream.read(_CHUNK)
    while part.isascii() and b"\x00" not in part and (following := stream.read(_CHUNK)):
        part = following
    stream.seek(0)
    if part.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(part)
    except UnicodeDecodeError:
        from martyrolog.read.encoding import detect_encoding

        return detect_encoding(part)
    return "utf-8-sig"


def _batches(items: Iterator[Any]) -> Iterator[Sequence[Any]]:
    while batch := list(islice(items, BATCH)):
        yield batch
