"""Why two records are or are not linked, field by field, in words and in bits."""

from dataclasses import dataclass

import numpy as np

from martyrolog.levels import FIELDS, MISSING, field_label, level_label
from martyrolog.link.linkage import Linkage
from martyrolog.link.model import field_weights, kin_weight, level_weights, prior_weight
from martyrolog.link.terms import term_weights
from martyrolog.messages import text


@dataclass(frozen=True)
class FieldEvidence:
    """What one field says about a pair.

    Attributes:
        field: Name of the field; ``prior`` for what is known before looking, ``kin`` for the
            chance that the two are relatives.
        label: What the field is called.
        level: Comparison level; ``MISSING`` for prior and kin and for a value that either lacks.
        meaning: What the level means, in words; empty for prior and kin.
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
        The prior, every field in the order of ``FIELDS``, and kin; None where the pair was not
        compared.
    """
    ids = linkage.records.ids.to_pylist()
    low, high = sorted((ids.index(left), ids.index(right)))
    pairs = linkage.pairs
    found = np.flatnonzero((pairs.left == low) & (pairs.right == high))
    if not len(found):
        return None
    levels = linkage.levels[found]
    added = term_weights(linkage.terms, levels, pairs.left[found], pairs.right[found])
    weights = field_weights(levels, level_weights(linkage.model), added)[0]
    fields = [
        FieldEvidence(name, field_label(name, language), int(level),
                      level_label(name, int(level), language), float(weight))
        for name, level, weight in zip(FIELDS, levels[0], weights, strict=True)
    ]  # fmt: skip
    related = float(kin_weight(linkage.model, levels, added)[0])
    return [
        _without_level("prior", prior_weight(linkage.model), language),
        *fields,
        _without_level("kin", related, language),
    ]


def _without_level(name: str, weight: float, language: str) -> FieldEvidence:
    return FieldEvidence(name, text(f"link.evidence_{name}", language), MISSING, "", weight)
