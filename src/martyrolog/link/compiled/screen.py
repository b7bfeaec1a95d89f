"""Drop the pairs that cannot weigh enough, before they are compared in full.

:func:`screen_pairs` bounds the match weight of a pair from above: days, categories and equal codes
are weighed exactly; given names and patronymics by the levels remembered for their values; what
would need a comparison of letters counts as the best it could be. Always holds: a pair that is
dropped weighs less than the floor; the tests hold that against the full comparison. It decides no
level: the pairs that stay are compared by ``link.comparison``.
"""

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.compiled.days import date_level
from martyrolog.link.compiled.decorators import counted_nothing, inlined
from martyrolog.link.compiled.letters import LONGEST as COMPARED
from martyrolog.link.compiled.letters import bits_set, most_similar, similarity
from martyrolog.link.compiled.screen_table import (
    ALL,
    ANY,
    CATEGORIES,
    DATES,
    DROPPED,
    KEPT,
    LONGEST,
    MISSING,
    OTHER_NAMES,
    RECENT,
    SHORTEST,
    TEXTS,
    UNKNOWN,
    Flags,
    Memory,
    Row,
    Scratch,
    Table,
    Words,
    best_of,
    weight_of,
)
from martyrolog.link.compiled.screen_texts import text_at_most, with_text_marks, with_text_words


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
        place = table.fields[8]
        known[place] = one[TEXTS + 3] != MISSING and other[TEXTS + 3] != MISSING
        surname, rest, waits = _names(table, one, other, names)
        total = table.prior + surname + rest
        total += _days(table, one, other, known) + _categories(table, one, other, known)
        for text in range(3):
            total += text_at_most(table, one, other, text)
        status[pair] = DROPPED
        if total < table.floor:
            continue
        total = with_text_marks(total, table, one, other, words)
        if total < table.floor:
            continue
        total += _surname_letters(table, one, other, surname, scratch) - surname
        if total < table.floor:
            continue
        total = with_text_words(total, table, one, other, words, scratch)
        if total >= table.floor:
            status[pair] = UNKNOWN if waits and not final else KEPT


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
        known[field] = level != MISSING
        total += _once(table, field, weight_of(table, field, level, one, other), known)
    return total


@inlined
def _categories(table: Table, one: Row, other: Row, known: Flags) -> float:
    total = 0.0
    for category in range(2):
        field = table.fields[3 + category]
        first, second = one[CATEGORIES + category], other[CATEGORIES + category]
        if first != MISSING and second != MISSING:
            level = np.int64(first == second)
            total += _once(table, field, weight_of(table, field, level, one, other), known)
    return total


@inlined
def _once(table: Table, field: int, weight: float, known: Flags) -> float:
    """An agreement on a field that counts for another counts only where that one is missing."""
    counted = table.counts_for[field]
    if counted != MISSING and known[counted]:
        return min(weight, 0.0)
    return weight


@inlined
def _names(
    table: Table, one: Row, other: Row, names: tuple[Memory, Memory]
) -> tuple[float, float, bool]:
    """The most that surnames and that the other names weigh, and whether these could weigh less."""
    surname, swapped = _surname_forms(table, one, other)
    of_given, waits_given = _remembered(table, table.fields[6], one, other, TEXTS + 1, names[0])
    if swapped:
        of_given = max(of_given, 0.0)
    of_patronymic, waits = _remembered(table, table.fields[7], one, other, TEXTS + 2, names[1])
    return surname, of_given + of_patronymic, waits or waits_given


@inlined
def _surname_forms(table: Table, one: Row, other: Row) -> tuple[float, bool]:
    """The most that surnames weigh by the letters of their keys, and whether names may be swapped.

    A letter that all keys of one hold and none of the other takes an edit, whichever keys agree.
    """
    equal, same_key, similar, distant, different, alias, swapped = table.surname_levels
    field, first, second = table.fields[5], one[TEXTS], other[TEXTS]
    if first == MISSING or second == MISSING:
        return 0.0, False
    if first == second:
        return weight_of(table, field, equal, one, other), False
    weight = table.weights[field]
    mine, others = table.surname_forms[first], table.surname_forms[second]
    edits = max(_lacking(mine, others), _lacking(others, mine),
                mine[SHORTEST] - others[LONGEST], others[SHORTEST] - mine[LONGEST])  # fmt: skip
    longest = max(mine[LONGEST], others[LONGEST])
    likest = (
        1.0 if min(mine[LONGEST], others[LONGEST]) > COMPARED else 1.0 - edits / max(longest, 1)
    )
    most = weight[different]
    if likest >= table.coarse_from[1]:
        most = max(most, weight[distant])
    if likest >= table.coarse_from[0]:
        most = max(most, weight[similar])
    if edits <= 0:
        most = max(most, weight_of(table, field, same_key, one, other))
    if one[OTHER_NAMES] != MISSING or other[OTHER_NAMES] != MISSING:
        most = max(most, weight[alias])
    may_be_swapped = (
        one[TEXTS + 1] != MISSING and other[TEXTS + 1] != MISSING
        and _may_meet(mine, table.given_forms[other[TEXTS + 1]])
        and _may_meet(others, table.given_forms[one[TEXTS + 1]])
    )  # fmt: skip
    if may_be_swapped:
        most = max(most, weight[swapped])
    return most, may_be_swapped


