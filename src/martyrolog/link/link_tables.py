"""The tables that linkage hands on, made on this machine or on Spark.

:func:`link_into_tables` chooses the engine; both give the same rows. On Spark, and where memory is
bounded, the tables of pairs lie on disk and are mapped into memory.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from martyrolog.errors import StorageError
from martyrolog.levels import FIELDS
from martyrolog.link.blocking import CandidatePairs, rule_names
from martyrolog.link.clustering import Clusters
from martyrolog.link.columns import Records
from martyrolog.link.comparison import Levels
from martyrolog.link.linkage import Judgements, link_records
from martyrolog.link.mapped import mapped_table
from martyrolog.link.memory import WHOLE, Bound, Plan, make_plan
from martyrolog.link.model import Model, for_records, probability
from martyrolog.link.rule_counts import expected_links, no_counts, rule_table
from martyrolog.link.saved_model import model_table
from martyrolog.progress import Progress

NEGLIGIBLE = 1e-4
"""Match probability under which a pair is not kept in ``match``."""

_SLICE = 1_000_000
"""Pairs of which rows of a table are made at a time, where the table lies on disk."""


@dataclass(frozen=True)
class OnSpark:
    """Link on Spark.

    Attributes:
        master: As Spark writes it: ``local[2]``, ``spark://host:7077``, ``yarn``.
        folder: A folder that driver and executors see; a scratch folder is made in it.
    """

    master: str
    folder: Path


@dataclass(frozen=True)
class LinkTables:
    """What a linkage hands on.

    Attributes:
        tables: ``match``, ``cluster``, ``link_model``, ``link_rule`` and, where asked for,
            ``candidate_pair``.
        compared: How many candidate pairs there are.
        clusters: How many clusters.
        seconds: Seconds of each step.
    """

    tables: Mapping[str, pa.Table]
    compared: int
    clusters: int
    seconds: Mapping[str, float]


def link_into_tables(
    records: Records,
    *,
    threshold: float,
    judgements: Judgements,
    progress: Progress,
    every_pair: bool = False,
    model: Model | None = None,
    spark: OnSpark | None = None,
    memory: Bound | None = None,
) -> LinkTables:
    """Link records on this machine or on Spark.

    Args:
        records: Encoded records.
        threshold: Match probability from which a pair is a link, 0.5 to 1.
        judgements: What people decided.
        progress: Who watches.
        every_pair: Give the candidate pairs too.
        model: The model to weigh with; None to estimate it from these records.
        spark: Where; None for this machine.
        memory: What this process may take, on this machine; None for no bound.

    Raises:
        LinkError: judgements contradict one another; Spark is not there or cannot be used; the
            bound on memory is too small.
        StorageError: the scratch folder cannot be made.
    """
    model = None if model is None else for_records(model, records.count)
    if spark is not None:
        return _on_spark(records, threshold, judgements, every_pair, model, spark)
    if memory is None:
        return _here(records, threshold, judgements, progress, every_pair, model, WHOLE)
    with _scratch(memory.folder, ".linking") as scratch:
        plan = make_plan(memory.bytes, records.count, scratch)
        return _here(records, threshold, judgements, progress, every_pair, model, plan)


def _here(
    records: Records, threshold: float, judgements: Judgements, progress: Progress,
    every_pair: bool, model: Model | None, plan: Plan,
) -> LinkTables:  # fmt: skip
    found = link_records(records, threshold=threshold, judgements=judgements, progress=progress,
                         every_pair=every_pair, model=model, plan=plan)  # fmt: skip
    pairs, candidates = found.pairs, found.candidates or found.pairs

    def match_rows(at: slice) -> pa.Table:
        return match_table(records, _sliced(pairs, at), found.levels[at], found.weights[at],
                           with_rules=not every_pair)  # fmt: skip

    def candidate_rows(at: slice) -> pa.Table:
        return candidate_pair_table(records, _sliced(candidates, at))

    links = (expected_links(pairs.rules[at], found.weights[at]) for at in _slices(pairs))
    tables = {
        "match": _table(plan, "match", pairs, match_rows),
        "cluster": cluster_table(records, found.clusters),
        "link_model": model_table(found.model),
        "link_rule": rule_table(found.by_rule, sum(links, no_counts())),
    }
    if every_pair:
        tables["candidate_pair"] = _table(plan, "candidate_pair", candidates, candidate_rows)
    return LinkTables(tables, found.compared, _count(found.clusters), found.seconds)


def _table(
    plan: Plan, name: str, pairs: CandidatePairs, rows: Callable[[slice], pa.Table]
) -> pa.Table:
    """A table about pairs, in memory or on disk."""
    if plan.folder is None:
        return rows(slice(None))
    return mapped_table(plan.folder / f"{name}.arrow", map(rows, _slices(pairs)))


def _slices(pairs: CandidatePairs) -> Iterator[slice]:
    starts = range(0, max(len(pairs.left), 1), _SLICE)
    return (slice(start, start + _SLICE) for start in starts)


def _sliced(pairs: CandidatePairs, at: slice) -> CandidatePairs:
    return CandidatePairs(pairs.left[at], pairs.right[at], pairs.rules[at])


def _on_spark(
    records: Records, threshold: float, judgements: Judgements, every_pair: bool,
    model: Model | None, spark: OnSpark,
) -> LinkTables:  # fmt: skip
    from martyrolog.engine.spark import spark_session

    with (
        _scratch(spark.folder, ".spark") as scratch,
        spark_session(spark.master, scratch) as session,
    ):
        # pyspark is imported only where it is asked for and was found
        from martyrolog.link.on_spark import link_on_spark

        found = link_on_spark(session, scratch, records, threshold=threshold,
                              judgements=judgements, every_pair=every_pair,
                              model=model)  # fmt: skip
    tables = {
        "match": found.match,
        "cluster": cluster_table(records, found.clusters),
        "link_model": model_table(found.model),
        "link_rule": found.by_rule,
    }
    if found.candidates is not None:
        tables["candidate_pair"] = found.candidates
    return LinkTables(tables, found.compared, _count(found.clusters), found.seconds)


@contextmanager
def _scratch(folder: Path, name: str) -> Iterator[Path]:
    """An empty folder, removed at the end; one that a killed run left is emptied."""
    scratch = folder.resolve() / name
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(scratch), why=why) from problem
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _count(clusters: Clusters) -> int:
    """Clusters: each is named by its smallest record."""
    return int(np.count_nonzero(clusters.labels == np.arange(len(clusters.labels))))


def candidate_pair_table(records: Records, pairs: CandidatePairs) -> pa.Table:
    """Candidate pairs with the names of their rules."""
    combinations, which = np.unique(pairs.rules, return_inverse=True)
    names = rule_names()
    lists = pa.array(
        [[name for bit, name in enumerate(names) if int(found) >> bit & 1]
         for found in combinations.tolist()],
        pa.list_(pa.string()),
    )  # fmt: skip
    return pa.table({
        "record_id_left": records.ids.take(pa.array(pairs.left)),
        "record_id_right": records.ids.take(pa.array(pairs.right)),
        "rules": lists.take(pa.array(which.reshape(-1))),
    })  # fmt: skip


def match_table(
    records: Records, pairs: CandidatePairs, levels: Levels, weights: NDArray[np.float64],
    *, with_rules: bool = False,
) -> pa.Table:  # fmt: skip
    """Compared pairs whose match probability is at least ``NEGLIGIBLE``."""
    probabilities = probability(weights)
    kept = np.flatnonzero(probabilities >= NEGLIGIBLE)
    columns = {
        "record_id_left": records.ids.take(pa.array(pairs.left[kept])),
        "record_id_right": records.ids.take(pa.array(pairs.right[kept])),
        "match_weight": pa.array(weights[kept]),
        "match_probability": pa.array(probabilities[kept]),
    }
    for at, name in enumerate(FIELDS):
        columns[f"level_{name}"] = pa.array(levels[kept, at])
    if with_rules:  # bit i: the rule of row i of link_rule
        columns["rules"] = pa.array(pairs.rules[kept])
    return pa.table(columns)


def cluster_table(records: Records, clusters: Clusters) -> pa.Table:
    """Every record with its cluster, named by the smallest record_id in it."""
    return pa.table({
        "record_id": records.ids,
        "cluster_id": records.ids.take(pa.array(clusters.labels)),
        "weakest_weight": pa.array(clusters.weakest, from_pandas=True),
    })  # fmt: skip
