"""Pairs inside groups of linked records that no rule proposed, or whose weight was not kept.

A group is split where its pairs speak against it, so all of them are heard: two records that are
linked only through a third may contradict each other.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from martyrolog.link.blocking import CandidatePairs
from martyrolog.link.columns import Codes

LARGEST = 50
"""Records of a group all of whose pairs are compared; larger ones are split by what is known."""


def pairs_within(records: int, left: Codes, right: Codes, known: CandidatePairs) -> CandidatePairs:
    """Pairs of one connected group that are not among the known ones.

    Args:
        records: Number of records.
        left: Linked records.
        right: The records they are linked with.
        known: Pairs that were weighed, by rising left, then right.
    """
    ones = np.ones(len(left), np.int8)
    graph = sparse.coo_matrix((ones, (left, right)), shape=(records, records))
    group = csgraph.connected_components(graph, directed=False)[1]
    sizes = np.bincount(group)[group]
    members = np.flatnonzero((sizes > 2) & (sizes <= LARGEST))
    members = members[np.argsort(group[members], kind="stable")]
    ends = np.searchsorted(group[members], group[members], side="right")
    followers = ends - np.arange(len(members)) - 1
    packed = np.setdiff1d(_packed(members, followers, records),
                          known.left.astype(np.int64) * records + known.right,
                          assume_unique=True)  # fmt: skip
    found = np.divmod(packed, max(records, 1))
    return CandidatePairs(found[0].astype(np.int32), found[1].astype(np.int32),
                          np.zeros(len(packed), np.uint32))  # fmt: skip


def _packed(
    members: NDArray[np.int64], followers: NDArray[np.int64], records: int
) -> NDArray[np.int64]:
    one = np.repeat(np.arange(len(members)), followers)
    before = np.repeat(np.cumsum(followers) - followers, followers)
    other = one + 1 + np.arange(len(one)) - before
    packed: NDArray[np.int64] = members[one] * records + members[other]
    return packed
