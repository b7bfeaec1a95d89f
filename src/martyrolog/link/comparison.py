"""Comparison levels of pairs of records, field by field.

:func:`compare_pairs` gives one int8 a pair and field, as ``martyrolog.levels`` declares them. Every
field is compared once per distinct pair of values. Always holds: the level of a pair is that of the
pair turned round; a value missing on either side gives ``MISSING``. What a level weighs is not
decided here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from martyrolog.levels import FIELDS, MISSING
from martyrolog.link.columns import MANY, NO_VALUE, Codes, Records, TextColumn
from martyrolog.link.comparing_dates import CompareDates, date_comparer
from martyrolog.link.comparing_names import (
    compare_given_names,
    compare_patronymics,
    compare_surnames,
    with_aliases_and_swaps,
)
from martyrolog.link.distinct import CompareCodes, RememberedPairs
from martyrolog.link.keys import Keys
from martyrolog.link.words import WordsLevel, WordVectors, compare_words, word_vectors

Levels = NDArray[np.int8]
"""Pairs x fields, in the order of ``FIELDS``."""

_PLACE = {WordsLevel.DIFFERENT: "different", WordsLevel.SHARED: "similar",
          WordsLevel.CONTAINED: "contained", WordsLevel.EQUAL: "equal"}  # fmt: skip
_WORDS = {WordsLevel.DIFFERENT: "different", WordsLevel.SHARED: "similar",
          WordsLevel.CONTAINED: "similar", WordsLevel.EQUAL: "equal"}  # fmt: skip

_CATEGORIES = ("sex", "nationality")
_FREE_TEXTS = {"birth_place": _PLACE, "residence": _PLACE, "occupation": _WORDS}


@dataclass(frozen=True)
class Comparer:
    """What comparing pairs of these records needs, prepared once."""

    records: Records
    keys: Keys
    texts: Mapping[str, RememberedPairs]
    dates: Mapping[str, CompareDates]
    vectors: Mapping[str, WordVectors]


def make_comparer(records: Records, keys: Keys) -> Comparer:
    """Prepare the comparison of records."""
    prepare = {"surname": compare_surnames, "given_name": compare_given_names,
               "patronymic": compare_patronymics}  # fmt: skip
    compare = {name: made(records.texts[name].values) for name, made in prepare.items()}
    vectors = {name: _words(records.texts[name]) for name in _FREE_TEXTS}
    for name, meaning in _FREE_TEXTS.items():
        compare[name] = _free_text(vectors[name], name, meaning)
    many = records.count >= MANY
    remembered = {name: RememberedPairs(made, len(records.texts[name].values), compiled=many)
                  for name, made in compare.items()}  # fmt: skip
    dates = {name: date_comparer(column, compiled=many) for name, column in records.dates.items()}
    return Comparer(records, keys, remembered, dates, vectors)


def _words(column: TextColumn) -> WordVectors:
    counts = np.bincount(column.codes + 1, minlength=len(column.values) + 1)[1:]
    return word_vectors(column.values, counts)


def compare_pairs(comparer: Comparer, left: NDArray[np.int32], right: NDArray[np.int32]) -> Levels:
    """The comparison levels of pairs.

    Args:
        comparer: The prepared records.
        left: Numbers of records.
        right: Numbers of records, as many.

    Returns:
        int8, pairs x fields of ``FIELDS``.
    """
    levels = np.full((len(left), len(FIELDS)), MISSING, dtype=np.int8, order="F")
    found = _compare_texts(comparer, left, right)
    for name, compare in comparer.dates.items():
        found[name] = compare(left, right)
    for name in _CATEGORIES:
        codes = comparer.records.texts[name].codes
        found[name] = _compare_category(name, codes[left], codes[right])
    for at, name in enumerate(FIELDS):
        if name in found:
            levels[:, at] = found[name]
    return levels


def _compare_texts(comparer: Comparer, left: Codes, right: Codes) -> dict[str, NDArray[np.int8]]:
    """Texts; where surname and given name changed places the given name says nothing more."""
    records = comparer.records
    found = {name: remembered.levels(records.texts[name].codes[left],
                                     records.texts[name].codes[right])
             for name, remembered in comparer.texts.items()}  # fmt: skip
    found["surname"] = with_aliases_and_swaps(found["surname"], records, comparer.keys, left, right)
    found["given_name"][found["surname"] == FIELDS["surname"].number("swapped")] = MISSING
    return found


def _compare_category(name: str, left: Codes, right: Codes) -> NDArray[np.int8]:
    equal, different = FIELDS[name].number("equal"), FIELDS[name].number("different")
    levels = np.where(left == right, np.int8(equal), np.int8(different))
    levels[(left == NO_VALUE) | (right == NO_VALUE)] = MISSING
    return levels


def _free_text(vectors: WordVectors, name: str, meaning: Mapping[WordsLevel, str]) -> CompareCodes:
    numbers = np.array([FIELDS[name].number(meaning[level]) for level in WordsLevel], np.int8)
    return lambda lefts, rights: numbers[compare_words(vectors, lefts, rights)]
