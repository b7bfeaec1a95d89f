"""Candidate pairs: which records are compared at all.

:func:`make_candidate_pairs` puts the records of each rule of ``blocking.yaml`` into blocks that
share all keys of the rule, and takes every pair within a block. Always holds: no block is dropped;
one with more records than its rule's limit is refined by the rule's further keys, and what is
still too large then is ordered by all its keys and each record paired with its next
``NEIGHBOURS``. So pairs grow in proportion to records, whatever the lists. Compares no value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.columns import NO_VALUE
from martyrolog.link.distinct import sorted_distinct
from martyrolog.link.keys import KeyColumn, Keys
from martyrolog.yaml_text import parse_yaml

JUDGEMENT = "judgement"
"""What ``rules`` says of a pair that people judged."""

NEIGHBOURS = 5
"""How many of the next records each is paired with in a block that no key refines."""

_LIMIT = 40  # records in a block
_MILLION = 1_000_000  # records up to which that limit stands
_PAIRS_IN_ALL = 1_500_000  # a small archive can afford larger blocks
_RULE_BITS = 5  # of a pair's number, beside which a rule stands while pairs are united
_SLICE = 4_000_000  # proposed pairs that are united at a time
_NEIGHBOURLY = 200_000  # rows that are paired with their next at a time

Rows = NDArray[np.int64]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Rule:
    """One blocking rule; see ``blocking.yaml``."""

    name: str
    keys: tuple[str, ...]
    refine: tuple[str, ...]
    largest: int | None = None
    among_many: int = _LIMIT

    def limit(self, records: int) -> int:
        """Records beyond which a block of this rule is refined, among that many records.

        Among more than a million, the limit falls with the fourth root of their number: the more
        there are, the more blocks are as large as they may be, and pairs a record would grow.
        """
        if self.largest is None:
            least = int(self.among_many * min(1.0, _MILLION / max(records, 1)) ** 0.25)
            return max(least, _PAIRS_IN_ALL // max(records, 1))
        return max(self.largest, _PAIRS_IN_ALL // 10 // max(records, 1))


@dataclass(frozen=True)
class CandidatePairs:
    """Pairs of records, each once, by rising left, then right.

    Attributes:
        left: Number of the record with the smaller ``record_id``.
        right: Number of the other.
        rules: Bit i is set where ``rule_names()[i]`` proposed the pair.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    rules: NDArray[np.uint32]


@cache
def blocking_rules() -> tuple[Rule, ...]:
    """The declared rules in their order."""
    source = resources.files("martyrolog.link") / "blocking.yaml"
    declared = parse_yaml(source.read_text(encoding="utf-8"))["rules"]
    return tuple(
        Rule(
            entry["name"],
            tuple(entry["keys"]),
            tuple(entry["refine"]),
            entry.get("largest"),
            entry.get("among_many", _LIMIT),
        )
        for entry in declared
    )


def rule_names() -> tuple[str, ...]:
    """The name of each bit of ``CandidatePairs.rules``."""
    return (*(rule.name for rule in blocking_rules()), JUDGEMENT)


def make_candidate_pairs(
    keys: Keys, records: int, judged: Sequence[tuple[int, int]] = ()
) -> CandidatePairs:
    """All pairs that a rule proposes or that people judged.

    Args:
        keys: Keys of the records.
        records: Number of records.
        judged: Pairs that are compared whatever the rules say.
    """
    parts: list[Rows] = []
    for bit, rule in enumerate(blocking_rules()):
        pairs = np.concatenate(list(propose_pairs(rule, keys, records)))
        parts.append(sorted_distinct(pairs) << _RULE_BITS | bit)
    by_hand = sorted({min(pair) * records + max(pair) for pair in judged})
    parts.append(np.array(by_hand, np.int64) << _RULE_BITS | len(parts))
    return _united(parts, records)


def _united(parts: Sequence[Rows], records: int) -> CandidatePairs:
    """The pairs of all rules, each once; united in slices of records, so that memory is bounded."""
    proposed = sum(map(len, parts))
    slices = max(1, proposed // _SLICE)
    edges = np.linspace(0, max(records, 1), slices + 1).astype(np.int64)
    cuts = [np.searchsorted(part, (edges * records) << _RULE_BITS) for part in parts]
    united = [
        _united_slice([part[cut[at] : cut[at + 1]] for part, cut in zip(parts, cuts, strict=True)])
        for at in range(slices)
    ]
    left, right = np.divmod(np.concatenate([pairs for pairs, _ in united]), max(records, 1))
    rules = np.concatenate([rules for _, rules in united])
    return CandidatePairs(left.astype(np.int32), right.astype(np.int32), rules)


def _united_slice(parts: Sequence[Rows]) -> tuple[Rows, NDArray[np.uint32]]:
    tagged = np.concatenate(parts)
    tagged.sort()  # the bits of a rule are the lowest, so equal pairs are neighbours
    pairs = tagged >> _RULE_BITS
    bits = np.uint32(1) << (tagged & (1 << _RULE_BITS) - 1).astype(np.uint32)
    starts = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]])[: len(pairs)])
    rules = np.bitwise_or.reduceat(bits, starts) if len(starts) else bits
    return pairs[starts], rules


