"""The most that places of birth, residences and occupations weigh; see ``screen``."""

import numpy as np

from martyrolog.link.compiled.decorators import inlined
from martyrolog.link.compiled.letters import LONGEST as COMPARED
from martyrolog.link.compiled.letters import bits_set, similarity
from martyrolog.link.compiled.screen_table import (
    COUNT,
    EVERY,
    HEAVY,
    MARKS,
    MISSING,
    RANK,
    ROUNDING,
    SET,
    TEXTS,
    Facts,
    Row,
    Scratch,
    Table,
    Words,
    best_of,
    weight_of,
)
from martyrolog.link.words import CONTAINED, SAME, SHARED, TYPING


@inlined
def with_text_marks(
    total: float, table: Table, one: Row, other: Row, words: tuple[Words, Words, Words]
) -> float:
    """A bound once the marks of texts are seen, as long as it is not below the floor."""
    for text in range(3):
        if total >= table.floor:
            total += _text_marks(table, one, other, text, words[text])
    return total


@inlined
def with_text_words(
    total: float, table: Table, one: Row, other: Row, words: tuple[Words, Words, Words],
    scratch: Scratch,
) -> float:  # fmt: skip
    """A bound once the shared words of texts are counted, as long as it is not below the floor."""
    for text in range(3):
        if total >= table.floor:
            total += _text_words(table, one, other, text, words[text], scratch)
    return total


@inlined
def text_at_most(table: Table, one: Row, other: Row, text: int) -> float:
    """The most that two texts weigh; what they weigh where they are equal or one is missing."""
    field = table.fields[8 + text]
    first, second = one[TEXTS + 3 + text], other[TEXTS + 3 + text]
    if first == MISSING or second == MISSING:
        return 0.0
    if first == second:
        return weight_of(table, field, table.text_levels[text, 3], one, other)
    return best_of(table, field, one, other)


@inlined
def _text_marks(table: Table, one: Row, other: Row, text: int, words: Words) -> float:
    """What :func:`text_at_most` changes by once the marks of two texts are seen."""
    first, second = one[TEXTS + 3 + text], other[TEXTS + 3 + text]
    if first == second or min(first, second) == MISSING:
        return 0.0
    field = table.fields[8 + text]
    bound = _unequal(table, field, text, one, other, words, first, second)
    return bound - best_of(table, field, one, other)


@inlined
def _unequal(
    table: Table, field: int, text: int, one: Row, other: Row, words: Words, first: int, second: int
) -> float:
    """The most that two texts weigh: a few words that are not all the same are not equal."""
    mine, others = words.facts[first], words.facts[second]
    shorter, longer = (mine, others) if mine[RANK] < others[RANK] else (others, mine)
    if shorter[HEAVY] & longer[EVERY] == 0 and _most_typed(mine, others) < TYPING - ROUNDING:
        return table.weights[field, table.text_levels[text, 0]]
    if mine[SET] != others[SET] and min(mine[SET], others[SET]) != MISSING:
        return table.unlike[field]
    return best_of(table, field, one, other)


@inlined
def _most_typed(mine: Facts, others: Facts) -> float:
    """As ``letters.most_similar``, by the facts of two texts."""
    longest = max(mine[COUNT], others[COUNT])
    if min(mine[COUNT], others[COUNT]) > COMPARED or longest == 0:
        return 1.0
    edits = max(bits_set(np.uint64(mine[MARKS] & ~others[MARKS])),
                bits_set(np.uint64(others[MARKS] & ~mine[MARKS])),
                abs(mine[COUNT] - others[COUNT]))  # fmt: skip
    return 1.0 - edits / longest


@inlined
def _text_words(
    table: Table, one: Row, other: Row, text: int, words: Words, scratch: Scratch
) -> float:
    """What :func:`_text_marks` changes by once the shared words of two texts are counted."""
    first, second = one[TEXTS + 3 + text], other[TEXTS + 3 + text]
    if first == second or min(first, second) == MISSING:
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
    if shared >= SHARED * product - ROUNDING or (
        _most_typed(words.facts[first], words.facts[second]) >= TYPING - ROUNDING
        and similarity(words.letters, first, second, scratch) >= TYPING - ROUNDING
    ):
        most = max(most, weight[similar])
    if shared > 0.0:
        if shared >= CONTAINED * min(lengths) - ROUNDING:
            most = max(most, weight[contained])
        if shared >= SAME * product - ROUNDING:
            most = max(most, weight_of(table, field, equal, one, other))
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
