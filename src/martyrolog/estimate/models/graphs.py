"""All decomposable graphs on 3 to 6 lists, by their cliques and separators.

A graph is decomposable where it has no cycle of four or more without a chord; then its cliques can
be put in an order in which each meets the earlier ones in one of them (Lauritzen 1996, Graphical
Models, 2.1). There are 8, 61, 822 and 18,154 of them.
"""

from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

LISTS = (3, 4, 5, 6)


@cache
def decomposable_graphs(n_lists: int) -> npt.NDArray[np.int8]:
    """Shape (graphs, 2^K): how often each set of lists is a clique, less how often a separator.

    The empty separators between parts of a graph that are not connected are left out: what they
    contribute is 1. Found once a process, in a second for K = 6.
    """
    edges = list(combinations(range(n_lists), 2))
    rows: list[list[int]] = []
    for code in range(1 << len(edges)):
        neighbours = [0] * n_lists
        for place, (left, right) in enumerate(edges):
            if code >> place & 1:
                neighbours[left] |= 1 << right
                neighbours[right] |= 1 << left
        row = _cliques(neighbours)
        if row is not None:
            rows.append(row)
    return np.array(rows, dtype=np.int8)


def _cliques(neighbours: list[int]) -> list[int] | None:
    """Cliques less separators by maximum cardinality search; None where a chord is missing.

    A vertex joins its earlier neighbours: if these are more than at the step before, its clique
    grows; else a new clique begins whose separator they are (Blair and Peyton 1993).
    """
    size = len(neighbours)
    row = [0] * (1 << size)
    visited, clique, last = 0, 0, -1
    for _ in range(size):
        weights = [
            -1 if visited >> v & 1 else (neighbours[v] & visited).bit_count() for v in range(size)
        ]
        vertex = max(range(size), key=weights.__getitem__)
        earlier = neighbours[vertex] & visited
        if not _complete(earlier, neighbours):
            return None
        if weights[vertex] <= last and clique:
            row[clique] += 1
            if earlier:
                row[earlier] -= 1
        clique = earlier | 1 << vertex
        last = weights[vertex]
        visited |= 1 << vertex
    row[clique] += 1
    return row


def _complete(vertices: int, neighbours: list[int]) -> bool:
    rest = vertices
    while rest:
        vertex = (rest & -rest).bit_length() - 1
        rest &= rest - 1
        if vertices & ~(neighbours[vertex] | 1 << vertex):
            return False
    return True


def graph_cliques(row: npt.NDArray[np.int8], lists: tuple[str, ...]) -> str:
    """A graph by its cliques, such as ``[a b] [b c]``."""
    names = []
    for code in np.flatnonzero(row > 0):
        members = [lists[j] for j in range(len(lists)) if int(code) >> j & 1]
        names.append(f"[{' '.join(members)}]")
    return " ".join(names)
