"""Expected precision and recall of clusters where no truth is known, from match probabilities.

:func:`expected_agreement` counts every pair as its match probability says: of 100 pairs given .97,
97 count as right. It is as good as the probabilities are calibrated, and it knows nothing of pairs
that no blocking rule proposed: its recall is among the compared pairs. A sample of judged pairs
(``sampling.py``) is the better answer.
"""

from dataclasses import dataclass

import numpy as np

from martyrolog.link.linked import Linked


@dataclass(frozen=True)
class Expected:
    """Expected agreement of clusters with the persons behind them.

    Attributes:
        pairs_found: Pairs of records in one cluster.
        pairs_uncompared: Those of them that no rule proposed; they count as much as the weakest
            link that holds their cluster together.
        pairs_right: How many of the pairs found are expected to be of one person.
        pairs_missed: How many compared pairs of two clusters are expected to be of one person.
        precision: ``pairs_right / pairs_found``.
        recall: ``pairs_right / (pairs_right + pairs_missed)``, among the compared pairs.
        f1: Harmonic mean of the two.
    """

    pairs_found: int
    pairs_uncompared: int
    pairs_right: float
    pairs_missed: float
    precision: float
    recall: float
    f1: float


def expected_agreement(linked: Linked) -> Expected:
    """What the match probabilities say about the clusters.

    Args:
        linked: Clusters and compared pairs.
    """
    inside = linked.inside
    sizes = linked.sizes
    pairs = sizes * (sizes - 1) // 2
    compared = np.bincount(linked.cluster[linked.left[inside]], minlength=len(sizes))
    uncompared = pairs - compared - linked.negligible
    weakest = np.ones(len(sizes))
    weakest[linked.cluster] = linked.weakest
    right = float(linked.probability[inside].sum() + (uncompared * weakest).sum())
    missed = float(linked.probability[~inside].sum())
    found = int(pairs.sum())
    precision = right / found if found else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    total = precision + recall
    return Expected(found, int(uncompared.sum()), round(right, 3), round(missed, 3), precision,
                    recall, 2 * precision * recall / total if total else 0.0)  # fmt: skip
