"""The table ``relation``: those accused in one trial, and namesakes who are kept apart.

Namesakes are two persons with the same surname, given name and patronymic in whatever spelling
(surnames share a fold key), or with initials that fit where a list gives only these. Names written
out are compared throughout, initials only where linking compared the two. Persons who are possibly
the same are no namesakes.
"""

from collections import defaultdict
from collections.abc import Iterator, Set
from itertools import combinations

import numpy as np
import pyarrow as pa

from martyrolog.names import (
    GivenNameAgreement,
    NameKind,
    PatronymicAgreement,
    compare_given_names_many,
    compare_patronymics_many,
    fold_many,
    is_initial,
)
from martyrolog.resolve.evidence import Evidence, present
from martyrolog.resolve.pairs import PersonPairs
from martyrolog.resolve.rules import rules
from martyrolog.resolve.stated import Stated
from martyrolog.tables import make_table

Pair = tuple[int, int]
Name = tuple[str, str, str]
_PARTS: tuple[NameKind, ...] = ("surname", "given_name", "patronymic")
_SAME_GIVEN_NAME = (GivenNameAgreement.EQUAL, GivenNameAgreement.INITIAL)
_SAME_PATRONYMIC = (PatronymicAgreement.EQUAL, PatronymicAgreement.INITIAL)


def relation_table(
    stated: Stated, trial_party: pa.Table, pairs: PersonPairs, undecided: Set[tuple[str, str]]
) -> pa.Table:
    """Table ``relation``, by left person, right person, kind, trial.

    Args:
        stated: The statements.
        trial_party: Table ``trial_party``.
        pairs: Pairs of persons that linking compared.
        undecided: Pairs of person_id that are possibly the same.
    """
    rows = [*_accused_together(trial_party), *_namesakes(stated, pairs, undecided)]
    order = ("person_id_left", "person_id_right", "kind", "trial_id")
    rows.sort(key=lambda row: tuple(str(row.get(name) or "") for name in order))
    return make_table("relation", rows)


def _accused_together(trial_party: pa.Table) -> Iterator[dict[str, object]]:
    """Every two persons accused in one trial, with the records that say so.

    Both tried there are co-defendants; where one or both are only named as accused, co-accused.
    """
    records: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    tried: set[tuple[str, str]] = set()
    for party in trial_party.to_pylist():
        if party["role"] in {*rules().accused_roles, rules().co_accused_role}:
            records[party["trial_id"]][party["person_id"]].append(party["record_id"])
        if party["role"] in rules().accused_roles:
            tried.add((party["trial_id"], party["person_id"]))
    for trial_id, named in records.items():
        if len(named) > rules().most_co_defendants:
            continue
        for left, right in combinations(sorted(named), 2):
            both = {(trial_id, left), (trial_id, right)} <= tried
            yield {"person_id_left": left, "person_id_right": right,
                   "kind": "co_defendant" if both else "co_accused", "trial_id": trial_id,
                   "record_ids": sorted(named[left] + named[right])}  # fmt: skip


def _namesakes(
    stated: Stated, pairs: PersonPairs, undecided: Set[tuple[str, str]]
) -> Iterator[dict[str, object]]:
    """Namesakes, each pair with the smallest record of either person."""
    evidence = stated.evidence
    names = _full_names(stated)
    compared = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    found = set(_of_one_name(names, [pair for pair in compared if names.keys() >= set(pair)]))
    found |= set(_written_out_alike(names))
    smallest = _smallest_records(evidence)
    for left, right in sorted(found):
        persons = evidence.persons[left], evidence.persons[right]
        if persons not in undecided:
            yield {"person_id_left": persons[0], "person_id_right": persons[1], "kind": "namesake",
                   "record_ids": sorted((smallest[left], smallest[right]))}  # fmt: skip


def _full_names(stated: Stated) -> dict[int, Name]:
    """Surname, given name and patronymic of each person of whom all three are known."""
    columns = [stated.preferred(part) for part in _PARTS]
    complete = np.flatnonzero(np.logical_and.reduce([present(column) for column in columns]))
    names = zip(*(column.take(pa.array(complete)).to_pylist() for column in columns), strict=True)
    return dict(zip(complete.tolist(), names, strict=True))


def _of_one_name(names: dict[int, Name], pairs: list[Pair]) -> Iterator[Pair]:
    """The pairs whose surnames share a key and whose other names are equal, or fit as initials."""
    sides = [[names[pair[side]] for pair in pairs] for side in (0, 1)]
    surnames = [fold_many([name[0] for name in side], kind="surname") for side in sides]
    given = compare_given_names_many(*([name[1] for name in side] for side in sides))
    patronymics = compare_patronymics_many(*([name[2] for name in side] for side in sides))
    agree = np.isin(given, _SAME_GIVEN_NAME) & np.isin(patronymics, _SAME_PATRONYMIC)
    for pair, left, right, same in zip(pairs, *surnames, agree.tolist(), strict=True):
        if same and not set(left).isdisjoint(right):
            yield pair


def _written_out_alike(names: dict[int, Name]) -> Iterator[Pair]:
    """Pairs of persons whose written-out names have the same likeliest keys, unless too many do."""
    persons = [person for person, name in names.items() if not any(map(is_initial, name[1:]))]
    keys = [fold_many([names[person][position] for person in persons], kind=part)
            for position, part in enumerate(_PARTS)]  # fmt: skip
    of_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for person, *name in zip(persons, *keys, strict=True):
        if all(name):
            of_name[tuple(part[0] for part in name)].append(person)
    for alike in of_name.values():
        if len(alike) <= rules().most_namesakes:
            yield from combinations(alike, 2)


def _smallest_records(evidence: Evidence) -> list[str]:
    """Of each person, its smallest record_id."""
    _, first = np.unique(evidence.person, return_index=True)
    smallest: list[str] = evidence.record_ids.take(pa.array(first)).to_pylist()
    return smallest
