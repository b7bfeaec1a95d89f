"""Candidate pairs a batch at a time: the pairs of ``blocking``, never all in memory.

:func:`make_blocks` puts the records of every rule into blocks, :meth:`Blocks.batches` goes through
the records in their order and gives each one's pairs. Always holds: the same pairs with the same
rules as :func:`~martyrolog.link.blocking.make_candidate_pairs`, in the same order. Memory grows
with records, not with pairs.
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
        records: Number of records.
        rows: Records block by block, rising within a block, rule by rule.
        followers: How many of a row's block follow it.
        rule_ends: Where the rows of each rule end.
        index: Where each record stands in ``rows`` with followers; see ``index_by_record``.
    """

    records: int
    rows: Rows
    followers: Followers
    rule_ends: NDArray[np.int64]
    index: tuple[NDArray[np.int64], NDArray[np.uint32], int]

    @property
    def proposed(self) -> int:
        """Pairs that the rules propose, those of several rules counted for each."""
        return int(self.followers.sum(dtype=np.int64))

    def batches(self, *, one_in: int = 1) -> Iterator[CandidatePairs]:
        """All candidate pairs, by rising left, then right.

        Args:
            one_in: Only the pairs of one left record in so many, always the same ones.
        """
        room = max(BATCH, self.index[2])
        marks = (np.full(self.records, -1, np.int32), np.full(self.records, -1, np.int32))
        left, right, rules = (
            np.empty(room, np.int32),
            np.empty(room, np.int32),
            np.empty(room, np.uint32),
        )
        blocks = (self.rows, self.followers, self.rule_ends)
        record = 0
        while record < self.records:
            record, count = compiled.emit_pairs(
                record, self.records, one_in, self.index, blocks, marks, (left, right, rules)
            )
            yield CandidatePairs(left[:count].copy(), right[:count].copy(), rules[:count].copy())


def make_blocks(keys: Keys, records: int, judged: Sequence[tuple[int, int]] = ()) -> Blocks:
    """The blocks of every rule, and the judged pairs as one more.

    Args:
        keys: Keys of the records.
        records: Number of records.
        judged: Pairs that are compared whatever the rules say.
    """
    parts = [_rule_blocks(rule, keys, records) for rule in blocking_rules()]
    by_hand = sorted({(min(pair), max(pair)) for pair in judged})
    parts.append(_as_blocks(np.array(by_hand, np.int64).reshape(-1, 2).T))
    rows, followers = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    ends = np.cumsum([len(part[0]) for part in parts])
    return Blocks(
        records, rows, followers, ends, compiled.index_by_record(rows, followers, records)
    )


def _rule_blocks(rule: Rule, keys: Keys, records: int) -> tuple[Rows, Followers]:
    rows, hashes = np.arange(records, dtype=np.int32), np.zeros(records, np.uint64)
    for component in rule.keys:
        rows, hashes = compiled.extend(rows, hashes, keys.components[component], missing_alone=True)
    found = []
    for further in (*rule.refine, None):
        alike, followers, rows, hashes = compiled.split(rows, hashes, rule.limit(records))
        found.append((alike, followers))
        if further is not None:
            rows, hashes = compiled.extend(
                rows, hashes, keys.components[further], missing_alone=False
            )
    pairs = pairs_of_neighbours(rows.astype(np.int64), hashes, keys, records)
    found.append(_as_blocks(np.stack(np.divmod(pairs, max(records, 1)))))
    return np.concatenate([part[0] for part in found]), np.concatenate([part[1] for part in found])


def _as_blocks(pairs: NDArray[np.int64]) -> tuple[Rows, Followers]:
    """Single pairs (left above right) as blocks of two."""
    rows = pairs.T.reshape(-1).astype(np.int32)
    return rows, np.tile(np.array([1, 0], np.uint16), pairs.shape[1])
