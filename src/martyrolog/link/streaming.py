"""Candidate pairs a batch at a time: the pairs of ``blocking``, never all in memory.

:func:`make_blocks` puts the records of every rule into blocks, :meth:`Blocks.batches` goes through
the records in their order and gives each one's pairs. Always holds: the same pairs with the same
rules as :func:`~martyrolog.link.blocking.make_candidate_pairs`. Memory grows with records, not with
pairs; where it is bounded, blocks wait on disk and are read a window of the records at a time.
Inside, records have places: those of one surname beside one another, because the pairs of a
record are then mostly close by in memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.blocking import CandidatePairs, Rule, blocking_rules, pairs_of_neighbours
from martyrolog.link.compiled import blocks as compiled
from martyrolog.link.keys import Keys
from martyrolog.link.memory import WHOLE, Plan
from martyrolog.link.spilling import growing

Rows = NDArray[np.int32]
Followers = NDArray[np.uint16]


@dataclass(frozen=True)
class Window:
    """The blocks of all rules, as far as pairs begin in one part of the places.

    Attributes:
        first: First place of the part.
        last: The first place behind it.
        rows: Places block by block, rising within a block, rule by rule.
        followers: How many of a row's block follow it.
        rule_ends: Where the rows of each rule end.
    """

    first: int
    last: int
    rows: Rows
    followers: Followers
    rule_ends: NDArray[np.int64]

    @cached_property
    def index(self) -> tuple[NDArray[np.int64], NDArray[np.uint32], int, int]:
        """Where each place stands in ``rows`` with followers; see ``index_by_record``."""
        return compiled.index_by_record(self.rows, self.followers, self.first, self.last)


class _Waiting:
    """A window that is filled, and then read as often as its pairs are asked for."""

    def __init__(self, first: int, last: int, plan: Plan) -> None:
        self._first, self._last, self._plan = first, last, plan
        self._rows = growing(np.int32, plan.folder)
        self._followers = growing(np.uint16, plan.folder)
        self._count, self._rule_ends = 0, [0]
        self._read: Window | None = None

    def add(self, rows: Rows, followers: Followers) -> None:
        """Blocks of the present rule."""
        if self._plan.windows > 1:
            rows, followers = compiled.within(rows, followers, self._first, self._last)
        self._rows.append(rows)
        self._followers.append(followers)
        self._count += len(rows)

    def end_rule(self) -> None:
        """The present rule has no more blocks."""
        self._rule_ends.append(self._count)

    def window(self) -> Window:
        """All of it; read again each time where it lies on disk."""
        if self._read is not None:
            return self._read
        read = Window(self._first, self._last, self._rows.whole(), self._followers.whole(),
                      np.array(self._rule_ends[1:], np.int64))  # fmt: skip
        if self._plan.folder is None:
            self._read = read
        return read


@dataclass(frozen=True)
class Blocks:
    """The blocks of all rules.

    Attributes:
        order: Number of the record at each place.
        proposed: Pairs that the rules propose, those of several rules counted for each.
        plan: How the work is cut up.
        waiting: The windows.
    """

    order: Rows
    proposed: int
    plan: Plan
    waiting: Sequence[_Waiting]

    def batches(self, *, one_in: int = 1) -> Iterator[CandidatePairs]:
        """All candidate pairs as pairs of places, by rising left, then right.

        Args:
            one_in: Only the pairs whose smaller record is one in so many, always the same ones.
        """
        records = len(self.order)
        marks = (np.full(records, -1, np.int32), np.full(records, -1, np.int32))
        sample = (compiled.sampled(self.order, one_in), self.order)
        for waiting in self.waiting:
            window = waiting.window()
            place, room = window.first, max(self.plan.batch, window.index[-1])
            left, right = np.empty(room, np.int32), np.empty(room, np.int32)
            rules = np.empty(room, np.uint32)
            while place < window.last:
                place, count = compiled.emit_pairs(
                    place, one_in > 1, sample, window.index,
                    (window.rows, window.followers, window.rule_ends), marks, (left, right, rules),
                )  # fmt: skip
                yield CandidatePairs(
                    left[:count].copy(), right[:count].copy(), rules[:count].copy()
                )
            del window, left, right, rules  # before the next is read

    def numbered(self, pairs: CandidatePairs) -> CandidatePairs:
        """Pairs of places as pairs of records, the smaller left; in the order they had."""
        one, other = self.order[pairs.left], self.order[pairs.right]
        return CandidatePairs(np.minimum(one, other), np.maximum(one, other), pairs.rules)


def make_blocks(
    keys: Keys, records: int, judged: Sequence[tuple[int, int]] = (), plan: Plan = WHOLE
) -> Blocks:
    """The blocks of every rule, and the judged pairs as one more.

    Args:
        keys: Keys of the records.
        records: Number of records.
        judged: Pairs that are compared whatever the rules say.
        plan: How the work is cut up.
    """
    order = _order(keys)
    making = _Making(keys, order, records, plan)
    edges = np.linspace(0, records, plan.windows + 1).astype(np.int64).tolist()
    waiting = [_Waiting(first, last, plan) for first, last in pairwise(edges)]
    by_hand = sorted({(min(pair), max(pair)) for pair in judged})
    hand = making.as_blocks(np.array(by_hand, np.int64).reshape(-1, 2).T)
    proposed = 0
    for blocks in (*map(making.rule_blocks, blocking_rules()), [hand]):
        for rows, followers in blocks:
            proposed += int(followers.sum(dtype=np.int64))
            for window in waiting:
                window.add(rows, followers)
        for window in waiting:
            window.end_rule()
    return Blocks(order, proposed, plan, waiting)


def _order(keys: Keys) -> Rows:
    """Records by their first surname, then their first given name, then their number."""
    surname, given = (keys.components[name].first() for name in ("surname", "given_name"))
    return np.lexsort((given, surname)).astype(np.int32)


class _Making:
    """What making blocks of places needs, prepared once."""

    def __init__(self, keys: Keys, order: Rows, records: int, plan: Plan) -> None:
        self._keys, self._order, self._records, self._parts = keys, order, records, plan.parts
        self._columns = {name: column.in_order(order) for name, column in keys.components.items()}
        self._place = np.empty(records, np.int32)
        self._place[order] = np.arange(records, dtype=np.int32)

    def rule_blocks(self, rule: Rule) -> Iterator[tuple[Rows, Followers]]:
        """The blocks of one rule."""
        limit = rule.limit(self._records)
        for rows, hashes in self._by_hash(*self._with_keys(rule)):
            for further in (*rule.refine, None):
                alike, followers, rows, hashes = compiled.split(rows, hashes, limit)
                yield alike, followers
                if further is not None:
                    rows, hashes = self._extended(rows, hashes, further, missing_alone=False)
            numbers = self._order[rows].astype(np.int64)
            for pairs in pairs_of_neighbours(numbers, hashes, self._keys, self._records):
                yield self.as_blocks(np.stack(np.divmod(pairs, max(self._records, 1))))

    def _with_keys(self, rule: Rule) -> tuple[Rows, NDArray[np.uint64]]:
        rows = np.arange(self._records, dtype=np.int32)
        hashes = np.zeros(self._records, np.uint64)
        for component in rule.keys:
            rows, hashes = self._extended(rows, hashes, component, missing_alone=True)
        return rows, hashes

    def _by_hash(
        self, rows: Rows, hashes: NDArray[np.uint64]
    ) -> Iterator[tuple[Rows, NDArray[np.uint64]]]:
        """Rows in parts that have no block in common."""
        if self._parts == 1:
            yield rows, hashes
            return
        # the lowest bits say where in its part's table a block stands
        part = ((hashes >> np.uint64(32)) % np.uint64(self._parts)).astype(np.uint8)
        for number in range(self._parts):
            chosen = part == number
            yield rows[chosen], hashes[chosen]

    def _extended(
        self, rows: Rows, hashes: NDArray[np.uint64], name: str, *, missing_alone: bool
    ) -> tuple[Rows, NDArray[np.uint64]]:
        column = self._columns[name]
        return compiled.extend(rows, hashes, column.codes, column.values, missing_alone)

    def as_blocks(self, pairs: NDArray[np.int64]) -> tuple[Rows, Followers]:
        """Single pairs of records as blocks of two places."""
        rows = np.sort(self._place[pairs], axis=0).T.reshape(-1)
        return rows, np.tile(np.array([1, 0], np.uint16), pairs.shape[1])
