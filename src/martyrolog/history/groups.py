"""The groups that events and persons are counted by: nationality, party, charge, body, place.

Values are coded by the vocabularies of ``martyrolog.terms``, so that «русский» and «русская» are
one group; where no term matches, and for places, the text of the list is its own group. The groups
with the most rows are kept, the others stand together as ``OTHER``; what no list states is
``UNSTATED`` and never left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.history.timeline import Ints
from martyrolog.messages import text
from martyrolog.terms import code_term

ALL, OTHER, UNSTATED = "all", "other", "unstated"
WORDS = frozenset({"m", "f", "arrest", "execution", "death", "release", "rehabilitation"})
"""Values of our own, not of a list, with a name in the catalogue."""
MOST_GROUPS = 20

VOCABULARY_OF: Mapping[str, str] = {
    "nationality": "nationality", "party": "party", "occupation": "occupation",
    "charge": "charge", "body": "sentencing_body", "sentence": "sentence", "fate": "fate",
}  # fmt: skip
"""Dimensions whose values are coded, and the vocabulary of each."""


@dataclass(frozen=True)
class Group:
    """One group: identifier within its dimension (or the list's own text), and its names."""

    value: str
    label_en: str
    label_ru: str


@dataclass(frozen=True, eq=False)
class Grouping:
    """Rows by group.

    Attributes:
        groups: The groups, the largest first, then ``OTHER`` and ``UNSTATED`` where there are any.
        group: Position in ``groups`` of each row.
    """

    groups: list[Group]
    group: Ints


def one_group(rows: int) -> Grouping:
    """All rows as one group."""
    return Grouping([_fixed(ALL)], np.zeros(rows, dtype=np.int64))


def group_values(dimension: str, values: pa.Array, *, most: int = MOST_GROUPS) -> Grouping:
    """Sort rows into the groups of a dimension.

    Args:
        dimension: One of ``VOCABULARY_OF``, or another name: then the texts are the groups.
        values: What is stated in each row; null where nothing is.
        most: Groups kept; of equally large ones those first in the order of their identifiers.
    """
    encoded = values.dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    coded = [group_of(dimension, one) for one in texts] + [_fixed(UNSTATED)]
    code = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False).astype(np.int64)
    names = sorted({one.value: one for one in coded}.values(), key=lambda one: one.value)
    place = {one.value: index for index, one in enumerate(names)}
    index = np.array([place[one.value] for one in coded], dtype=np.int64)[code]
    return _largest(names, index, most)


def _largest(names: list[Group], index: Ints, most: int) -> Grouping:
    sizes = np.bincount(index, minlength=len(names))
    order = sorted((position for position, one in enumerate(names)
                    if sizes[position] and one.value not in (OTHER, UNSTATED)),
                   key=lambda position: (-sizes[position], names[position].value))  # fmt: skip
    kept = order[:most]
    groups = [names[position] for position in kept] + [_fixed(OTHER), _fixed(UNSTATED)]
    target = np.full(len(names), len(kept), dtype=np.int64)
    target[kept] = np.arange(len(kept))
    for position, one in enumerate(names):
        if one.value == UNSTATED:
            target[position] = len(kept) + 1
    return _without_empty(groups, target[index])


def _without_empty(groups: list[Group], group: Ints) -> Grouping:
    used = np.unique(group)
    return Grouping([groups[position] for position in used], np.searchsorted(used, group))


def group_of(dimension: str, value: str) -> Group:
    """The group of one stated value.

    >>> group_of("nationality", "полька").label_en
    'Polish'
    """
    vocabulary = VOCABULARY_OF.get(dimension)
    code = code_term(vocabulary, value) if vocabulary else None
    if code is not None:
        return Group(code.term_id, code.label_en, code.label_ru)
    if value in WORDS:
        return _fixed(value)
    plain = " ".join(value.split()).rstrip(".")
    return Group(plain, plain, plain) if plain else _fixed(UNSTATED)


def _fixed(value: str) -> Group:
    return Group(value, text(f"history.{value}", "en"), text(f"history.{value}", "ru"))


def stated(statement: pa.Table, field: str, persons: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The preferred value of a field for each of ``persons``; null where no list states one."""
    mine = statement.filter(pc.and_(pc.equal(statement["field"], field), statement["preferred"]))
    place = pc.index_in(persons, value_set=mine["person_id"].combine_chunks())
    found = mine["value"].combine_chunks().take(place)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
