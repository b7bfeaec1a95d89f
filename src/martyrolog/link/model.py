"""The Fellegi-Sunter model: m and u of each comparison level, estimated by EM on pattern counts.

:func:`fit_model` estimates, :func:`level_weights` gives log2(m / u). Every pair of the lists
is either of one person or of two. The candidate pairs hold the first kind; a random sample of all
pairs stands for the second. Both are counted as patterns of levels, so a step costs as many sums as
there are patterns, however many pairs.

Always holds: m and u of a field sum to 1 and none is 0, because the declared priors count as
``PRIOR_PAIRS`` observed pairs, and as a share ``PRIOR_SHARE`` of those that are found; so the model
also stands on two lists of ten records each, where it is the prior. No m passes its declared limit.

Fellegi and Sunter, A theory for record linkage, JASA 64 (1969), eqs 10-14; Winkler, Using the EM
algorithm for weight computation (2000), with the Dirichlet prior as maximum a posteriori.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from martyrolog.levels import FIELDS, MISSING
from martyrolog.link.comparison import Levels

PRIOR_PAIRS = 50.0
"""Pairs that the declared m counts for."""

PRIOR_SHARE = 0.1
"""Pairs that the declared m counts for besides, as a share of the matches found."""

PRIOR_PAIRS_U = 2_000.0
"""Pairs that the declared u counts for."""

PRIOR_MATCHES = 0.25
"""Matches that the prior expects per record."""

PRIOR_WEIGHT_OF_MATCHES = 0.2
"""How much that expectation counts against the matches found."""

ROUNDS = 100
TOLERANCE = 1e-6
"""EM ends when no m or u changes by more, or after ``ROUNDS`` rounds."""

Weights = tuple[NDArray[np.float64], ...]
"""For each field, a value for each of its levels."""


@dataclass(frozen=True)
class Patterns:
    """Distinct combinations of levels, and how many pairs show each."""

    levels: Levels
    counts: NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """Estimated shares.

    Attributes:
        m: Per field of ``FIELDS``, share of the pairs of one person at each level.
        u: The same for pairs of two persons.
        matches: Share of all pairs that are of one person.
        rounds: Rounds that EM took.
    """

    m: Weights
    u: Weights
    matches: float
    rounds: int


def count_patterns(levels: Levels) -> Patterns:
    """Distinct rows of levels with their counts, in a fixed order."""
    packed = np.zeros(len(levels), dtype=np.int64)
    for at, field in enumerate(FIELDS.values()):
        packed = packed * (len(field.levels) + 1) + (levels[:, at] - MISSING)
    _, first, counts = np.unique(packed, return_index=True, return_counts=True)
    return Patterns(levels[first], counts.astype(np.float64))


def prior_model(records: int) -> Model:
    """The declared priors, for that many records."""
    pairs = max(records * (records - 1) / 2, 1.0)
    return Model(
        m=tuple(np.array([level.m for level in field.levels]) for field in FIELDS.values()),
        u=tuple(np.array([level.u for level in field.levels]) for field in FIELDS.values()),
        matches=_share_of_matches(0.0, records, pairs),
        rounds=0,
    )


def fit_model(candidates: Patterns, sample: Patterns, records: int) -> Model:
    """Estimate m, u and the share of matches by EM.

    Args:
        candidates: Patterns of the candidate pairs.
        sample: Patterns of pairs drawn at random from all pairs.
        records: Number of records.
    """
    pairs = max(records * (records - 1) / 2, 1.0)
    prior = model = prior_model(records)
    for round_ in range(1, ROUNDS + 1):
        found = candidates.counts * _probability(candidates.levels, model)
        apart = sample.counts * (1.0 - _probability(sample.levels, model))
        matches = float(found.sum())
        strength = PRIOR_PAIRS + PRIOR_SHARE * matches
        following = Model(
            m=_shares(candidates.levels, found, prior.m, strength, _limits()),
            u=_shares(sample.levels, apart, prior.u, PRIOR_PAIRS_U, None),
            matches=_share_of_matches(matches, records, pairs),
            rounds=round_,
        )
        change = _largest_change(model, following)
        model = following
        if change < TOLERANCE:
            break
    return model


def level_weights(model: Model) -> Weights:
    """log2(m / u) of each level of each field (Fellegi and Sunter, eq. 11, in bits)."""
    return tuple(np.log2(m) - np.log2(u) for m, u in zip(model.m, model.u, strict=True))


def prior_weight(model: Model) -> float:
    """log2 of the odds that a pair drawn at random is a match."""
    return float(np.log2(model.matches) - np.log2(1.0 - model.matches))


def field_weights(
    levels: Levels, weights: Weights, added: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """What each field of each pair weighs, in bits: pairs x fields, 0 where it is missing.

    Args:
        levels: Comparison levels of pairs.
        weights: Weight of each level of each field.
        added: Bits to add to each field of each pair, such as those of term frequencies.

    An agreement on a field that ``counts_for`` another counts only where that one is missing: days
    of arrest and of death were decided together, two persons of one case share both.
    """
    weighed = np.zeros(levels.shape, dtype=np.float64)
    for at, weight in enumerate(weights):
        if len(weight):
            padded = np.append(weight, 0.0)  # MISSING (-1) picks the last
            weighed[:, at] = padded[levels[:, at]]
    if added is not None:
        weighed += added
    for at, other in _counted_once():
        compared = levels[:, other] != MISSING
        weighed[compared, at] = np.minimum(weighed[compared, at], 0.0)
    return weighed


def _counted_once() -> list[tuple[int, int]]:
    position = {name: at for at, name in enumerate(FIELDS)}
    return [(position[field.name], position[field.counts_for])
            for field in FIELDS.values() if field.counts_for]  # fmt: skip


def _probability(levels: Levels, model: Model) -> NDArray[np.float64]:
    weight = field_weights(levels, level_weights(model)).sum(axis=1) + prior_weight(model)
    return probability(weight)


def probability(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """The match probability of a match weight (log2 odds)."""
    return 1.0 / (1.0 + np.exp2(-np.clip(weight, -1000.0, 1000.0)))


def _share_of_matches(matches: float, records: int, pairs: float) -> float:
    expected = PRIOR_MATCHES * records
    weighed = (matches + PRIOR_WEIGHT_OF_MATCHES * expected) / (1.0 + PRIOR_WEIGHT_OF_MATCHES)
    return min(weighed / pairs, 0.5)


def _limits() -> Weights:
    return tuple(np.array([level.m_at_most for level in field.levels]) for field in FIELDS.values())


def _shares(
    levels: Levels,
    counts: NDArray[np.float64],
    prior: Weights,
    strength: float,
    limits: Weights | None,
) -> Weights:
    """Share of each level among the pairs where the field is there, prior pairs included."""
    shares = []
    for at, declared in enumerate(prior):
        if not len(declared):
            shares.append(declared)
            continue
        seen = np.bincount(levels[:, at] + 1, weights=counts, minlength=len(declared) + 1)[1:]
        share = (seen + strength * declared) / (seen.sum() + strength)
        shares.append(share if limits is None else _limited(share, limits[at]))
    return tuple(shares)


def _limited(share: NDArray[np.float64], limit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares cut to their limits, what is cut going to the other levels in proportion."""
    cut = np.minimum(share, limit)
    free = share < limit
    cut[free] *= (1.0 - cut[~free].sum()) / cut[free].sum()
    return cut


def _largest_change(before: Model, after: Model) -> float:
    pairs = zip((*before.m, *before.u), (*after.m, *after.u), strict=True)
    return max(float(np.abs(a - b).max(initial=0.0)) for a, b in pairs)
