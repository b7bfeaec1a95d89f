"""How far an estimate moves when records were linked wrongly.

A missed link makes two persons of one: one list fewer for the first, a person of one list more. A
false link makes one person of two whom no list has in common. Both are done here to counts, to a
share of the persons that two or more lists hold, at random; no record is needed for it.
"""

import numpy as np
import numpy.typing as npt

from martyrolog.estimate.counts import CaptureCounts, make_counts

Patterns = npt.NDArray[np.bool_]

MOST_PERSONS = 2_000_000
"""Persons beyond which no rows of persons are made."""


def with_missed_links(
    counts: CaptureCounts, share: float, rng: np.random.Generator
) -> CaptureCounts:
    """The table as it would be had a share of the linked persons lost one of their lists.

    Args:
        counts: One table.
        share: Of the persons in two or more lists, 0 to 1.
        rng: Which of them, and which list is torn off to be a person of its own.
    """
    persons = _persons(counts)
    torn = _some(np.flatnonzero(persons.sum(axis=1) > 1), share, rng)
    which = np.where(persons[torn], rng.random(persons[torn].shape), -1).argmax(axis=1)
    alone = np.zeros((len(torn), counts.n_lists), dtype=bool)
    alone[np.arange(len(torn)), which] = True
    persons[torn] &= ~alone
    return _counted(np.concatenate([persons, alone]), counts)


def with_false_links(
    counts: CaptureCounts, share: float, rng: np.random.Generator
) -> CaptureCounts:
    """The table as it would be had pairs of persons been taken for one.

    Args:
        counts: One table.
        share: How many pairs, as a share of the persons in two or more lists.
        rng: Which of them, among persons whom no list has in common; at most as many as there are
            such pairs when all persons are paired at random once.
    """
    persons = _persons(counts)
    wanted = round(share * int((persons.sum(axis=1) > 1).sum()))
    order = rng.permutation(len(persons))
    left, right = order[: len(order) // 2], order[len(order) // 2 : len(order) // 2 * 2]
    apart = np.flatnonzero(~(persons[left] & persons[right]).any(axis=1))[:wanted]
    persons[left[apart]] |= persons[right[apart]]
    return _counted(np.delete(persons, right[apart], axis=0), counts)


def _persons(counts: CaptureCounts) -> Patterns:
    return np.repeat(counts.patterns, counts.counts, axis=0)


def _some(
    rows: npt.NDArray[np.int64], share: float, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    return np.sort(rng.permutation(rows)[: round(share * len(rows))])


def _counted(persons: Patterns, counts: CaptureCounts) -> CaptureCounts:
    return make_counts(persons, np.ones(len(persons)), counts.lists)
