"""What each blocking rule brought to a linkage, and with a truth, how many true links.

:func:`evaluate_rules` reads a folder of links. Without a truth it gives the table ``link_rule`` as
it is; with one it counts the pairs of one person among those that each rule proposed. Of a bare
file only pairs kept in ``match`` are known by their rules: there a true pair of negligible match
probability, which would not be linked either, is not counted.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from martyrolog.errors import LinkError
from martyrolog.link.rule_counts import count_by_rule
from martyrolog.link.truth import TruePersons, read_truth

_ENDS = ("record_id_left", "record_id_right")


@dataclass(frozen=True)
class RuleFound:
    """What one blocking rule brings.

    Attributes:
        rule: Its name.
        pairs: Candidate pairs that it proposes.
        pairs_alone: Those that no other rule proposes.
        links: Pairs of one person expected among the first, by match probability.
        links_alone: The same of the second.
        true: Pairs of one person among the first, by the truth; None without a truth.
        true_alone: The same of the second.
    """

    rule: str
    pairs: int
    pairs_alone: int
    links: float
    links_alone: float
    true: int | None
    true_alone: int | None


@dataclass(frozen=True)
class RulesFound:
    """What all rules bring.

    Attributes:
        rules: In the order of the rules.
        true: Pairs of one person among all records of the truth; None without a truth.
        reached: Those that some rule proposed.
    """

    rules: tuple[RuleFound, ...]
    true: int | None
    reached: int | None


def evaluate_rules(folder: Path, *, truth: Path | None = None) -> RulesFound:
    """What each blocking rule brought to the links of a folder.

    Args:
        folder: ``build/`` of an archive, or what ``link RECORDS --out`` wrote.
        truth: The person of each record; None to leave true links out.

    Raises:
        LinkError: no links, no truth, or one of pairs.
    """
    if not (folder / "link_rule.parquet").is_file():
        known = (folder / "cluster.parquet").is_file()
        raise LinkError(f"evaluate.{'rules_missing' if known else 'not_linked'}", path=str(folder))
    said = pq.read_table(folder / "link_rule.parquet").to_pylist()
    if truth is None:
        return RulesFound(tuple(RuleFound(**row, true=None, true_alone=None) for row in said),
                          None, None)  # fmt: skip
    known_persons = read_truth(truth)
    if not isinstance(known_persons, TruePersons):
        raise LinkError("evaluate.rules_need_persons", path=str(truth))
    rules = _rules_of_true_pairs(folder, known_persons, [row["rule"] for row in said])
    counted = count_by_rule(rules)
    rows = zip(said, counted.every.tolist(), counted.alone.tolist(), strict=True)
    return RulesFound(
        tuple(RuleFound(**row, true=every, true_alone=alone) for row, every, alone in rows),
        _pairs_of_persons(known_persons),
        len(rules),
    )


def _rules_of_true_pairs(folder: Path, truth: TruePersons, names: list[str]) -> NDArray[np.uint32]:
    """The rules, as bits, of each pair of one person."""
    match, candidates = folder / "match.parquet", folder / "candidate_pair.parquet"
    pairs = pq.read_table(candidates if candidates.is_file() else match, columns=[*_ENDS, "rules"])
    person = truth.person.combine_chunks().dictionary_encode().indices
    one, other = (person.take(pc.index_in(pairs[end].cast(pa.string()), value_set=truth.ids))
                  for end in _ENDS)  # fmt: skip
    same = pairs["rules"].filter(pc.fill_null(pc.equal(one, other), False)).combine_chunks()
    if pa.types.is_list(same.type):
        return _bits(same, names)
    bits: NDArray[np.uint32] = same.to_numpy().astype(np.uint32)
    return bits


def _bits(lists: pa.ListArray, names: list[str]) -> NDArray[np.uint32]:
    bits = np.zeros(len(lists), np.uint32)
    bit = pc.index_in(lists.flatten(), value_set=pa.array(names)).to_numpy().astype(np.uint32)
    np.bitwise_or.at(bits, pc.list_parent_indices(lists).to_numpy(), np.uint32(1) << bit)
    return bits


def _pairs_of_persons(truth: TruePersons) -> int:
    sizes = pc.value_counts(truth.person).field("counts").to_numpy().astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())
