"""Candidate pairs compared, and weighed by a model that they themselves teach.

:func:`weigh_all` holds every pair at once and serves until there are ``MANY`` records;
``streamed.weigh_streamed`` does the same a batch at a time.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from martyrolog.levels import FIELDS
from martyrolog.link.blocking import CandidatePairs, make_candidate_pairs
from martyrolog.link.clustering import DIGITS
from martyrolog.link.columns import MANY as MANY
from martyrolog.link.comparison import Comparer, Levels, compare_pairs
from martyrolog.link.model import Model, Patterns, count_patterns, fit_model, match_weight
from martyrolog.link.rule_counts import RuleCounts, count_by_rule
from martyrolog.link.terms import Terms, term_weights
from martyrolog.progress import Progress

SAMPLE = 100_000
"""Pairs drawn at random, for u; all pairs where there are fewer."""

BATCH = 500_000
"""Pairs compared at a time: bounds the memory of a comparison."""

_SEED = 1937  # any constant: the sample must be the same in every run


@dataclass(frozen=True)
class Weighed:
    """Pairs with their levels and match weights; attributes as of ``Linkage``."""

    pairs: CandidatePairs
    levels: Levels
    weights: NDArray[np.float64]
    candidates: CandidatePairs | None
    compared: int
    model: Model
    by_rule: RuleCounts


class Stopwatch:
    """Seconds of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, step: str) -> None:
        """End a step."""
        now = time.perf_counter()
        self.seconds[step] = round(now - self._last, 3)
        self._last = now


def weigh_all(
    comparer: Comparer,
    terms: Terms,
    judged: Sequence[tuple[int, int]],
    watch: Stopwatch,
    progress: Progress,
    *,
    fixed: Model | None = None,
) -> Weighed:
    """Every candidate pair, compared and weighed.

    Args:
        comparer: The prepared records.
        terms: Term frequencies.
        judged: Pairs that are compared whatever the rules say.
        watch: Notes the seconds of each step.
        progress: Who watches.
        fixed: The model; None to estimate it.
    """
    records = comparer.records.count
    pairs = make_candidate_pairs(comparer.keys, records, judged)
    watch.lap("block")
    levels = compare_in_batches(comparer, pairs, progress)
    watch.lap("compare")
    model = fixed or estimate_model(comparer, count_patterns(levels))
    watch.lap("estimate")
    weights = match_weights(model, terms, levels, pairs)
    watch.lap("weigh")
    by_rule = count_by_rule(pairs.rules)
    return Weighed(pairs, levels, weights, pairs, len(pairs.left), model, by_rule)


def estimate_model(comparer: Comparer, candidates: Patterns) -> Model:
    """The model of these records, u from random pairs.

    Args:
        comparer: The prepared records.
        candidates: Patterns of the candidate pairs.
    """
    records = comparer.records.count
    sample = compare_pairs(comparer, *sample_pairs(records))
    return fit_model(candidates, count_patterns(sample), records)


def compare_in_batches(comparer: Comparer, pairs: CandidatePairs, progress: Progress) -> Levels:
    """The comparison levels of many pairs."""
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
