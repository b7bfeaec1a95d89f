"""The table ``relation``: co-defendants of one trial, and namesakes who are kept apart.

Namesakes are two persons whose surname, given name and patronymic share a fold key, or whose initials
agree where a list gives only these. Full names are compared throughout; names with an initial only
where linking compared the two. Two persons who are possibly the same are no namesakes.
"""

from collections import defaultdict
from collections.abc import Iterator, Set
from itertools import combinations

import numpy as np
import pyarrow as pa

from martyrolog.names import fold_many
from martyrolog.resolve.evidence import Evidence, present
from martyrolog.resolve.pairs import PersonPairs
from martyrolog.resolve.persons import NAME_PARTS
from martyrolog.resolve.rules import rules
from martyrolog.resolve.stated import Stated
from martyrolog.tables import make_table

Pair = tuple[int, int]
Name = tuple[frozenset[str], ...]


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
    rows = [*_co_defendants(trial_party), *_namesakes(stated, pairs, undecided)]
    order = ("person_id_left", "person_id_right", "kind", "trial_id")
    rows.sort(key=lambda row: tuple(str(row.get(name) or "") for name in order))
    return make_table("relation", rows)


def _co_defendants(trial_party: pa.Table) -> Iterator[dict[str, object]]:
    """Every two persons accused in one trial, with the records that say so."""
    accused: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for party in trial_party.to_pylist():
        if party["role"] in rules().accused_roles:
            accused[party["trial_id"]][party["person_id"]].append(party["record_id"])
    for trial_id, records in accused.items():
        if len(records) > rules().most_co_defendants:
            continue
        for left, right in combinations(sorted(records), 2):
            yield {"person_id_left": left, "person_id_right": right, "kind": "co_defendant",
                   "trial_id": trial_id, "record_ids": sorted(records[left] + records[right])}  # fmt: skip


def _namesakes(
    stated: Stated, pairs: PersonPairs, undecided: Set[tuple[str, str]]
) -> Iterator[dict[str, object]]:
    """Namesakes, each pair with the smallest record of either person."""
    evidence = stated.evidence
    names = _folded_names(stated)
    compared = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    found = {pair for pair in compared if _are_namesakes(names, *pair)}
    found |= set(_of_one_full_name(names))
    smallest = _smallest_records(evidence)
    for left, right in sorted(found):
        persons = evidence.persons[left], evidence.persons[right]
        if persons not in undecided:
            yield {"person_id_left": persons[0], "person_id_right": persons[1], "kind": "namesake",
                   "record_ids": sorted((smallest[left], smallest[right]))}  # fmt: skip


def _folded_names(stated: Stated) -> dict[int, Name]:
    """Fold keys of surname, given name and patronymic of each person that has all three."""
    columns = [stated.preferred(part) for part in NAME_PARTS]
    complete = np.flatnonzero(np.logical_and.reduce([present(column) for column in columns]))
    folded = []
    for part, column in zip(NAME_PARTS, columns, strict=True):
        values = column.take(pa.array(complete)).dictionary_encode()
        keys = [frozenset(keys) for keys in fold_many(values.dictionary.to_pylist(), kind=part)]
        folded.append([keys[index] for index in values.indices.to_pylist()])
    return {
        person: name
        for person, name in zip(complete.tolist(), zip(*folded, strict=True), strict=True)
        if all(name)
    }


def _are_namesakes(names: dict[int, Name], left: int, right: int) -> bool:
    if left not in names or right not in names:
        return False
    one, two = names[left], names[right]
    return bool(one[0] & two[0]) and all(
        _parts_agree(first, second) for first, second in zip(one[1:], two[1:], strict=True)
    )


def _parts_agree(left: frozenset[str], right: frozenset[str]) -> bool:
    """Equal, or one is an initial (a key of one letter) with which the other begins."""
    return any(
        one == two or (min(len(one), len(two)) == 1 and one[0] == two[0])
        for one in left
        for two in right
    )


def _of_one_full_name(names: dict[int, Name]) -> Iterator[Pair]:
    """Pairs of persons whose written-out names have the same keys, where these are not too many."""
    of_name: dict[Name, list[int]] = defaultdict(list)
    for person, name in names.items():
        if all(len(min(keys, key=len)) > 1 for keys in name):
            of_name[name].append(person)
    for persons in of_name.values():
        if len(persons) <= rules().most_namesakes:
            yield from combinations(persons, 2)


def _smallest_records(evidence: Evidence) -> list[str]:
    """Of each person, its smallest record_id."""
    _, first = np.unique(evidence.person, return_index=True)
    smallest: list[str] = evidence.record_ids.take(pa.array(first)).to_pylist()
    return smallest
