"""The arrays that the screen reads, and what a level of a field weighs by them.

Types and columns are here, so that the parts of the screen agree on them; ``link.screening`` fills
them.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.compiled.decorators import inlined
from martyrolog.link.compiled.letters import Letters

Row = NDArray[np.int32]
Scratch = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Facts = NDArray[np.int64]

DROPPED, KEPT, UNKNOWN = 0, 1, 2

DATES, CATEGORIES, TEXTS, OTHER_NAMES, BITS = 0, 12, 14, 20, 21
"""Columns of ``Table.records``: earliest and latest day and both as ``civil_days`` writes them, of
birth, death and arrest; sex and nationality; six texts (surname, given name, patronymic, birth
place, residence, occupation); other names; then the bits of the term of each field of ``FIELDS``
times ``2**FRACTION``, rounded up, or ``NO_TERM``."""

RECENT = 14
FRACTION = 16
NO_TERM = np.int32(np.iinfo(np.int32).max)

ALL, ANY, SHORTEST, LONGEST = 0, 1, 2, 3
"""Columns of ``Table.surname_forms`` and ``given_forms``: bits of the letters that all keys of a
value hold, and that any holds; letters of its shortest and of its longest key."""

EVERY, HEAVY, MARKS, COUNT, SET, RANK = 0, 1, 2, 3, 4, 5
"""Columns of ``Words.facts``: bits of the words of a text, and of those of them without which it
shares too little with a text that is as long or longer; bits of its letters and how many it has; a
number for its words together, -1 for a text of many words; its place by length."""

MISSING = -1
ROUNDING = 1e-6  # what sums of another order may differ by


class Words(NamedTuple):
    """Weighted words of the distinct values of one text field (a sparse matrix by rows).

    Attributes:
        starts: Where the words of each text begin.
        words: Numbers of words, rising within a text.
        weights: Their weights.
        lengths: Squared length of each text.
        facts: int64, texts x 8 (a text's stand in one line of memory); see ``EVERY``.
        letters: The texts themselves.
    """

    starts: NDArray[np.int64]
    words: NDArray[np.int64]
    weights: NDArray[np.float64]
    lengths: NDArray[np.float64]
    facts: NDArray[np.int64]
    letters: Letters


class Memory(NamedTuple):
    """Levels of pairs of values that were compared before; see ``RememberedPairs``.

    Attributes:
        slots: Those of ``RememberedPairs``.
        values: Codes are smaller than this.
        shift: Of the slot of a pair.
        recent: ``2**RECENT`` more slots, of pairs seen a moment ago: near in memory.
    """

    slots: NDArray[np.int64]
    values: int
    shift: int
    recent: NDArray[np.int64]


class Table(NamedTuple):
    """Records and weights as arrays.

    Attributes:
        records: int32, records x columns.
        surnames: Distinct surnames (and a last row of none) x keys, -1 where there are fewer.
        givens: The same for given names, read as surnames.
        weights: log2(m / u), fields x levels; the last column is 0, for MISSING.
        has_terms: Fields x levels: whether rare values weigh more.
        unlike: For each field the most that a level without terms weighs, 0 or more.
        alike: The most that a level with terms weighs.
        surname_forms: Of the coarse keys of each distinct surname; see ``ALL``.
        given_forms: The same for given names, read as surnames.
        counts_for: Position of the field for which a field counts, -1 for none.
        days: Numbers of the levels of dates; see ``days``.
        surname_levels: Numbers of equal, same_key, similar, distant, different, alias, swapped.
        coarse: Coarse forms of the keys of surnames.
        coarse_from: Similarity of coarse forms under which surnames cannot be similar, and under
            which they cannot be distant.
        fields: Positions in ``FIELDS`` of the three dates, two categories, six texts.
        text_levels: For the last three texts, numbers of different, similar, contained, equal.
        alphabet: Different letters of all texts.
        prior: Match weight before looking.
        floor: Match weight under which a pair is dropped.
    """

    records: NDArray[np.int32]
    surnames: NDArray[np.int32]
    givens: NDArray[np.int32]
    weights: NDArray[np.float64]
    has_terms: NDArray[np.bool_]
    unlike: NDArray[np.float64]
    alike: NDArray[np.float64]
    surname_forms: NDArray[np.int32]
    given_forms: NDArray[np.int32]
    counts_for: NDArray[np.int64]
    days: NDArray[np.int64]
    surname_levels: NDArray[np.int64]
    fields: NDArray[np.int64]
    text_levels: NDArray[np.int64]
    coarse: Letters
    coarse_from: NDArray[np.float64]
    alphabet: int
    prior: float
    floor: float


def nothing_recent() -> NDArray[np.int64]:
    """Slots for :class:`Memory` in which nothing stands."""
    return np.full(1 << RECENT, MISSING, np.int64)


@inlined
def weight_of(table: Table, field: int, level: int | np.int64, one: Row, other: Row) -> float:
    """What a level of a field weighs, terms included."""
    weight = table.weights[field, level]
    if level != MISSING and table.has_terms[field, level]:
        weight += bits_of(field, one, other)
    return weight


@inlined
def bits_of(field: int, one: Row, other: Row) -> float:
    """Bits of the commoner of two terms; 0 where either has none."""
    first, second = one[BITS + field], other[BITS + field]
    if first == NO_TERM or second == NO_TERM:
        return 0.0
    return min(first, second) / 2.0**FRACTION


@inlined
def best_of(table: Table, field: int, one: Row, other: Row) -> float:
    """The most that a field can weigh whose level is not known."""
    return max(table.unlike[field], table.alike[field] + bits_of(field, one, other))
