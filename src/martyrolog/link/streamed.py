"""Candidate pairs compared and weighed a batch at a time, so that memory grows with records only.

The model is estimated from the pairs of a share of the records, each counted for as many as it
stands for; then all pairs pass the screen, and what may reach ``FLOOR`` is compared and weighed.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.blocking import CandidatePairs
from martyrolog.link.clustering import LOUDEST
from martyrolog.link.comparison import Comparer, Levels, compare_pairs
from martyrolog.link.model import Model, Patterns, count_patterns
from martyrolog.link.rule_counts import count_by_rule, no_counts
from martyrolog.link.screening import make_screen
from martyrolog.link.streaming import BATCH, Blocks, make_blocks
from martyrolog.link.terms import Terms
from martyrolog.link.weighing import (
    Stopwatch,
    Weighed,
    compare_in_batches,
    estimate_model,
    match_weights,
)
from martyrolog.progress import SILENT, Progress

FLOOR = -LOUDEST
"""Match weight under which a pair is not kept, in bits: less never counts more in a cluster."""

PROPOSED = 1_500_000
"""Proposed pairs, those of several rules counted for each, that the model is estimated from."""


def weigh_streamed(
    comparer: Comparer,
    terms: Terms,
    judged: Sequence[tuple[int, int]],
    watch: Stopwatch,
    progress: Progress,
    *,
    every_pair: bool,
    fixed: Model | None = None,
) -> Weighed:
    """The candidate pairs that reach ``FLOOR``, compared and weighed.

    Args:
        comparer: The prepared records.
        terms: Term frequencies.
        judged: Pairs that are compared whatever the rules say.
        watch: Notes the seconds of each step.
        progress: Who watches.
        every_pair: Give all candidate pairs too.
        fixed: The model; None to estimate it.
    """
    blocks = make_blocks(comparer.keys, comparer.records.count, judged)
    watch.lap("block")
    model = fixed or _estimated(comparer, blocks)
    watch.lap("estimate")
    screen = make_screen(comparer, terms, model, FLOOR, blocks.order)
    candidates: list[CandidatePairs] = []
    kept: list[tuple[CandidatePairs, Levels]] = []
    compared, by_rule = 0, no_counts()
    total = blocks.proposed // BATCH + 1
    batches = progress.track(blocks.batches(), label="link.progress_compare", total=total)
    for pairs in batches:
        compared += len(pairs.left)
        by_rule += count_by_rule(pairs.rules)
        if every_pair:
            candidates.append(blocks.numbered(pairs))
        may_reach = screen.kept(pairs.left, pairs.right)
        chosen = blocks.numbered(_chosen(pairs, may_reach))
        kept.append((chosen, compare_pairs(comparer, chosen.left, chosen.right)))
    watch.lap("compare")
    pairs = _joined(pairs for pairs, _ in kept)
    levels = np.asfortranarray(np.concatenate([levels for _, levels in kept]))
    weights = match_weights(model, terms, levels, pairs)
    reached = np.flatnonzero(weights >= FLOOR)
    reached = reached[_by_records(_chosen(pairs, reached))]
    watch.lap("weigh")
    return Weighed(
        _chosen(pairs, reached), levels[reached], weights[reached],
        _in_order(_joined(candidates)) if every_pair else None, compared, model, by_rule,
    )  # fmt: skip


def _estimated(comparer: Comparer, blocks: Blocks) -> Model:
    one_in = max(1, blocks.proposed // PROPOSED)
    pairs = blocks.numbered(_joined(blocks.batches(one_in=one_in)))
    patterns = count_patterns(compare_in_batches(comparer, pairs, SILENT))
    return estimate_model(comparer, Patterns(patterns.levels, patterns.counts * one_in))


def _chosen(pairs: CandidatePairs, which: NDArray[np.int64]) -> CandidatePairs:
    return CandidatePairs(pairs.left[which], pairs.right[which], pairs.rules[which])


def _by_records(pairs: CandidatePairs) -> NDArray[np.int64]:
    """Positions of the pairs by rising left, then right."""
    return np.argsort(pairs.left.astype(np.int64) << 32 | pairs.right, kind="stable")


def _in_order(pairs: CandidatePairs) -> CandidatePairs:
    return _chosen(pairs, _by_records(pairs))


def _joined(parts: Iterable[CandidatePairs]) -> CandidatePairs:
    kept = list(parts)
    return CandidatePairs(
        np.concatenate([part.left for part in kept]),
        np.concatenate([part.right for part in kept]),
        np.concatenate([part.rules for part in kept]),
    )
