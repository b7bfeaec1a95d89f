"""Links as they were made, read back from a folder of tables: clusters and compared pairs.

The folder is ``build/`` of an archive, or the one that ``martyrolog link RECORDS --out`` wrote.
Nothing here knows a name or a truth.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from martyrolog.errors import LinkError
from martyrolog.link.model import probability
from martyrolog.provenance import hash_file

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_ENDS = ("record_id_left", "record_id_right")


@dataclass(frozen=True)
class Linked:
    """Clusters and compared pairs.

    Attributes:
        ids: ``record_id`` of each record, as text.
        cluster: Number of the cluster of each record.
        weakest: Match probability of the weakest link that holds the cluster of each record
            together; 1 for a single record or where judgements hold it.
        left: Compared pairs whose probability is not negligible: a record, by its place in ``ids``.
        right: The other record.
        probability: Match probability of these pairs.
        negligible: Per cluster, compared pairs inside it whose probability is negligible.
        version: Hash of the clusters.
    """

    ids: pa.Array
    cluster: Ints
    weakest: Floats
    left: Ints
    right: Ints
    probability: Floats
    negligible: Ints
    version: str

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Which of the compared pairs stand in one cluster."""
        same: NDArray[np.bool_] = self.cluster[self.left] == self.cluster[self.right]
        return same

    @property
    def sizes(self) -> Ints:
        """Records of each cluster."""
        return np.bincount(self.cluster)


def read_linked(folder: Path) -> Linked:
    """What a linkage left in a folder.

    Args:
        folder: Holds ``cluster.parquet`` and ``match.parquet``; ``candidate_pair.parquet``, where
            it is there, tells compared pairs of negligible probability from pairs never compared.

    Raises:
        LinkError: the folder holds no linkage.
    """
    cluster_file, match_file = folder / "cluster.parquet", folder / "match.parquet"
    if not (cluster_file.is_file() and match_file.is_file()):
        raise LinkError("evaluate.not_linked", path=str(folder))
    clusters = pq.read_table(cluster_file, columns=["record_id", "cluster_id", "weakest_weight"])
    ids = clusters["record_id"].cast(pa.string()).combine_chunks()
    code = clusters["cluster_id"].combine_chunks().dictionary_encode().indices
    cluster = code.to_numpy().astype(np.int64)
    weights = pc.fill_null(clusters["weakest_weight"], float("inf")).to_numpy()
    match = pq.read_table(match_file, columns=[*_ENDS, "match_probability"])
    left, right = (_places(match, end, ids) for end in _ENDS)
    return Linked(
        ids=ids,
        cluster=cluster,
        weakest=probability(weights),
        left=left,
        right=right,
        probability=match["match_probability"].to_numpy().astype(np.float64),
        negligible=_negligible(folder / "candidate_pair.parquet", ids, cluster, (left, right)),
        version=hash_file(cluster_file),
    )


def _places(table: pa.Table, column: str, ids: pa.Array) -> Ints:
    values = table[column].cast(pa.string())
    found: Ints = pc.index_in(values, value_set=ids).to_numpy().astype(np.int64)
    return found


def _negligible(path: Path, ids: pa.Array, cluster: Ints, kept: tuple[Ints, Ints]) -> Ints:
    """Per cluster, candidate pairs inside it that are not among those kept."""
    count = int(cluster.max(initial=-1)) + 1
    if not path.is_file():
        return np.zeros(count, np.int64)
    table = pq.read_table(path, columns=list(_ENDS))
    left, right = (_places(table, end, ids) for end in _ENDS)
    return _per_cluster(cluster, left, right, count) - _per_cluster(cluster, *kept, count)


def _per_cluster(cluster: Ints, left: Ints, right: Ints, count: int) -> Ints:
    inside = cluster[left] == cluster[right]
    return np.bincount(cluster[left[inside]], minlength=count)
