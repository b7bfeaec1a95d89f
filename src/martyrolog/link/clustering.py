"""Clusters: which records are one person.

:func:`cluster_records` joins records along links. Where nothing contradicts, a cluster is a
connected component. Where two records of a component cannot be one person, or a compared pair
weighs clearly against it, its links are taken from the strongest to the weakest, and a link is
refused that would bring such two together, or two groups whose compared pairs weigh against it
altogether (Kruskal's algorithm with refusals): so a component is split at its weakest links, and
the strongest evidence decides who belongs to whom. Pairs that people judged to be the same come
first and are never refused. Ties are decided by the order of the records. Checked against networkx
and a plain reference in the tests.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from martyrolog.errors import LinkError
from martyrolog.link.columns import Codes
from martyrolog.link.constraints import Constraints
from martyrolog.link.distinct import sorted_distinct
from martyrolog.link.followers import count_followers, pairs_of_followers
from martyrolog.link.groups import Groups

LARGEST_CONTESTED = 200
"""Distinct signatures (see ``Constraints``) beyond which a component is cut, then checked."""

CONTRARY = -5.0
"""Match weight under which a compared pair inside a component makes it contested, in bits."""

LOUDEST = 15.0
"""Bits that one pair counts for or against a union at most, when groups are weighed."""

DIGITS = 6
"""Decimals of a match weight, so that the last bits of a sum decide nothing."""

_JUDGED = np.inf  # weight of a link that people made


@dataclass(frozen=True)
class Links:
    """Links between records, each once.

    Attributes:
        left: Number of a record.
        right: Number of another.
        weight: Match weight in bits; infinite where people judged the two to be the same.
    """

    left: Codes
    right: Codes
    weight: NDArray[np.float64]

    def where(self, chosen: NDArray[np.bool_] | NDArray[np.int64] | slice) -> "Links":
        """The chosen links: those that are true, or of these places, in their order."""
        return Links(self.left[chosen], self.right[chosen], self.weight[chosen])


@dataclass(frozen=True)
class Clusters:
    """Every record in exactly one cluster.

    Attributes:
        labels: Smallest number of a record in the cluster of each record.
        weakest: Match weight of the weakest link that holds each record's cluster together; NaN
            for a single record or where judgements alone hold it.
    """

    labels: NDArray[np.int64]
    weakest: NDArray[np.float64]


def make_links(
    left: Codes, right: Codes, weight: NDArray[np.float64], same: Sequence[tuple[int, int]]
) -> Links:
    """Links of accepted pairs and of judgements; a judged pair is the judgement's."""
    judged = sorted({(min(pair), max(pair)) for pair in same})
    by_hand = np.array(judged, dtype=np.int32).reshape(-1, 2)
    size = int(max(right.max(initial=0), by_hand.max(initial=0))) + 1
    packed = left.astype(np.int64) * size + right
    rest = ~np.isin(packed, by_hand[:, 0].astype(np.int64) * size + by_hand[:, 1])
    return Links(
        np.concatenate([by_hand[:, 0], left[rest]]),
        np.concatenate([by_hand[:, 1], right[rest]]),
        np.concatenate([np.full(len(by_hand), _JUDGED), weight[rest]]),
    )


def cluster_records(
    records: int, links: Links, compared: Links, constraints: Constraints
) -> Clusters:
    """Join records along links, obeying the constraints.

    Args:
        records: Number of records.
        links: Links at or above the threshold, and those of judgements.
        compared: All compared pairs with their match weights, those that are no links too.
        constraints: Who cannot be one person.

    Raises:
        LinkError: judgements contradict one another.
    """
    _check_judgements(records, links, constraints)
    signatures = constraints.signatures()
    links = _without_giants(records, links, signatures)
    component = _components(records, links)
    enemies, contested = _find_enemies(component, signatures, constraints)
    within = compared.where(component[compared.left] == component[compared.right])
    contested[component[within.left[within.weight < CONTRARY]]] = True
    within = within.where(contested[component[within.left]])
    in_contest = contested[component[links.left]]
    rules = _Rules(signatures, enemies, largest=len(signatures))
    kept = _settled(links.where(in_contest), within, component, rules)
    return _clusters_of(records, _joined(links.where(~in_contest), kept))


def _components(records: int, links: Links) -> NDArray[np.int64]:
    """Connected component of each record."""
    ones = np.ones(len(links.left), dtype=np.int8)
    graph = sparse.coo_matrix((ones, (links.left, links.right)), shape=(records, records))
    return csgraph.connected_components(graph, directed=False)[1].astype(np.int64)


def _clusters_of(records: int, links: Links) -> Clusters:
    """The connected components with their smallest record and their weakest needed link."""
    component = _components(records, links)
    count = int(component.max(initial=-1)) + 1
    smallest = np.full(count, records, dtype=np.int64)
    np.minimum.at(smallest, component, np.arange(records))
    weakest = np.full(count, np.inf)
    needed = _spanning(records, links)
    np.minimum.at(weakest, component[needed.left], needed.weight)
    weakest[np.isinf(weakest)] = np.nan
    return Clusters(smallest[component], weakest[component])


