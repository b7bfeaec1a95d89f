"""Blocking keys: per record the integers that two records of one person are likely to share.

:func:`make_keys` folds the names once per distinct value and gives a :class:`Keys`. A record can
have several keys of one kind (a name that reads in two ways, a maiden name). Always holds: a key
depends on the value only; ``NO_VALUE`` is no key and is shared with nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from martyrolog import names
from martyrolog.dates import MISSING_DAY
from martyrolog.link.columns import NO_VALUE, Codes, Records, TextColumn
from martyrolog.names.given import initial_heads
from martyrolog.names.memo import warm

PREFIX = 4
"""Letters of a key that the prefix of a surname keeps."""

_DAYS_OF_YEAR = 366
_NO_VOWELS = str.maketrans("", "", "aeiouy")

KeyMatrix = NDArray[np.int32]
"""Values x alternatives, ``NO_VALUE`` where a value has fewer."""


@dataclass(frozen=True)
class KeyColumn:
    """The keys of one kind of all records, held once per distinct value.

    Attributes:
        codes: Value of each record, ``NO_VALUE`` for none.
        values: Keys of each value and, in a last row, of none. Behind the first alternative, a row
            ends at its first ``NO_VALUE``. Without rows, the codes are the keys.
    """

    codes: Codes
    values: KeyMatrix = field(default_factory=lambda: np.zeros((0, 1), np.int32))

    def of(self, rows: NDArray[np.integer[Any]]) -> KeyMatrix:
        """The keys of these records, records x alternatives."""
        codes = self.codes[rows]
        keys: KeyMatrix = self.values[codes] if len(self.values) else codes[:, None]
        return keys

    def first(self) -> Codes:
        """The first key of each record."""
        first: Codes = self.values[:, 0][self.codes] if len(self.values) else self.codes
        return first

    def in_order(self, order: NDArray[np.integer[Any]]) -> "KeyColumn":
        """The records in another order."""
        return KeyColumn(self.codes[order], self.values)


@dataclass(frozen=True)
class Keys:
    """The keys of all records.

    Attributes:
        components: By the name that ``blocking.yaml`` uses.
        surname_values: Distinct surname x alternatives: keys of ``Records.texts['surname']``.
        given_values: The same for given names, in the same numbering.
        other_values: The same for other names.
        surname_texts: The key of each number of these three.
    """

    components: Mapping[str, KeyColumn]
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
        counts = np.array([*map(len, folded), 0])
        matrix = np.full((len(counts), int(counts.max()) or 1), NO_VALUE, dtype=np.int32)
        numbers = [self._number[key] for keys in folded for key in keys]
        matrix[np.arange(matrix.shape[1]) < counts[:, None]] = numbers
        return matrix


def make_keys(records: Records) -> Keys:
    """The blocking keys of all records.

    Args:
        records: Encoded records.
    """
    text = records.texts
    names_to_fold = [*text["given_name"].values, *text["patronymic"].values]
    # as batches, before each is asked for
    lowered = [name.rstrip(". ").lower() for name in names_to_fold]
    warm([*names_to_fold, *lowered, *(name[:1] for name in lowered)])
    warm(names_to_fold, "given_name")
    as_surname = warm([*text["surname"].values, *text["given_name"].values], "surname")
    surname = [as_surname[value] for value in text["surname"].values]
    given_as_surname = [as_surname[value] for value in text["given_name"].values]
    other = [_fold_others(value) for value in text["other_names"].values]
    numbering = _Numbering([surname, given_as_surname, other])
    values = tuple(numbering.matrix(folded) for folded in (surname, given_as_surname, other))
    by_surname, by_given_name, by_other_names = (
        KeyColumn(text[name].codes, matrix)
        for name, matrix in zip(("surname", "given_name", "other_names"), values, strict=True)
    )
    components: dict[str, KeyColumn] = {
        "surname": _either(by_surname, by_other_names),
        "surname_consonants": _column(text["surname"], _consonants(surname)),
        "surname_prefix": _column(text["surname"], _prefixes(surname)),
        "given_name": _column(text["given_name"], _folded(text["given_name"])),
        "given_initial": _column(text["given_name"], _initials(text["given_name"])),
        "patronymic": _column(text["patronymic"], _folded(text["patronymic"])),
        "patronymic_initial": _column(text["patronymic"], _initials(text["patronymic"])),
        "name_pair": _unordered(by_surname.first(), by_given_name.first()),
    }
    for name in ("birth_place", "residence", "occupation"):
        components[name] = KeyColumn(text[name].codes)
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
    return [tuple(dict.fromkeys(key[:1] + key[1:].translate(_NO_VOWELS) for key in keys))
            for keys in folded]  # fmt: skip


def _column(column: TextColumn, folded: Sequence[tuple[str, ...]]) -> KeyColumn:
    return KeyColumn(column.codes, _Numbering([folded]).matrix(folded))


def _either(one: KeyColumn, other: KeyColumn) -> KeyColumn:
    """The keys of two values of a record, those of the first value first."""
    if (other.codes == NO_VALUE).all():
        return one
    width = len(other.values)
    packed = (one.codes.astype(np.int64) + 1) * width + other.codes + 1
    distinct, codes = np.unique(packed, return_inverse=True)
    of_one, of_other = np.divmod(distinct, width)
    both = np.hstack([one.values[of_one - 1], other.values[of_other - 1]])
    further = both[:, 1:]
    gaps_last = np.argsort(further == NO_VALUE, axis=1, kind="stable")
    both[:, 1:] = np.take_along_axis(further, gaps_last, axis=1)
    none = np.full((1, both.shape[1]), NO_VALUE, np.int32)
    return KeyColumn(codes.astype(np.int32), np.vstack([both, none]))


def _unordered(left: Codes, right: Codes) -> KeyColumn:
    """One number for two names in either order."""
    low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right)
    pair = low * (int(high.max(initial=0)) + 1) + high
    number = pa.array(pair).dictionary_encode().indices.to_numpy()
    return KeyColumn(np.where(low >= 0, number, NO_VALUE).astype(np.int32))


def _date_keys(records: Records) -> dict[str, KeyColumn]:
    components: dict[str, KeyColumn] = {}
    for name, column in records.dates.items():
        short = name.removesuffix("_date")
        known = (column.earliest != MISSING_DAY) & (column.latest != MISSING_DAY)
        narrow = known & (column.latest - np.where(known, column.earliest, 0) < _DAYS_OF_YEAR)
        year = _years(np.where(narrow, column.earliest, 0))
        components[f"{short}_year"] = KeyColumn(np.where(narrow, year, NO_VALUE).astype(np.int32))
        day = column.earliest - np.int32(_FIRST_DAY)
        components[f"{short}_day"] = KeyColumn(np.where(column.exact, day, NO_VALUE))
    return components


_FIRST_DAY = -1_000_000  # makes the number of every day positive


def _years(days: NDArray[np.int32]) -> NDArray[np.int64]:
    as_days = days.astype("datetime64[D]")
    years: NDArray[np.int64] = as_days.astype("datetime64[Y]").astype(np.int64) + 1970
    return years
