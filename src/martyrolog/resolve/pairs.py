"""Compared pairs of records that stand under two persons."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.resolve.evidence import Evidence, Ints, numbers, present


@dataclass(frozen=True)
class PersonPairs:
    """The strongest compared pair of records of each pair of persons, by person.

    Attributes:
        left: Position of the person with the smaller person_id; ascending.
        right: Position of the other.
        record_left: Position of the record of the left person.
        record_right: Position of that of the right one.
        weight: Match weight (log2).
        probability: Match probability.
    """

    left: Ints
    right: Ints
    record_left: Ints
    record_right: Ints
    weight: np.typing.NDArray[np.float64]
    probability: np.typing.NDArray[np.float64]


def person_pairs(evidence: Evidence, match: pa.Table) -> PersonPairs:
    """Compared pairs whose records stand under two persons, one for each pair of persons.

    A pair that names a record which is not there is passed over. Of several equally strong pairs
    the one with the smallest record ids is taken.
    """
    ends = [pc.index_in(match[f"record_id_{side}"], evidence.record_ids)
            for side in ("left", "right")]  # fmt: skip
    known = np.logical_and(*(present(end) for end in ends))
    one, two = (numbers(end.fill_null(0)) for end in ends)
    person = np.column_stack((evidence.person[one], evidence.person[two])) if len(
        evidence.person) else np.empty((0, 2), dtype=np.int64)  # fmt: skip
    keep = known & (person[:, 0] != person[:, 1]) if len(person) else known[:0]
    swap = person[:, 0] > person[:, 1]
    left_record, right_record = np.where(swap, two, one)[keep], np.where(swap, one, two)[keep]
    left, right = evidence.person[left_record], evidence.person[right_record]
    weight = match["match_weight"].to_numpy()[keep]
    probability = match["match_probability"].to_numpy()[keep]
    order = np.lexsort((right_record, left_record, -weight, right, left))
    _, first = np.unique(left[order] * max(len(evidence.persons), 1) + right[order],
                         return_index=True)  # fmt: skip
    chosen = order[first]
    return PersonPairs(left[chosen], right[chosen], left_record[chosen], right_record[chosen],
                       weight[chosen], probability[chosen])  # fmt: skip
