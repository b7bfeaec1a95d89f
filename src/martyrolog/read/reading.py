"""One source list, wholly read: its rows as records and rejects, and what was found on the way.

:func:`read_source` is what the stage, ``add`` and the reading of a bare file share. Always holds:
rows in = records + rejects; tables come out sorted by their keys, so that the order of rows in the
files changes nothing but the locators.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from rapidfuzz import process

from martyrolog.errors import ListError
from martyrolog.read.columns import field_of
from martyrolog.read.entry import entry_values, split_by_key
from martyrolog.read.fields import FieldReader, make_reader
from martyrolog.read.formats import Source, open_rows
from martyrolog.read.identity import Identifier
from martyrolog.read.profile import ENTRY, Profile
from martyrolog.read.record import Values, record_values, reject, rejection
from martyrolog.read.row import Opened, Row, cleaned
from martyrolog.read.time_limit import limited
from martyrolog.tables import LIST_KINDS, TABLES, make_table

_BATCH = 4_096


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file of a list: where it is, and its name in locators."""

    path: Path
    name: str


@dataclass(slots=True)
class ReadList:
    """What reading a list gave.

    Attributes:
        table: Name of the table its rows belong to.
        entries: Chunks of that table.
        rejects: Rows of the table ``reject``.
        rows: Rows in.
        formats: Formats found, sorted.
        encodings: Encodings found, sorted.
        matched: Heading to field.
        unmatched: Headings that stay in the verbatim text only.
    """

    table: str
    entries: list[pa.Table] = field(default_factory=list)
    rejects: list[Values] = field(default_factory=list)
    rows: int = 0
    formats: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ()
    matched: dict[str, str] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()

    @property
    def kept(self) -> int:
        """Rows that became records or entries."""
        return sum(chunk.num_rows for chunk in self.entries)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a list is to be read.

    Attributes:
        list_id: The list.
        profile: How its files are written.
        kind: What its rows become: a key of ``LIST_KINDS``.
        role: Role of those it names, where neither row nor profile says one.
    """

    list_id: str
    profile: Profile
    kind: str = "person"
    role: str = "victim"


def read_source(
    files: Sequence[ListFile], how: Reading, *, taken: dict[str, str] | None = None
) -> ReadList:
    """Read all files of one list.

    Args:
        files: Its files in order.
        how: How they are read.
        taken: Keys of entries of other lists of this kind, and their lists; added to.

    Raises:
        ListError: a file cannot be read as a whole, a column that the profile names is nowhere, no
            column is known, or there is no row at all.
    """
    reader = make_reader(how.profile, how.kind)
    result = ReadList(LIST_KINDS[how.kind])
    rows = _rows_of(files, how, reader, result)
    if how.kind == "person":
        _take_records(rows, how, reader, result)
    else:
        _take_entries(rows, how, reader, result, taken if taken is not None else {})
    result.matched, result.unmatched = dict(reader.matched), tuple(reader.unmatched)
    _refuse_useless(files, how, reader, result)
    return result


@dataclass(frozen=True, slots=True)
class _Said:
    """A row, its file, what it says, and whether its file has undecodable bytes."""

    row: Row
    file: str
    fields: dict[str, str]
    broken: bool


def _rows_of(
    files: Sequence[ListFile], how: Reading, reader: FieldReader, result: ReadList
) -> Iterator[_Said]:
    """Rows that can be taken apart; the others become rejects on the way."""
    formats, encodings = set(), set()
    for each in files:
        opened = open_rows(Source(each.path, how.list_id, how.profile, _known(how)))
        formats.add(opened.format)
        encodings.add(opened.encoding)
        for row, fields in _read_rows(opened, how, reader, each.name):
            result.rows += 1
            if row.problem:
                result.rejects.append(reject(row, how.list_id, each.name, row.problem, row.detail))
            else:
                yield _Said(row, each.name, fields, opened.broken)
    result.formats, result.encodings = tuple(sorted(formats)), tuple(sorted(encodings))


def _read_rows(
    opened: Opened, how: Reading, reader: FieldReader, file: str
) -> Iterator[tuple[Row, dict[str, str]]]:
    """Rows and what they say; each in bounded time where expressions of the profile look at it."""
    bounded = bool(how.profile.patterns.steps) or opened.format == "text"
    place = 1

    def too_slow() -> ListError:
        return ListError("read.pattern_too_slow", list_id=how.list_id, file=file, row=place)

    while True:
        with limited(too_slow) if bounded else nullcontext():
            row = next(opened.rows, None)
            if row is None:
                return
            place = row.number
            fields = {} if row.problem else reader.read(row, file)
        yield row, fields
        place = row.number + 1


def _known(how: Reading) -> Callable[[str], bool]:
    named = {each for column in how.profile.columns.values() for each in column.source}
    named.add(how.profile.patterns.column)
    return lambda heading: (
        cleaned(heading) in named
        or (not named - {ENTRY} and field_of(heading, how.kind) is not None)
    )


def _take_records(
    rows: Iterable[_Said], how: Reading, reader: FieldReader, result: ReadList
) -> None:
    identifier = Identifier(how.list_id)
    pending: list[Values] = []
    for said in rows:
        why = rejection(said.row, said.fields, how.profile, broken=said.broken)
        if why is not None:
            result.rejects.append(reject(said.row, how.list_id, said.file, *why))
            continue
        pending.append(
            record_values(
                said.row,
                said.fields,
                reader,
                identifier,
                file=said.file,
                role=how.profile.role or how.role,
                broken=said.broken,
            )
        )
        if len(pending) == _BATCH:
            result.entries.append(make_table("record", pending))
            pending = []
    if pending:
        result.entries.append(make_table("record", pending))


def _take_entries(
    rows: Iterable[_Said],
    how: Reading,
    reader: FieldReader,
    result: ReadList,
    taken: dict[str, str],
) -> None:
    found = [(said.row, said.file, said.fields) for said in rows]
    kept, rejects = split_by_key(found, how.kind, how.list_id, taken)
    result.rejects += rejects
    entries = [entry_values(each, reader, how.list_id) for each in kept]
    key = TABLES[result.table].key[0]
    taken.update({str(entry[key]): how.list_id for entry in entries})
    if entries:
        result.entries.append(make_table(result.table, entries))


def _refuse_useless(
    files: Sequence[ListFile], how: Reading, reader: FieldReader, result: ReadList
) -> None:
    """One message where a list gives nothing because it is empty or described wrongly."""
    names = ", ".join(each.name for each in files[:3])
    if not result.rows:
        raise ListError("read.empty_list", list_id=how.list_id, file=names)
    if not reader.headings:
        return
    for name, source in reader.missing():
        nearest = process.extractOne(source, sorted(reader.headings))
        raise ListError(
            "read.no_such_column",
            list_id=how.list_id,
            file=names,
            column=source,
            field=name,
            nearest=nearest[0] if nearest else "",
        )
    if not (result.matched or how.profile.patterns.steps):
        shown = ", ".join(list(result.unmatched)[:12])
        raise ListError(
            "read.no_known_column", list_id=how.list_id, file=names, columns=shown[:500]
        )
