"""What the links leave open: a probability of every clustering of the records.

A clustering has the weight of the match odds of all compared pairs that it joins: the compared
pairs are taken as independent, given that clusters are whole (what is one person is so for every
pair). Pairs never compared say nothing. Two conditions: a cluster hangs together by links of at
least ``EDGE``, and it obeys the constraints; pairs that people judged are certain.

So the posterior falls into parts that no such link joins, which :func:`make_parts` finds. Of one
pair alone the probability is its match probability; so it is as good as that is calibrated, and it
knows only the compared pairs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from martyrolog.link.constraints import Constraints
from martyrolog.link.followers import count_followers, pairs_of_followers

EDGE = 0.01
"""Match probability from which two records may be in one cluster by this pair alone."""

LARGEST_PART = 300
"""Records of a part beyond which its weakest links are taken as none, until it falls apart."""

LOUDEST = 20.0
"""Log odds (natural) that one pair counts for or against at most."""

_EDGES = (0.05, 0.2, 0.5, 0.9, 0.99, 0.999)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Posterior:
    """The compared pairs of a linkage, as odds.

    Attributes:
        records: Number of records.
        left: Number of a record of each compared pair.
        right: Number of the other.
        odds: Log odds (natural) of being one person.
        same: Pairs that people judged to be one person.
        constraints: Who cannot be one person.
    """

    records: int
    left: Ints
    right: Ints
    odds: Floats
    same: tuple[tuple[int, int], ...]
    constraints: Constraints


@dataclass(frozen=True)
class Part:
    """Records whose clustering depends on that of no other records.

    Records that people judged to be the same are one unit; all else is between units.

    Attributes:
        units: The records of each unit, ascending; units by their smallest record.
        odds: Units x units, symmetric: summed log odds of their compared pairs.
        linked: Units x units: whether a pair of them may hold a cluster together.
        apart: Units x units: whether they cannot be one person.
    """

    units: tuple[tuple[int, ...], ...]
    odds: Floats
    linked: NDArray[np.bool_]
    apart: NDArray[np.bool_]


def make_parts(posterior: Posterior) -> Iterator[Part]:
    """The parts of two records and more, by their smallest record.

    A part of more than ``LARGEST_PART`` records even at the strictest cut is one cluster: so many
    records that are all but surely the same are not worth a doubt here.

    Args:
        posterior: Compared pairs and constraints.
    """
    clipped = np.clip(posterior.odds, -LOUDEST, LOUDEST)
    same = np.array(posterior.same, np.int64).reshape(-1, 2)
    holds = _holding(posterior, clipped, same)
    part = _components(posterior.records, posterior, holds, same)
    order = np.argsort(part, kind="stable")
    sizes = np.bincount(part, minlength=1)
    compared = _by_part(part, posterior.left, posterior.right)
    judged, apart = _by_part(part, *same.T), _apart_by_part(posterior.constraints, order, part)
    ends = np.cumsum(sizes)
    for number in np.flatnonzero(sizes > 1).tolist():
        members = order[ends[number] - sizes[number] : ends[number]]
        if len(members) > LARGEST_PART:
            yield _whole(members)
            continue
        rows = compared.of(number)
        pairs = posterior.left[rows], posterior.right[rows]
        unit = _units(members, same[judged.of(number)])
        yield _part(members, unit, pairs, clipped[rows], holds[rows],
                    (apart.left[apart.of(number)], apart.right[apart.of(number)]))  # fmt: skip


@dataclass(frozen=True)
class _ByPart:
    """Rows of pairs that lie within a part, part by part."""

    rows: Ints
    parts: Ints

    def of(self, part: int) -> Ints:
        """The rows of one part."""
        first, last = np.searchsorted(self.parts, [part, part + 1])
        return self.rows[first:last]


@dataclass(frozen=True)
class _Apart(_ByPart):
    """Pairs that cannot be one person."""

    left: Ints
    right: Ints


def _by_part(part: Ints, left: Ints, right: Ints) -> _ByPart:
    inside = np.flatnonzero(part[left] == part[right])
    rows = inside[np.argsort(part[left[inside]], kind="stable")]
    return _ByPart(rows, part[left[rows]])


def _apart_by_part(constraints: Constraints, order: Ints, part: Ints) -> _Apart:
    """Every pair within a part that cannot be one person; asked in batches of about a million."""
    sizes = np.bincount(part, minlength=1)
    small = sizes[part[order]] <= LARGEST_PART
    found = []
    for left, right in pairs_of_followers(np.where(small, count_followers(part[order]), 0)):
        one, other = order[left].astype(np.int32), order[right].astype(np.int32)
        contradict = constraints.contradict(one, other)
        found.append(np.stack([one[contradict], other[contradict]]).astype(np.int64))
    left, right = np.concatenate([np.zeros((2, 0), np.int64), *found], axis=1)
    rows = _by_part(part, left, right)
    return _Apart(rows.rows, rows.parts, left, right)


def _holding(posterior: Posterior, odds: Floats, same: Ints) -> NDArray[np.bool_]:
    """Which pairs may hold a cluster together, stricter where a part would be too large."""
    holds: NDArray[np.bool_] = odds >= np.log(EDGE / (1 - EDGE))
    for edge in _EDGES:
        part = _components(posterior.records, posterior, holds, same)
        large = np.bincount(part, minlength=1) > LARGEST_PART
        if not large.any():
            break
        holds &= ~large[part[posterior.left]] | (odds >= np.log(edge / (1 - edge)))
    return holds


def _components(records: int, posterior: Posterior, holds: NDArray[np.bool_], same: Ints) -> Ints:
    left = np.concatenate([posterior.left[holds], same[:, 0]])
    right = np.concatenate([posterior.right[holds], same[:, 1]])
    graph = sparse.coo_matrix((np.ones(len(left), np.int8), (left, right)), (records, records))
    return csgraph.connected_components(graph, directed=False)[1].astype(np.int64)


def _whole(members: Ints) -> Part:
    none = np.zeros((1, 1))
    return Part((tuple(members.tolist()),), none, none.astype(bool), none.astype(bool))


def _units(members: Ints, judged: Ints) -> Ints:
    """The unit of each member: what people judged to be one person is one."""
    if not len(judged):
        return np.arange(len(members))
    ends = np.searchsorted(members, judged)
    graph = sparse.coo_matrix((np.ones(len(ends)), ends.T), (len(members), len(members)))
    return csgraph.connected_components(graph, directed=False)[1].astype(np.int64)


def _part(
    members: Ints, unit: Ints, pairs: tuple[Ints, Ints], odds: Floats, holds: NDArray[np.bool_],
    contradict: tuple[Ints, Ints],
) -> Part:  # fmt: skip
    count = int(unit.max()) + 1
    one, other = (unit[np.searchsorted(members, side)] for side in pairs)
    summed, linked = np.zeros((count, count)), np.zeros((count, count), bool)
    np.add.at(summed, (one, other), odds)
    linked[one[holds], other[holds]] = True
    apart = np.zeros((count, count), bool)
    ends = tuple(unit[np.searchsorted(members, side)] for side in contradict)
    apart[ends] = True
    units: list[list[int]] = [[] for _ in range(count)]
    for record, number in zip(members.tolist(), unit.tolist(), strict=True):
        units[number].append(record)
    return Part(tuple(map(tuple, units)), summed + summed.T, linked | linked.T, apart | apart.T)
