"""One source list, wholly read: its parts put together, and what was found on the way.

:func:`read_source` is what the stage, ``add`` and the reading of a bare file share. Always holds:
rows in = records + rejects; the same files give the same records in whatever order their rows
stand; a list that gives nothing because it is empty or described wrongly is one message.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
from rapidfuzz import process

from martyrolog.errors import ListError
from martyrolog.read.identity import numbered_through
from martyrolog.read.part import ListFile, Part, PartReader, Reading, read_part
from martyrolog.read.profile import Profile
from martyrolog.read.record import Values
from martyrolog.tables import LIST_KINDS, TABLES

__all__ = ["ListFile", "ReadList", "Reading", "read_source"]


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


def read_source(
    files: Sequence[ListFile],
    how: Reading,
    *,
    taken: dict[str, str] | None = None,
    read: PartReader = read_part,
) -> ReadList:
    """Read all files of one list.

    Args:
        files: Its files in order.
        how: How they are read.
        taken: Keys of entries of other lists of this kind, and their lists; added to.
        read: What reads a part; the stage keeps what it read before.

    Raises:
        ListError: a file cannot be read as a whole, a column that the profile names is nowhere, no
            column is known, or there is no row at all.
    """
    taken = {} if taken is None else taken
    groups = [[each] for each in files] if how.kind == "person" else [files]
    parts = [read(group, how, taken) for group in groups]
    result = _put_together(parts, how)
    if how.kind != "person":
        keys = parts[0].entries[TABLES[result.table].key[0]].to_pylist()
        taken.update(dict.fromkeys(keys, how.list_id))
    headings = sorted({heading for part in parts for heading in part.headings})
    _refuse_useless(files, how, headings, result)
    return result


def _put_together(parts: Sequence[Part], how: Reading) -> ReadList:
    chunks = [part.entries for part in parts]
    matched = {heading: name for part in parts for heading, name in part.matched.items()}
    unmatched = {heading: None for part in parts for heading in part.unmatched}
    return ReadList(
        LIST_KINDS[how.kind],
        numbered_through(chunks, how.list_id) if how.kind == "person" else chunks,
        [each for part in parts for each in part.rejects],
        sum(part.rows for part in parts),
        tuple(sorted({each for part in parts for each in part.formats})),
        tuple(sorted({each for part in parts for each in part.encodings})),
        matched,
        tuple(heading for heading in unmatched if heading not in matched),
    )


def _refuse_useless(
    files: Sequence[ListFile], how: Reading, headings: Sequence[str], result: ReadList
) -> None:
    """One message where a list gives nothing because it is empty or described wrongly."""
    names = ", ".join(each.name for each in files[:3])
    profile, list_id = how.profile, how.list_id
    if not result.rows:
        raise ListError("read.empty_list", list_id=list_id, file=names)
    if not headings:
        if profile.dialect.header_row and _only_above_headings(result):
            raise ListError("read.no_header_row", list_id=list_id, file=names,
                            row=profile.dialect.header_row, rows=result.rows)  # fmt: skip
        return
    for name, source in _missing(profile, headings):
        nearest = process.extractOne(source, headings)
        raise ListError("read.no_such_column", list_id=list_id, file=names, column=source,
                        field=name, nearest=nearest[0] if nearest else "")  # fmt: skip
    for column in profile.same_row:
        if column not in headings:
            raise ListError("read.no_such_same_row", list_id=list_id, file=names, column=column,
                            nearest=process.extractOne(column, headings)[0])  # fmt: skip
    if not (result.matched or profile.patterns.steps):
        shown = ", ".join(list(result.unmatched)[:12])
        raise ListError("read.no_known_column", list_id=list_id, file=names, columns=shown[:500])


def _only_above_headings(result: ReadList) -> bool:
    return not result.kept and all(row["reason"] == "read.above_headings" for row in result.rejects)


def _missing(profile: Profile, headings: Sequence[str]) -> list[tuple[str, str]]:
    """Field and column, for the columns that the profile names and no row had."""
    return [
        (name, source)
        for name, column in profile.columns.items()
        for source in column.source
        if not column.optional and source not in headings
    ]
