"""Hierarchical log-linear models: their terms, the cells they meet, and all of them up to K = 5.

A set of lists is a number: list j counts 2^j. A model is the set of its interaction terms, each a
set of two or more lists; it is hierarchical: with a term it has every smaller one. The intercept
and the K main effects belong to every model, the K-way term to none: it and the unseen cell cannot
both be known.
"""

from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Model = frozenset[int]

MOST_LISTS_EXHAUSTIVE = 5


def pairs_of(n_lists: int) -> tuple[int, ...]:
    """All sets of two lists."""
    return tuple((1 << i) | (1 << j) for i, j in combinations(range(n_lists), 2))


def interactions_of(n_lists: int) -> tuple[int, ...]:
    """All sets of two to K - 1 lists, small sets first."""
    sets = [code for code in range(1, (1 << n_lists) - 1) if code.bit_count() >= 2]
    return tuple(sorted(sets, key=lambda code: (code.bit_count(), code)))


def terms_of(n_lists: int, interactions: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """Intercept, main effects, then the interactions, as numbers."""
    return np.array([0, *(1 << j for j in range(n_lists)), *interactions], dtype=np.int64)


def design_of(n_lists: int, terms: npt.NDArray[np.int64], *, unseen: bool = False) -> Floats:
    """Shape (2^K - 1, terms): 1 where the term is part of the cell's pattern; cells by code.

    Args:
        n_lists: K.
        terms: From :func:`terms_of`.
        unseen: Begin with the row of the unseen cell, code 0.
    """
    cells = np.arange(0 if unseen else 1, 1 << n_lists, dtype=np.int64)
    return np.asarray((cells[:, None] & terms) == terms, dtype=float)


@cache
def hierarchical_models(n_lists: int) -> tuple[Model, ...]:
    """Every hierarchical model without the K-way term: 1, 8, 113, 6,893 for K = 2 to 5.

    Raises:
        ValueError: more than 5 lists, where there are over 7 million.
    """
    if n_lists > MOST_LISTS_EXHAUSTIVE:
        raise ValueError(f"{n_lists} lists have too many models")
    found: list[Model] = [frozenset()]
    for term in interactions_of(n_lists):
        parts = {term & ~(1 << j) for j in range(n_lists) if term >> j & 1}
        needed = frozenset(part for part in parts if part.bit_count() >= 2)
        found += [model | {term} for model in found if needed <= model]
    return tuple(found)


def graph_text(model: Model, lists: tuple[str, ...]) -> str:
    """A model by its largest terms, such as ``[a b] [c]``."""
    terms = [*model, *(1 << j for j in range(len(lists)))]
    largest = [t for t in terms if not any(t != other and t & other == t for other in terms)]
    names = [[lists[j] for j in range(len(lists)) if t >> j & 1] for t in sorted(largest)]
    return " ".join(f"[{' '.join(part)}]" for part in names)
