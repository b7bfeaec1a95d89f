"""Why two records are or are not linked, field by field, in words and in bits."""

from dataclasses import dataclass

import numpy as np

from martyrolog.levels import FIELDS, field_label, level_label
from martyrolog.link.linkage import Linkage, pair_weights
from martyrolog.link.model import level_weights, prior_weight


@dataclass(frozen=True)
class FieldEvidence:
    """What one field says about a pair.

    Attributes:
        field: Name of the field; ``prior`` for what is known before looking.
        label: What the field is called.
        level: Comparison level; ``MISSING`` for the prior and for a value that either lacks.
        meaning: What the level means, in words; empty for the prior.
        weight: Its part of the match weight, in bits.
    """

    field: str
    label: str
    level: int
    meaning: str
    weight: float


def explain_pair(
    linkage: Linkage, left: str, right: str, language: str = "en"
) -> list[FieldEvidence] | None:
    """The parts of a match weight; they add up to it.

    Args:
        linkage: A linkage.
        left: ``record_id`` of a record.
        right: ``record_id`` of another.
        language: ``en`` or ``ru``.

    Returns:
        The prior, then every field in the order of ``FIELDS``; None where the pair was not
        compared.
    """
    ids = linkage.records.ids.to_pylist()
    low, high = sorted((ids.index(left), ids.index(right)))
    pairs = linkage.pairs
    found = np.flatnonzero((pairs.left == low) & (pairs.right == high))
    if not len(found):
        return None
    levels = linkage.levels[found]
    weights = pair_weights(
        level_weights(linkage.model), linkage.terms, levels, pairs.left[found], pairs.right[found]
    )[0]
    prior = FieldEvidence("prior", "", -1, "", prior_weight(linkage.model))
    return [prior] + [
        FieldEvidence(name, field_label(name, language), int(level),
                      level_label(name, int(level), language), float(weight))
        for name, level, weight in zip(FIELDS, levels[0], weights, strict=True)
    ]  # fmt: skip
