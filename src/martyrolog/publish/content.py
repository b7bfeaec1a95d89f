"""The disclosed tables as look-ups for the pages: persons, their records, groups and places.

:func:`make_content` takes tables whose order depends on their rows alone (`downloads.in_order`) and
keeps it. Texts are made displayable: control characters, and marks that would turn the direction of
the text around them, are shown as what they are (``⟨U+202E⟩``). Downloads use the tables as such.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.names import sort_key
from martyrolog.publish.links import spanning_links
from martyrolog.publish.paths import person_page

Row = Mapping[str, Any]

_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_UNSHOWABLE_RE2 = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{61c}\x{200b}\x{200e}\x{200f}\x{2028}-\x{202e}"
    r"\x{2060}-\x{206f}\x{feff}\x{fff9}-\x{fffb}\x{fffe}\x{ffff}\x{e0000}-\x{e007f}]"
)
"""The same letters in the words of RE2."""
_HTTP = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"'`\\\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE)
_CYRILLIC = re.compile("[\u0400-\u052f]")


collation = cache(sort_key)
"""``sort_key``, each name once."""


def by_name(person: Row) -> tuple[Any, ...]:
    """What persons are sorted by: the name, the birth, the identifier."""
    name = collation(person["name_cyrillic"] or person["name_latin"], "cyrillic")
    return name, person["birth_date"] or "", person["person_id"]


def displayable(text: str) -> str:
    """The text with every control and direction mark shown as its code point."""
    return _UNSHOWABLE.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text)


def live_url(text: str | None) -> str:
    """The text if it is a plain http or https address, else ''."""
    return text if text and _HTTP.fullmatch(text) else ""


def script_language(text: str | None) -> str:
    """``ru`` for a text with Cyrillic letters, else ``en``: what ``lang`` says of a value."""
    return "ru" if text and _CYRILLIC.search(text) else "en"


@dataclass(frozen=True, eq=False)
class Content:
    """The published rows, by table, with the look-ups that pages need.

    Attributes:
        rows: Rows of each table, sorted by key, displayable.
        list_order: Position of each list in archive.toml.
    """

    rows: Mapping[str, Sequence[Row]]
    list_order: Mapping[str, int]
    _groups: dict[tuple[str, str], Mapping[str, Sequence[Row]]] = field(default_factory=dict)

    def by(self, table: str, column: str) -> Mapping[str, Sequence[Row]]:
        """Rows of a table grouped by one column."""
        key = (table, column)
        if key not in self._groups:
            groups: defaultdict[str, list[Row]] = defaultdict(list)
            for row in self.rows[table]:
                groups[row[column]].append(row)
            self._groups[key] = dict(groups)
        return self._groups[key]

    def of(self, table: str, column: str, value: str | None) -> Sequence[Row]:
        """The rows of a table whose column has this value."""
        return self.by(table, column).get(value or "", ())

    def one(self, table: str, column: str, value: str | None) -> Row | None:
        """The row of a table with this key, if there is one."""
        found = self.of(table, column, value)
        return found[0] if found else None

    @cached_property
    def persons(self) -> Mapping[str, Row]:
        """Every person by its identifier, in the order of names."""
        return {row["person_id"]: row for row in sorted(self.rows["person"], key=by_name)}

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of every person in the order of names."""
        return {person_id: place for place, person_id in enumerate(self.persons)}

    @cached_property
    def lists(self) -> Mapping[str, Row]:
        """Every source list by its identifier, in the order of archive.toml."""
        ordered = sorted(self.rows["source_list"], key=lambda row: self._list_place(row["list_id"]))
        return {row["list_id"]: row for row in ordered}

    def _list_place(self, list_id: str) -> tuple[int, str]:
        return self.list_order.get(list_id, len(self.list_order)), list_id

    @cached_property
    def records(self) -> Mapping[str, Row]:
        """Every record by its identifier, in the order of lists, files, pages and rows."""
        ordered = sorted(
            self.rows["record"],
            key=lambda row: (*self._list_place(row["list_id"]), row["file"],
                             _natural(row["page"]), row["row"], row["record_id"]),
        )  # fmt: skip
        return {row["record_id"]: row for row in ordered}

    @cached_property
    def person_of(self) -> Mapping[str, str]:
        """The person of each record."""
        return {row["record_id"]: row["person_id"] for row in self.rows["person_record"]}

    @cached_property
    def records_of(self) -> Mapping[str, Sequence[Row]]:
        """The records of each person in the order of :attr:`records`."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for record_id, row in self.records.items():
            if record_id in self.person_of:
                found[self.person_of[record_id]].append(row)
        return found

    @cached_property
    def links_of(self) -> Mapping[str, Sequence[Row]]:
        """The strongest links that hold the records of each person together."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows["match"]:
            persons = {self.person_of.get(row[f"record_id_{side}"]) for side in ("left", "right")}
            if len(persons) == 1:
                found[persons.pop() or ""].append(row)
        return {person_id: spanning_links(links) for person_id, links in found.items()}

    @cached_property
    def records_in(self) -> Mapping[str, Sequence[Row]]:
        """The records of each list in the order of the list."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.records.values():
            found[row["list_id"]].append(row)
        return found

    @cached_property
    def place_in_list(self) -> Mapping[str, int]:
        """The place of each record within its list, from 0."""
        return {row["record_id"]: place
                for rows in self.records_in.values() for place, row in enumerate(rows)}  # fmt: skip

    def preferred(self, name: str) -> Mapping[str, str]:
        """The preferred value of a field, by person."""
        return {row["person_id"]: row["value"]
                for row in self.of("statement", "field", name) if row["preferred"]}  # fmt: skip

    def sorted_persons(self, person_ids: Sequence[str]) -> list[str]:
        """These persons, each once, in the order of names; unknown ones are left out."""
        return sorted({i for i in person_ids if i in self.position}, key=self.position.__getitem__)

    def live(self, row: Row) -> str:
        """The live source of a row: its own, else that of its list, else ''."""
        source = self.lists.get(row["list_id"])
        return live_url(row.get("source_url")) or live_url(source["url"] if source else None)

    def page_of(self, person_id: str) -> str:
        """The page of a person; '' where the person is not published."""
        return person_page(person_id) if person_id in self.persons else ""


def cells(row: Row) -> tuple[tuple[str, str], ...]:
    """The cells of a verbatim row that are not empty, heading and text; () for a prose entry."""
    return _cells(row["verbatim"]) if row["verbatim_kind"] == "cells" else ()


@lru_cache(maxsize=1024)  # asked several times for each page, and for each language
def _cells(verbatim: str) -> tuple[tuple[str, str], ...]:
    try:
        found = json.loads(verbatim)
    except ValueError:
        return ()
    pairs = found.items() if isinstance(found, dict) else ()
    return tuple((displayable(str(k)), displayable(str(v))) for k, v in pairs
                 if v not in (None, ""))  # fmt: skip


def make_content(tables: Mapping[str, pa.Table], list_order: Sequence[str]) -> Content:
    """The look-ups over disclosed tables."""
    return Content(_Rows(tables), {list_id: place for place, list_id in enumerate(list_order)})


class _Rows(Mapping[str, Sequence[Row]]):
    """Rows of each table, made when they are first asked for: a search needs few of them."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self._tables = tables
        self._made: dict[str, Sequence[Row]] = {}

    def __getitem__(self, name: str) -> Sequence[Row]:
        if name not in self._made:
            self._made[name] = _rows(self._tables[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def _rows(table: pa.Table) -> list[Row]:
    columns = {name: _shown(name, table[name]) for name in table.column_names}
    names = list(columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _shown(name: str, column: pa.ChunkedArray) -> list[Any]:
    values: list[Any] = column.to_pylist()
    if not pa.types.is_string(column.type) or name.endswith("_id") or name == "verbatim":
        return values
    # nearly every column is clean; Arrow finds that out faster than Python
    if pc.any(pc.match_substring_regex(column, _UNSHOWABLE_RE2)).as_py():
        return [value and displayable(value) for value in values]
    return values


def _natural(text: str | None) -> tuple[tuple[int, str], ...]:
    """Page 2 before page 10."""
    parts = re.findall(r"\d{1,18}|\D+", text or "")
    return tuple((int(part), "") if part[0].isdecimal() and part.isascii() else (0, part)
                 for part in parts)  # fmt: skip
