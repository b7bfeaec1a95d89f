"""The Fellegi-Sunter model: shares of each comparison level, estimated by EM on pattern counts.

:func:`fit_model` estimates, :func:`match_weight` weighs. Every pair of the lists is of one person
(shares m), of two relatives (shares kin), or of two unrelated persons (shares u). Fellegi and
Sunter know two kinds; the third is there because surname, patronymic, village, address and day of
death of brothers agree together, which two kinds would count as independent evidence. The candidate
pairs hold the first two kinds; a random sample of all pairs stands for the third. Both are counted
as patterns of levels, so a step costs as many sums as there are patterns, however many pairs.

Always holds: the shares of a group of levels sum to 1 and none is 0, because the declared priors
count as observed pairs; so the model also stands on two lists of ten records each, where it is the
prior. No m and no kin passes its declared limit.

Fellegi and Sunter, A theory for record linkage, JASA 64 (1969), eqs 10-14; Winkler, Using the EM
algorithm for weight computation (2000), with Dirichlet priors as maximum a posteriori.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from martyrolog.levels import FIELDS, MISSING
from martyrolog.link.comparison import Levels

M_PAIRS, M_SHARE = 50.0, 0.1
"""Pairs that the declared m counts for: as many, and that share of the matches found."""

KIN_PAIRS, KIN_SHARE = 200.0, 1.0
"""The same for kin, which fewer pairs show: the declared shares always count for half."""

U_PAIRS = 2_000.0
"""Pairs that the declared u counts for."""

MATCHES_PER_RECORD, KIN_PER_RECORD = 0.25, 0.05
"""Matches and pairs of relatives that the prior expects for each record."""

PRIOR_MATCHES = 5.0
"""Pairs that this expectation counts for (shape of its gamma prior)."""

ROUNDS = 100
TOLERANCE = 1e-6
"""EM ends when no m or u changes by more, or after ``ROUNDS`` rounds."""

_SMALLEST_SHARE, _LARGEST_SHARE = 1e-15, 0.4  # of all pairs: with one record or two there are none

Weights = tuple[NDArray[np.float64], ...]
"""For each field, a value for each of its levels."""

Added = Mapping[int, NDArray[np.float64]]
"""Bits to add to a field of each pair, by the position of the field in ``FIELDS``."""


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
        kin: The same for pairs of two relatives.
        u: The same for pairs of two unrelated persons.
        matches: Share of all pairs that are of one person.
        relatives: Share of all pairs that are of two relatives.
        rounds: Rounds that EM took.
        records: Number of the records that it was estimated from.
    """

    m: Weights
    kin: Weights
    u: Weights
    matches: float
    relatives: float
    rounds: int
    records: int


def count_patterns(levels: Levels) -> Patterns:
    """Distinct rows of levels with their counts, in a fixed order."""
    packed = np.zeros(len(levels), dtype=np.int64)
    for at, field in enumerate(FIELDS.values()):
        packed = packed * (len(field.levels) + 1) + (levels[:, at] - MISSING)
    _, first, counts = np.unique(packed, return_index=True, return_counts=True)
    return Patterns(levels[first], counts.astype(np.float64))


def prior_model(records: int) -> Model:
    """The declared priors, for that many records."""
    fields = FIELDS.values()
    return Model(
        m=tuple(np.array([level.m for level in field.levels]) for field in fields),
        kin=tuple(np.array([level.kin for level in field.levels]) for field in fields),
        u=tuple(np.array([level.u for level in field.levels]) for field in fields),
        matches=_share_of_pairs(0.0, MATCHES_PER_RECORD, records),
        relatives=_share_of_pairs(0.0, KIN_PER_RECORD, records),
        rounds=0,
        records=records,
    )


