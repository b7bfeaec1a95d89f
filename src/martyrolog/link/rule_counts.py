"""What each blocking rule brings: pairs, and links expected among them, with others and alone.

:func:`count_by_rule` counts pairs by the bits of ``CandidatePairs.rules``; batches add up.
:func:`rule_table` is the table ``link_rule``. Always holds: sums are of whole numbers, so they do
not depend on the order or the batches in which pairs come.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from martyrolog.link.blocking import rule_names
from martyrolog.link.model import probability

_AT_A_TIME = 12  # bits that are counted together: counts of all their numbers stay near in memory
_PARTS = 1_000_000  # of a link

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class RuleCounts:
    """Pairs by rule, in the order of ``rule_names()``.

    Attributes:
        every: Pairs that each rule proposes.
        alone: Those of them that no other rule proposes.
    """

    every: Counts
    alone: Counts

    def __add__(self, other: "RuleCounts") -> "RuleCounts":
        return RuleCounts(self.every + other.every, self.alone + other.alone)


def no_counts() -> RuleCounts:
    """No pairs yet."""
    return count_by_rule(np.zeros(0, np.uint32))


def count_by_rule(rules: NDArray[np.uint32], each: Counts | None = None) -> RuleCounts:
    """How many pairs each rule proposes, and proposes alone.

    Args:
        rules: Of each pair, bit i set where ``rule_names()[i]`` proposed it.
        each: For how many each counts; one where it is None.
    """
    lone = (rules & (rules - np.uint32(1))) == 0
    return RuleCounts(
        _counted(rules, each), _counted(rules[lone], None if each is None else each[lone])
    )


def expected_links(rules: NDArray[np.uint32], weights: NDArray[np.float64]) -> RuleCounts:
    """Match probabilities summed by rule, in millionths of a link.

    Args:
        rules: As for :func:`count_by_rule`.
        weights: Match weight of each pair, in bits.
    """
    return count_by_rule(rules, np.rint(probability(weights) * _PARTS).astype(np.int64))


def rule_table(proposed: RuleCounts, links: RuleCounts) -> pa.Table:
    """Table ``link_rule``: one row a rule, in the order of the rules.

    Args:
        proposed: All candidate pairs.
        links: From :func:`expected_links`, over the weighed pairs.
    """
    return pa.table({
        "rule": pa.array(rule_names()),
        "pairs": proposed.every,
        "pairs_alone": proposed.alone,
        "links": links.every / _PARTS,
        "links_alone": links.alone / _PARTS,
    })  # fmt: skip


def _counted(rules: NDArray[np.uint32], each: Counts | None) -> Counts:
    count = len(rule_names())
    numbers = 1 << _AT_A_TIME
    found = [
        np.bincount(rules >> np.uint32(first) & np.uint32(numbers - 1), each, numbers) @ _bits()
        for first in range(0, count, _AT_A_TIME)
    ]
    # sums of whole numbers below 2^53: exact
    return np.concatenate(found)[:count].astype(np.int64)


@cache
def _bits() -> NDArray[np.float64]:
    """Which bits each number of ``_AT_A_TIME`` bits has."""
    numbers = np.arange(1 << _AT_A_TIME)
    return (numbers[:, None] >> np.arange(_AT_A_TIME) & 1).astype(np.float64)