def propose_pairs(rule: Rule, keys: Keys, records: int) -> Iterator[Rows]:
    """The pairs of one rule, as ``left * records + right``, possibly repeated.

    Args:
        rule: A blocking rule.
        keys: Keys of the records.
        records: Number of records.
    """
    rows = np.arange(records, dtype=np.int64)
    hashes = np.zeros(records, dtype=np.uint64)
    for component in rule.keys:
        rows, hashes = _extended(rows, hashes, keys.components[component], missing_alone=True)
    for further in (*rule.refine, None):
        rows, hashes, size, last = _by_block(rows, hashes)
        followers = np.where(size <= rule.limit(records), last - np.arange(len(rows)) - 1, 0)
        yield _packed(rows, followers, records)
        large = size > rule.limit(records)
        rows, hashes = rows[large], hashes[large]
        if further is not None:
            rows, hashes = _extended(rows, hashes, keys.components[further], missing_alone=False)
    yield from pairs_of_neighbours(rows, hashes, keys, records)


def _extended(
    rows: Rows, hashes: Hashes, component: KeyColumn, *, missing_alone: bool
) -> tuple[Rows, Hashes]:
    """Rows with one more key; a row with several keys stands once for each."""
    values = component.of(rows)
    wanted = values != NO_VALUE
    if not missing_alone:
        wanted[:, 0] = True
    at, which = np.nonzero(wanted)
    return rows[at], _mixed(hashes[at], values[at, which])


def _mixed(hashes: Hashes, values: NDArray[np.int32]) -> Hashes:
    """Hash of a hash and a value (splitmix64); a rare clash costs one comparison, no more."""
    mixed = (hashes ^ values.astype(np.int64).astype(np.uint64)) + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _by_block(rows: Rows, hashes: Hashes) -> tuple[Rows, Hashes, Rows, Rows]:
    """Rows and hashes block by block, with the size and the end of each row's block.

    Rows rise within a block, as they came.
    """
    order = np.argsort(hashes, kind="stable")
    rows, hashes = rows[order], hashes[order]
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])[: len(hashes)])
    sizes = np.diff(np.append(starts, len(hashes)))
    return rows, hashes, np.repeat(sizes, sizes), np.repeat(starts + sizes, sizes)


def pairs_of_neighbours(rows: Rows, hashes: Hashes, keys: Keys, records: int) -> Iterator[Rows]:
    """Each row with the next ones of its block, in an order in which equal keys are neighbours.

    Args:
        rows: Numbers of records.
        hashes: The block of each.
        keys: Keys of the records.
        records: Number of records.

    Yields:
        Pairs as ``left * records + right``, those of some rows at a time; once at least.
    """
    order = np.lexsort((rows, all_keys(keys, rows), hashes))
    rows, hashes = rows[order], hashes[order]
    last_of_block = np.searchsorted(hashes, hashes, side="right")
    followers = np.minimum(last_of_block - np.arange(len(rows)) - 1, NEIGHBOURS)
    for start in range(0, max(len(rows), 1), _NEIGHBOURLY):
        here = rows[start : start + _NEIGHBOURLY + NEIGHBOURS]
        begun = followers[start : start + _NEIGHBOURLY]
        yield _packed(here, np.pad(begun, (0, len(here) - len(begun))), records)


def _packed(rows: Rows, followers: NDArray[np.int64], records: int) -> Rows:
    """Each row with its next ``followers`` rows, as packed pairs of two different records."""
    left = np.repeat(np.arange(len(rows)), followers)
    before = np.cumsum(followers) - followers
    right = left + 1 + np.arange(len(left)) - np.repeat(before, followers)
    low, high = np.minimum(rows[left], rows[right]), np.maximum(rows[left], rows[right])
    packed: Rows = (low * records + high)[low != high]
    return packed


def all_keys(keys: Keys, rows: Rows) -> Hashes:
    """One number for all keys of each row together: equal where all of them are.

    Args:
        keys: Keys of the records.
        rows: Numbers of records.
    """
    hashes = np.zeros(len(rows), np.uint64)
    for name in sorted(keys.components):
        hashes = _mixed(hashes, keys.components[name].of(rows)[:, 0])
    return hashes
