"""The stage ``draw``: what the links leave open, as several plausible clusterings.

Enters: what ``link`` left in ``build/``. Leaves: the table ``cluster_draw``, for the stage
``estimate``, which carries the uncertainty of the links into its numbers. Nothing is drawn where
archive.toml names fewer than two lists fit for estimation, or asks for no draws.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from martyrolog.archive import Archive
from martyrolog.link.archived import read_posterior
from martyrolog.link.draws import draw_clusterings
from martyrolog.link.posterior import Ints
from martyrolog.link.stage import JUDGEMENTS
from martyrolog.progress import Progress
from martyrolog.stage import Stage, Tables
from martyrolog.tables import check_table, empty_table, read_table

LEAST_LISTS = 2


def run(archive: Archive, tables: Tables, progress: Progress) -> Tables:
    """Draw clusterings.

    Args:
        archive: A linked archive; ``[estimate] draws`` says how many, ``seed`` fixes which.
        tables: Table ``cluster``; the pairs are read where they are needed.
        progress: Who watches.

    Returns:
        Table ``cluster_draw``: of every draw the records of those groups that are not the same in
        all draws and in ``cluster``.
    """
    if not _wanted(archive):
        return {"cluster_draw": empty_table("cluster_draw")}
    asked = archive.settings.estimate
    ids, posterior = read_posterior(archive)
    rng = np.random.default_rng(asked.seed)
    drawn = list(progress.track(draw_clusterings(posterior, asked.draws, rng),
                                label="estimate.progress_draws", total=asked.draws))  # fmt: skip
    chosen = _labels(tables["cluster"], ids)
    lists = _lists(archive, ids)
    return {"cluster_draw": draw_table(ids, lists, chosen, drawn)}


def draw_table(ids: pa.Array, lists: pa.Array, chosen: Ints, drawn: Sequence[Ints]) -> pa.Table:
    """Table ``cluster_draw`` of some clusterings.

    Args:
        ids: ``record_id`` of each record.
        lists: Its list.
        chosen: Of each record, the smallest number of a record in its cluster of ``cluster``.
        drawn: The same of each draw.

    Returns:
        Records that hang together in the chosen clustering or in any draw are one group; a group
        that is clustered alike in all of them is left out.
    """
    open_ones = np.flatnonzero(_open(chosen, drawn))
    placed = np.tile(open_ones, len(drawn))
    cluster = np.concatenate([np.zeros(0, np.int64), *(labels[open_ones] for labels in drawn)])
    table = pa.table({
        "draw": pa.array(np.repeat(np.arange(1, len(drawn) + 1), len(open_ones)), pa.int64()),
        "record_id": ids.take(pa.array(placed)),
        "cluster_id": ids.take(pa.array(cluster)),
        "list_id": lists.take(pa.array(placed)),
    })  # fmt: skip
    order = [("draw", "ascending"), ("record_id", "ascending")]
    return check_table("cluster_draw", table.sort_by(order))


def _open(chosen: Ints, drawn: Sequence[Ints]) -> NDArray[np.bool_]:
    """Of each record, whether anything in its group is clustered in more than one way."""
    count = len(chosen)
    every = np.concatenate([chosen, *drawn])
    numbers = np.tile(np.arange(count), 1 + len(drawn))
    graph = sparse.coo_matrix((np.ones(len(every), np.int8), (numbers, every)), (count, count))
    group = csgraph.connected_components(graph, directed=False)[1]
    moved = np.zeros(count, bool)
    for labels in drawn:
        moved |= labels != chosen
    return np.isin(group, group[moved])


def _labels(cluster: pa.Table, ids: pa.Array) -> Ints:
    """Of each record, the smallest number of a record in its cluster."""
    place = pc.index_in(ids, value_set=cluster["record_id"].combine_chunks())
    named = cluster["cluster_id"].combine_chunks().take(place)
    _, group = np.unique(pc.dictionary_encode(named).indices.to_numpy(), return_inverse=True)
    first = np.full(group.max(initial=-1) + 1, len(ids))
    np.minimum.at(first, group, np.arange(len(ids)))
    return np.asarray(first[group], np.int64)


def _lists(archive: Archive, ids: pa.Array) -> pa.Array:
    record = read_table(archive.build, "record", ["record_id", "list_id"])
    place = pc.index_in(ids, value_set=record["record_id"].combine_chunks())
    return record["list_id"].combine_chunks().take(place)


def _wanted(archive: Archive) -> bool:
    fit = sum(source.estimation.fit for source in archive.settings.list)
    return fit >= LEAST_LISTS and archive.settings.estimate.draws > 0


def _settings(archive: Archive) -> object:
    if not _wanted(archive):
        return {}
    asked = archive.settings.estimate
    return {"draws": asked.draws, "seed": asked.seed, "link": archive.settings.link.model_dump()}


STAGE = Stage(
    name="draw",
    reads=("source_list", "cluster", "link_model"),
    writes=("cluster_draw",),
    run=run,
    files=lambda archive: [archive.hand / JUDGEMENTS],
    settings=_settings,
)
"""What the links leave open."""
