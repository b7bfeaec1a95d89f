"""Candidate pairs compared and weighed a batch at a time, so that memory grows with records only.

The model is estimated from the pairs of a share of the records, each counted for as many as it
stands for; then all pairs pass the screen, and what may reach ``FLOOR`` is compared and weighed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from martyrolog.levels import FIELDS
from martyrolog.link.blocking import CandidatePairs
from martyrolog.link.clustering import LOUDEST
from martyrolog.link.comparison import Comparer, compare_pairs
from martyrolog.link.memory import WHOLE, Plan
from martyrolog.link.model import Model, Patterns, count_patterns
from martyrolog.link.pairs_in_order import PAIR, PairsInOrder
from martyrolog.link.rule_counts import count_by_rule, no_counts
from martyrolog.link.screening import make_screen
from martyrolog.link.streaming import Blocks, make_blocks
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

_WEIGHED = np.dtype([*PAIR, ("levels", np.int8, (len(FIELDS),)), ("weight", np.float64)])

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
    plan: Plan = WHOLE,
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
        plan: How the work is cut up.
    """
    records = comparer.records.count
    blocks = make_blocks(comparer.keys, records, judged, plan)
    watch.lap("block")
    model = fixed or _estimated(comparer, blocks)
    watch.lap("estimate")
    screen = make_screen(comparer, terms, model, FLOOR, blocks.order,
                         with_records=plan.folder is None)  # fmt: skip
    candidates = PairsInOrder(PAIR, records, plan)
    kept = PairsInOrder(_WEIGHED, records, plan)
    compared, by_rule = 0, no_counts()
    total = blocks.proposed // plan.batch + 1
    batches = progress.track(blocks.batches(), label="link.progress_compare", total=total)
    for pairs in batches:
        compared += len(pairs.left)
        by_rule += count_by_rule(pairs.rules)
        if every_pair:
            candidates.add(**vars(blocks.numbered(pairs)))
        may_reach = screen.kept if plan.folder is None else screen.kept_of
        chosen = blocks.numbered(_chosen(pairs, may_reach(pairs.left, pairs.right)))
        levels = compare_pairs(comparer, chosen.left, chosen.right)
        weights = match_weights(model, terms, levels, chosen)
        reached = np.flatnonzero(weights >= FLOOR)
        kept.add(**vars(_chosen(chosen, reached)), levels=levels[reached], weight=weights[reached])
    del blocks, screen
    watch.lap("compare")
    found = kept.in_order()
    watch.lap("weigh")
    return Weighed(
        _pairs(found), found["levels"], found["weight"],
        _pairs(candidates.in_order()) if every_pair else None, compared, model, by_rule,
    )  # fmt: skip


def _pairs(columns: Mapping[str, NDArray[Any]]) -> CandidatePairs:
    return CandidatePairs(columns["left"], columns["right"], columns["rules"])


def _estimated(comparer: Comparer, blocks: Blocks) -> Model:
    one_in = max(1, blocks.proposed // PROPOSED)
    pairs = blocks.numbered(_joined(blocks.batches(one_in=one_in)))
    patterns = count_patterns(compare_in_batches(comparer, pairs, SILENT))
    return estimate_model(comparer, Patterns(patterns.levels, patterns.counts * one_in))


def _chosen(pairs: CandidatePairs, which: NDArray[np.int64]) -> CandidatePairs:
    return CandidatePairs(pairs.left[which], pairs.right[which], pairs.rules[which])


def _joined(parts: Iterable[CandidatePairs]) -> CandidatePairs:
    kept = list(parts)
    return CandidatePairs(
        np.concatenate([part.left for part in kept]),
        np.concatenate([part.right for part in kept]),
        np.concatenate([part.rules for part in kept]),
    )