@inlined
def _lacking(mine: Row, others: Row) -> np.int64:
    """How many letters all keys of one value hold and no key of another."""
    return bits_set(np.uint64(np.uint32(mine[ALL] & ~others[ANY])))


@inlined
def _may_meet(mine: Row, others: Row) -> bool:
    """Whether two values can have a key in common, by its letters."""
    return mine[ALL] & ~others[ANY] == 0 and others[ALL] & ~mine[ANY] == 0


@inlined
def _remembered(
    table: Table, field: int, one: Row, other: Row, column: int, memory: Memory
) -> tuple[float, bool]:
    first, second = one[column], other[column]
    if first == MISSING or second == MISSING:
        return 0.0, False
    low, high = min(first, second), max(first, second)
    pair = np.int64(low) * memory.values + high
    hashed = np.uint64(pair) * np.uint64(0x9E3779B97F4A7C15)
    near = hashed >> np.uint64(64 - RECENT)
    remembered = memory.recent[near]
    if remembered >> 4 != pair:
        remembered = memory.slots[hashed >> np.uint64(memory.shift)]
        memory.recent[near] = remembered
    if remembered >> 4 == pair:
        return weight_of(table, field, (remembered & 15) - 1, one, other), False
    return best_of(table, field, one, other), True


@inlined
def _surname(table: Table, field: int, one: Row, other: Row) -> tuple[float, bool]:
    """The most that surnames weigh, and whether names may have changed places."""
    equal, same_key, similar, _, _, alias, swapped = table.surname_levels
    first, second = one[TEXTS], other[TEXTS]
    weight = table.weights[field]
    if first == MISSING or second == MISSING:
        return 0.0, False
    if first == second:
        return weight_of(table, field, equal, one, other), False
    most = max(weight[similar], 0.0)
    if _meet(table.surnames[first], table.surnames[second]):
        return max(most, weight_of(table, field, same_key, one, other)), False
    if one[OTHER_NAMES] != MISSING or other[OTHER_NAMES] != MISSING:
        most = max(most, weight[alias])
    exchanged = (
        one[TEXTS + 1] != MISSING and other[TEXTS + 1] != MISSING
        and _meet(table.surnames[first], table.givens[other[TEXTS + 1]])
        and _meet(table.givens[one[TEXTS + 1]], table.surnames[second])
    )  # fmt: skip
    if exchanged:
        most = max(most, weight[swapped])
    return most, exchanged


@inlined
def _surname_letters(table: Table, one: Row, other: Row, most: float, scratch: Scratch) -> float:
    """The most that surnames weigh once their keys are compared; ``most`` is what it was before."""
    first, second = one[TEXTS], other[TEXTS]
    if first == second or min(first, second) == MISSING:
        return most
    found, _ = _surname(table, table.fields[5], one, other)
    return min(most, _alike(table, _likeness(table, first, second, scratch), found))


@counted_nothing
def _likeness(table: Table, first: int, second: int, scratch: Scratch) -> float:
    """How alike the likest keys of two surnames are.

    0 where they cannot even be distant.
    """
    best = 0.0
    for key in table.surnames[first]:
        if key == MISSING:
            break
        for key_other in table.surnames[second]:
            if key_other == MISSING:
                break
            possible = most_similar(table.coarse, key, key_other)
            if possible <= best or possible < table.coarse_from[1]:
                continue
            best = max(best, similarity(table.coarse, key, key_other, scratch))
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
        if one == MISSING:
            return False
        for other in right:
            if other == one:
                return True
            if other == MISSING:
                break
    return False
