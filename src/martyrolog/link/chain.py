"""A Markov chain over the clusterings of one part, for parts too large to enumerate.

Two moves (Metropolis-Hastings): a cluster is cut or two are joined at one link, where that link is
the only one of the maximum spanning tree between the two sides, so that each undoes the other; or
one unit is carried along a link to another cluster. The chain begins at the strongest clustering
that Kruskal's algorithm finds. Every clustering can be reached, over single units; but where two
large groups are each all but certain and exclude each other over a third, it may take long.
"""

from collections.abc import Callable
from itertools import combinations
from math import inf, log

import numpy as np

from martyrolog.link.posterior import Part

Blocks = tuple[tuple[int, ...], ...]
"""A clustering: its clusters, by their smallest unit."""


class Chain:
    """The present clustering of a part, and the moves from it.

    Args:
        part: The part; its units need not all be linked.
    """

    def __init__(self, part: Part) -> None:
        self._odds: list[list[float]] = part.odds.tolist()
        self._apart = [set(np.flatnonzero(row).tolist()) for row in part.apart]
        self._linked = [set(np.flatnonzero(row).tolist()) for row in part.linked]
        left, right = np.nonzero(np.triu(part.linked, k=1))
        order = np.lexsort((right, left, -part.odds[left, right]))
        self._edges = list(zip(left[order].tolist(), right[order].tolist(), strict=True))
        self._rank = {edge: rank for rank, edge in enumerate(self._edges)}
        self._cluster = [{unit} for unit in range(len(part.units))]
        for one, other in self._edges:
            some, others = self._cluster[one], self._cluster[other]
            if some is not others and self._gain(some, others) > 0:
                self._set(some | others)

    @property
    def links(self) -> int:
        """How many pairs of units are linked."""
        return len(self._edges)

    def blocks(self) -> Blocks:
        """The present clustering."""
        return tuple(sorted({tuple(sorted(members)) for members in self._cluster}))

    def run(self, moves: int, rng: np.random.Generator) -> None:
        """That many moves.

        Args:
            moves: How many.
            rng: Proposes and decides.
        """
        links = rng.integers(len(self._edges), size=moves).tolist()
        turned, kinds = (rng.random(moves) < 0.5).tolist(), (rng.random(moves) < 0.5).tolist()
        chances = np.log(rng.random(moves)).tolist()
        for link, turn, kind, chance in zip(links, turned, kinds, chances, strict=True):
            one, other = self._edges[link]
            if turn:
                one, other = other, one
            together = self._cluster[one] is self._cluster[other]
            if kind:
                (self._cut if together else self._join)(one, other, chance)
            elif not together:
                self._carry(one, other, chance)

    def _set(self, members: set[int]) -> None:
        for unit in members:
            self._cluster[unit] = members

    def _gain(self, some: set[int], others: set[int]) -> float:
        """Log odds gained by joining two groups; minus infinity where they may not be one."""
        if any(not self._apart[unit].isdisjoint(others) for unit in some):
            return -inf
        return sum(self._odds[unit][other] for unit in some for other in others)

    def _cut(self, one: int, other: int, chance: float) -> None:
        members = self._cluster[one]
        side = self._side(members, one, other)
        if side is not None and chance < -self._gain(side, members - side):
            self._set(side)
            self._set(members - side)

    def _join(self, one: int, other: int, chance: float) -> None:
        side, rest = self._cluster[one], self._cluster[other]
        if chance < self._gain(side, rest) and self._side(side | rest, one, other) == side:
            self._set(side | rest)

    def _carry(self, unit: int, towards: int, chance: float) -> None:
        """Move a unit to the cluster of another; the way back must be open."""
        source, target = self._cluster[unit], self._cluster[towards]
        rest = source - {unit}
        if not rest or not self._hangs_together(rest):
            return
        there, back = len(self._linked[unit] & target), len(self._linked[unit] & rest)
        gain = self._gain({unit}, target) - self._gain({unit}, rest)
        if chance < gain + log(back) - log(there):
            self._set(rest)
            self._set(target | {unit})

    def _hangs_together(self, members: set[int]) -> bool:
        reached: set[int] = set()
        fresh = {next(iter(members))}
        while fresh:
            reached |= fresh
            fresh = {near for unit in fresh for near in self._linked[unit]} & members - reached
        return len(reached) == len(members)

    def _side(self, members: set[int], one: int, other: int) -> set[int] | None:
        """The side of ``one`` when the maximum spanning tree is cut at a link.

        None where the link is not in the tree.
        """
        find, join = _forest(members)
        ranks = sorted(self._rank[pair] for pair in combinations(sorted(members), 2)
                       if pair in self._rank)  # fmt: skip
        asked = self._rank[min(one, other), max(one, other)]
        cut = False
        for rank in ranks:
            ends = {find(unit) for unit in self._edges[rank]}
            if rank == asked:
                cut = len(ends) == 2
            elif len(ends) == 2 and not (cut and ends == {find(one), find(other)}):
                join(*ends)  # once cut, no weaker link takes the place of the one asked for
        return {unit for unit in members if find(unit) == find(one)} if cut else None


def _forest(members: set[int]) -> tuple[Callable[[int], int], Callable[[int, int], None]]:
    """Union-find over a few units."""
    root = {unit: unit for unit in members}

    def find(unit: int) -> int:
        while root[unit] != unit:
            root[unit] = root[root[unit]]
            unit = root[unit]
        return unit

    def join(one: int, other: int) -> None:
        root[one] = other

    return find, join
