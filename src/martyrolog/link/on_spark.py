"""The road of ``linkage`` on Apache Spark: the same stages, pairs only on the executors.

The driver encodes the records, makes keys and terms, and estimates the model from counts of
patterns; it holds records, never pairs. Blocks, pairs, counts and connected components are Spark's
(``engine.spark``); pairs are compared, and components split, by ``on_executors``. Always holds: the
clusters, matches and candidate pairs of :func:`~martyrolog.link.linkage.link_records`, row for row.
What is written out as a table on disk is mapped into memory, not loaded.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from martyrolog.engine.spark.blocks import ORDER, BlockRule, propose_pairs
from martyrolog.engine.spark.components import connected_components
from martyrolog.link import on_executors
from martyrolog.link.blocking import NEIGHBOURS, all_keys, blocking_rules
from martyrolog.link.clustering import Clusters, Links, cluster_records
from martyrolog.link.columns import NO_VALUE, Records
from martyrolog.link.comparison import make_comparer
from martyrolog.link.constraints import make_constraints
from martyrolog.link.keys import KeyMatrix, Keys, make_keys
from martyrolog.link.link_tables import candidate_pair_table, match_table
from martyrolog.link.linkage import Judgements
from martyrolog.link.mapped import mapped_table
from martyrolog.link.model import Model, Patterns
from martyrolog.link.on_executors import LEVEL, PAIR, Shared, Weighing, levels_of, pairs_of
from martyrolog.link.rule_counts import (
    RuleCounts,
    count_by_rule,
    expected_links,
    no_counts,
    rule_table,
)
from martyrolog.link.terms import make_terms
from martyrolog.link.weighing import MANY, Stopwatch, estimate_model

if TYPE_CHECKING:
    from pyspark import Broadcast
    from pyspark.sql import SparkSession

_EDGES_OF_A_GROUP = 500_000  # pairs of whole components that are settled in one call


@dataclass(frozen=True)
class LinkedOnSpark:
    """What a linkage on Spark found; tables of pairs lie on disk.

    Attributes:
        records: The records.
        match: As ``link_tables.match_table``.
        candidates: As ``link_tables.candidate_pair_table``; None where they were not asked for.
        compared: How many candidate pairs there are.
        model: The estimated model, or the one that was given.
        by_rule: As ``rule_counts.rule_table``.
        clusters: The clusters at the threshold.
        seconds: Seconds of each step.
    """

    records: Records
    match: pa.Table
    candidates: pa.Table | None
    compared: int
    model: Model
    by_rule: pa.Table
    clusters: Clusters
    seconds: dict[str, float]


def link_on_spark(
    spark: "SparkSession",
    shared_folder: Path,
    records: Records,
    *,
    threshold: float,
    judgements: Judgements,
    every_pair: bool = False,
    model: Model | None = None,
) -> LinkedOnSpark:
    """Link records on Spark.

    Args:
        spark: A session.
        shared_folder: Empty folder that driver and executors see under the same path.
        records: Encoded records.
        threshold: Match probability from which a pair is a link, 0.5 to 1.
        judgements: What people decided.
        every_pair: Give the table of candidate pairs too.
        model: The model to weigh with; None to estimate it from these records.

    Raises:
        LinkError: judgements contradict one another.
    """
    watch = Stopwatch()
    _check_judgements(records, judgements)
    keys = make_keys(records)
    shared = Shared(replace(records, ids=pa.nulls(0)), keys, make_terms(records, keys))
    road = _Road(spark, shared_folder, shared, spark.sparkContext.broadcast(shared))
    watch.lap("encode")
    pairs, proposed = road.block([*judgements.same, *judgements.different])
    watch.lap("block")
    many = records.count >= MANY
    if model is None:
        model = road.estimate(pairs, _one_in(proposed) if many else 1)
    watch.lap("estimate")
    weighing = Weighing(model, _floor() if many else None, threshold)
    weighed = road.weigh(pairs, weighing)
    watch.lap("weigh")
    clusters = road.cluster(weighed, weighing, judgements)
    watch.lap("cluster")
    ordered_match = road.ordered(weighed, "match")
    match = _mapped(ordered_match, partial(_match_rows, records, not every_pair))
    by_rule = rule_table(road.count_by_rule(pairs), _expected_links(ordered_match))
    candidates = None
    if every_pair:
        ordered = road.ordered(pairs, "candidates")
        candidates = _mapped(ordered, partial(_candidate_rows, records))
    compared = pairs.count()
    watch.lap("collect")
    return LinkedOnSpark(records, match, candidates, compared, model, by_rule, clusters,
                         watch.seconds)  # fmt: skip


def _check_judgements(records: Records, judgements: Judgements) -> None:
    """Refuse contradicting judgements before any work: clusters of what people joined alone."""
    if judgements.same and judgements.different:
        ends = np.array(judgements.same, np.int32)
        by_hand = Links(ends[:, 0], ends[:, 1], np.full(len(ends), np.inf))
        nothing = by_hand.where(slice(0))
        constraints = make_constraints(records, judgements.different)
        cluster_records(records.count, by_hand, nothing, constraints)


def _one_in(proposed: int) -> int:
    from martyrolog.link.streamed import PROPOSED

    return max(1, proposed // PROPOSED)


def _floor() -> float:
    from martyrolog.link.streamed import FLOOR

    return FLOOR


@dataclass(frozen=True)
class _Road:
    """The steps that Spark takes."""

    spark: "SparkSession"
    folder: Path
    shared: Shared
    sent: "Broadcast[Shared]"

    def block(self, judged: Sequence[tuple[int, int]]) -> tuple[DataFrame, int]:
        """Each candidate pair once with its rules, and how many pairs the rules propose."""
        count = self.shared.records.count
        _write_keys(self.folder / "keys.parquet", self.shared.keys, count)
        keys = self.spark.read.parquet(str(self.folder / "keys.parquet"))
        rules = blocking_rules()
        declared = [BlockRule(rule.keys, rule.refine, rule.limit(count)) for rule in rules]
        proposed = propose_pairs(keys, declared, neighbours=NEIGHBOURS)
        by_hand = sorted({(min(pair), max(pair)) for pair in judged})
        rows = [(left, right, len(rules)) for left, right in by_hand]
        hand = self.spark.createDataFrame(rows, "left int, right int, rule int")
        bit = f.call_function("shiftleft", f.lit(1), f.col("rule"))
        every = proposed.pairs.unionAll(hand).select("left", "right", bit.alias("bit"))
        pairs = every.groupBy("left", "right").agg(f.bit_or("bit").alias("rules"))
        kept = self._kept(pairs, "pairs")
        self.spark.catalog.clearCache()
        return kept, proposed.count + len(by_hand)

    def estimate(self, pairs: DataFrame, one_in: int) -> Model:
        """The model, from counts of patterns: these are collected, pairs are not."""
        sent = self.sent

        def count(batches: on_executors.Batches) -> on_executors.Batches:
            return on_executors.count_levels(sent.value, batches, one_in)

        counted = pairs.select("left", "right").mapInArrow(count, on_executors.PATTERN)
        patterns = counted.groupBy(*LEVEL).agg(f.sum("pairs").alias("pairs")).toArrow()
        levels = levels_of(patterns)
        order = np.lexsort(levels.T[::-1])
        found = Patterns(levels[order], patterns["pairs"].to_numpy()[order] * one_in)
        return estimate_model(make_comparer(self.shared.records, self.shared.keys), found)

    def count_by_rule(self, pairs: DataFrame) -> RuleCounts:
        """The pairs by rule: combinations of rules are collected, pairs are not."""
        counted = pairs.groupBy("rules").count().toArrow()
        return count_by_rule(counted["rules"].to_numpy().astype(np.uint32),
                             counted["count"].to_numpy())  # fmt: skip

    def weigh(self, pairs: DataFrame, weighing: Weighing) -> DataFrame:
        """The pairs that count, with levels and match weights."""
        sent = self.sent

        def weigh(batches: on_executors.Batches) -> on_executors.Batches:
            return on_executors.weigh(sent.value, weighing, batches)

        return self._kept(pairs.mapInArrow(weigh, on_executors.WEIGHED), "weighed")

    def cluster(self, weighed: DataFrame, weighing: Weighing, judgements: Judgements) -> Clusters:
        """Connected components of the links, and within each the same splitting as everywhere."""
        sent, different = self.sent, list(judgements.different)
        same = sorted({(min(pair), max(pair)) for pair in judgements.same})
        hand = self.spark.createDataFrame(same, PAIR)
        links = weighed.where("accepted").select("left", "right").unionAll(hand)
        components = connected_components(links).persist()
        found = weighed.select("left", "right", "weight", f.lit(False).alias("judged"))
        by_hand = hand.withColumn("weight", f.lit(0.0)).withColumn("judged", f.lit(True))
        inside = found.unionAll(by_hand)
        for side in ("left", "right"):
            at = f.col("component").alias(f"at_{side}")
            inside = inside.join(components.select(f.col("record").alias(side), at), side)
        inside = inside.where(f.col("at_left") == f.col("at_right"))
        parallel = self.spark.sparkContext.defaultParallelism
        groups = max(parallel, weighed.count() // _EDGES_OF_A_GROUP)
        group = f.pmod(f.hash("at_left"), f.lit(groups))
        edges = inside.select("left", "right", "weight", "judged", group.alias("group"))

        def settle(table: pa.Table) -> pa.Table:
            return on_executors.cluster(sent.value, weighing, different, table)

        clustered = edges.groupBy("group").applyInArrow(settle, on_executors.CLUSTERED).toArrow()
        components.unpersist()
        return _clusters(self.shared.records.count, clustered)

    def ordered(self, rows: DataFrame, name: str) -> Path:
        """Folder of the same rows by rising left, then right."""
        self._kept(rows.orderBy("left", "right"), f"ordered_{name}")
        return self.folder / f"ordered_{name}"

    def _kept(self, rows: DataFrame, name: str) -> DataFrame:
        """The rows written out, so that they are made once, and read back."""
        path = str(self.folder / name)
        rows.write.parquet(path)
        return self.spark.read.schema(rows.schema).parquet(path)


def _clusters(records: int, clustered: pa.Table) -> Clusters:
    labels, weakest = np.arange(records), np.full(records, np.nan)
    at = clustered["record"].to_numpy()
    labels[at] = clustered["label"].to_numpy()
    weakest[at] = clustered["weakest"].to_numpy()
    return Clusters(labels, weakest)


def _write_keys(path: Path, keys: Keys, records: int) -> None:
    rows = np.arange(records)
    # Spark's numbers have signs: the same order with the highest bit turned
    order = (all_keys(keys, rows) ^ np.uint64(1 << 63)).view(np.int64)
    columns = {"record": pa.array(rows.astype(np.int32)), ORDER: pa.array(order)}
    columns |= {name: _alternatives(column.of(rows)) for name, column in keys.components.items()}
    pq.write_table(pa.table(columns), path, row_group_size=1_000_000)


def _alternatives(matrix: KeyMatrix) -> pa.Array:
    """The keys of each record as a list; the first also where it is none."""
    present: NDArray[np.bool_] = matrix != NO_VALUE
    present[:, 0] = True
    ends = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), pa.array(matrix[present].astype(np.int32)))


def _match_rows(records: Records, with_rules: bool, batch: pa.RecordBatch) -> pa.Table:
    weights = batch.column("weight").to_numpy()
    return match_table(records, pairs_of(batch), levels_of(batch), weights, with_rules=with_rules)


def _expected_links(folder: Path) -> RuleCounts:
    found = (expected_links(batch.column("rules").to_numpy().astype(np.uint32),
                            batch.column("weight").to_numpy())
             for batch in _batches(folder))  # fmt: skip
    return sum(found, no_counts())


def _candidate_rows(records: Records, batch: pa.RecordBatch) -> pa.Table:
    return candidate_pair_table(records, pairs_of(batch))


def _mapped(folder: Path, rows: Callable[[pa.RecordBatch], pa.Table]) -> pa.Table:
    """A table made batch by batch from what Spark wrote."""
    return mapped_table(folder.with_suffix(".arrow"), map(rows, _batches(folder)))


def _batches(folder: Path) -> Iterator[pa.RecordBatch]:
    for path in sorted(folder.glob("*.parquet")):
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches()
