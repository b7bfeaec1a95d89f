"""The tables ``person`` and ``person_record``.

Always holds: every record stands under exactly one person. Name parts come from one script where it
gives them (Cyrillic first); ``name_cyrillic`` is made of what records say and never transliterated
back: where none is in Cyrillic, it is the first of the other names that is; ``name_latin`` is
«Surname, Given name Patronymic» and marked where we transliterated it.
"""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.names import to_latin
from martyrolog.resolve.evidence import Evidence, Ints, lists_of, present
from martyrolog.resolve.preference import CYRILLIC
from martyrolog.resolve.rules import rules
from martyrolog.resolve.stated import Stated, taken

NAME_PARTS = ("surname", "given_name", "patronymic")
_CYRILLIC_NAME = re.compile("[\u0400-\u04ff] [\u0400-\u04ff]")
"""Two words at least in Cyrillic (Unicode block 0400-04FF): more than a surname."""


def person_table(stated: Stated, roles: pa.Array) -> pa.Table:
    """Table ``person``.

    Args:
        stated: The statements.
        roles: The role of each record.
    """
    evidence = stated.evidence
    cyrillic = [_in_script(stated, part, cyrillic=True) for part in NAME_PARTS]
    latin = [_in_script(stated, part, cyrillic=False) for part in NAME_PARTS]
    derived = _derived(cyrillic, latin)
    shown = [pc.if_else(derived, _romanised(there), here)
             for here, there in zip(latin, cyrillic, strict=True)]  # fmt: skip
    lists = pa.array(evidence.lists, pa.string()).take(pa.array(evidence.list_rank))
    return pa.table({
        "person_id": evidence.person_ids,
        **{part: stated.preferred(part) for part in NAME_PARTS},
        "other_names": _other_names(stated),
        "name_cyrillic": pc.coalesce(_full_name(cyrillic, " "), _named_in_cyrillic(stated)),
        "name_latin": pc.fill_null(_full_name(shown, ", "), ""),
        "name_latin_derived": derived,
        "sex": stated.preferred("sex"),
        **_date_columns(stated, "birth_date"),
        **_date_columns(stated, "death_date"),
        "fate": stated.preferred("fate"),
        "victim": pa.array(victims(stated, roles)),
        "roles": _sets(evidence, roles),
        "list_ids": _sets(evidence, lists),
        "records": pa.array(np.bincount(evidence.person, minlength=len(evidence.persons))),
    })  # fmt: skip


def person_record_table(evidence: Evidence) -> pa.Table:
    """Table ``person_record``, by record."""
    return pa.table({"person_id": evidence.person_ids.take(pa.array(evidence.person)),
                     "record_id": evidence.record_ids})  # fmt: skip


def record_roles(evidence: Evidence, list_roles: pa.Array) -> pa.Array:
    """The role of each record: its own, else that of its list; null where neither tells.

    Args:
        evidence: The records.
        list_roles: Of each list in ``Evidence.lists``, its role.
    """
    return pc.coalesce(evidence.text("role"), list_roles.take(pa.array(evidence.list_rank)))


def victims(stated: Stated, roles: pa.Array) -> np.typing.NDArray[np.bool_]:
    """Of each person, whether it is counted as a victim.

    A record suffices that names the person in a role of ``victim_roles``, states a fate of
    ``victim_fates``, or states any sentence (rules.yaml). A member, judge or office holder to whom
    nothing of this befell is none.
    """
    evidence = stated.evidence
    found = (
        _any_of(roles, rules().victim_roles)
        | _any_of(evidence.text("fate"), rules().victim_fates)
        | present(evidence.text("sentence"))
    )
    victim = np.zeros(len(evidence.persons), dtype=bool)
    victim[evidence.person[found]] = True
    return victim


def _any_of(values: pa.Array, wanted: frozenset[str]) -> np.typing.NDArray[np.bool_]:
    found: np.typing.NDArray[np.bool_] = pc.is_in(
        values, pa.array(sorted(wanted), pa.string())
    ).to_numpy(zero_copy_only=False)
    return found


def _in_script(stated: Stated, part: str, *, cyrillic: bool) -> pa.Array:
    """Of each person, the best statement on a name part in Cyrillic, or in any other script."""
    statements, order = stated.statements[part], stated.preferences[part].order
    found = pc.match_substring_regex(statements.value, CYRILLIC).to_numpy(zero_copy_only=False)
    order = order[found[order] == cyrillic]
    person, first = np.unique(statements.person[order], return_index=True)
    position = np.full(len(stated.evidence.persons), -1, dtype=np.int64)
    position[person] = order[first]
    return taken(statements.value, position)


