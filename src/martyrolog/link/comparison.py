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
from martyrolog.link.columns import Codes, Records
from martyrolog.link.comparing_dates import compare_date_columns
from martyrolog.link.comparing_names import (
    compare_given_names,
    compare_patronymics,
    compare_surnames,
)
from martyrolog.link.distinct import CompareCodes, compare_distinct
from martyrolog.link.keys import Keys
from martyrolog.link.words import WordsLevel, WordVectors, compare_words, word_vectors

Levels = NDArray[np.int8]
"""Pairs x fields, in the order of ``FIELDS``."""

_PLACE = {WordsLevel.DIFFERENT: "different", WordsLevel.SHARED: "similar",
          WordsLevel.CONTAINED: "contained", WordsLevel.EQUAL: "equal"}  # fmt: skip
_WORDS = {WordsLevel.DIFFERENT: "different", WordsLevel.SHARED: "similar",
          WordsLevel.CONTAINED: "similar", WordsLevel.EQUAL: "equal"}  # fmt: skip

_FREE_TEXTS = {"birth_place": _PLACE, "residence": _PLACE, "occupation": _WORDS}


@dataclass(frozen=True)
class Comparer:
    """What comparing pairs of these records needs, prepared once."""

    records: Records
    keys: Keys
    words: Mapping[str, WordVectors]


def make_comparer(records: Records, keys: Keys) -> Comparer:
    """Prepare the comparison of records."""
    words = {}
    for name in _FREE_TEXTS:
        column = records.texts[name]
        counts = np.bincount(column.codes + 1, minlength=len(column.values) + 1)[1:]
        words[name] = word_vectors(column.values, counts)
    return Comparer(records, keys, words)


def compare_pairs(comparer: Comparer, left: NDArray[np.int32], right: NDArray[np.int32]) -> Levels:
    """The comparison levels of pairs.

    Args:
        comparer: The prepared records.
        left: Numbers of records.
        right: Numbers of records, as many.

    Returns:
        int8, pairs x fields of ``FIELDS``.
    """
    levels = np.full((len(left), len(FIELDS)), MISSING, dtype=np.int8)
    found = _compare_names(comparer, left, right)
    for name, column in comparer.records.dates.items():
        found[name] = compare_date_columns(column, left, right)
    for name in ("sex", "nationality"):
        found[name] = _compare_texts(comparer, name, left, right, _category(name))
    for name, meaning in _FREE_TEXTS.items():
        found[name] = _compare_texts(
            comparer, name, left, right, _free_text(comparer.words[name], name, meaning)
        )
    for at, name in enumerate(FIELDS):
        if name in found:
            levels[:, at] = found[name]
    return levels


def _compare_names(comparer: Comparer, left: Codes, right: Codes) -> dict[str, NDArray[np.int8]]:
    """Names; where surname and given name changed places the given name says nothing more."""
    texts = comparer.records.texts
    surname = compare_surnames(comparer.records, comparer.keys, left, right)
    found = {"surname": surname}
    for name, compare in (("given_name", compare_given_names), ("patronymic", compare_patronymics)):
        found[name] = _compare_texts(comparer, name, left, right, compare(texts[name].values))
    found["given_name"][surname == FIELDS["surname"].number("swapped")] = MISSING
    return found


def _compare_texts(
    comparer: Comparer,
    name: str,
    left: Codes,
    right: Codes,
    compare: CompareCodes,
) -> NDArray[np.int8]:
    """Compare each distinct pair of codes once."""
    codes = comparer.records.texts[name].codes
    return compare_distinct(codes[left], codes[right], compare)


def _category(name: str) -> CompareCodes:
    equal, different = FIELDS[name].number("equal"), FIELDS[name].number("different")
    return lambda lefts, rights: np.where(lefts == rights, equal, different).astype(np.int8)


def _free_text(vectors: WordVectors, name: str, meaning: Mapping[WordsLevel, str]) -> CompareCodes:
    numbers = np.array([FIELDS[name].number(meaning[level]) for level in WordsLevel], np.int8)
    return lambda lefts, rights: numbers[compare_words(vectors, lefts, rights)]
