"""Populations of known size and the lists that are drawn from them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from martyrolog.estimate import CaptureCounts, make_counts

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Design:
    """How lists come about.

    Attributes:
        name: Of the design.
        total: Persons, N.
        classes: Share of each class of persons.
        chances: Shape (classes, lists): probability of being in each list.
        odds: (i, j, odds ratio): list j depends on list i within a class; 0: never both.
    """

    name: str
    total: int
    classes: tuple[float, ...]
    chances: tuple[tuple[float, ...], ...]
    odds: tuple[tuple[int, int, float], ...] = ()

    def draw(self, rng: np.random.Generator) -> CaptureCounts:
        """One table."""
        chance = np.array(self.chances)[rng.choice(len(self.classes), self.total, p=self.classes)]
        held = rng.random(chance.shape) < chance
        for first, second, ratio in self.odds:
            held[:, second] = rng.random(self.total) < _dependent(
                chance[:, first], chance[:, second], held[:, first], ratio
            )
        seen = held[held.any(axis=1)]
        lists = [f"list{j + 1}" for j in range(chance.shape[1])]
        return make_counts(seen, np.ones(len(seen)), lists)


def _dependent(first: Floats, second: Floats, held: npt.NDArray[np.bool_], ratio: float) -> Floats:
    """Chance of the second list given the first, with its own chance and the odds ratio kept."""
    if ratio == 0:
        return np.where(held, 0.0, second / (1 - first))
    a = 1 + (first + second) * (ratio - 1)
    both = (a - np.sqrt(a**2 - 4 * ratio * (ratio - 1) * first * second)) / (2 * (ratio - 1))
    return np.asarray(np.where(held, both / first, (second - both) / (1 - first)))


DESIGNS = (
    Design("independent, 3 lists", 1000, (1.0,), ((0.35, 0.3, 0.25),)),
    Design("independent, 5 lists", 1000, (1.0,), ((0.25, 0.2, 0.2, 0.15, 0.15),)),
    Design("one dependent pair of 3", 1000, (1.0,), ((0.35, 0.3, 0.25),), ((0, 1, 4.0),)),
    Design("two dependent pairs of 4", 1500, (1.0,), ((0.3, 0.3, 0.25, 0.2),),
           ((0, 1, 4.0), (2, 3, 3.0))),
    Design("two latent classes, 4 lists", 1500, (0.7, 0.3),
           ((0.1, 0.12, 0.1, 0.15), (0.5, 0.4, 0.45, 0.4))),
    Design("three latent classes, 5 lists", 2000, (0.6, 0.3, 0.1),
           ((0.06, 0.1, 0.08, 0.1, 0.05), (0.3, 0.25, 0.2, 0.3, 0.35), (0.7, 0.6, 0.7, 0.5, 0.6))),
    Design("rare capture, 4 lists", 3000, (1.0,), ((0.06, 0.05, 0.05, 0.04),)),
    Design("two lists that never meet, of 4", 1500, (1.0,), ((0.25, 0.2, 0.2, 0.2),),
           ((0, 1, 0.0),)),
)  # fmt: skip
