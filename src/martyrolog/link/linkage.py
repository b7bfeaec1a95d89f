"""The road from records to clusters: keys, pairs, levels, model, weights, clusters."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from martyrolog.levels import FIELDS
from martyrolog.link.blocking import CandidatePairs, make_candidate_pairs
from martyrolog.link.clustering import (
    DIGITS,
    Clusters,
    Links,
    cluster_records,
    make_links,
)
from martyrolog.link.columns import Records
from martyrolog.link.comparison import Comparer, Levels, compare_pairs, make_comparer
from martyrolog.link.constraints import make_constraints
from martyrolog.link.keys import make_keys
from martyrolog.link.model import (
    Model,
    count_patterns,
    fit_model,
    match_weight,
    probability,
)
from martyrolog.link.terms import Terms, make_terms, term_weights
from martyrolog.progress import Progress

SAMPLE = 100_000
"""Pairs drawn at random, for u; all pairs where there are fewer."""

BATCH = 500_000
"""Pairs compared at a time: bounds the memory of a comparison."""

_SEED = 1937  # any constant: the sample must be the same in every run


@dataclass(frozen=True)
class Judgements:
    """What people decided about pairs of records, by their numbers."""

    same: Sequence[tuple[int, int]] = ()
    different: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True)
class Linkage:
    """Everything that one linkage found.

    Attributes:
        records: The records.
        pairs: The candidate pairs.
        levels: Their comparison levels.
        weights: Their match weights in bits, prior included.
        model: The estimated model.
        terms: The term frequencies.
        clusters: The clusters at the threshold.
        seconds: Seconds of each step.
    """

    records: Records
    pairs: CandidatePairs
    levels: Levels
    weights: NDArray[np.float64]
    model: Model
    terms: Terms
    clusters: Clusters
    seconds: Mapping[str, float]

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """Match probability of each candidate pair."""
        return probability(self.weights)


class _Stopwatch:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, step: str) -> None:
        """End a step."""
        now = time.perf_counter()
        self.seconds[step] = round(now - self._last, 3)
        self._last = now


def link_records(
    records: Records, *, threshold: float, judgements: Judgements, progress: Progress
) -> Linkage:
    """Link records: which are one person.

    Args:
        records: Encoded records.
        threshold: Match probability from which a pair is a link, 0.5 to 1.
        judgements: What people decided.
        progress: Who watches.

    Raises:
        LinkError: judgements contradict one another.
    """
    watch = _Stopwatch()
    keys = make_keys(records)
    terms = make_terms(records, keys)
    comparer = make_comparer(records, keys)
    watch.lap("encode")
    judged = [*judgements.same, *judgements.different]
    pairs = make_candidate_pairs(keys, records.count, judged)
    watch.lap("block")
    levels = _compare_in_batches(comparer, pairs, progress)
    watch.lap("compare")
    sample = compare_pairs(comparer, *sample_pairs(records.count))
    model = fit_model(count_patterns(levels), count_patterns(sample), records.count)
    watch.lap("estimate")
    weights = match_weights(model, terms, levels, pairs)
    watch.lap("weigh")
    clusters = _cluster(records, pairs, weights, threshold, judgements)
    watch.lap("cluster")
    return Linkage(records, pairs, levels, weights, model, terms, clusters, watch.seconds)


def _compare_in_batches(comparer: Comparer, pairs: CandidatePairs, progress: Progress) -> Levels:
    starts = range(0, max(len(pairs.left), 1), BATCH)
    # a field's levels side by side: fields are weighed one after another
    levels = np.empty((len(pairs.left), len(FIELDS)), dtype=np.int8, order="F")
    for start in progress.track(starts, label="link.progress_compare", total=len(starts)):
        batch = slice(start, start + BATCH)
        levels[batch] = compare_pairs(comparer, pairs.left[batch], pairs.right[batch])
    return levels


def sample_pairs(records: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pairs of records drawn at random, always the same ones; all pairs where these are few."""
    if records * (records - 1) // 2 <= SAMPLE:
        left, right = np.triu_indices(records, k=1)
        return left.astype(np.int32), right.astype(np.int32)
    rng = np.random.default_rng(_SEED)
    left = rng.integers(0, records, SAMPLE)
    right = (left + rng.integers(1, records, SAMPLE)) % records
    return np.minimum(left, right).astype(np.int32), np.maximum(left, right).astype(np.int32)


def match_weights(
    model: Model, terms: Terms, levels: Levels, pairs: CandidatePairs
) -> NDArray[np.float64]:
    """Match weight of each pair, term frequencies included, in bits."""
    total = np.empty(len(levels), dtype=np.float64)
    for start in range(0, len(levels), BATCH):
        at = slice(start, start + BATCH)
        added = term_weights(terms, levels[at], pairs.left[at], pairs.right[at])
        total[at] = match_weight(model, levels[at], added)
    return np.round(total, DIGITS)


def _cluster(
    records: Records,
    pairs: CandidatePairs,
    weights: NDArray[np.float64],
    threshold: float,
    judgements: Judgements,
) -> Clusters:
    accepted = probability(weights) >= threshold
    links = make_links(
        pairs.left[accepted], pairs.right[accepted], weights[accepted], judgements.same
    )
    compared = Links(pairs.left, pairs.right, weights)
    constraints = make_constraints(records, judgements.different)
    return cluster_records(records.count, links, compared, constraints)
