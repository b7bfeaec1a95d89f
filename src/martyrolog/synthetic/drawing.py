"""Drawing from weighted choices, for whole arrays at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Texts = NDArray[Any]


def generator(seed: int, *where: int) -> np.random.Generator:
    """The stream of random numbers of one place in the run (a block, a list of a block).

    Streams of different places are independent, so that nothing depends on how much is made at
    once, nor on what other lists do.
    """
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=where))


def draw(rng: np.random.Generator, weights: Sequence[float] | NDArray[Any], count: int) -> Ints:
    """Positions in ``weights``, drawn with replacement in proportion to them."""
    bounds = np.cumsum(np.asarray(weights, float))
    drawn: Ints = np.searchsorted(bounds, rng.random(count) * bounds[-1], side="right")
    return drawn


def draw_named(rng: np.random.Generator, shares: Mapping[Any, float], count: int) -> Texts:
    """Keys of ``shares``, drawn with replacement in proportion to their values."""
    return np.array(list(shares))[draw(rng, list(shares.values()), count)]


def texts(values: Sequence[str | None]) -> Texts:
    """An array of texts, as objects: no text is cut, a missing one is None."""
    made = np.empty(len(values), object)
    made[:] = values
    return made
