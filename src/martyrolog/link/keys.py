"""Blocking keys: per record the integers that two records of one person are likely to share.

:func:`make_keys` folds the names once per distinct value and gives a :class:`Keys`. A record can
have several keys of one kind (a name that reads in two ways, a maiden name). Always holds: a key
depends on the value only; ``NO_VALUE`` is no key and is shared with nobody.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from martyrolog import names
from martyrolog.dates import MISSING_DAY
from martyrolog.link.columns import NO_VALUE, Codes, Records, TextColumn
from martyrolog.names.given import initial_heads
from martyrolog.names.memo import warm

PREFIX = 4
"""Letters of a key that the prefix of a surname keeps."""

_DAYS_OF_YEAR = 366
_VOWELS = re.compile("[aeiouy]")

KeyMatrix = NDArray[np.int32]
"""Records x alternatives, ``NO_VALUE`` where a record has fewer."""


@dataclass(frozen=True)
class Keys:
    """The keys of all records.

    Attributes:
        components: By the name that ``blocking.yaml`` uses, records x alternatives.
        surname_values: Distinct surname x alternatives: keys of ``Records.texts['surname']``.
        given_values: The same for given names, in the same numbering.
        other_values: The same for other names.
        surname_texts: The key of each number of these three.
    """

    components: Mapping[str, KeyMatrix]
    surname_values: KeyMatrix
    given_values: KeyMatrix
    other_values: KeyMatrix
    surname_texts: tuple[str, ...] = ()


class _Numbering:
    """One number for each distinct text, in the order of the texts."""

    def __init__(self, folded: Sequence[Sequence[tuple[str, ...]]]) -> None:
        texts = sorted({key for column in folded for keys in column for key in keys})
        self.texts = tuple(texts)
        self._number = {text: number for number, text in enumerate(texts)}

    def matrix(self, folded: Sequence[tuple[str, ...]]) -> KeyMatrix:
        width = max((len(keys) for keys in folded), default=0) or 1
        matrix = np.full((len(folded) + 1, width), NO_VALUE, dtype=np.int32)
        for row, keys in enumerate(folded):
            matrix[row, : len(keys)] = [self._number[key] for key in keys]
        return matrix


def make_keys(records: Records) -> Keys:
    """The blocking keys of all records.

    Args:
        records: Encoded records.
    """
    text = records.texts
    names_to_fold = [*text["given_name"].values, *text["patronymic"].values]
    # as batches, before each is asked for
    warm([*names_to_fold, *(name.rstrip(". ").lower() for name in names_to_fold)])
    warm(names_to_fold, "given_name")
    as_surname = warm([*text["surname"].values, *text["given_name"].values], "surname")
    surname = [as_surname[value] for value in text["surname"].values]
    given_as_surname = [as_surname[value] for value in text["given_name"].values]
    other = [_fold_others(value) for value in text["other_names"].values]
    numbering = _Numbering([surname, given_as_surname, other])
    values = tuple(numbering.matrix(folded) for folded in (surname, given_as_surname, other))
    by_record = [
        matrix[text[name].codes]
        for matrix, name in zip(values, ("surname", "given_name", "other_names"), strict=True)
    ]
    components: dict[str, KeyMatrix] = {
        "surname": np.hstack([by_record[0], by_record[2]]),
        "surname_consonants": _per_record(text["surname"], _consonants(surname)),
        "surname_prefix": _per_record(text["surname"], _prefixes(surname)),
        "given_name": _per_record(text["given_name"], _folded(text["given_name"])),
        "given_initial": _per_record(text["given_name"], _initials(text["given_name"])),
        "patronymic": _per_record(text["patronymic"], _folded(text["patronymic"])),
        "patronymic_initial": _per_record(text["patronymic"], _initials(text["patronymic"])),
        "name_pair": _unordered(by_record[0][:, 0], by_record[1][:, 0]),
    }
    for name in ("birth_place", "residence", "occupation"):
        components[name] = text[name].codes[:, None]
    return Keys(
        {**components, **_date_keys(records)},
        surname_values=values[0],
        given_values=values[1],
        other_values=values[2],
        surname_texts=numbering.texts,
    )


def _folded(column: TextColumn) -> list[tuple[str, ...]]:
    """Keys of full names and of their equivalents; an initial has none."""
    folded = warm(column.values)
    return [
        () if names.is_initial(value) else (*folded[value], *names.given_name_class(value)[:1])
        for value in column.values
    ]


def _fold_others(value: str) -> tuple[str, ...]:
    """The keys of the words of other names: any of them may be a surname elsewhere."""
    words = [word for word in value.replace(";", " ").split() if not names.is_initial(word)]
    return tuple(dict.fromkeys(key for keys in names.fold_many(words, kind="surname")
                               for key in keys))[:8]  # fmt: skip


def _initials(column: TextColumn) -> list[tuple[str, ...]]:
    return [tuple(sorted(initial_heads(value))) for value in column.values]


def _prefixes(folded: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [tuple(dict.fromkeys(key[:PREFIX] for key in keys)) for keys in folded]


def _consonants(folded: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Keys without vowels: what a slip in a vowel, or two letters changing places, often leaves."""
    return [tuple(dict.fromkeys(key[:1] + _VOWELS.sub("", key[1:]) for key in keys))
            for keys in folded]  # fmt: skip


def _per_record(column: TextColumn, folded: Sequence[tuple[str, ...]]) -> KeyMatrix:
    return _Numbering([folded]).matrix(folded)[column.codes]


def _unordered(left: Codes, right: Codes) -> KeyMatrix:
    """One number for two names in either order."""
    low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right)
    pair = low * (int(high.max(initial=0)) + 1) + high
    _, number = np.unique(pair, return_inverse=True)
    return np.where(low >= 0, number, NO_VALUE).astype(np.int32)[:, None]


def _date_keys(records: Records) -> dict[str, KeyMatrix]:
    components: dict[str, KeyMatrix] = {}
    for name, column in records.dates.items():
        short = name.removesuffix("_date")
        known = (column.earliest != MISSING_DAY) & (column.latest != MISSING_DAY)
        narrow = known & (column.latest - np.where(known, column.earliest, 0) < _DAYS_OF_YEAR)
        year = _years(np.where(narrow, column.earliest, 0))
        components[f"{short}_year"] = np.where(narrow, year, NO_VALUE).astype(np.int32)[:, None]
        day = column.earliest - np.int32(_FIRST_DAY)
        components[f"{short}_day"] = np.where(column.exact, day, NO_VALUE)[:, None]
    return components


_FIRST_DAY = -1_000_000  # makes the number of every day positive


def _years(days: NDArray[np.int32]) -> NDArray[np.int64]:
    as_days = days.astype("datetime64[D]")
    years: NDArray[np.int64] = as_days.astype("datetime64[Y]").astype(np.int64) + 1970
    return years