def _spanning(records: int, links: Links) -> Links:
    """A maximum spanning forest: its weakest link is the weakest that the component needs."""
    finite = links.weight[np.isfinite(links.weight)]
    top = float(finite.max(initial=0.0)) + 2.0
    cost = np.where(np.isfinite(links.weight), top - links.weight, 1.0)
    graph = sparse.coo_matrix((cost, (links.left, links.right)), shape=(records, records))
    tree = csgraph.minimum_spanning_tree(graph.tocsr()).tocoo()
    weight = np.where(tree.data <= 1.0, _JUDGED, top - tree.data).astype(np.float64)
    return Links(tree.row.astype(np.int32), tree.col.astype(np.int32), np.round(weight, DIGITS))


def _joined(first: Links, second: Links) -> Links:
    return Links(
        np.concatenate([first.left, second.left]), np.concatenate([first.right, second.right]),
        np.concatenate([first.weight, second.weight]),
    )  # fmt: skip


def _check_judgements(records: int, links: Links, constraints: Constraints) -> None:
    """Refuse judgements that join, over others, two records judged to be different."""
    component = _components(records, links.where(np.isinf(links.weight)))
    left, right = np.divmod(constraints.different, max(records, 1))
    clash = np.flatnonzero(component[left] == component[right])
    if len(clash):
        ids = constraints.records.ids
        raise LinkError("link.judgements_contradict", left=str(ids[int(left[clash[0]])]),
                        right=str(ids[int(right[clash[0]])]))  # fmt: skip


def _find_enemies(
    component: NDArray[np.int64], signatures: NDArray[np.int64], constraints: Constraints
) -> tuple[dict[int, set[int]], NDArray[np.bool_]]:
    """Signatures that may not come together, and which components hold such."""
    size = int(signatures.max(initial=0)) + 1
    present, record = np.unique(component * size + signatures, return_index=True)
    home = present // size
    enemies: dict[int, set[int]] = defaultdict(set)
    contested = np.zeros(int(component.max(initial=-1)) + 1, dtype=bool)
    for one, other in pairs_of_followers(count_followers(home)):
        apart = constraints.contradict(record[one].astype(np.int32), record[other].astype(np.int32))
        contested[home[one[apart]]] = True
        for left, right in zip(
            signatures[record[one[apart]]].tolist(), signatures[record[other[apart]]].tolist(),
            strict=True,
        ):  # fmt: skip
            enemies[left].add(right)
            enemies[right].add(left)
    return enemies, contested


@dataclass(frozen=True)
class _Rules:
    """What groups of records refuse; see ``Groups``."""

    signatures: NDArray[np.int64]
    enemies: Mapping[int, set[int]]
    largest: int


def _settled(links: Links, compared: Links, component: NDArray[np.int64], rules: _Rules) -> Links:
    """The links that are not refused, from the strongest on.

    One component after another, since none has to do with another: memory is that of the largest.
    """
    order = np.lexsort((links.right, links.left, -links.weight, component[links.left]))
    links = links.where(order)
    opinions = compared.where(np.argsort(component[compared.left], kind="stable"))
    homes, starts = np.unique(component[links.left], return_index=True)
    edges = np.append(starts, len(links.left)).tolist()
    of_opinions = component[opinions.left]
    firsts, lasts = (np.searchsorted(of_opinions, homes, side=side).tolist()
                     for side in ("left", "right"))  # fmt: skip
    kept = np.zeros(len(links.left), dtype=bool)
    for at, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        groups = Groups(rules.signatures, enemies=rules.enemies, largest=rules.largest,
                        opinions=_opinions(opinions.where(slice(first, last))))  # fmt: skip
        here = slice(edges[at], edges[at + 1])
        kept[here] = _joins(links.where(here), groups)
    return links.where(kept)


def _joins(links: Links, groups: Groups) -> list[bool]:
    """Which links are not refused, taken in their order."""
    forced = np.isinf(links.weight).tolist()
    ends = zip(links.left.tolist(), links.right.tolist(), forced, strict=True)
    return [groups.join(left, right, forced=judged) for left, right, judged in ends]


def _opinions(compared: Links) -> dict[int, dict[int, int]]:
    """What the compared pairs weigh, whole numbers so that no order of summing matters."""
    weights = np.rint(np.clip(compared.weight, -LOUDEST, LOUDEST) * 1000).astype(np.int64)
    opinions: dict[int, dict[int, int]] = defaultdict(dict)
    for left, right, weight in zip(
        compared.left.tolist(), compared.right.tolist(), weights.tolist(), strict=True
    ):
        opinions[left][right] = opinions[right][left] = weight
    return opinions


def _without_giants(records: int, links: Links, signatures: NDArray[np.int64]) -> Links:
    """Cut components of too many signatures at their weakest links.

    A component of hundreds of differing records is no person, and checking all its pairs would
    never end.
    """
    component = _components(records, links)
    size = int(signatures.max(initial=0)) + 1
    distinct = sorted_distinct(component * size + signatures) // size
    giant = np.bincount(distinct, minlength=1) > LARGEST_CONTESTED
    inside = giant[component[links.left]]
    rules = _Rules(signatures, {}, largest=LARGEST_CONTESTED)
    nothing = links.where(slice(0))
    cut = _settled(links.where(inside), nothing, component, rules)
    return _joined(links.where(~inside), cut)
