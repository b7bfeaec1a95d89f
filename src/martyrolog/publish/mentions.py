"""Free texts of others that name a withheld person are taken out.

A cell names a person where it holds the surname, in any case of its declension, and also the given
name or its initial with a full stop. Only free text is screened: notes, posts, names of judges,
verbatim rows.
A namesake's own verbatim row would be hit by its own name, so a row is left alone whose record
bears the same surname and given name. Deliberately no more: a text that hints at a person without
the name is for the redactor.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.tables import TABLES

FREE_TEXT: Mapping[str, tuple[str, ...]] = {
    "record": (
        "verbatim",
        "note",
        "position",
        "sources",
        "other_names",
        "charge",
        "occupation",
        "sentence",
    ),
    "statement": ("value",),
    "event": ("detail",),
    "reject": ("verbatim", "detail"),
    "trial": (
        "presiding",
        "judges",
        "court_secretary",
        "prosecutor",
        "presiding_ru",
        "judges_ru",
        "court_secretary_ru",
        "prosecutor_ru",
        "note",
        "note_ru",
        "sources",
        "verbatim",
    ),
    "trial_party": ("sentence", "position"),
    "tenure": ("position",),
    "membership": ("position",),
    **dict.fromkeys(
        ("body", "office", "cohort", "operation", "published_figure"),
        ("note", "note_ru", "sources", "verbatim"),
    ),
}
INSTEAD = {"verbatim": "{}", "value": None}
NAMES = ("surname", "given_name")
ENDING = 3  # letters that a declension may add to the stem of a name
_WORD = re.compile(r"\w+")
_VOWELS_AT_END = re.compile("[аеёийоуыьэюяaeiouy]{1,2}$")


def remove_mentions(
    tables: Mapping[str, pa.Table], gone: Sequence[Mapping[str, Any]], statement: pa.Table
) -> dict[str, pa.Table]:
    """The tables without cells that name these persons.

    Args:
        tables: Tables from which the persons' own rows are gone already.
        gone: Rows of ``person``.
        statement: All statements, for the other spellings of the names.
    """
    if not gone:
        return dict(tables)
    given_of = _spellings(gone, statement)
    kept = dict(tables)
    for name, columns in FREE_TEXT.items():
        for column in columns:
            kept[name] = _screened(kept[name], name, column, given_of)
    return kept


def _spellings(
    gone: Sequence[Mapping[str, Any]], statement: pa.Table
) -> defaultdict[str, set[str]]:
    """Every surname of the withheld, with the given names that go with it, '' for none known."""
    ids = {row["person_id"] for row in gone}
    names: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    told = statement.filter(pc.is_in(statement["field"], pa.array(NAMES)))
    for row in told.select(["person_id", "field", "value"]).to_pylist():
        if row["person_id"] in ids:
            names[row["person_id"]][row["field"]].add(row["value"].casefold())
    for row in gone:
        for field in NAMES:
            if row[field]:
                names[row["person_id"]][field].add(row[field].casefold())
    given_of: defaultdict[str, set[str]] = defaultdict(set)
    for person in names.values():
        for word in {word for surname in person["surname"] for word in _WORD.findall(surname)}:
            given_of[_stem(word)] |= {_stem(name) for name in person["given_name"]} or {""}
    return given_of


def _stem(name: str) -> str:
    """The name, in lower case, without the vowels at its end; short names stay whole."""
    shorter = _VOWELS_AT_END.sub("", name.casefold())
    return shorter if len(shorter) > ENDING else name.casefold()


def _screened(
    table: pa.Table, name: str, column: str, given_of: Mapping[str, set[str]]
) -> pa.Table:
    values = table[column].to_pylist()
    hits = [row for row, value in enumerate(values) if value and _names(value, given_of)]
    if name in ("record", "statement") and hits:
        hits = [row for row in hits if not _own_name(table, row, given_of)]
    if not hits:
        return table
    if column == "value":
        return table.take(pa.array(sorted(set(range(len(values))) - set(hits))))
    for row in hits:
        values[row] = INSTEAD.get(column)
    index = table.schema.get_field_index(column)
    field = TABLES[name].schema.field(column)
    return table.set_column(index, field, pa.array(values, pa.string()))


def _names(text: str, given_of: Mapping[str, set[str]]) -> bool:
    """Whether a text names one of the persons; its cost does not grow with their number."""
    folded = text.casefold()
    stems = {
        stem
        for word in set(_WORD.findall(folded))
        for stem in (word[: len(word) - letters] for letters in range(ENDING + 1))
        if stem in given_of
    }
    return any(_given_name_stands(folded, given) for stem in stems for given in given_of[stem])


def _given_name_stands(folded: str, given: str) -> bool:
    if not given:
        return True
    whole = rf"{re.escape(given)}\w{{0,{ENDING}}}(?!\w)"
    return bool(re.search(rf"(?<!\w)(?:{whole}|{re.escape(given[0])}\.)", folded))


def _own_name(table: pa.Table, row: int, given_of: Mapping[str, set[str]]) -> bool:
    if "surname" not in table.column_names:
        return bool(table["field"][row].as_py() in (*NAMES, "patronymic"))
    given = _stem(table["given_name"][row].as_py() or "")
    words = _WORD.findall((table["surname"][row].as_py() or "").casefold())
    known = {name for word in words for name in given_of.get(_stem(word), ())}
    return any(not name or not given or name[0] == given[0] for name in known)
