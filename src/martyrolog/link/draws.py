"""Plausible clusterings, drawn from what the links leave open.

:func:`draw_clusterings` draws whole clusterings from the posterior of ``posterior.py``, so that an
estimate can be made from each and carry the uncertainty of the links. Parts of up to ``EXACT``
units are drawn from the enumerated posterior, larger ones by a Markov chain (``chain.py``) that is
checked against enumeration in the tests.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.chain import Blocks, Chain
from martyrolog.link.posterior import Floats, Ints, Part, Posterior, make_parts

EXACT = 6
"""Units of a part up to which all its clusterings are enumerated (203 of 6)."""

STEPS, BEGINNING = 5, 50
"""Moves of a chain for each link of its part: between two draws, and before the first."""


def draw_clusterings(posterior: Posterior, count: int, rng: np.random.Generator) -> Iterator[Ints]:
    """Clusterings of all records, one after another.

    Args:
        posterior: Compared pairs, judgements and constraints.
        count: How many to draw.
        rng: Draws them: the same generator gives the same clusterings.

    Yields:
        For each record the smallest number of a record in its cluster.
    """
    drawn = [(part, _draw_part(part, count, rng)) for part in make_parts(posterior)]
    for number in range(count):
        labels = np.arange(posterior.records, dtype=np.int64)
        for part, clusterings in drawn:
            for block in clusterings[number]:
                records = [record for unit in block for record in part.units[unit]]
                labels[records] = min(records)
        yield labels


def _draw_part(part: Part, count: int, rng: np.random.Generator) -> list[Blocks]:
    if len(part.units) <= EXACT:
        clusterings, probability = enumerate_part(part)
        chosen = rng.choice(len(clusterings), count, p=probability)
        return [clusterings[number] for number in chosen.tolist()]
    return _run_chain(part, count, rng)


def enumerate_part(part: Part) -> tuple[list[Blocks], Floats]:
    """All clusterings of a part that may be, with their probabilities.

    Args:
        part: A part of few units: 10 have 115,975 clusterings.
    """
    weights = {}
    for size in range(1, len(part.units) + 1):
        for block in combinations(range(len(part.units)), size):
            if _may_be(part, block):
                weights[block] = _odds_within(part, block)
    clusterings = [found for found in _partitions(len(part.units))
                   if all(block in weights for block in found)]  # fmt: skip
    odds = np.array([sum(weights[block] for block in found) for found in clusterings])
    probability = np.exp(odds - odds.max())
    return clusterings, probability / probability.sum()


@cache
def _partitions(count: int) -> tuple[Blocks, ...]:
    """Every partition of 0 .. count-1; blocks by their smallest member."""
    if count == 0:
        return ((),)
    last = count - 1
    found: list[Blocks] = []
    for partition in _partitions(last):
        for at, block in enumerate(partition):
            found.append((*partition[:at], (*block, last), *partition[at + 1 :]))
        found.append((*partition, (last,)))
    return tuple(found)


def _may_be(part: Part, block: tuple[int, ...]) -> bool:
    """Whether units can be one cluster: none apart, and held together by links."""
    inside = np.ix_(block, block)
    return not part.apart[inside].any() and _connected(part.linked[inside])


def _connected(linked: NDArray[np.bool_]) -> bool:
    reached = np.zeros(len(linked), bool)
    fresh = reached.copy()
    fresh[0] = True
    while fresh.any():
        reached |= fresh
        fresh = linked[fresh].any(axis=0) & ~reached
    return bool(reached.all())


def _odds_within(part: Part, block: tuple[int, ...]) -> float:
    return float(part.odds[np.ix_(block, block)].sum()) / 2


def _run_chain(part: Part, count: int, rng: np.random.Generator) -> list[Blocks]:
    chain = Chain(part)
    chain.run(BEGINNING * chain.links, rng)
    drawn = []
    for _ in range(count):
        chain.run(STEPS * chain.links, rng)
        drawn.append(chain.blocks())
    return drawn
