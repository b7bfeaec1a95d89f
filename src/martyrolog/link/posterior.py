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
    inside = np.flatnonzero(part[posterior.left] == part[posterior.right])
    by_part = inside[np.argsort(part[posterior.left[inside]], kind="stable")]
    edges = np.searchsorted(part[posterior.left[by_part]], np.arange(int(part.max(initial=-1)) + 2))
    order = np.argsort(part, kind="stable")
    starts = np.searchsorted(part[order], np.arange(len(edges)))
    judged: dict[int, list[tuple[int, int]]] = {}
    for left, right in same.tolist():
        judged.setdefault(int(part[left]), []).append((left, right))
    for number in range(len(edges) - 1):
        members = order[starts[number] : starts[number + 1]]
        if len(members) > 1:
            rows = by_part[edges[number] : edges[number + 1]]
            yield _part(posterior, clipped, holds, members, rows, judged.get(number, []))


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


def _part(
    posterior: Posterior, odds: Floats, holds: NDArray[np.bool_], members: Ints, rows: Ints,
    judged: list[tuple[int, int]],
) -> Part:  # fmt: skip
    if len(members) > LARGEST_PART:
        none = np.zeros((1, 1))
        return Part((tuple(members.tolist()),), none, none.astype(bool), none.astype(bool))
    place = {record: at for at, record in enumerate(members.tolist())}
    ends = np.array([[place[one], place[other]] for one, other in judged], np.int64).reshape(-1, 2)
    graph = sparse.coo_matrix((np.ones(len(ends)), ends.T), (len(members), len(members)))
    count, found = csgraph.connected_components(graph, directed=False)
    unit = found.astype(np.int64)
    one = unit[np.searchsorted(members, posterior.left[rows])]
    other = unit[np.searchsorted(members, posterior.right[rows])]
    summed, linked = np.zeros((count, count)), np.zeros((count, count), bool)
    np.add.at(summed, (one, other), odds[rows])
    linked[one[holds[rows]], other[holds[rows]]] = True
    units = tuple(tuple(members[unit == number].tolist()) for number in range(count))
    apart = _apart(posterior.constraints, members, unit, count)
    return Part(units, summed + summed.T, linked | linked.T, apart)


def _apart(constraints: Constraints, members: Ints, unit: Ints, count: int) -> NDArray[np.bool_]:
    left, right = np.triu_indices(len(members), k=1)
    contradict = constraints.contradict(members[left].astype(np.int32),
                                        members[right].astype(np.int32))  # fmt: skip
    apart = np.zeros((count, count), bool)
    apart[unit[left[contradict]], unit[right[contradict]]] = True
    return apart | apart.T
