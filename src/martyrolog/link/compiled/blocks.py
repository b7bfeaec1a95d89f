"""Blocks and the pairs within them, record by record, so that all pairs never stand in memory.

:func:`extend` and :func:`split` are one step of a blocking rule; :func:`index_by_record` and
:func:`emit_pairs` go through the blocks of all rules at once. A pair that several rules propose is
recognised when it comes again: no sorting of pairs, no hash table of them.
"""

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.compiled.decorators import compiled

Ints = NDArray[np.int32]
Hashes = NDArray[np.uint64]
Followers = NDArray[np.uint16]

_EMPTY = -1
_GAPS = (1750, 701, 301, 132, 57, 23, 10, 4, 1)


@compiled
def extend(
    rows: Ints, hashes: Hashes, codes: Ints, values: NDArray[np.int32], missing_alone: bool
) -> tuple[Ints, Hashes]:
    """Rows with one more key; a row with several keys stands once for each.

    Args:
        rows: int32, numbers of records.
        hashes: uint64, the keys so far.
        codes: int32, the value of each record; see ``KeyColumn``.
        values: int32, the keys of each value.
        missing_alone: Leave out rows that lack the key, instead of giving them one in common.
    """
    width = values.shape[1]
    count = 0
    for at in range(len(rows)):
        for which in range(width):
            value = _key(codes[rows[at]], values, which)
            if value != _EMPTY or (which == 0 and not missing_alone):
                count += 1
            elif which > 0:
                break
    found_rows = np.empty(count, np.int32)
    found_hashes = np.empty(count, np.uint64)
    count = 0
    for at in range(len(rows)):
        for which in range(width):
            value = _key(codes[rows[at]], values, which)
            if value != _EMPTY or (which == 0 and not missing_alone):
                found_rows[count] = rows[at]
                found_hashes[count] = _mixed(hashes[at], value)
                count += 1
            elif which > 0:
                break
    return found_rows, found_hashes


@compiled
def _key(code: np.int32, values: NDArray[np.int32], which: int) -> np.int32:
    return values[code, which] if len(values) else code


@compiled
def _mixed(hash_: np.uint64, value: np.int32) -> np.uint64:
    mixed = (hash_ ^ np.uint64(np.int64(value))) + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@compiled
def split(rows: Ints, hashes: Hashes, limit: int) -> tuple[Ints, Followers, Ints, Hashes]:
    """Rows of blocks of two to ``limit`` records with how many of their block follow, and the rest.

    Returns:
        Rows and followers, block by block, rows rising; then rows and hashes of larger blocks.
    """
    groups, starts = _grouped(hashes)
    count = large = 0
    for group in range(len(starts) - 1):
        size = starts[group + 1] - starts[group]
        if size > limit:
            large += size
        elif size > 1:
            count += size
    small_rows, followers = np.empty(count, np.int32), np.empty(count, np.uint16)
    large_rows, large_hashes = np.empty(large, np.int32), np.empty(large, np.uint64)
    count = large = 0
    for group in range(len(starts) - 1):
        size = starts[group + 1] - starts[group]
        for at in range(starts[group], starts[group + 1]):
            if size > limit:
                large_rows[large] = rows[groups[at]]
                large_hashes[large] = hashes[groups[at]]
                large += 1
            elif size > 1:
                small_rows[count] = rows[groups[at]]
                followers[count] = starts[group + 1] - at - 1
                count += 1
    return small_rows, followers, large_rows, large_hashes


@compiled
def _grouped(hashes: Hashes) -> tuple[Ints, Ints]:
    """Positions group by group, in their order within a group, and the start of each group."""
    slots = 16
    while slots < 2 * len(hashes):
        slots *= 2
    mask = np.uint64(slots - 1)
    group_at = np.full(slots, _EMPTY, np.int32)
    hash_of = np.empty(len(hashes), np.uint64)
    group_of = np.empty(len(hashes), np.int32)
    sizes = np.zeros(len(hashes) + 1, np.int32)
    groups = 0
    for at in range(len(hashes)):
        slot = hashes[at] & mask
        while group_at[slot] != _EMPTY and hash_of[group_at[slot]] != hashes[at]:
            slot = (slot + np.uint64(1)) & mask
        if group_at[slot] == _EMPTY:
            group_at[slot] = groups
            hash_of[groups] = hashes[at]
            groups += 1
        group_of[at] = group_at[slot]
        sizes[group_of[at]] += 1
    starts = np.zeros(groups + 1, np.int32)
    for group in range(groups):
        starts[group + 1] = starts[group] + sizes[group]
    order = np.empty(len(hashes), np.int32)
    free = starts[:-1].copy()
    for at in range(len(hashes)):
        order[free[group_of[at]]] = at
        free[group_of[at]] += 1
    return order, starts


