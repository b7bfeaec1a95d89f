"""Drop the pairs that cannot weigh enough, before they are compared in full.

:func:`screen_pairs` bounds the match weight of a pair from above: days, categories and equal codes
are weighed exactly; given names and patronymics by the levels remembered for their values; what
would need a comparison of letters counts as the best it could be. Always holds: a pair that is
dropped weighs less than the floor; the tests hold that against the full comparison. It decides no
level: the pairs that stay are compared by ``link.comparison``.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.compiled.days import date_level
from martyrolog.link.compiled.decorators import counted_nothing, inlined
from martyrolog.link.compiled.letters import Letters, most_similar, similarity
from martyrolog.link.words import CONTAINED, SAME, SHARED, TYPING

Row = NDArray[np.int32]
Scratch = NDArray[np.uint64]
Flags = NDArray[np.bool_]

DROPPED, KEPT, UNKNOWN = 0, 1, 2

DATES, CATEGORIES, TEXTS, OTHER_NAMES, TERMS = 0, 12, 14, 20, 21
"""Columns of ``Table.records``: earliest and latest day and both as ``civil_days`` writes them, of
birth, death and arrest; sex and nationality; six texts (surname, given name, patronymic, birth
place, residence, occupation); other names; then a term for each field of ``FIELDS`` and one for
given name and patronymic together."""

_MISSING = -1
_ROUNDING = 1e-6  # what sums of another order may differ by


class Words(NamedTuple):
    """Weighted words of the distinct values of one text field (a sparse matrix by rows).

    Attributes:
        starts: Where the words of each text begin.
        words: Numbers of words, rising within a text.
        weights: Their weights.
        lengths: Squared length of each text.
        sets: A number for the words of each text together; -1 for a text of many words.
        marks: For each text, bits of its words, and of those of them without which it shares too
            little with a text that is as long or longer.
        letters: The texts themselves.
    """

    starts: NDArray[np.int64]
    words: NDArray[np.int64]
    weights: NDArray[np.float64]
    lengths: NDArray[np.float64]
    sets: NDArray[np.int64]
    marks: NDArray[np.uint64]
    letters: Letters


class Memory(NamedTuple):
    """Levels of pairs of values that were compared before; see ``RememberedPairs``."""

    slots: NDArray[np.int64]
    values: int
    shift: int


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
        bits: Bits of all terms, field by field.
        first_bit: Where the bits of each field begin.
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
    bits: NDArray[np.float64]
    first_bit: NDArray[np.int64]
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


@counted_nothing
def screen_pairs(
    left: Row,
    right: Row,
    table: Table,
    names: tuple[Memory, Memory],
    words: tuple[Words, Words, Words],
    final: bool,
    status: NDArray[np.int8],
    known: Flags,
    scratch: Scratch,
) -> None:
    """Whether each pair is dropped, kept, or waits for its names to be compared.

    Args:
        left: Numbers of records.
        right: Numbers of records, as many.
        table: Records and weights.
        names: Memory of given names and of patronymics.
        words: Words of places of birth, residences and occupations.
        final: Names that are not remembered count as the best they could be.
        status: int8 to fill with ``DROPPED``, ``KEPT`` or ``UNKNOWN``.
        known: A place for a flag a field.
        scratch: Zeros, as many as the alphabet has letters.
    """
    for pair in range(len(left)):
        one, other = table.records[left[pair]], table.records[right[pair]]
        total, waits = _names(table, one, other, names)
        place = table.fields[8]
        known[place] = one[TEXTS + 3] != _MISSING and other[TEXTS + 3] != _MISSING
        total += (
            table.prior + _days(table, one, other, known) + _categories(table, one, other, known)
        )
        for text in range(3):
            total += _text_bound(table, one, other, text, words[text])
        if total >= table.floor:
            total += _surname_marks(table, one, other, scratch)
        if total < table.floor:
            status[pair] = DROPPED
            continue
        total += _surname_letters(table, one, other, scratch)
        if total < table.floor:
            status[pair] = DROPPED
            continue
        for text in range(3):
            total += _text_words(table, one, other, text, words[text], scratch)
        if total < table.floor:
            status[pair] = DROPPED
        elif waits and not final:
            status[pair] = UNKNOWN
        else:
            status[pair] = KEPT


@inlined
def _weight(table: Table, field: int, level: int | np.int64, one: Row, other: Row) -> float:
    """What a level of a field weighs, terms included."""
    weight = table.weights[field, level]
    if level != _MISSING and table.has_terms[field, level]:
        weight += _bits(table, field, one, other)
    return weight


@inlined
def _bits(table: Table, field: int, one: Row, other: Row) -> float:
    """Bits of the commoner of two terms; 0 where either has none."""
    first, second = one[TERMS + field], other[TERMS + field]
    if first == _MISSING or second == _MISSING:
        return 0.0
    begin = table.first_bit[field]
    return min(table.bits[begin + first], table.bits[begin + second])


@inlined
def _best(table: Table, field: int, one: Row, other: Row) -> float:
    """The most that a field can weigh whose level is not known."""
    return max(table.unlike[field], table.alike[field] + _bits(table, field, one, other))


@inlined
def _days(table: Table, one: Row, other: Row, known: Flags) -> float:
    total = 0.0
    for date in range(3):
        field = table.fields[date]
        at = DATES + 4 * date
        level = date_level(
            (one[at], one[at + 1], one[at + 2], one[at + 3]),
            (other[at], other[at + 1], other[at + 2], other[at + 3]), table.days,
        )  # fmt: skip
        known[field] = level != _MISSING
        total += _once(table, field, _weight(table, field, level, one, other), known)
    return total


@inlined
def _categories(table: Table, one: Row, other: Row, known: Flags) -> float:
    total = 0.0
    for category in range(2):
        field = table.fields[3 + category]
        first, second = one[CATEGORIES + category], other[CATEGORIES + category]
        if first != _MISSING and second != _MISSING:
            level = np.int64(first == second)
            total += _once(table, field, _weight(table, field, level, one, other), known)
    return total


@inlined
def _once(table: Table, field: int, weight: float, known: Flags) -> float:
    """An agreement on a field that counts for another counts only where that one is missing."""
    counted = table.counts_for[field]
    if counted != _MISSING and known[counted]:
        return min(weight, 0.0)
    return weight


@inlined
def _names(table: Table, one: Row, other: Row, names: tuple[Memory, Memory]) -> tuple[float, bool]:
    """The most that surname, given name and patronymic weigh, and whether they could weigh less."""
    surname, given, patronymic = table.fields[5], table.fields[6], table.fields[7]
    total, swapped = _surname(table, surname, one, other)
    of_given, waits_given = _remembered(table, given, one, other, TEXTS + 1, names[0])
    if swapped:
        of_given = max(of_given, 0.0)
    of_patronymic, waits = _remembered(table, patronymic, one, other, TEXTS + 2, names[1])
    return total + of_given + of_patronymic, waits or waits_given


@inlined
def _remembered(
    table: Table, field: int, one: Row, other: Row, column: int, memory: Memory
) -> tuple[float, bool]:
    first, second = one[column], other[column]
    if first == _MISSING or second == _MISSING:
        return 0.0, False
    low, high = min(first, second), max(first, second)
    pair = np.int64(low) * memory.values + high
    slot = (np.uint64(pair) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(memory.shift)
    remembered = memory.slots[slot]
    if remembered >> 4 == pair:
        return _weight(table, field, (remembered & 15) - 1, one, other), False
    return _best(table, field, one, other), True


@inlined
def _surname(table: Table, field: int, one: Row, other: Row) -> tuple[float, bool]:
    """The most that surnames weigh, and whether names may have changed places."""
    equal, same_key, similar, _, _, alias, swapped = table.surname_levels
    first, second = one[TEXTS], other[TEXTS]
    weight = table.weights[field]
    if first == _MISSING or second == _MISSING:
        return 0.0, False
    if first == second:
        return _weight(table, field, equal, one, other), False
    most = max(weight[similar], 0.0)
    if _meet(table.surnames[first], table.surnames[second]):
        return max(most, _weight(table, field, same_key, one, other)), False
    if one[OTHER_NAMES] != _MISSING or other[OTHER_NAMES] != _MISSING:
        most = max(most, weight[alias])
    exchanged = (
        one[TEXTS + 1] != _MISSING and other[TEXTS + 1] != _MISSING
        and _meet(table.surnames[first], table.givens[other[TEXTS + 1]])
        and _meet(table.givens[one[TEXTS + 1]], table.surnames[second])
    )  # fmt: skip
    if exchanged:
        most = max(most, weight[swapped])
    return most, exchanged


@inlined
def _surname_marks(table: Table, one: Row, other: Row, scratch: Scratch) -> float:
    """What the bound of surnames changes by once lengths and letters of their keys are seen."""
    first, second = one[TEXTS], other[TEXTS]
    if first == second or min(first, second) == _MISSING:
        return 0.0
    most, _ = _surname(table, table.fields[5], one, other)
    return _alike(table, _likeness(table, first, second, False, scratch), most) - most


@inlined
def _surname_letters(table: Table, one: Row, other: Row, scratch: Scratch) -> float:
    """What :func:`_surname_marks` changes by once the letters of the keys are compared."""
    first, second = one[TEXTS], other[TEXTS]
    if first == second or min(first, second) == _MISSING:
        return 0.0
    most, _ = _surname(table, table.fields[5], one, other)
    bound = _alike(table, _likeness(table, first, second, False, scratch), most)
    return _alike(table, _likeness(table, first, second, True, scratch), most) - bound


@counted_nothing
def _likeness(table: Table, first: int, second: int, letters: bool, scratch: Scratch) -> float:
    """How alike the likest keys of two surnames are; without comparing letters, at most are.

    0 where they cannot even be distant.
    """
    best = 0.0
    for key in table.surnames[first]:
        if key == _MISSING:
            break
        for key_other in table.surnames[second]:
            if key_other == _MISSING:
                break
            possible = most_similar(table.coarse, key, key_other)
            if possible <= best or possible < table.coarse_from[1]:
                continue
            if letters:
                possible = similarity(table.coarse, key, key_other, scratch)
            best = max(best, possible)
    return best


@inlined
def _alike(table: Table, best: float, most: float) -> float:
    """The most that surnames weigh whose keys are that alike; ``most`` is what they weigh at best.

    With a key in common, another name, or names that changed places, letters say nothing.
    """
    weight = table.weights[table.fields[5]]
    _, _, similar, distant, different, _, _ = table.surname_levels
    if most != max(weight[similar], 0.0):
        return most
    found = weight[different]
    if best >= table.coarse_from[1]:
        found = max(found, weight[distant])
    if best >= table.coarse_from[0]:
        found = max(found, weight[similar])
    return found


@inlined
def _meet(left: Row, right: Row) -> bool:
    """Whether two rows of keys have one in common; a row ends at its first -1."""
    for one in left:
        if one == _MISSING:
            return False
        for other in right:
            if other == one:
                return True
            if other == _MISSING:
                break
    return False


@inlined
def _text_bound(table: Table, one: Row, other: Row, text: int, words: Words) -> float:
    field = table.fields[8 + text]
    first, second = one[TEXTS + 3 + text], other[TEXTS + 3 + text]
    if first == _MISSING or second == _MISSING:
        return 0.0
    if first == second:
        return _weight(table, field, table.text_levels[text, 3], one, other)
    return _unequal(table, field, text, one, other, words, first, second)


@inlined
def _unequal(
    table: Table, field: int, text: int, one: Row, other: Row, words: Words, first: int, second: int
) -> float:
    """The most that two texts weigh: a few words that are not all the same are not equal."""
    shorter, longer = first, second
    if words.lengths[second] < words.lengths[first]:
        shorter, longer = second, first
    if words.marks[shorter, 1] & words.marks[longer, 0] == 0 and (
        most_similar(words.letters, first, second) < TYPING - _ROUNDING
    ):
        return table.weights[field, table.text_levels[text, 0]]
    one_set, other_set = words.sets[first], words.sets[second]
    if one_set != other_set and min(one_set, other_set) != _MISSING:
        return table.unlike[field]
    return _best(table, field, one, other)


@inlined
def _text_words(
    table: Table, one: Row, other: Row, text: int, words: Words, scratch: Scratch
) -> float:
    """What :func:`_text_bound` changes by once the shared words of two texts are counted."""
    first, second = one[TEXTS + 3 + text], other[TEXTS + 3 + text]
    if first == second or min(first, second) == _MISSING:
        return 0.0
    field = table.fields[8 + text]
    different, similar, contained, equal = table.text_levels[text]
    weight = table.weights[field]
    most = weight[different]
    bound = _unequal(table, field, text, one, other, words, first, second)
    if bound == most:
        return 0.0
    shared = _shared(words, first, second)
    lengths = words.lengths[first], words.lengths[second]
    product = np.sqrt(lengths[0] * lengths[1])
    if shared >= SHARED * product - _ROUNDING or (
        most_similar(words.letters, first, second) >= TYPING - _ROUNDING
        and similarity(words.letters, first, second, scratch) >= TYPING - _ROUNDING
    ):
        most = max(most, weight[similar])
    if shared > 0.0:
        if shared >= CONTAINED * min(lengths) - _ROUNDING:
            most = max(most, weight[contained])
        if shared >= SAME * product - _ROUNDING:
            most = max(most, _weight(table, field, equal, one, other))
    return most - bound


@inlined
def _shared(words: Words, first: int, second: int) -> float:
    """The product of the weights of the words that two texts share; words rise in a text."""
    one, other = words.starts[first], words.starts[second]
    total = 0.0
    while one < words.starts[first + 1] and other < words.starts[second + 1]:
        if words.words[one] == words.words[other]:
            total += words.weights[one] * words.weights[other]
            one += 1
            other += 1
        elif words.words[one] < words.words[other]:
            one += 1
        else:
            other += 1
    return total
