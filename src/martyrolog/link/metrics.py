"""Agreement of found clusters with true ones: pairs of records, B-cubed, errors of clusters.

:func:`compare_clusterings` gives the values, :func:`bootstrap_intervals` how sure they are. All
measures are ratios of sums over records, so any choice of records (a stratum, a resampling of
persons) has them. A pair counts half for each of its two records; over all records that is the
usual count of pairs. Values are shares from 0 to 1; a share of nothing is 1.

Pairs: of the pairs found in one cluster, the share that is of one person (precision), and the
other way round (recall). B-cubed: Bagga and Baldwin, Algorithms for scoring coreference chains
(1998), as an average over records (Amigó, Gonzalo, Artiles, Verdejo, Information Retrieval 12,
2009, eqs 1-2): the share of a record's cluster that is of its person, and of its person that is
in its cluster.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

MEASURES = (
    "precision", "recall", "f1", "bcubed_precision", "bcubed_recall", "bcubed_f1",
)  # fmt: skip

REPLICATES = 1_000
"""Resamplings of the true persons that an interval is made of."""

LEVEL = 0.95
"""Probability that an interval is to hold the true value."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Agreement:
    """How well found clusters agree with true persons.

    Attributes:
        records: Records that were compared.
        clusters: Clusters that they stand in.
        persons: Persons that they are of.
        pairs_found: Pairs of records in one cluster.
        pairs_true: Pairs of records of one person.
        pairs_right: Pairs that are both.
        precision: ``pairs_right / pairs_found``.
        recall: ``pairs_right / pairs_true``.
        f1: Harmonic mean of the two.
        bcubed_precision: See the module.
        bcubed_recall: See the module.
        bcubed_f1: Harmonic mean of the two.
        persons_split: Persons whose records stand in several clusters.
        clusters_merged: Clusters with records of several persons.
        persons_exact: Persons whose records are one cluster, and nobody else's in it.
    """

    records: int
    clusters: int
    persons: int
    pairs_found: int
    pairs_true: int
    pairs_right: int
    precision: float
    recall: float
    f1: float
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float
    persons_split: int
    clusters_merged: int
    persons_exact: int


@dataclass(frozen=True)
class RecordParts:
    """What each record adds to every measure.

    Attributes:
        person: Code of its person.
        cluster: Code of its cluster.
        unit: Code of the smallest set of whole persons and whole clusters that holds it: what is
            right or wrong about its records is so together.
        sums: Records x 6: 1, right pairs, found pairs, true pairs, B-cubed precision and recall;
            pairs of this record with others.
    """

    person: Ints
    cluster: Ints
    unit: Ints
    sums: Floats

    def where(self, chosen: NDArray[np.bool_]) -> "RecordParts":
        """The parts of the chosen records, such as a stratum; pairs with others stay counted."""
        codes = (self.person[chosen], self.cluster[chosen], self.unit[chosen])
        return RecordParts(*codes, self.sums[chosen])


def record_parts(found: NDArray[Any], true: NDArray[Any]) -> RecordParts:
    """What each record adds to the measures.

    Args:
        found: Cluster of each record; numbers or texts.
        true: Person of each record.

    Raises:
        ValueError: the arrays differ in length.
    """
    if len(found) != len(true):
        raise ValueError(f"{len(found)} clustered records, {len(true)} true ones")
    cluster, cluster_sizes = _coded(found)
    person, person_sizes = _coded(true)
    both, sizes = _coded(cluster * max(len(person_sizes), 1) + person)
    shared = sizes[both].astype(np.float64)
    in_cluster, of_person = cluster_sizes[cluster], person_sizes[person]
    columns = [np.ones(len(both)), shared - 1, in_cluster - 1, of_person - 1,
               shared / np.maximum(in_cluster, 1), shared / np.maximum(of_person, 1)]  # fmt: skip
    unit = _units(person, cluster)
    return RecordParts(person, cluster, unit, np.stack(columns, axis=1).astype(np.float64))


