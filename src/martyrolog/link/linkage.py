"""The road from records to clusters: keys, pairs, levels, model, weights, clusters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.blocking import CandidatePairs
from martyrolog.link.clustering import Clusters, Links, cluster_records, make_links
from martyrolog.link.columns import Records
from martyrolog.link.comparison import Levels, make_comparer
from martyrolog.link.constraints import make_constraints
from martyrolog.link.keys import make_keys
from martyrolog.link.memory import WHOLE, Plan
from martyrolog.link.model import Model, probability
from martyrolog.link.rule_counts import RuleCounts
from martyrolog.link.terms import Terms, make_terms
from martyrolog.link.weighing import MANY, Stopwatch, weigh_all
from martyrolog.progress import Progress


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
        pairs: The weighed pairs: all candidate pairs, or, among many records, those whose weight
            reaches ``streamed.FLOOR``. These, levels and weights lie on disk, mapped into memory,
            where ``plan`` has a folder.
        levels: Their comparison levels.
        weights: Their match weights in bits, prior included.
        candidates: All candidate pairs; None where they are many and were not asked for.
        compared: How many candidate pairs there are.
        model: The estimated model, or the one that was given.
        by_rule: Candidate pairs by blocking rule.
        terms: The term frequencies.
        clusters: The clusters at the threshold.
        seconds: Seconds of each step.
    """

    records: Records
    pairs: CandidatePairs
    levels: Levels
    weights: NDArray[np.float64]
    candidates: CandidatePairs | None
    compared: int
    model: Model
    by_rule: RuleCounts
    terms: Terms
    clusters: Clusters
    seconds: Mapping[str, float]

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """Match probability of each weighed pair."""
        return probability(self.weights)


def link_records(
    records: Records,
    *,
    threshold: float,
    judgements: Judgements,
    progress: Progress,
    every_pair: bool = False,
    model: Model | None = None,
    plan: Plan = WHOLE,
) -> Linkage:
    """Link records: which are one person.

    Args:
        records: Encoded records.
        threshold: Match probability from which a pair is a link, 0.5 to 1.
        judgements: What people decided.
        progress: Who watches.
        every_pair: Keep all candidate pairs, also where there are many records.
        model: The model to weigh with; None to estimate it from these records.
        plan: How the work is cut up; decides no link.

    Raises:
        LinkError: judgements contradict one another.
    """
    watch = Stopwatch()
    keys = make_keys(records)
    terms = make_terms(records, keys)
    comparer = make_comparer(records, keys)
    watch.lap("encode")
    judged = [*judgements.same, *judgements.different]
    if records.count < MANY:
        weighed = weigh_all(comparer, terms, judged, watch, progress, fixed=model)
    else:
        # imported where it is needed: nothing is compiled or loaded for a few records
        from martyrolog.link.streamed import weigh_streamed

        weighed = weigh_streamed(comparer, terms, judged, watch, progress, every_pair=every_pair,
                                 fixed=model, plan=plan)  # fmt: skip
    del comparer, keys
    clusters = cluster_weighed(records, weighed.pairs, weighed.weights, threshold, judgements)
    watch.lap("cluster")
    return Linkage(
        records=records, pairs=weighed.pairs, levels=weighed.levels, weights=weighed.weights,
        candidates=weighed.candidates, compared=weighed.compared, model=weighed.model,
        by_rule=weighed.by_rule, terms=terms, clusters=clusters, seconds=watch.seconds,
    )  # fmt: skip


def cluster_weighed(
    records: Records,
    pairs: CandidatePairs,
    weights: NDArray[np.float64],
    threshold: float,
    judgements: Judgements,
) -> Clusters:
    """Join records along the weighed pairs and judgements.

    Args:
        records: Encoded records.
        pairs: Weighed pairs.
        weights: Their match weights in bits.
        threshold: Match probability from which a pair is a link.
        judgements: What people decided.

    Raises:
        LinkError: judgements contradict one another.
    """
    accepted = probability(weights) >= threshold
    links = make_links(
        pairs.left[accepted], pairs.right[accepted], weights[accepted], judgements.same
    )
    compared = Links(pairs.left, pairs.right, weights)
    constraints = make_constraints(records, judgements.different)
    return cluster_records(records.count, links, compared, constraints)