@compiled
def within(rows: Ints, followers: Followers, first: int, last: int) -> tuple[Ints, Followers]:
    """The rest of each block from its first row of a window on, for the pairs begun in the window.

    Args:
        rows: Block by block, rising within a block.
        followers: How many of a row's block follow it.
        first: First row of the window.
        last: The first row behind it.

    Returns:
        Rows and followers; a row behind the window has none.
    """
    count = 0
    inside = False
    for at in range(len(rows)):
        inside = inside or (followers[at] > 0 and first <= rows[at] < last)
        count += inside
        inside = inside and followers[at] > 0
    found_rows, found_followers = np.empty(count, np.int32), np.empty(count, np.uint16)
    count = 0
    for at in range(len(rows)):
        inside = inside or (followers[at] > 0 and first <= rows[at] < last)
        if inside:
            found_rows[count] = rows[at]
            found_followers[count] = followers[at] if rows[at] < last else 0
            count += 1
        inside = inside and followers[at] > 0
    return found_rows, found_followers


@compiled
def index_by_record(
    rows: Ints, followers: Followers, first: int, last: int
) -> tuple[NDArray[np.int64], NDArray[np.uint32], int, int]:
    """For each record of a window, the positions in ``rows`` at which others of its block follow.

    Args:
        rows: Block by block, rising within a block.
        followers: How many of a row's block follow it; 0 for rows outside the window.
        first: First row of the window.
        last: The first row behind it.

    Returns:
        Start of the positions of each record of the window (and the end of the last), the
        positions, the first row, and how many followers one record has at most.
    """
    records = last - first
    starts = np.zeros(records + 1, np.int64)
    for at in range(len(rows)):
        if followers[at]:
            starts[rows[at] - first + 1] += 1
    for record in range(records):
        starts[record + 1] += starts[record]
    positions = np.empty(starts[records], np.uint32)
    free = starts[:-1].copy()
    for at in range(len(rows)):
        if followers[at]:
            positions[free[rows[at] - first]] = at
            free[rows[at] - first] += 1
    largest = 0
    for record in range(records):
        most = 0
        for at in range(starts[record], starts[record + 1]):
            most += followers[positions[at]]
        largest = max(largest, most)
    return starts, positions, first, largest


@compiled
def emit_pairs(
    first: int,
    sampling: bool,
    sample: tuple[NDArray[np.bool_], Ints],
    index: tuple[NDArray[np.int64], NDArray[np.uint32], int, int],
    blocks: tuple[Ints, Followers, NDArray[np.int64]],
    marks: tuple[Ints, Ints],
    room: tuple[Ints, Ints, NDArray[np.uint32]],
) -> tuple[int, int]:
    """The pairs of places whose left is ``first`` or later, each once, by rising left and right.

    Args:
        first: Place of the window to begin with.
        sampling: Only the pairs of which the record of the smaller number is chosen.
        sample: Which places are chosen, and the number of the record at each.
        index: What :func:`index_by_record` gave.
        blocks: Rows, followers, and the end of each rule's rows.
        marks: int32 per place, two arrays, filled with -1 before the first call.
        room: Left, right and rules (uint32) to fill.

    Returns:
        The place to go on with, and how many pairs were filled in.
    """
    starts, positions, origin, _ = index
    rows, followers, rule_ends = blocks
    seen, place = marks
    left, right, rules = room
    count = 0
    for record in range(first, origin + len(starts) - 1):
        here = record - origin
        most = 0
        for at in range(starts[here], starts[here + 1]):
            most += followers[positions[at]]
        if count + most > len(left):
            return record, count
        begin = count
        rule = 0
        for at in range(starts[here], starts[here + 1]):
            position = np.int64(positions[at])
            while position >= rule_ends[rule]:
                rule += 1
            bit = np.uint32(1) << np.uint32(rule)
            for other in range(position + 1, position + 1 + followers[position]):
                partner = rows[other]
                if partner == record or (sampling and not _is_chosen(record, partner, sample)):
                    continue
                if seen[partner] == record:
                    rules[place[partner]] |= bit
                else:
                    seen[partner] = record
                    place[partner] = count
                    left[count], right[count], rules[count] = record, partner, bit
                    count += 1
        _sort(right[begin:count], rules[begin:count])
    return origin + len(starts) - 1, count


@compiled
def _is_chosen(place: int, partner: int, sample: tuple[NDArray[np.bool_], Ints]) -> bool:
    chosen, numbers = sample
    return bool(chosen[place] if numbers[place] < numbers[partner] else chosen[partner])


@compiled
def is_sampled(record: int, one_in: int) -> bool:
    """Whether a record is the left of sampled pairs: one in so many, always the same ones."""
    return one_in <= 1 or _mixed(np.uint64(0), np.int32(record)) % np.uint64(one_in) == 0


@compiled
def sampled(records: Ints, one_in: int) -> NDArray[np.bool_]:
    """Which records are the left of sampled pairs; see :func:`is_sampled`."""
    chosen = np.empty(len(records), np.bool_)
    for at in range(len(records)):
        chosen[at] = is_sampled(records[at], one_in)
    return chosen


@compiled
def _sort(right: Ints, rules: NDArray[np.uint32]) -> None:
    """Sort the partners of one record in place (Shell 1959, gaps of Ciura 2001)."""
    for gap in _GAPS:
        for at in range(gap, len(right)):
            partner, rule = right[at], rules[at]
            free = at
            while free >= gap and right[free - gap] > partner:
                right[free], rules[free] = right[free - gap], rules[free - gap]
                free -= gap
            right[free], rules[free] = partner, rule
