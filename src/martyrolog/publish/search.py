"""Search for persons by name in any spelling: the same rules as on the site (``static/search.js``).

A query holds words, initials and years: «Ежов Н. И. 1895», ``Yezhov``. A person is found whose
surname or other name sounds like one of the words or begins like it, and whose other names do not
contradict the rest. Only where no surname sounds alike, one that differs by a letter (two in long
names) is tried. Ranked by points for each agreement; equals stand in the order of names. Withheld
persons are never found: search passes the same disclosure as the site.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA

from martyrolog.archive import Archive
from martyrolog.errors import QueryError
from martyrolog.hand import redaction_log
from martyrolog.names import fold, fold_surname
from martyrolog.publish.content import by_name, make_content
from martyrolog.publish.downloads import FOLDER
from martyrolog.publish.found import why_found
from martyrolog.publish.previous import MANIFEST
from martyrolog.publish.release import disclose_archive, latest_id
from martyrolog.publish.search_index import (
    NAME_FIELDS,
    SearchRow,
    beginnings,
    name_words,
    search_rows,
)
from martyrolog.publish.workers import collector_at_rest
from martyrolog.tables import TABLES, read_table

EXACT, BEGINS, MISSPELT, ELSEWHERE = (
    6,
    4,
    3,
    2,
)  # points for a surname; ELSEWHERE: misspelt at its first letter
GIVEN, GIVEN_BEGINS, INITIAL = 3, 2, 2
YEAR, YEAR_NEAR, YEAR_WRONG = 3, 1, -3
SHORTEST_BEGINNING = 2  # letters of a key that may stand for a longer one
LONG_KEY = 8  # letters from which two misspelt letters are allowed
RELEASED = {
    "person": ["person_id", "name_cyrillic", "name_latin", "surname", "given_name", "patronymic",
               "other_names", "birth_date", "death_date"],
    "statement": ["person_id", "field", "value"],
}  # fmt: skip
"""Tables and columns that a search needs."""
_TOKEN = re.compile(r"\d{4}|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


@dataclass(frozen=True)
class Query:
    """A query taken apart."""

    words: Sequence[str]
    initials: Sequence[str]
    years: Sequence[str]

    @cached_property
    def surname_keys(self) -> list[tuple[str, ...]]:
        """Keys of each word read as a surname."""
        return [fold_surname(word) for word in self.words]

    @cached_property
    def name_keys(self) -> list[tuple[str, ...]]:
        """Keys of each word read as a given name or patronymic."""
        return [fold(word) for word in self.words]


def parse_query(text: str) -> Query:
    """Words, initials (single letters) and years (four digits) of a query."""
    tokens = _TOKEN.findall(text)
    letters = [token for token in tokens if not token.isdigit()]
    return Query(
        words=[token for token in letters if len(token) > 1],
        initials=[token.lower() for token in letters if len(token) == 1],
        years=[token for token in tokens if token.isdigit()],
    )


def search_persons(
    archive: Archive, query: str, limit: int = 20, language: str = "en"
) -> list[dict[str, Any]]:
    """Persons of an archive that a query finds, best first.

    Args:
        archive: An archive that has been resolved.
        query: Words, initials and years.
        limit: The most that are returned.
        language: ``en`` or ``ru``, of ``why``.

    Returns:
        ``person_id, name, name_cyrillic, name_latin, birth_date, death_date`` of each, and ``why``
        the words found the person; '' where they stand so in the names.

    Raises:
        QueryError: the query holds no word.
        TableError: the archive has not been resolved yet.
    """
    parsed = parse_query(query)
    if not parsed.words:
        raise QueryError("publish.search_empty", query=query)
    with collector_at_rest():
        content = make_content(_disclosed(archive), list(archive.source_lists))
        found = find(search_rows(content, content.rows["person"]), parsed)
    persons = {row["person_id"]: row for row in content.rows["person"]}
    best = sorted(found, key=lambda item: (-item[0], by_name(persons[item[1].person_id])))[:limit]
    shown = [persons[row.person_id] for _, row in best]
    words = name_words(content, {person["person_id"]: person for person in shown})
    return [
        {
            "person_id": person["person_id"],
            "name": person["name_cyrillic"] or person["name_latin"],
            "name_cyrillic": person["name_cyrillic"], "name_latin": person["name_latin"],
            "birth_date": person["birth_date"], "death_date": person["death_date"],
            "why": why_found(parsed.words, {kind: of[person["person_id"]]
                                            for kind, of in words.items()}, language),
        }
        for person in shown
    ]  # fmt: skip


def _disclosed(archive: Archive) -> Mapping[str, pa.Table]:
    """Persons and the statements of their names.

    From the release where it is newer than all that it is made of; else from the tables, which
    takes longer.
    """
    folder = archive.releases / (latest_id(archive) or "none")
    release = folder / "site" / FOLDER
    made_of = [archive.path / "archive.toml", redaction_log(archive),
               *(archive.build / f"{name}.parquet" for name in RELEASED)]  # fmt: skip
    # the manifest is of this release, while a table may be the file of an earlier one
    if _is_newer(folder / MANIFEST, made_of) and (release / "person.parquet").is_file():
        tables = {name: read_table(release, name, columns) for name, columns in RELEASED.items()}
    else:
        names = [name for name, table in TABLES.items() if table.stage in ("read", "resolve")]
        built = {name: read_table(archive.build, name) for name in names}
        kept = disclose_archive(archive, built).tables
        tables = {name: kept[name].select(columns) for name, columns in RELEASED.items()}
    told = pc.is_in(tables["statement"]["field"], pa.array(list(NAME_FIELDS)))
    return {**tables, "statement": tables["statement"].filter(told)}


def _is_newer(made: Path, made_of: Iterable[Path]) -> bool:
    """Whether a file was written after all of the others that are there."""
    if not made.is_file():
        return False
    time = made.stat().st_mtime_ns
    return all(not path.exists() or path.stat().st_mtime_ns < time for path in made_of)


def find(rows: Sequence[SearchRow], query: Query) -> list[tuple[int, SearchRow]]:
    """The rows that a query finds, with their points.

    Args:
        rows: Persons.
        query: With one word at least.
    """
    ranked = _ranked(rows, query, {})
    if not any(_sounds_alike(row, query) for _, row in ranked):
        near = _misspelt(rows, query)
        if near:
            ranked = _ranked(rows, query, near)
    return ranked


def _ranked(
    rows: Sequence[SearchRow], query: Query, near: dict[str, int]
) -> list[tuple[int, SearchRow]]:
    found = []
    for row in rows:
        points = rank(row, query, near)
        if points:
            found.append((points, row))
    return found


def rank(row: SearchRow, query: Query, near: dict[str, int]) -> int:
    """Points of a row; 0 where a word or an initial contradicts it.

    Args:
        row: A person.
        query: The query.
        near: Keys that differ from a word by few letters, with that word's position.
    """
    total = 0
    surname_found = False
    for place, keys in enumerate(query.surname_keys):
        surname = _surname_points(row, keys, near, place)
        other = _name_points(row, query.name_keys[place])
        if not surname and not other:
            return 0
        surname_found = surname_found or surname > 0
        total += max(surname, other)
    initials = _initial_points(row, query.initials)
    if not surname_found or initials is None:
        return 0
    return max(1, total + initials + sum(_year_points(row, year) for year in query.years))


def _surname_points(row: SearchRow, keys: Sequence[str], near: dict[str, int], place: int) -> int:
    if any(key in row.surnames for key in keys):
        return EXACT
    if any(_begins(known, key) for known in row.surnames for key in keys):
        return BEGINS
    near_ones = [known for known in row.surnames if near.get(known) == place]
    if not near_ones:
        return 0
    firsts = {key[0] for key in keys}
    return MISSPELT if any(known[0] in firsts for known in near_ones) else ELSEWHERE


def _begins(known: str, key: str) -> bool:
    return len(key) >= SHORTEST_BEGINNING and known.startswith(key)


def _name_points(row: SearchRow, keys: Sequence[str]) -> int:
    names = [*row.given_names, *row.patronymics]
    if any(key in names for key in keys):
        return GIVEN
    if any(_begins(known, key) for known in names for key in keys):
        return GIVEN_BEGINS
    return 0


def _initial_points(row: SearchRow, initials: Sequence[str]) -> int | None:
    """Points for initials in their order; None where one contradicts a name."""
    total = 0
    known = (row.given_names, row.patronymics)
    for place, letter in enumerate(initials[:2]):
        if not known[place]:
            continue
        keys = (*fold(letter), letter)
        written = _written_initials(row, place)
        if letter not in written and not any(n.startswith(k) for n in known[place] for k in keys):
            return None
        total += INITIAL
    return total


def _written_initials(row: SearchRow, place: int) -> set[str]:
    """First letters of the given name (0) or patronymic (1) as the two full names write them."""
    found = set()
    for name in (row.name_cyrillic, row.name_latin):
        words = name.lower().split()
        if len(words) > place + 1:
            found.add(words[place + 1][0])
    return found


def _year_points(row: SearchRow, year: str) -> int:
    known = [int(found) for found in (row.birth_year, row.death_year) if found]
    if not known:
        return 0
    distance = min(abs(found - int(year)) for found in known)
    return YEAR if distance == 0 else YEAR_NEAR if distance == 1 else YEAR_WRONG


def _sounds_alike(row: SearchRow, query: Query) -> bool:
    return any(key in row.surnames for keys in query.surname_keys for key in keys)


def _misspelt(rows: Sequence[SearchRow], query: Query) -> dict[str, int]:
    """Keys that differ from a word's key by one letter, in long ones by two."""
    known = sorted({key for row in rows for key in row.surnames})
    near: dict[str, int] = {}
    for place, keys in enumerate(query.surname_keys):
        starts = [(key, set(beginnings(key))) for key in keys]
        for candidate in known:
            for key, start in starts:
                if not start.isdisjoint(beginnings(candidate)) and is_near(key, candidate):
                    near.setdefault(candidate, place)
    return near


def is_near(key: str, other: str) -> bool:
    """Whether two keys differ by so few letters that one may be a misspelling of the other."""
    most = 2 if max(len(key), len(other)) >= LONG_KEY else 1
    return OSA.distance(key, other, score_cutoff=most) <= most
