"""The clusters of the link stage after the judgements of people.

Linking applies judgements itself; this module makes sure of it, so that a judgement holds also
where only resolving is run again. Always holds: no cluster contains a pair judged different; a pair
judged same is in one cluster unless a newer judgement forbids it. Clusters that no judgement
contradicts are left exactly as they are.
"""

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.resolve.judgements import Judgement

Clusters = dict[str, str]
"""record_id -> smallest record_id of its cluster."""


def judged_clusters(
    clusters: Mapping[str, str], match: pa.Table, judgements: Sequence[Judgement]
) -> Clusters:
    """Make again, by the judgements, the clusters that contradict one.

    In these clusters the judgements are taken first, the newest first (one that an newer one
    already excludes is passed over), then the links of each old cluster from the strongest to the
    weakest, each unless it would join a pair judged different. A record of the cluster that has no
    link stays with the cluster's smallest record where no judgement forbids it.

    Args:
        clusters: record_id -> cluster_id, every record.
        match: Table ``match``.
        judgements: The present judgements, newest first.

    Returns:
        record_id -> smallest record_id of its cluster, every record.
    """
    affected = _contradicted(clusters, judgements)
    if not affected:
        return dict(clusters)
    members = sorted(record for record, cluster in clusters.items() if cluster in affected)
    joining = _Joining(members)
    for judgement in judgements:
        if joining.knows(judgement.left, judgement.right):
            if judgement.verdict == "same":
                joining.join(judgement.left, judgement.right)
            elif judgement.verdict == "different":
                joining.forbid(judgement.left, judgement.right)
    for left, right in _links(match, members, clusters):
        joining.join(left, right)
    for record in members:
        joining.join(clusters[record], record)
    return {**clusters, **joining.clusters()}


def _contradicted(clusters: Mapping[str, str], judgements: Iterable[Judgement]) -> set[str]:
    affected: set[str] = set()
    for judgement in judgements:
        left, right = clusters[judgement.left], clusters[judgement.right]
        if (judgement.verdict == "different" and left == right) or (
            judgement.verdict == "same" and left != right
        ):
            affected |= {left, right}
    return affected


def _links(
    match: pa.Table, members: list[str], clusters: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The compared pairs inside one old cluster, strongest first."""
    inside = pa.array(members, pa.string())
    near = match.filter(pc.and_(pc.is_in(match["record_id_left"], inside),
                                pc.is_in(match["record_id_right"], inside)))  # fmt: skip
    rows = zip(near["match_weight"].to_pylist(), near["record_id_left"].to_pylist(),
               near["record_id_right"].to_pylist(), strict=True)  # fmt: skip
    ordered = sorted(rows, key=lambda row: (-row[0], row[1], row[2]))
    return [(left, right) for _, left, right in ordered if clusters[left] == clusters[right]]


class _Joining:
    """Disjoint sets of records that refuse to join what was forbidden."""

    def __init__(self, records: Sequence[str]) -> None:
        self._parent = {record: record for record in records}
        self._apart: dict[str, set[str]] = {}

    def knows(self, left: str, right: str) -> bool:
        return left in self._parent and right in self._parent

    def _root(self, record: str) -> str:
        while (parent := self._parent[record]) != record:
            self._parent[record] = record = self._parent[parent]
        return record

    def _forbidden(self, left: str, right: str) -> bool:
        return any(self._root(record) == right for record in self._apart.get(left, ()))

    def join(self, left: str, right: str) -> None:
        """Join the sets of two records unless that was forbidden; the smaller root stays."""
        first, second = sorted((self._root(left), self._root(right)))
        if first == second or self._forbidden(first, second):
            return
        self._parent[second] = first
        self._apart.setdefault(first, set()).update(self._apart.pop(second, ()))

    def forbid(self, left: str, right: str) -> None:
        """Keep the sets of two records apart from now on, unless they are joined already."""
        first, second = self._root(left), self._root(right)
        if first != second:
            self._apart.setdefault(first, set()).add(second)
            self._apart.setdefault(second, set()).add(first)

    def clusters(self) -> Clusters:
        """record_id -> smallest record_id of its set (roots are the smallest of their sets)."""
        return {record: self._root(record) for record in self._parent}
