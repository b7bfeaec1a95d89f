"""One part of a list, read by itself: what the other parts say changes nothing in it.

A part is a file of a list of persons; lists of other kinds, whose rows have keys of their own, are
one part each. So a part that has not changed need not be read again (``kept``); ``reading`` puts
the parts of a list together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

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
from martyrolog.tables import LIST_KINDS, empty_table, make_table

_BATCH = 4_096


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file of a list: where it is, and its name in locators."""

    path: Path
    name: str


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


@dataclass(slots=True)
class Part:
    """What reading a part gave.

    Attributes:
        entries: Its rows of the table of its kind; records are numbered within the part.
        rejects: Rows of the table ``reject``.
        rows: Rows in.
        formats: Formats found, sorted.
        encodings: Encodings found, sorted.
        matched: Heading to field.
        unmatched: Headings that stay in the verbatim text only, in their order.
        headings: All headings that its rows had, sorted.
    """

    entries: pa.Table
    rejects: list[Values] = field(default_factory=list)
    rows: int = 0
    formats: list[str] = field(default_factory=list)
    encodings: list[str] = field(default_factory=list)
    matched: dict[str, str] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)


Taken = Mapping[str, str]
"""Keys of entries of other lists of one kind, and their lists."""

PartReader = Callable[[Sequence[ListFile], Reading, Taken], Part]


def read_part(files: Sequence[ListFile], how: Reading, taken: Taken) -> Part:
    """Read the files of one part.

    Args:
        files: One file of a list of persons, or all files of another list.
        how: How they are read.
        taken: Keys that entries may not have; of no meaning for persons.

    Raises:
        ListError: a file cannot be read as a whole.
    """
    reader = make_reader(how.profile, how.kind)
    part = Part(empty_table(LIST_KINDS[how.kind]))
    rows = _rows_of(files, how, reader, part)
    if how.kind == "person":
        part.entries = _records(rows, how, reader, part)
    else:
        part.entries = _entries(rows, how, reader, part, taken)
    part.matched, part.unmatched = dict(reader.matched), list(reader.unmatched)
    part.headings = sorted(reader.headings)
    return part


@dataclass(frozen=True, slots=True)
class _Said:
    """A row, its file, what it says, and whether its file has undecodable bytes."""

    row: Row
    file: str
    fields: dict[str, str]
    broken: bool


def _rows_of(
    files: Sequence[ListFile], how: Reading, reader: FieldReader, part: Part
) -> Iterator[_Said]:
    """Rows that can be taken apart; the others become rejects on the way."""
    formats, encodings = set(), set()
    for each in files:
        opened = open_rows(Source(each.path, how.list_id, how.profile, _known(how)))
        formats.add(opened.format)
        encodings.add(opened.encoding)
        for row, fields in _read_rows(opened, how, reader, each.name):
            part.rows += 1
            if row.problem:
                part.rejects.append(reject(row, how.list_id, each.name, row.problem, row.detail))
            else:
                yield _Said(row, each.name, fields, opened.broken)
    part.formats, part.encodings = sorted(formats), sorted(encodings)


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


def _records(rows: Iterable[_Said], how: Reading, reader: FieldReader, part: Part) -> pa.Table:
    identifier = Identifier(how.list_id)
    chunks = [empty_table("record")]
    pending: list[Values] = []
    for said in rows:
        why = rejection(said.row, said.fields, how.profile, broken=said.broken)
        if why is not None:
            part.rejects.append(reject(said.row, how.list_id, said.file, *why))
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
            chunks.append(make_table("record", pending))
            pending = []
    return pa.concat_tables([*chunks, make_table("record", pending)])


def _entries(
    rows: Iterable[_Said], how: Reading, reader: FieldReader, part: Part, taken: Taken
) -> pa.Table:
    found = [(said.row, said.file, said.fields) for said in rows]
    kept, rejects = split_by_key(found, how.kind, how.list_id, taken)
    part.rejects += rejects
    entries = [entry_values(each, reader, how.list_id) for each in kept]
    return make_table(LIST_KINDS[how.kind], entries)