def _derived(cyrillic: list[pa.Array], latin: list[pa.Array]) -> pa.Array:
    """Where no list gives the surname in Latin letters, so that it has to be transliterated.

    Where no surname is known at all: where no list gives any other part in Latin letters.
    """
    surname = pc.and_(pc.is_valid(cyrillic[0]), pc.is_null(latin[0]))
    neither = pc.and_(pc.is_null(cyrillic[0]), pc.is_null(latin[0]))
    has_latin = pc.or_(pc.is_valid(latin[1]), pc.is_valid(latin[2]))
    has_cyrillic = pc.or_(pc.is_valid(cyrillic[1]), pc.is_valid(cyrillic[2]))
    return pc.or_(surname, pc.and_(neither, pc.and_not(has_cyrillic, has_latin)))


def _romanised(values: pa.Array) -> pa.Array:
    encoded = values.dictionary_encode()
    latin = pa.array([to_latin(value) for value in encoded.dictionary.to_pylist()], pa.string())
    return latin.take(encoded.indices)


def _beside(left: pa.Array, right: pa.Array, separator: str) -> pa.Array:
    """Both with the separator between them, the one there is, or null."""
    return pc.coalesce(pc.binary_join_element_wise(left, right, separator), left, right)


def _full_name(parts: list[pa.Array], separator: str) -> pa.Array:
    """Surname, separator, given name and patronymic; what is missing is left out."""
    return _beside(parts[0], _beside(parts[1], parts[2], " "), separator)


def _other_names(stated: Stated) -> pa.Array:
    """All other names that any record gives, the preferred first, each once."""
    names = _others(stated)
    count = len(stated.evidence.persons)
    return pa.array(["; ".join(names[person]) if names.get(person) else None
                     for person in range(count)], pa.string())  # fmt: skip


def _named_in_cyrillic(stated: Stated) -> pa.Array:
    """Of each person, the first other name in Cyrillic of a surname and a given name at least.

    So a list in Latin letters can give the name as the documents write it.
    """
    full = {person: next((name for name in names if _CYRILLIC_NAME.search(name)), None)
            for person, names in _others(stated).items()}  # fmt: skip
    return pa.array([full.get(person) for person in range(len(stated.evidence.persons))],
                    pa.string())  # fmt: skip


def _others(stated: Stated) -> dict[int, dict[str, None]]:
    """Person -> other names that any record gives, the preferred first, each once."""
    statements, order = stated.statements["other_names"], stated.preferences["other_names"].order
    names: dict[int, dict[str, None]] = {}
    values = statements.value.to_pylist()
    for position in order.tolist():
        parts = (part.strip() for part in values[position].split(";"))
        names.setdefault(int(statements.person[position]), {}).update(
            dict.fromkeys(part for part in parts if part)
        )
    return names


def _date_columns(stated: Stated, field: str) -> dict[str, pa.ChunkedArray]:
    """The four columns of the preferred date, from the first record that states it."""
    chosen = stated.chosen(field)
    rows = np.where(chosen < 0, -1, _first_rows(stated, field)[chosen])
    positions = pa.array(rows, pa.int64(), mask=rows < 0)
    names = (field, f"{field}_earliest", f"{field}_latest", f"{field}_verbatim")
    return {name: stated.evidence.records[name].take(positions) for name in names}


def _first_rows(stated: Stated, field: str) -> Ints:
    # one more, so that the position -1 of persons without a statement finds something
    return np.append(stated.statements[field].first_row, -1)


def _sets(evidence: Evidence, values: pa.Array) -> pa.Array:
    """Of each person, the distinct values of its records, sorted."""
    distinct = sorted(value for value in pc.unique(values).to_pylist() if value is not None)
    ranks = pc.index_in(values, pa.array(distinct, pa.string()))
    known = present(ranks)
    codes = ranks.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    width = max(len(distinct), 1)
    keys = np.unique(evidence.person[known] * width + codes[known])
    counts = np.bincount(keys // width, minlength=len(evidence.persons))
    starts = np.concatenate(([0], np.cumsum(counts)))
    return lists_of(starts, pa.array(distinct, pa.string()).take(pa.array(keys % width)))
