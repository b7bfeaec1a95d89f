"""What Spark's executors do with batches of pairs: the same functions as on one machine.

:class:`Shared` is sent to every executor once: records, keys and terms as integers, and the
distinct values. What cannot be sent (comparers remember closures) is prepared there, once a
process.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from martyrolog.levels import FIELDS
from martyrolog.link.blocking import CandidatePairs
from martyrolog.link.columns import Codes, DateColumn, Records, TextColumn
from martyrolog.link.comparison import Comparer, Levels, compare_pairs, make_comparer
from martyrolog.link.keys import Keys
from martyrolog.link.linkage import Judgements, cluster_weighed
from martyrolog.link.model import Model, count_patterns, probability
from martyrolog.link.terms import Terms
from martyrolog.link.weighing import match_weights

PAIR = "left int, right int"
LEVEL = [f"level_{name}" for name in FIELDS]
PATTERN = ", ".join([*(f"{name} tinyint" for name in LEVEL), "pairs double"])
WEIGHED = ", ".join(
    [PAIR, "rules int", "weight double", "accepted boolean", *(f"{name} tinyint" for name in LEVEL)]
)
CLUSTERED = "record int, label int, weakest double"

Batches = Iterator[pa.RecordBatch]

Screening = Callable[[Codes, Codes], NDArray[np.int64]]
"""The positions of pairs that are worth comparing."""


@dataclass
class Shared:
    """The records of one linkage, as an executor holds them."""

    records: Records
    keys: Keys
    terms: Terms
    _made: dict[str, Any] = field(default_factory=dict)

    @property
    def comparer(self) -> Comparer:
        """The prepared records, prepared when first asked for."""
        if "comparer" not in self._made:
            self._made["comparer"] = make_comparer(self.records, self.keys)
        found: Comparer = self._made["comparer"]
        return found

    def may_reach(self, model: Model, floor: float) -> Screening:
        """The screen that drops the pairs which cannot reach a match weight."""
        if "screen" not in self._made:
            from martyrolog.link.screening import make_screen

            self._made["screen"] = make_screen(self.comparer, self.terms, model, floor)
        kept: Screening = self._made["screen"].kept
        return kept


@dataclass(frozen=True)
class Weighing:
    """What weighing needs beside the records; ``floor`` is None where every pair is kept."""

    model: Model
    floor: float | None
    threshold: float


def pairs_of(batch: pa.RecordBatch) -> CandidatePairs:
    """The pairs of a batch; ``rules`` are 0 where it has none."""
    left, right = (batch.column(name).to_numpy() for name in ("left", "right"))
    if "rules" not in batch.schema.names:
        return CandidatePairs(left, right, np.zeros(len(left), np.uint32))
    return CandidatePairs(left, right, batch.column("rules").to_numpy().astype(np.uint32))


def levels_of(batch: pa.RecordBatch | pa.Table) -> Levels:
    """The comparison levels of a batch."""
    return np.stack([batch.column(name).to_numpy() for name in LEVEL], axis=1)


def count_levels(shared: Shared, batches: Batches, one_in: int) -> Batches:
    """Patterns of comparison levels and how many sampled pairs show each.

    Args:
        shared: The records.
        batches: ``left`` and ``right``.
        one_in: Pairs of one left record in so many are sampled.
    """
    for batch in batches:
        left, right = (batch.column(name).to_numpy() for name in ("left", "right"))
        if one_in > 1:
            from martyrolog.link.compiled.blocks import sampled

            chosen = sampled(left, one_in)
            left, right = left[chosen], right[chosen]
        found = count_patterns(compare_pairs(shared.comparer, left, right))
        yield _batch(_level_columns(found.levels) | {"pairs": found.counts})


def weigh(shared: Shared, weighing: Weighing, batches: Batches) -> Batches:
    """The pairs that reach the floor with their levels and match weights, as ``WEIGHED``.

    Args:
        shared: The records.
        weighing: The model and the cut-offs.
        batches: ``left``, ``right``, ``rules``.
    """
    for batch in batches:
        pairs = pairs_of(batch)
        if weighing.floor is not None:
            screen = shared.may_reach(weighing.model, weighing.floor)
            pairs = _chosen(pairs, screen(pairs.left, pairs.right))
        levels = compare_pairs(shared.comparer, pairs.left, pairs.right)
        weights = match_weights(weighing.model, shared.terms, levels, pairs)
        if weighing.floor is not None:
            reached = np.flatnonzero(weights >= weighing.floor)
            pairs, levels, weights = _chosen(pairs, reached), levels[reached], weights[reached]
        columns: dict[str, NDArray[Any]] = {
            "left": pairs.left, "right": pairs.right, "rules": pairs.rules.astype(np.int32),
            "weight": weights, "accepted": probability(weights) >= weighing.threshold,
        }  # fmt: skip
        yield _batch(columns | _level_columns(levels))


def cluster(
    shared: Shared, weighing: Weighing, different: Sequence[tuple[int, int]], edges: pa.Table
) -> pa.Table:
    """Whole components, split where constraints and opinions ask for it, as ``CLUSTERED``.

    A component is settled by its own pairs alone, so that any number of whole components gives
    what all of them together would give.

    Args:
        shared: The records.
        weighing: The model and the cut-offs.
        different: Pairs that people judged to be two persons.
        edges: ``left``, ``right``, ``weight`` and ``judged``: the weighed pairs within some
            components, and the pairs that people judged to be one person.
    """
    edges = edges.sort_by([("left", "ascending"), ("right", "ascending")])
    by_hand, found = edges.filter(edges["judged"]), edges.filter(pc.invert(edges["judged"]))
    members = np.unique(np.concatenate([edges["left"].to_numpy(), edges["right"].to_numpy()]))
    apart = [pair for pair in different if np.isin(pair, members).any()]
    # the other of a judged pair comes along: a judged record differs from all others
    numbers = np.union1d(members, np.array(apart, members.dtype).reshape(-1))
    left, right = (np.searchsorted(numbers, found[side].to_numpy()).astype(np.int32)
                   for side in ("left", "right"))  # fmt: skip
    pairs = CandidatePairs(left, right, np.zeros(len(left), np.uint32))
    judged = Judgements(same=_renumbered(by_hand.select(["left", "right"]), numbers),
                        different=np.searchsorted(numbers, np.array(apart)).tolist())  # fmt: skip
    clusters = cluster_weighed(
        _records_of(shared.records, numbers), pairs, found["weight"].to_numpy(),
        weighing.threshold, judged,
    )  # fmt: skip
    within = np.searchsorted(numbers, members)
    return pa.table({
        "record": members.astype(np.int32),
        "label": numbers[clusters.labels[within]].astype(np.int32),
        "weakest": clusters.weakest[within],
    })  # fmt: skip


def _renumbered(pairs: pa.Table, numbers: Codes) -> list[tuple[int, int]]:
    left, right = (np.searchsorted(numbers, side.to_numpy()).tolist() for side in pairs.columns)
    return list(zip(left, right, strict=True))


def _records_of(records: Records, numbers: Codes) -> Records:
    """Some of the records, in their order; the values keep their codes."""
    texts = {name: TextColumn(column.codes[numbers], column.values)
             for name, column in records.texts.items()}  # fmt: skip
    dates = {name: DateColumn(column.earliest[numbers], column.latest[numbers])
             for name, column in records.dates.items()}  # fmt: skip
    sentences = DateColumn(records.sentences.earliest[numbers], records.sentences.latest[numbers])
    return replace(records, order=records.order[numbers], lists=records.lists[numbers],
                   texts=texts, dates=dates, sentences=sentences)  # fmt: skip


def _chosen(pairs: CandidatePairs, which: NDArray[np.int64]) -> CandidatePairs:
    return CandidatePairs(pairs.left[which], pairs.right[which], pairs.rules[which])


def _level_columns(levels: Levels) -> dict[str, Levels]:
    return {name: np.ascontiguousarray(levels[:, at]) for at, name in enumerate(LEVEL)}


def _batch(columns: Mapping[str, NDArray[Any]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({name: pa.array(values) for name, values in columns.items()})