def for_records(model: Model, records: int) -> Model:
    """A model for another number of records: a record has as many others of its person as before.

    Args:
        model: The model.
        records: Number of records that it is to weigh.
    """
    factor = max(model.records - 1, 1) / max(records - 1, 1)
    shares = (min(max(share * factor, _SMALLEST_SHARE), _LARGEST_SHARE)
              for share in (model.matches, model.relatives))  # fmt: skip
    matches, relatives = shares
    return replace(model, matches=matches, relatives=relatives, records=records)


def fit_model(candidates: Patterns, sample: Patterns, records: int) -> Model:
    """Estimate the shares by EM.

    Args:
        candidates: Patterns of the candidate pairs.
        sample: Patterns of pairs drawn at random from all pairs.
        records: Number of records.
    """
    prior = model = prior_model(records)
    m_limits, kin_limits = _limits()
    candidates, sample = _by_column(candidates), _by_column(sample)
    for round_ in range(1, ROUNDS + 1):
        match, kin = (candidates.counts * share for share in _posterior(candidates.levels, model))
        apart = sample.counts * (1.0 - sum(_posterior(sample.levels, model)))
        found, related = float(match.sum()), float(kin.sum())
        strength = M_PAIRS + M_SHARE * found, KIN_PAIRS + KIN_SHARE * related
        following = Model(
            m=_shares(candidates.levels, match, prior.m, strength[0], m_limits),
            kin=_shares(candidates.levels, kin, prior.kin, strength[1], kin_limits),
            u=_shares(sample.levels, apart, prior.u, U_PAIRS, None),
            matches=_share_of_pairs(found, MATCHES_PER_RECORD, records),
            relatives=_share_of_pairs(related, KIN_PER_RECORD, records),
            rounds=round_,
            records=records,
        )
        change = _largest_change(model, following)
        model = following
        if change < TOLERANCE:
            break
    return model


def _by_column(patterns: Patterns) -> Patterns:
    """The same patterns, the levels of a field side by side in memory: every round reads them."""
    return Patterns(np.asfortranarray(patterns.levels), patterns.counts)


def level_weights(model: Model) -> Weights:
    """log2(m / u) of each level of each field (Fellegi and Sunter, eq. 11, in bits)."""
    return _log_ratios(model.m, model.u)


def prior_weight(model: Model) -> float:
    """log2 of the odds that a pair drawn at random is of one person, not of two unrelated ones."""
    return float(np.log2(model.matches) - np.log2(_unrelated(model)))


def kin_weight(model: Model, levels: Levels, added: Added | None = None) -> NDArray[np.float64]:
    """What it weighs that the two may be relatives, in bits: 0 or less, one value a pair.

    Args:
        model: The estimated shares.
        levels: Comparison levels of pairs.
        added: Bits of term frequencies; a rare surname in common may also be that of a family.
    """
    odds = _sum_of_fields(levels, _log_ratios(model.kin, model.u), added)
    odds += np.log2(model.relatives) - np.log2(_unrelated(model))
    weight: NDArray[np.float64] = -np.logaddexp2(0.0, odds)
    return weight


def match_weight(model: Model, levels: Levels, added: Added | None = None) -> NDArray[np.float64]:
    """log2 of the odds that a pair is of one person: prior, fields and kin, in bits.

    Args:
        model: The estimated shares.
        levels: Comparison levels of pairs.
        added: Bits to add to each field of each pair, such as those of term frequencies.
    """
    fields = _sum_of_fields(levels, level_weights(model), added)
    weight: NDArray[np.float64] = prior_weight(model) + fields + kin_weight(model, levels, added)
    return weight


def _unrelated(model: Model) -> float:
    return 1.0 - model.matches - model.relatives


def _log_ratios(shares: Weights, u: Weights) -> Weights:
    return tuple(np.log2(share) - np.log2(other) for share, other in zip(shares, u, strict=True))


