"""The links that hold the records of a person together, and what each says, field by field.

:func:`links_shown` takes from the table ``match`` what pages may need, before disclosure;
:func:`spanning_links` gives the strongest links that join the records of one person, and
:func:`fields_in_words` explains one pair. Always holds: a field is explained only from values that
both disclosed records show, so what is withheld of either says nothing here; neither the match
weight nor a level leaves with the downloads, since both would tell of hidden values.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.levels import FIELDS, MISSING, explain, field_label, level_label

Row = Mapping[str, Any]

OTHER_NAMES = ("alias",)
"""Levels that a comparison reached through the other names of a record."""


def links_shown(
    match: pa.Table, person_record: pa.Table, possibly_same: pa.Table, threshold: float
) -> pa.Table:
    """The compared pairs of records that pages explain.

    Args:
        match: Table ``match``.
        person_record: Which person each record belongs to.
        possibly_same: Pairs of persons, each with its strongest pair of records.
        threshold: Match probability from which a pair is a link.

    Returns:
        Rows of ``match``: the links within one person, and the pairs of ``possibly_same``.
    """
    persons = [_person_of(match[f"record_id_{side}"], person_record) for side in ("left", "right")]
    linked = pc.and_(pc.equal(*persons), pc.greater_equal(match["match_probability"], threshold))
    doubtful = pc.is_in(_pair(match), _pair(possibly_same))
    return match.filter(pc.or_(pc.fill_null(linked, False), doubtful))


def _person_of(record_ids: pa.ChunkedArray, person_record: pa.Table) -> pa.ChunkedArray:
    found = pc.index_in(record_ids, value_set=person_record["record_id"])
    return person_record["person_id"].take(found)


def _pair(table: pa.Table) -> pa.ChunkedArray:
    return pc.binary_join_element_wise(table["record_id_left"], table["record_id_right"], "\n")


def spanning_links(links: Sequence[Row]) -> list[Row]:
    """The strongest links that join what all of them join, the strongest first (Kruskal 1956).

    Args:
        links: Rows of ``match`` between records of one person.
    """
    group: dict[str, str] = {}

    def root(record_id: str) -> str:
        while group.setdefault(record_id, record_id) != record_id:
            record_id = group[record_id]
        return record_id

    kept = []
    ends = ("record_id_left", "record_id_right")
    for link in sorted(links, key=lambda row: (-row["match_weight"], *(row[end] for end in ends))):
        left, right = (root(link[end]) for end in ends)
        if left != right:
            group[left] = right
            kept.append(link)
    return kept


def fields_in_words(link: Row, left: Row, right: Row, language: str) -> list[dict[str, str]]:
    """Why two records agree or not, field by field.

    Args:
        link: Their row of ``match``.
        left: The left record, as disclosed.
        right: The right one.
        language: ``en`` or ``ru``.

    Returns:
        ``label`` of each field that was compared and that both records show, ``level`` (what the
        stored comparison level means) and ``words`` (what in the two values makes it so).
    """
    said = []
    for name in FIELDS:
        level, one, other = link[f"level_{name}"], compared(left, name), compared(right, name)
        if level == MISSING or not one or not other or _rests_on_hidden(name, level, left, right):
            continue
        said.append({
            "label": field_label(name, language), "level": level_label(name, level, language),
            "words": explain(name, one, other, language, level=level),
        })  # fmt: skip
    return said


def compared(record: Row, name: str) -> str:
    """The value of a record that linkage compared as this field; '' where it shows none."""
    value = record.get(name) or (record.get("position") if name == "occupation" else None)
    return str(value or "")


def compared_fields(record: Row) -> list[str]:
    """What a record shows that an explanation may rest on."""
    return [*(compared(record, name) for name in FIELDS), record.get("other_names") or ""]


def _rests_on_hidden(name: str, level: int, left: Row, right: Row) -> bool:
    """Whether the level rests on other names that neither record shows."""
    other_names = left.get("other_names") or right.get("other_names")
    return FIELDS[name].levels[level].name in OTHER_NAMES and not other_names
