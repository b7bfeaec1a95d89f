"""Comparison levels of surnames, given names and patronymics, from ``martyrolog.names``."""

from collections.abc import Callable, Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from martyrolog import names
from martyrolog.levels import FIELDS, MISSING, Field
from martyrolog.link.columns import Codes, Records
from martyrolog.link.distinct import CompareCodes
from martyrolog.link.keys import Keys
from martyrolog.names.small_sets import share_a_member

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
    left, right = left[open_], right[open_]
    alias = _share(records, keys, ("surname", left), ("other_names", right))
    alias |= _share(records, keys, ("other_names", left), ("surname", right))
    swapped = _share(records, keys, ("surname", left), ("given_name", right))
    swapped[swapped] = _share(
        records, keys, ("given_name", left[swapped]), ("surname", right[swapped])
    )
    levels[open_[alias]] = number("alias")
    levels[open_[swapped]] = number("swapped")
    return levels


def _share(
    records: Records, keys: Keys, one: tuple[str, Codes], other: tuple[str, Codes]
) -> NDArray[np.bool_]:
    """Which records' names of one field share a key with other records' names of another."""
    values = {"surname": keys.surname_values, "given_name": keys.given_values,
              "other_names": keys.other_values}  # fmt: skip
    sides = (side for name, rows in (one, other)
             for side in (values[name], records.texts[name].codes[rows]))  # fmt: skip
    return share_a_member(*sides)


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
