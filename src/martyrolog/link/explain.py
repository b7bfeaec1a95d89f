"""Why two records are or are not linked, field by field, in words and in bits.

:func:`explain_pair` explains any two records, compared by the run or not: the prior, each field,
what speaks for relatives, their sum and the match probability; which blocking rules propose the
pair, what keeps the two apart. Always holds: the parts add up to the match weight. What the
archive's run estimated is taken from its tables; nothing is estimated anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from martyrolog.errors import LinkError
from martyrolog.levels import FIELDS, MISSING, explain, field_label, level_label
from martyrolog.link.columns import DATE_FIELDS, Records
from martyrolog.link.comparison import Comparer, compare_pairs, make_comparer
from martyrolog.link.constraints import Constraints
from martyrolog.link.keys import make_keys
from martyrolog.link.model import (
    Model,
    field_weights,
    kin_weight,
    level_weights,
    match_weight,
    prior_weight,
    probability,
)
from martyrolog.link.names_in_order import with_names_in_order
from martyrolog.link.terms import Terms, make_terms, term_weights
from martyrolog.messages import text

_NEGLIGIBLE = 1e-9  # bits


@dataclass(frozen=True)
class FieldEvidence:
    """What one field says about a pair.

    Attributes:
        field: Name of the field; ``prior`` for what is known before looking, ``kin`` for the
            chance that the two are relatives, ``together`` for what fields that depend on one
            another say less than each alone.
        label: What the field is called.
        left: What the left record says; empty where it says nothing.
        right: The same of the right record.
        level: Comparison level; ``MISSING`` for a value that either lacks, and where no field is.
        meaning: What the level means; empty where no field is.
        words: What in the two values makes it so; empty where either is missing.
        weight: Its part of the match weight, in bits.
    """

    field: str
    label: str
    left: str
    right: str
    level: int
    meaning: str
    words: str
    weight: float


@dataclass(frozen=True)
class Explanation:
    """Why two records are or are not linked.

    Attributes:
        record_id_left: The smaller record_id.
        record_id_right: The larger.
        parts: The prior, every field in the order of ``FIELDS``, and kin.
        weight: Match weight in bits: the sum of the parts.
        probability: Match probability.
        apart: Why they cannot be one person, of ``constraints.REASONS``.
    """

    record_id_left: str
    record_id_right: str
    parts: tuple[FieldEvidence, ...]
    weight: float
    probability: float
    apart: tuple[str, ...]


@dataclass(frozen=True)
class Explainer:
    """What explaining pairs of these records needs, prepared once.

    Attributes:
        table: The records as they were read, exchanged given names and patronymics turned round.
        records: The same, encoded.
        model: The estimated model.
        terms: Term frequencies of all records.
        comparer: Compares pairs.
        constraints: Who cannot be one person.
    """

    table: pa.Table
    records: Records
    model: Model
    terms: Terms
    comparer: Comparer
    constraints: Constraints


def make_explainer(
    table: pa.Table, records: Records, model: Model, constraints: Constraints
) -> Explainer:
    """Prepare the explanation of pairs.

    Args:
        table: Table ``record``.
        records: The same records, encoded.
        model: The model that weighed them.
        constraints: Their constraints.
    """
    keys = make_keys(records)
    terms, comparer = make_terms(records, keys), make_comparer(records, keys)
    ordered = with_names_in_order(table)  # what was compared is explained
    return Explainer(ordered, records, model, terms, comparer, constraints)


def explain_pair(explainer: Explainer, left: str, right: str, language: str = "en") -> Explanation:
    """The parts of the match weight of two records.

    Args:
        explainer: The prepared records.
        left: ``record_id`` of a record.
        right: ``record_id`` of another; which of the two is left makes no difference.
        language: ``en`` or ``ru``.

    Raises:
        LinkError: no such record, or twice the same.
    """
    if left == right:
        raise LinkError("explain.same_record", record_id=left)
    low, high = sorted(_number(explainer.records, record_id) for record_id in (left, right))
    one, other = np.array([low], np.int32), np.array([high], np.int32)
    levels = compare_pairs(explainer.comparer, one, other)
    added = term_weights(explainer.terms, levels, one, other)
    model = explainer.model
    weights = field_weights(levels, level_weights(model), added)[0]
    values = [_values(explainer, number) for number in (low, high)]
    related = float(kin_weight(model, levels, added)[0])
    total = match_weight(model, levels, added)
    parts = [
        _no_field("prior", prior_weight(model), language),
        *(_of_field(name, int(level), float(weight), values, language)
          for name, level, weight in zip(FIELDS, levels[0], weights, strict=True)),
        _no_field("kin", related, language),
    ]  # fmt: skip
    dependence = float(total[0]) - sum(part.weight for part in parts)
    if abs(dependence) > _NEGLIGIBLE:
        parts.append(_no_field("together", dependence, language))
    ids = explainer.records.ids
    return Explanation(str(ids[low]), str(ids[high]), tuple(parts), float(total[0]),
                       float(probability(total)[0]),
                       explainer.constraints.reasons(low, high))  # fmt: skip


def _number(records: Records, record_id: str) -> int:
    found = records.ids.index(pa.scalar(record_id, records.ids.type)).as_py()
    if found < 0:
        raise LinkError("explain.no_record", record_id=record_id)
    return int(found)


def _values(explainer: Explainer, number: int) -> Mapping[str, str]:
    """What the record says of each field; days as EDTF."""
    row = explainer.table.slice(int(explainer.records.order[number]), 1).to_pylist()[0]
    said = {name: str(row.get(name) or "") for name in (*FIELDS, *DATE_FIELDS)}
    said["occupation"] = said["occupation"] or str(row.get("position") or "")
    return said


def _of_field(
    name: str, level: int, weight: float, values: list[Mapping[str, str]], language: str
) -> FieldEvidence:
    left, right = (said[name] for said in values)
    words = explain(name, left, right, language, level=level) if left and right else ""
    meaning = level_label(name, level, language)
    return FieldEvidence(name, field_label(name, language), left, right, level, meaning, words,
                         weight)  # fmt: skip


def _no_field(name: str, weight: float, language: str) -> FieldEvidence:
    label = text(f"explain.part_{name}", language)
    return FieldEvidence(name, label, "", "", MISSING, "", "", weight)
