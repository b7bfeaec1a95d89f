"""Comparison levels of surnames, given names and patronymics, from ``martyrolog.names``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from martyrolog import names
from martyrolog.levels import FIELDS, MISSING, Field
from martyrolog.link.columns import NO_VALUE, Codes, Records
from martyrolog.link.distinct import CompareCodes
from martyrolog.link.keys import KeyMatrix, Keys

SIMILAR = 0.85
"""Similarity of two surnames from which they differ by a letter or two."""

DISTANT = 0.7
"""Similarity of two surnames from which they are alike in part."""

Agreements = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.int8]]


def with_aliases_and_swaps(
    levels: NDArray[np.int8], records: Records, keys: Keys, left: Codes, right: Codes
) -> NDArray[np.int8]:
    """Levels of surnames, completed by what other parts of the names say.

    A surname that is another name of the other record, and names that changed places, are looked
    for where the surnames themselves do not agree.

    Args:
        levels: Levels of the surnames alone.
        records: Encoded records.
        keys: Their keys.
        left: Numbers of records.
        right: Numbers of records, as many.
    """
    number = FIELDS["surname"].number
    levels = levels.copy()
    open_ = np.flatnonzero((levels < number("alias")) & (levels != MISSING))
    one, other = _names_of(records, keys, left[open_]), _names_of(records, keys, right[open_])
    alias = share_a_key(one.surname, other.other) | share_a_key(one.other, other.surname)
    swapped = share_a_key(one.surname, other.given)
    swapped[swapped] = share_a_key(one.given[swapped], other.surname[swapped])
    levels[open_[alias]] = number("alias")
    levels[open_[swapped]] = number("swapped")
    return levels


@dataclass(frozen=True)
class _NameKeys:
    surname: KeyMatrix
    given: KeyMatrix
    other: KeyMatrix


def _names_of(records: Records, keys: Keys, rows: Codes) -> _NameKeys:
    texts = records.texts
    return _NameKeys(
        keys.surname_values[texts["surname"].codes[rows]],
        keys.given_values[texts["given_name"].codes[rows]],
        keys.other_values[texts["other_names"].codes[rows]],
    )


def compare_surnames(values: Sequence[str]) -> CompareCodes:
    """How codes of surnames are compared; ``values`` are the distinct surnames."""
    number = FIELDS["surname"].number
    similarity = names.similarity_comparer(values, kind="surname", at_least=DISTANT)

    def compare(lefts: Codes, rights: Codes) -> NDArray[np.int8]:
        alike = similarity(lefts.astype(np.int64), rights.astype(np.int64))
        levels = np.full(len(lefts), number("different"), dtype=np.int8)
        levels[alike >= DISTANT] = number("distant")
        levels[alike >= SIMILAR] = number("similar")
        levels[alike == 1.0] = number("same_key")
        levels[lefts == rights] = number("equal")
        return levels

    return compare


def share_a_key(left: KeyMatrix, right: KeyMatrix) -> NDArray[np.bool_]:
    """Which rows of two matrices of keys have a key in common."""
    shared = np.zeros(len(left), dtype=bool)
    for one in range(left.shape[1]):
        known = np.flatnonzero(left[:, one] != NO_VALUE)
        for other in range(right.shape[1]):
            shared[known] |= left[known, one] == right[known, other]
    return shared


def compare_given_names(values: Sequence[str]) -> CompareCodes:
    """How codes of given names are compared; ``values`` are the distinct names."""
    field = FIELDS["given_name"]
    numbers = _numbers(field, names.GivenNameAgreement, _GIVEN)
    return _compare_by(names.given_name_comparer(values), numbers, values)


def compare_patronymics(values: Sequence[str]) -> CompareCodes:
    """How codes of patronymics are compared; ``values`` are the distinct patronymics."""
    field = FIELDS["patronymic"]
    numbers = _numbers(field, names.PatronymicAgreement, _PATRONYMIC)
    return _compare_by(names.patronymic_comparer(values), numbers, values)


_GIVEN = {  # agreements of martyrolog.names and the levels they are
    "EQUAL": "equal", "EQUIVALENT": "equivalent", "SIMILAR": "similar", "INITIAL": "initial",
    "CONTRADICTED": "contradicted",
}  # fmt: skip
_PATRONYMIC = {
    "EQUAL": "equal",
    "VARIANT": "variant",
    "INITIAL": "initial",
    "CONTRADICTED": "contradicted",
}


def _numbers(field: Field, agreement: type[IntEnum], meaning: dict[str, str]) -> NDArray[np.int8]:
    """The level of each agreement of ``martyrolog.names``; one that has none is MISSING."""
    return np.array(
        [field.number(meaning[found.name]) if found.name in meaning else MISSING
         for found in sorted(agreement)],
        dtype=np.int8,
    )  # fmt: skip


def _compare_by(
    agreements: Agreements, numbers: NDArray[np.int8], values: Sequence[str]
) -> CompareCodes:
    initial = np.array([names.is_initial(value) for value in values], dtype=bool)
    contradicted = FIELDS["given_name"].number("contradicted")

    def compared(lefts: Codes, rights: Codes) -> NDArray[np.int8]:
        found = agreements(lefts.astype(np.int64), rights.astype(np.int64))
        levels = numbers[found]
        by_initial = (initial[lefts] | initial[rights]) & (levels == contradicted)
        levels[by_initial] = FIELDS["given_name"].number("initial_contradicted")
        return levels

    return compared
