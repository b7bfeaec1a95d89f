"""A sample of pairs to judge, and what the judgements say about all pairs.

:func:`draw_sample` divides the pairs into strata (in one cluster or not, and match probability),
and takes most from where judgements tell most: strata that are large and uncertain (Neyman 1934:
in proportion to size times standard deviation). :func:`estimate_from_sample` weighs the
judgements by the sizes of the strata. What is estimated is precision, recall and F1 over all
compared pairs and all pairs of a cluster; pairs that no rule proposed are not in it.

The match probability makes the strata, and helps where few pairs of a stratum were judged. It is
not believed: the judgements first say how far all probabilities are off (log odds of the truth =
a + b times log odds of the model, both with priors), and what this gives for a stratum is a prior
that never counts for more pairs than were judged in it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.followers import count_followers, pairs_of_followers
from martyrolog.link.linked import Floats, Ints, Linked

EDGES = (0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)
"""Match probabilities that divide the strata."""

FEWEST = 6
"""Pairs taken from each stratum at least, or all of it where it has fewer."""

LARGEST_CLUSTER = 100
"""Records of a cluster whose uncompared pairs are listed; of larger ones they are left out."""

DRAWS = 4_000
LEVEL = 0.95

DOUBT = 0.003
"""Share of exceptions that every stratum is suspected of when the sample is shared out."""

_SHIFTS = np.linspace(-5.0, 5.0, 61)  # of log odds (a), with a normal prior of sd 1.5
_SLOPES = np.exp(np.linspace(-1.5, 1.0, 41))  # of log odds (b), log-normal around 1 with sd .4


@dataclass(frozen=True)
class Population:
    """All pairs that a sample is taken from.

    Attributes:
        left: A record, by its place in ``Linked.ids``.
        right: The other.
        together: Whether they stand in one cluster.
        probability: Match probability; for a pair that was never compared, that of the weakest
            link of its cluster.
        left_out: Pairs of clusters of more than ``LARGEST_CLUSTER`` records that are not here.
    """

    left: Ints
    right: Ints
    together: NDArray[np.bool_]
    probability: Floats
    left_out: int


@dataclass(frozen=True)
class Strata:
    """The strata of a sample.

    Attributes:
        together: Whether the pairs of each stratum stand in one cluster.
        pairs: How many there are.
        probability: Their mean match probability.
    """

    together: NDArray[np.bool_]
    pairs: Ints
    probability: Floats


@dataclass(frozen=True)
class Sample:
    """Pairs to judge.

    Attributes:
        left: A record, by its place in ``Linked.ids``.
        right: The other.
        stratum: Number of the stratum of each pair.
        strata: The strata.
    """

    left: Ints
    right: Ints
    stratum: Ints
    strata: Strata


@dataclass(frozen=True)
class SampleEstimate:
    """What a judged sample says about all pairs.

    Attributes:
        judged: Pairs judged same or different.
        pairs_found: Pairs of records in one cluster.
        precision: Share of them that is of one person.
        recall: Share of the pairs of one person that is in one cluster, among compared pairs.
        f1: Harmonic mean of the two.
        intervals: 95 % interval of each.
    """

    judged: int
    pairs_found: int
    precision: float
    recall: float
    f1: float
    intervals: dict[str, tuple[float, float]]


def make_population(linked: Linked) -> Population:
    """All compared pairs that are not negligible, and all pairs of a cluster.

    Args:
        linked: Clusters and compared pairs.
    """
    one, other, left_out = _pairs_of_clusters(linked)
    count = max(len(linked.ids), 1)
    known = np.minimum(linked.left, linked.right) * count + np.maximum(linked.left, linked.right)
    fresh = ~np.isin(np.minimum(one, other) * count + np.maximum(one, other), known)
    one, other = one[fresh], other[fresh]
    return Population(
        left=np.concatenate([linked.left, one]),
        right=np.concatenate([linked.right, other]),
        together=np.concatenate([linked.inside, np.ones(len(one), bool)]),
        probability=np.concatenate([linked.probability, linked.weakest[one]]),
        left_out=left_out,
    )


def _pairs_of_clusters(linked: Linked) -> tuple[Ints, Ints, int]:
    """Every pair within clusters that are not too large, and how many the others have."""
    order = np.argsort(linked.cluster, kind="stable")
    sizes = linked.sizes
    small = sizes[linked.cluster[order]] <= LARGEST_CLUSTER
    followers = np.where(small, count_followers(linked.cluster[order]), 0)
    pairs = list(pairs_of_followers(followers))
    none = [(order[:0], order[:0])]
    left, right = (np.concatenate(side) for side in zip(*(pairs or none), strict=True))
    large = sizes[sizes > LARGEST_CLUSTER]
    return order[left], order[right], int((large * (large - 1) // 2).sum())


def draw_sample(population: Population, size: int, rng: np.random.Generator) -> Sample:
    """Pairs to judge, in random order.

    Args:
        population: All pairs.
        size: How many; a few more where there are many strata, fewer where there are fewer pairs.
        rng: Draws them, and numbers the strata so that a number tells a judge nothing.
    """
    bins = len(EDGES) + 1
    kind = np.searchsorted(EDGES, population.probability, side="right") + bins * population.together
    present, code = np.unique(kind, return_inverse=True)
    shuffled = rng.permutation(len(present))
    stratum = shuffled[code.reshape(-1)] if len(present) else code.reshape(-1)
    pairs = np.bincount(stratum, minlength=len(present))
    mean = np.bincount(stratum, population.probability, len(present)) / np.maximum(pairs, 1)
    together = np.zeros(len(present), bool)
    together[stratum] = population.together
    chosen = [
        rng.choice(np.flatnonzero(stratum == number), wanted, replace=False)
        for number, wanted in enumerate(_allocation(pairs, mean, size).tolist())
    ]
    rows = rng.permutation(np.concatenate(chosen)) if chosen else np.zeros(0, np.int64)
    return Sample(population.left[rows], population.right[rows], stratum[rows],
                  Strata(together, pairs, mean))  # fmt: skip


def _allocation(pairs: Ints, mean: Floats, size: int) -> Ints:
    """How many pairs of each stratum: by its size and standard deviation, ``FEWEST`` at least."""
    least = np.minimum(pairs, FEWEST)
    spread = pairs * np.sqrt(np.maximum(mean * (1 - mean), DOUBT))
    free = max(size - int(least.sum()), 0)
    share = spread / spread.sum() if len(pairs) else spread
    return np.minimum(pairs, least + np.floor(free * share).astype(np.int64))


def estimate_from_sample(
    strata: Strata, stratum: Ints, same: NDArray[np.int8], rng: np.random.Generator
) -> SampleEstimate:
    """Precision, recall and F1 over all pairs, from the judged ones.

    In each stratum the share of pairs of one person has a beta posterior. Its prior has the mean
    match probability, corrected as the module says, and counts for as many pairs as one exception
    is expected in, but for no more than were judged. Pairs judged unsure or not at all do not
    count: they are taken to be like the judged ones of their stratum.

    Args:
        strata: The strata of the sample.
        stratum: Stratum of each pair of the sample.
        same: 1, 0, or -1 for not decided.
        rng: Draws from the posterior.
    """
    decided = same >= 0
    count = len(strata.pairs)
    judged = np.bincount(stratum[decided], minlength=count)
    yes = np.bincount(stratum[same == 1], minlength=count)
    mean = _corrected(strata.probability, judged, yes, rng)
    strength = np.minimum(1 / np.minimum(mean, 1 - mean), np.maximum(judged / 2, 1))
    unseen = strata.pairs - judged
    shares = rng.beta(yes + strength * mean, judged - yes + strength * (1 - mean))
    drawn = _rates(strata, yes + shares * unseen)
    values = _rates(strata, (yes + shares.mean(axis=0) * unseen)[None, :])
    tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    intervals = {name: (float(low), float(high)) for name, column in drawn.items()
                 for low, high in [np.quantile(column, tails)]}  # fmt: skip
    return SampleEstimate(
        judged=int(decided.sum()),
        pairs_found=int(strata.pairs[strata.together].sum()),
        **{name: float(value[0]) for name, value in values.items()},
        intervals=intervals,
    )


def _corrected(probability: Floats, judged: Ints, yes: Ints, rng: np.random.Generator) -> Floats:
    """Draws of the probability of each stratum as the judgements correct it: draws x strata."""
    share = np.clip(probability, 1e-6, 1 - 1e-6)
    odds = np.log(share / (1 - share))
    shift, slope = (grid.ravel() for grid in np.meshgrid(_SHIFTS, _SLOPES, indexing="ij"))
    fitted = shift[:, None] + slope[:, None] * odds
    likelihood = -(yes * np.logaddexp(0, -fitted) + (judged - yes) * np.logaddexp(0, fitted))
    # half: the same judgements count again, each in its own stratum
    posterior = likelihood.sum(axis=1) / 2 - (shift / 1.5) ** 2 / 2 - (np.log(slope) / 0.4) ** 2 / 2
    weight = np.exp(posterior - posterior.max())
    drawn = rng.choice(len(shift), DRAWS, p=weight / weight.sum())
    corrected: Floats = np.clip(1 / (1 + np.exp(-fitted[drawn])), 1e-6, 1 - 1e-6)
    return corrected


def _rates(strata: Strata, of_one_person: NDArray[Any]) -> dict[str, Floats]:
    right = of_one_person[:, strata.together].sum(axis=1)
    missed = of_one_person[:, ~strata.together].sum(axis=1)
    found = float(strata.pairs[strata.together].sum())
    true = right + missed
    return {
        "precision": right / found if found else np.ones(len(right)),
        "recall": np.where(true > 0, right / np.where(true > 0, true, 1.0), 1.0),
        "f1": np.where(true + found > 0, 2 * right / np.maximum(true + found, 1e-9), 1.0),
    }