def field_weights(
    levels: Levels, weights: Weights, added: Added | None = None
) -> NDArray[np.float64]:
    """What each field of each pair weighs, in bits: pairs x fields, 0 where it is missing.

    Args:
        levels: Comparison levels of pairs.
        weights: Weight of each level of each field.
        added: Bits to add to each field of each pair, such as those of term frequencies.

    An agreement on a field that ``counts_for`` another counts only where that one is missing: two
    persons of one case share the days of arrest and of death, two of one village the nationality.
    """
    columns = [_field_weight(at, levels, weights, added) for at in range(len(FIELDS))]
    return np.stack(columns, axis=1)


def _sum_of_fields(levels: Levels, weights: Weights, added: Added | None) -> NDArray[np.float64]:
    total = np.zeros(len(levels), dtype=np.float64)
    for at in range(len(FIELDS)):
        total += _field_weight(at, levels, weights, added)
    return total


def _field_weight(
    at: int, levels: Levels, weights: Weights, added: Added | None
) -> NDArray[np.float64]:
    padded = np.append(weights[at], 0.0)  # MISSING (-1) picks the last
    weighed: NDArray[np.float64] = padded[levels[:, at]]
    if added is not None and at in added:
        weighed += added[at]
    other = _counted_once().get(at)
    if other is not None:
        compared = levels[:, other] != MISSING
        weighed[compared] = np.minimum(weighed[compared], 0.0)
    return weighed


@cache
def _counted_once() -> Mapping[int, int]:
    """The position of the field for which another counts, by the position of the other."""
    position = {name: at for at, name in enumerate(FIELDS)}
    return {position[field.name]: position[field.counts_for]
            for field in FIELDS.values() if field.counts_for}  # fmt: skip


def _posterior(levels: Levels, model: Model) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probability of each pattern to be of one person, and of two relatives."""
    match = probability(match_weight(model, levels))
    related = 1.0 - np.exp2(kin_weight(model, levels))  # among those that are of two persons
    return match, (1.0 - match) * related


def probability(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """The match probability of a match weight (log2 odds)."""
    return 1.0 / (1.0 + np.exp2(-np.clip(weight, -1000.0, 1000.0)))


def _share_of_pairs(found: float, per_record: float, records: int) -> float:
    expected = max(per_record * records, per_record)
    weighed = (found + PRIOR_MATCHES) / (1.0 + PRIOR_MATCHES / expected)
    share = weighed / max(records * (records - 1) / 2, 1.0)
    return min(max(share, _SMALLEST_SHARE), _LARGEST_SHARE)


def _limits() -> tuple[Weights, Weights]:
    """What no estimate of m, and of kin, may exceed."""
    fields = FIELDS.values()
    m = tuple(np.array([level.m_at_most for level in field.levels]) for field in fields)
    return m, tuple(np.array([level.kin_at_most for level in field.levels]) for field in fields)


def _shares(
    levels: Levels,
    counts: NDArray[np.float64],
    prior: Weights,
    strength: float,
    limits: Weights | None,
) -> Weights:
    """Share of each level among the pairs of its group, prior pairs included."""
    shares = []
    for at, (field, declared) in enumerate(zip(FIELDS.values(), prior, strict=True)):
        seen = np.bincount(levels[:, at] + 1, weights=counts, minlength=len(declared) + 1)[1:]
        share = np.empty(len(declared))
        for group in map(list, field.groups):
            weighed = seen[group] + strength * declared[group]
            share[group] = weighed / weighed.sum()
            if limits is not None:
                share[group] = _limited(share[group], limits[at][group])
        shares.append(share)
    return tuple(shares)


def _limited(share: NDArray[np.float64], limit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares cut to their limits, what is cut going to the other levels in proportion."""
    cut = np.minimum(share, limit)
    free = share < limit
    cut[free] *= (1.0 - cut[~free].sum()) / cut[free].sum()
    return cut


def _largest_change(before: Model, after: Model) -> float:
    pairs = zip((*before.m, *before.kin, *before.u), (*after.m, *after.kin, *after.u), strict=True)
    return max(float(np.abs(a - b).max(initial=0.0)) for a, b in pairs)
