"""Candidate pairs a batch at a time: the pairs of ``blocking``, never all in memory.

:func:`make_blocks` puts the records of every rule into blocks, :meth:`Blocks.batches` goes through
the records in their order and gives each one's pairs. Always holds: the same pairs with the same
rules as :func:`~martyrolog.link.blocking.make_candidate_pairs`. Memory grows with records, not with
pairs. Inside, records have places: those of one surname beside one another, because the pairs of a
record are then mostly close by in memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.blocking import CandidatePairs, Rule, blocking_rules, pairs_of_neighbours
from martyrolog.link.compiled import blocks as compiled
from martyrolog.link.keys import Keys

BATCH = 1_000_000
"""Pairs of a batch; more only where one record alone has more."""

Rows = NDArray[np.int32]
Followers = NDArray[np.uint16]


@dataclass(frozen=True)
class Blocks:
    """The blocks of all rules.

    Attributes:
        order: Number of the record at each place.
        rows: Places block by block, rising within a block, rule by rule.
        followers: How many of a row's block follow it.
        rule_ends: Where the rows of each rule end.
        index: Where each place stands in ``rows`` with followers; see ``index_by_record``.
    """

    order: Rows
    rows: Rows
    followers: Followers
    rule_ends: NDArray[np.int64]
    index: tuple[NDArray[np.int64], NDArray[np.uint32], int]

    @property
    def proposed(self) -> int:
        """Pairs that the rules propose, those of several rules counted for each."""
        return int(self.followers.sum(dtype=np.int64))

    def batches(self, *, one_in: int = 1) -> Iterator[CandidatePairs]:
        """All candidate pairs as pairs of places, by rising left, then right.

        Args:
            one_in: Only the pairs whose smaller record is one in so many, always the same ones.
        """
        records, room = len(self.order), max(BATCH, self.index[2])
        marks = (np.full(records, -1, np.int32), np.full(records, -1, np.int32))
        left, right, rules = (
            np.empty(room, np.int32),
            np.empty(room, np.int32),
            np.empty(room, np.uint32),
        )
        sample = (compiled.sampled(self.order, one_in), self.order)
        blocks = (self.rows, self.followers, self.rule_ends)
        place = 0
        while place < records:
            place, count = compiled.emit_pairs(
                place, one_in > 1, sample, self.index, blocks, marks, (left, right, rules)
            )
            yield CandidatePairs(left[:count].copy(), right[:count].copy(), rules[:count].copy())

    def numbered(self, pairs: CandidatePairs) -> CandidatePairs:
        """Pairs of places as pairs of records, the smaller left; in the order they had."""
        one, other = self.order[pairs.left], self.order[pairs.right]
        return CandidatePairs(np.minimum(one, other), np.maximum(one, other), pairs.rules)


def make_blocks(keys: Keys, records: int, judged: Sequence[tuple[int, int]] = ()) -> Blocks:
    """The blocks of every rule, and the judged pairs as one more.

    Args:
        keys: Keys of the records.
        records: Number of records.
        judged: Pairs that are compared whatever the rules say.
    """
    order = _order(keys)
    making = _Making(keys, order, records)
    parts = [making.rule_blocks(rule) for rule in blocking_rules()]
    by_hand = sorted({(min(pair), max(pair)) for pair in judged})
    parts.append(making.as_blocks(np.array(by_hand, np.int64).reshape(-1, 2).T))
    rows, followers = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    ends = np.cumsum([len(part[0]) for part in parts])
    return Blocks(order, rows, followers, ends, compiled.index_by_record(rows, followers, records))


def _order(keys: Keys) -> Rows:
    """Records by their first surname, then their first given name, then their number."""
    surname, given = (keys.components[name].first() for name in ("surname", "given_name"))
    return np.lexsort((given, surname)).astype(np.int32)


class _Making:
    """What making blocks of places needs, prepared once."""

    def __init__(self, keys: Keys, order: Rows, records: int) -> None:
        self._keys, self._order, self._records = keys, order, records
        self._columns = {name: column.in_order(order) for name, column in keys.components.items()}
        self._place = np.empty(records, np.int32)
        self._place[order] = np.arange(records, dtype=np.int32)

    def rule_blocks(self, rule: Rule) -> tuple[Rows, Followers]:
        """The blocks of one rule."""
        rows = np.arange(self._records, dtype=np.int32)
        hashes = np.zeros(self._records, np.uint64)
        for component in rule.keys:
            rows, hashes = self._extended(rows, hashes, component, missing_alone=True)
        found = []
        for further in (*rule.refine, None):
            limit = rule.limit(self._records)
            alike, followers, rows, hashes = compiled.split(rows, hashes, limit)
            found.append((alike, followers))
            if further is not None:
                rows, hashes = self._extended(rows, hashes, further, missing_alone=False)
        numbers = self._order[rows].astype(np.int64)
        pairs = pairs_of_neighbours(numbers, hashes, self._keys, self._records)
        found.append(self.as_blocks(np.stack(np.divmod(pairs, max(self._records, 1)))))
        return (np.concatenate([part[0] for part in found]),
                np.concatenate([part[1] for part in found]))  # fmt: skip

    def _extended(
        self, rows: Rows, hashes: NDArray[np.uint64], name: str, *, missing_alone: bool
    ) -> tuple[Rows, NDArray[np.uint64]]:
        column = self._columns[name]
        return compiled.extend(rows, hashes, column.codes, column.values, missing_alone)

    def as_blocks(self, pairs: NDArray[np.int64]) -> tuple[Rows, Followers]:
        """Single pairs of records as blocks of two places."""
        rows = np.sort(self._place[pairs], axis=0).T.reshape(-1)
        return rows, np.tile(np.array([1, 0], np.uint16), pairs.shape[1])
