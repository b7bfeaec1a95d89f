"""What a row says, as fields: the reading profile applied to one row.

:func:`make_reader` prepares a profile for a list; the reader gives field to text for each row.
Nothing is interpreted here: dates stay text, names are split later.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from martyrolog.read.columns import known_values, match_columns
from martyrolog.read.profile import ENTRY, Column, Profile, date_fields
from martyrolog.read.prose import MAX_ENTRY, fields_in
from martyrolog.read.row import Row, cleaned

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_MAX_URL = 2_000


@dataclass(frozen=True, slots=True)
class _Plan:
    """What rows with certain headings say: the columns of each field, and the field of a column."""

    columns: tuple[tuple[str, Column], ...]
    matched: Mapping[str, str]


@dataclass(slots=True)
class FieldReader:
    """Reads the fields of the rows of one part of a list.

    Attributes:
        profile: How the list is written.
        kind: Kind of the list.
        matched: Heading to field, of all columns that were used so far.
        by_name: Whether columns are also matched by their names.
        date_fields: Fields that are dates.
        unmatched: Headings of columns that stay in the verbatim text only, in their order.
    """

    profile: Profile
    kind: str
    by_name: bool
    date_fields: tuple[str, ...]
    matched: dict[str, str] = field(default_factory=dict)
    unmatched: dict[str, None] = field(default_factory=dict)
    _plans: dict[tuple[str, ...], _Plan] = field(default_factory=dict)
    _tables: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = field(default_factory=dict)

    def read(self, row: Row, file: str) -> dict[str, str]:
        """Field to text, empty fields left out.

        Args:
            row: A row without a problem.
            file: Name of its file, for links.
        """
        values = _values(row)
        found = dict(self.profile.constants)
        found.update(self._from_columns(values))
        text = values.get(self.profile.patterns.column, "")
        if self.profile.patterns.steps and len(text) <= MAX_ENTRY:
            found = {**fields_in(text, self.profile.patterns), **found}
        found = self._with_values(found)
        self._add_references(found, values, row, file)
        return found

    def _from_columns(self, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for name, column in self._plan(tuple(values)).columns:
            parts = (cleaned(values.get(source, "")) for source in column.source)
            text = column.join.join(part for part in parts if part and not self._is_empty(part))
            if text:
                yield name, text

    def _is_empty(self, text: str) -> bool:
        return text in self.profile.empty

    def _plan(self, headings: tuple[str, ...]) -> _Plan:
        """Which columns give which field, for rows with these headings."""
        plan = self._plans.get(headings)
        if plan is None:
            plan = self._plans[headings] = self._make_plan(headings)
            self.matched.update(plan.matched)
            known = {*plan.matched, self.profile.unverified, self.profile.patterns.column, ENTRY}
            self.unmatched.update({each: None for each in headings if each not in known})
        return plan

    def _make_plan(self, headings: tuple[str, ...]) -> _Plan:
        columns = dict(self.profile.columns)
        matched = {
            source: name
            for name, column in columns.items()
            for source in column.source
            if source in headings
        }
        used = {source for column in columns.values() for source in column.source}
        free = [each for each in headings if each not in used and each != ENTRY]
        for heading, name in (match_columns(free, self.kind) if self.by_name else {}).items():
            if name not in columns:
                matched[heading] = name
                columns[name] = Column(source=(heading,))
        return _Plan(tuple(columns.items()), matched)

    @property
    def headings(self) -> set[str]:
        """All headings that rows had so far."""
        return {heading for headings in self._plans for heading in headings}

    def _with_values(self, found: Mapping[str, str]) -> dict[str, str]:
        mapped = {}
        empty = self.profile.empty
        for name, text in found.items():
            tables = self._tables.get(name)
            if tables is None:
                tables = (self.profile.values.get(name, {}), known_values(name))
                self._tables[name] = tables
            own, known = tables
            value = own.get(text) if own else None
            if value is None:
                value = known.get(text.lower(), text) if known else text
            if value and value not in empty:
                mapped[name] = value
        return mapped

    def _add_references(
        self, found: dict[str, str], values: Mapping[str, str], row: Row, file: str
    ) -> None:
        if self.kind != "person":
            return
        if self.profile.archival_reference and "archival_reference" not in found:
            reference = filled(self.profile.archival_reference, values)
            if reference:
                found["archival_reference"] = reference
        if self.profile.source_url and "source_url" not in found:
            stem = file.rpartition("/")[2].rpartition(".")[0]
            place = {
                "file": file.rpartition("/")[2],
                "stem": stem,
                "page": row.page or "",
                "row": str(row.number),
            }
            found["source_url"] = filled_link(self.profile.source_url, {**place, **values})
        link = safe_link(found.pop("source_url", ""))
        if link:
            found["source_url"] = link

    def unverified(self, row: Row) -> list[str]:
        """The fields of a row that its list marks as unverified, sorted."""
        marked = (row.cells or {}).get(self.profile.unverified, "")
        names = {cleaned(name) for name in marked.split(";")} - {""}
        if not names:
            return []
        matched = self._plan(tuple(_values(row))).matched
        return sorted({matched.get(name, name) for name in names})


def _values(row: Row) -> dict[str, str]:
    """What stands in and around a row, by heading; the text of an entry under ``ENTRY``."""
    values = {**row.context, **(row.cells or {})}
    if row.cells is None:
        values[ENTRY] = row.text
    return values


def make_reader(profile: Profile, kind: str) -> FieldReader:
    """A reader for one list.

    Args:
        profile: How the list is written.
        kind: Kind of the list: a key of ``LIST_KINDS``.
    """
    described = bool(profile.columns or profile.patterns.steps)
    by_name = profile.matched if profile.matched is not None else not described
    return FieldReader(profile, kind, by_name, date_fields(kind))


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with its columns filled in; a [bracketed] part without values falls away.

    Empty where no column has a value at all.

    >>> filled("ф. {fond}[, оп. {opis}]", {"fond": "7", "opis": ""})
    'ф. 7'
    """
    present = [bool(cleaned(values.get(name, ""))) for name in _PLACEHOLDER.findall(template)]
    if not any(present):
        return ""

    def part(match: re.Match[str]) -> str:
        names = _PLACEHOLDER.findall(match[1])
        return match[1] if all(cleaned(values.get(name, "")) for name in names) else ""

    def value(match: re.Match[str]) -> str:
        return cleaned(values.get(match[1], ""))

    return cleaned(_PLACEHOLDER.sub(value, _OPTIONAL.sub(part, template)))


def filled_link(template: str, values: Mapping[str, str]) -> str:
    """A link with its columns filled in, percent-encoded; empty where a column is.

    >>> filled_link("https://example.org/{id}", {"id": "a b/../c"})
    'https://example.org/a%20b%2F..%2Fc'
    """
    names = _PLACEHOLDER.findall(template)
    if not all(cleaned(values.get(name, "")) for name in names):
        return ""
    return _PLACEHOLDER.sub(lambda match: quote(cleaned(values[match[1]]), safe=""), template)


def safe_link(text: str) -> str:
    """The link where it is an absolute http or https one without white space, else nothing."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    plain = not re.search(r"[\s<>\"'`{}|\\^]", text) and "@" not in parts.netloc
    return text if sound and plain and len(text) <= _MAX_URL else ""