def _units(person: Ints, cluster: Ints) -> Ints:
    """The connected component of each record where persons and clusters are nodes."""
    persons = int(person.max(initial=-1)) + 1
    nodes = persons + int(cluster.max(initial=-1)) + 1
    graph = sparse.coo_matrix((np.ones(len(person), np.int8), (person, persons + cluster)),
                              shape=(nodes, nodes))  # fmt: skip
    found = csgraph.connected_components(graph, directed=False)[1]
    return found[person].astype(np.int64)


def compare_clusterings(found: NDArray[Any], true: NDArray[Any]) -> Agreement:
    """Agreement of found clusters with true ones over the same records.

    Args:
        found: Cluster of each record; numbers or texts.
        true: Person of each record.

    Raises:
        ValueError: the arrays differ in length.
    """
    return agreement_of(record_parts(found, true))


def agreement_of(parts: RecordParts) -> Agreement:
    """Agreement from the parts of the records, all or those of a stratum.

    In a stratum a person or a cluster is split, merged or exact by its records in that stratum.
    """
    sums = parts.sums.sum(axis=0)
    values = {name: float(value[0]) for name, value in rates(sums[None, :]).items()}
    _, right, in_cluster, of_person = parts.sums[:, :4].T
    split, merged = right < of_person, right < in_cluster
    persons, clusters = _distinct(parts.person), _distinct(parts.cluster)
    persons_split = _distinct(parts.person[split])
    return Agreement(
        records=len(parts.person),
        clusters=clusters,
        persons=persons,
        pairs_found=round(sums[2] / 2),
        pairs_true=round(sums[3] / 2),
        pairs_right=round(sums[1] / 2),
        **values,
        persons_split=persons_split,
        clusters_merged=_distinct(parts.cluster[merged]),
        persons_exact=persons - _distinct(parts.person[split | merged]),
    )


def rates(sums: Floats) -> Mapping[str, Floats]:
    """The measures of ``MEASURES`` from sums of the parts: one row a resampling."""
    count, right, found, true, bcubed_precision, bcubed_recall = sums.T
    found_rates = (_share(right, found), _share(right, true))
    bcubed = (_share(bcubed_precision, count), _share(bcubed_recall, count))
    values = (*found_rates, _harmonic(*found_rates), *bcubed, _harmonic(*bcubed))
    return dict(zip(MEASURES, values, strict=True))


def bootstrap_intervals(
    parts: RecordParts,
    rng: np.random.Generator,
    *,
    replicates: int = REPLICATES,
    level: float = LEVEL,
) -> Mapping[str, tuple[float, float]]:
    """Percentile intervals from resampling the true persons, with all their records.

    The records of a person are right or wrong together, and so are those of two persons that stand
    in one cluster. So neither pairs nor records are drawn but persons, together with those they
    are mixed up with (resampling of whole clusters: Davison and Hinkley 1997, section 3.8). That
    the truth itself may err is not in the interval.

    Args:
        parts: Parts of the records.
        rng: Draws the resamplings.
        replicates: How many.
        level: Probability of the interval.
    """
    if not len(parts.person):
        return dict.fromkeys(MEASURES, (1.0, 1.0))
    unit, _ = _coded(parts.unit)
    sums = np.stack([np.bincount(unit, weights=column) for column in parts.sums.T], axis=1)
    # units that add the same are one kind: drawing kinds costs less and gives the same
    kinds, counts = np.unique(np.round(sums, 9), axis=0, return_counts=True)
    drawn = rng.multinomial(int(counts.sum()), counts / counts.sum(), size=replicates)
    tails = [(1 - level) / 2, (1 + level) / 2]
    return {
        name: (float(low), float(high))
        for name, values in rates(drawn.astype(np.float64) @ kinds).items()
        for low, high in [np.quantile(values, tails)]
    }


def _coded(values: NDArray[Any]) -> tuple[Ints, Ints]:
    """A code for each value, and how often each code stands; hashed, not sorted."""
    codes = pa.array(values).dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes, np.bincount(codes)


def _distinct(codes: Ints) -> int:
    return len(np.unique(codes))


def _share(part: Floats, whole: Floats) -> Floats:
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), 1.0)


def _harmonic(precision: Floats, recall: Floats) -> Floats:
    total = precision + recall
    return np.where(total > 0, 2 * precision * recall / np.where(total > 0, total, 1.0), 0.0)
