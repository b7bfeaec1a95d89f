"""Which pairs are worth comparing in full: records and weights as the arrays of the screen.

:func:`make_screen` prepares, :meth:`Screen.kept` drops the pairs that cannot reach the floor. Used
where there are many records; what it keeps is compared as everything else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from martyrolog.levels import FIELDS, MISSING
from martyrolog.link.columns import NO_VALUE, Codes
from martyrolog.link.comparing_dates import DATE_LEVELS
from martyrolog.link.comparing_names import DISTANT, SIMILAR
from martyrolog.link.comparison import Comparer
from martyrolog.link.compiled import screen_table as arrays
from martyrolog.link.compiled.days import civil_days
from martyrolog.link.compiled.letters import Letters, as_letters
from martyrolog.link.compiled.screen import screen_pairs
from martyrolog.link.keys import KeyMatrix
from martyrolog.link.model import Model, level_weights, prior_weight
from martyrolog.link.terms import Term, Terms
from martyrolog.link.words import SHARED, WordVectors
from martyrolog.names.distance import coarse_forms, coarse_needed

_DATES = ("birth_date", "death_date", "arrest_date")
_CATEGORIES = ("sex", "nationality")
_NAMES = ("surname", "given_name", "patronymic")
_FREE_TEXTS = ("birth_place", "residence", "occupation")
_SURNAME_LEVELS = ("equal", "same_key", "similar", "distant", "different", "alias", "swapped")
_FEW_WORDS = 12
_LONG = 1_000_000  # letters: longer than any key
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_ROUNDING = 1e-6  # bits that sums of another order may differ by


@dataclass(frozen=True)
class Screen:
    """What dropping hopeless pairs of these records needs, prepared once.

    Attributes:
        comparer: The prepared records.
        terms: Term frequencies.
        order: Number of the record at each place.
        table: Records, by place, and weights; without records where memory is bounded.
        words: Words of places of birth, residences and occupations.
    """

    comparer: Comparer
    terms: Terms
    order: Codes
    table: arrays.Table
    words: tuple[arrays.Words, arrays.Words, arrays.Words]

    def kept_of(self, left: Codes, right: Codes) -> NDArray[np.int64]:
        """As :meth:`kept`, with a table of the records of these pairs only."""
        coded = pa.array(np.concatenate([left, right])).dictionary_encode()
        order = self.order[coded.dictionary.to_numpy()]
        table = self.table._replace(records=_records(self.comparer, self.terms, order))
        one, other = np.split(coded.indices.to_numpy(), 2)
        return replace(self, order=order, table=table).kept(one, other)

    def kept(self, left: Codes, right: Codes) -> NDArray[np.int64]:
        """Positions of the pairs that may reach the floor.

        Args:
            left: Places of records.
            right: Places of records, as many.
        """
        status = self._status(left, right, final=False)
        waiting = np.flatnonzero(status == arrays.UNKNOWN)
        if len(waiting):
            one, other = left[waiting], right[waiting]
            numbers = self.order[one], self.order[other]
            for name in ("given_name", "patronymic"):
                codes = self.comparer.records.texts[name].codes
                self.comparer.texts[name].levels(*(codes[side] for side in numbers))
            status[waiting] = self._status(one, other, final=True)
        return np.flatnonzero(status == arrays.KEPT)

    def _status(self, left: Codes, right: Codes, *, final: bool) -> NDArray[np.int8]:
        given, patronymic = (
            arrays.Memory(*self.comparer.texts[name].memory(), arrays.nothing_recent())
            for name in ("given_name", "patronymic")
        )
        status = np.empty(len(left), np.int8)
        known, scratch = np.zeros(len(FIELDS), bool), np.zeros(self.table.alphabet, np.uint64)
        screen_pairs(
            left, right, self.table, (given, patronymic), self.words, final, status, known, scratch
        )
        return status


def make_screen(
    comparer: Comparer, terms: Terms, model: Model, floor: float, order: Codes | None = None,
    *, with_records: bool = True,
) -> Screen:  # fmt: skip
    """Prepare the screening of pairs.

    Args:
        comparer: The prepared records.
        terms: Term frequencies.
        model: The estimated shares.
        floor: Match weight under which a pair may be dropped, in bits.
        order: Number of the record at each place; None where each stands at its own.
        with_records: Have the table of all records; without it, only ``kept_of`` can be asked.
    """
    if order is None:
        order = np.arange(comparer.records.count, dtype=np.int32)
    place, residence, occupation = (_words_of(comparer, name) for name in _FREE_TEXTS)
    words = (place, residence, occupation)
    coarse = as_letters(coarse_forms(comparer.keys.surname_texts))
    limits = [coarse_needed(similarity) - _ROUNDING for similarity in (SIMILAR, DISTANT)]
    table = arrays.Table(
        records=_records(comparer, terms, order if with_records else order[:0]),
        surnames=comparer.keys.surname_values,
        givens=comparer.keys.given_values,
        surname_forms=_forms(comparer.keys.surname_values, coarse),
        given_forms=_forms(comparer.keys.given_values, coarse),
        coarse=coarse,
        coarse_from=np.array(limits),
        alphabet=max(letters.alphabet for letters in (coarse, *(one.letters for one in words))),
        prior=prior_weight(model),
        floor=floor - _ROUNDING,
        **_weights(model),
        **_numbers(),
    )
    return Screen(comparer, terms, order, table, words)


def _words_of(comparer: Comparer, field: str) -> arrays.Words:
    vectors = comparer.vectors[field]
    letters = as_letters(vectors.texts.tolist())
    return arrays.Words(
        vectors.weights.indptr.astype(np.int64),
        vectors.weights.indices.astype(np.int64),
        vectors.weights.data,
        vectors.lengths,
        _facts(vectors, letters),
        letters,
    )


def _facts(vectors: WordVectors, letters: Letters) -> NDArray[np.int64]:
    facts = np.zeros((len(vectors.lengths), 8), np.int64)
    facts[:, [arrays.EVERY, arrays.HEAVY]] = _word_marks(vectors).view(np.int64)
    facts[:, arrays.MARKS] = letters.marks.view(np.int64)
    facts[:, arrays.COUNT] = np.diff(letters.starts)
    facts[:, arrays.SET] = _sets(vectors)
    facts[np.argsort(vectors.lengths, kind="stable"), arrays.RANK] = np.arange(len(facts))
    return facts


def _forms(keys: KeyMatrix, coarse: Letters) -> NDArray[np.int32]:
    """Letters of the coarse keys of each value; see ``arrays.ALL``."""
    bits = np.append(coarse.marks | coarse.marks >> np.uint64(32), 0).astype(np.uint32)
    letters = np.append(np.diff(coarse.starts), 0)
    lacking = keys == NO_VALUE
    none = np.uint32(np.iinfo(np.uint32).max)
    forms = np.empty((len(keys), 4), np.int32)
    held = bits[keys]
    forms[:, arrays.ALL] = np.bitwise_and.reduce(np.where(lacking, none, held), axis=1).view(
        np.int32
    )
    forms[:, arrays.ANY] = np.bitwise_or.reduce(
        np.where(lacking, 0, held).astype(np.uint32), axis=1
    ).view(np.int32)
    forms[:, arrays.SHORTEST] = np.where(lacking, _LONG, letters[keys]).min(axis=1)
    forms[:, arrays.LONGEST] = np.where(lacking, 0, letters[keys]).max(axis=1)
    return forms


def _sets(vectors: WordVectors) -> NDArray[np.int64]:
    """A number for each set of words; of few words, one that differs makes two texts unequal."""
    starts, words = vectors.weights.indptr, vectors.weights.indices
    numbers: dict[bytes, int] = {}
    sets = np.full(len(vectors.lengths), NO_VALUE, np.int64)
    for text in np.flatnonzero(np.diff(starts) <= _FEW_WORDS).tolist():
        key = words[starts[text] : starts[text + 1]].tobytes()
        sets[text] = numbers.setdefault(key, len(numbers))
    return sets


def _word_marks(vectors: WordVectors) -> NDArray[np.uint64]:
    """Bits of the words of each text, and of its heavy words.

    The light words of a text together weigh less than ``SHARED`` of it; so do they beside any text
    that is as long or longer. Two words may have one bit.
    """
    starts, words = vectors.weights.indptr, vectors.weights.indices
    squares = vectors.weights.data**2
    text = np.repeat(np.arange(len(vectors.lengths)), np.diff(starts))
    order = np.lexsort((squares, text))
    before = np.concatenate([[0.0], np.cumsum(squares[order])])
    light = before[1:] - before[starts[text]] < SHARED * vectors.lengths[text] - _ROUNDING
    bits = np.uint64(1) << (words[order].astype(np.uint64) * _SPREAD >> np.uint64(58))
    every, heavy = (np.zeros(len(vectors.lengths), np.uint64) for _ in range(2))
    np.bitwise_or.at(every, text, bits)
    np.bitwise_or.at(heavy, text[~light], bits[~light])
    return np.stack([every, heavy], axis=1)


def _records(comparer: Comparer, terms: Terms, order: Codes) -> NDArray[np.int32]:
    """One row of integers a record, so that a record is read from one place of memory."""
    records = comparer.records
    table = np.full((len(order), arrays.BITS + len(FIELDS)), NO_VALUE, np.int32)
    for at, name in enumerate(_DATES):
        ends = records.dates[name].earliest[order], records.dates[name].latest[order]
        for shift, column in enumerate((*ends, *map(civil_days, ends))):
            table[:, arrays.DATES + 4 * at + shift] = column
    texts = (*_CATEGORIES, *_NAMES, *_FREE_TEXTS, "other_names")
    for at, name in enumerate(texts, start=arrays.CATEGORIES):
        table[:, at] = records.texts[name].codes[order]
    for at, name in enumerate(FIELDS, start=arrays.BITS):
        table[:, at] = _bits(terms.fields[name], order) if name in terms.fields else arrays.NO_TERM
    return table


def _bits(term: Term, order: Codes) -> NDArray[np.int32]:
    """Bits of the term of each record, in whole numbers; see ``arrays.BITS``."""
    whole = np.ceil(term.bits * 2.0**arrays.FRACTION)
    bits: NDArray[np.int32] = np.append(whole, arrays.NO_TERM).astype(np.int32)[term.codes[order]]
    return bits


def _weights(model: Model) -> Mapping[str, Any]:
    """Weights of levels as matrices, the last column for MISSING."""
    widest = max(len(field.levels) for field in FIELDS.values()) + 1
    weights = np.zeros((len(FIELDS), widest))
    has_terms = np.zeros((len(FIELDS), widest), bool)
    for at, (field, found) in enumerate(zip(FIELDS.values(), level_weights(model), strict=True)):
        weights[at, : len(found)] = found
        has_terms[at, : len(found)] = [level.terms for level in field.levels]
    return {
        "weights": weights,
        "has_terms": has_terms,
        "unlike": np.where(has_terms, 0.0, weights).max(axis=1),
        "alike": np.where(has_terms, weights, -np.inf).max(axis=1),
    }


def _numbers() -> Mapping[str, Any]:
    """Positions of fields and numbers of levels."""
    position = {name: at for at, name in enumerate(FIELDS)}
    counted = [field.counts_for for field in FIELDS.values()]
    return {
        "counts_for": np.array([position[name] if name else MISSING for name in counted]),
        "days": DATE_LEVELS,
        "surname_levels": np.array([FIELDS["surname"].number(name) for name in _SURNAME_LEVELS]),
        "fields": np.array([position[name]
                            for name in (*_DATES, *_CATEGORIES, *_NAMES, *_FREE_TEXTS)]),
        "text_levels": np.array([[_number(name, "different"), _number(name, "similar"),
                                  _number(name, "contained"), _number(name, "equal")]
                                 for name in _FREE_TEXTS]),
    }  # fmt: skip


def _number(field: str, level: str) -> int:
    """The number of a level; occupations know none that is contained in another."""
    known = {found.name: found.level for found in FIELDS[field].levels}
    return known.get(level, known["similar"])
