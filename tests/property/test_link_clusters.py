"""Clusters of random graphs, checked against networkx and against a plain reference."""

from itertools import combinations

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from martyrolog.link.clustering import Links, cluster_records, make_links
from martyrolog.link.constraints import make_constraints
from tests.unit.link.build import records_of

COUNT = 9
PAIRS = list(combinations(range(COUNT), 2))
DAYS = ["", "1937", "1937-06-12", "1938-08-19", "1938-03-15"]

links = st.dictionaries(st.sampled_from(PAIRS), st.integers(4, 30), max_size=14)
deaths = st.lists(st.sampled_from(DAYS), min_size=COUNT, max_size=COUNT)


def _found(weights: dict[tuple[int, int], int], days: list[str]) -> tuple[list[int], list[float]]:
    records = records_of([{"death_date": day} for day in days])
    pairs = np.array(sorted(weights), dtype=np.int32).reshape(-1, 2)
    compared = Links(
        pairs[:, 0], pairs[:, 1], np.array([float(weights[pair]) for pair in sorted(weights)])
    )
    made = make_links(compared.left, compared.right, compared.weight, [])
    clusters = cluster_records(COUNT, made, compared, make_constraints(records, []))
    return clusters.labels.tolist(), clusters.weakest.tolist()


@given(links)
@settings(deadline=None)
def test_without_constraints_clusters_are_the_connected_components(
    weights: dict[tuple[int, int], int],
) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(COUNT))
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in weights.items())
    labels, weakest = _found(weights, [""] * COUNT)
    for component in nx.connected_components(graph):
        assert {labels[record] for record in component} == {min(component)}
        if len(component) > 1:
            tree = nx.maximum_spanning_tree(graph.subgraph(component))
            needed = min(weight for _, _, weight in tree.edges(data="weight"))
            assert {weakest[record] for record in component} == {needed}


@given(links, deaths)
@settings(deadline=None)
def test_with_constraints_clusters_are_those_of_the_plain_algorithm(
    weights: dict[tuple[int, int], int], days: list[str]
) -> None:
    clusters = [{record} for record in range(COUNT)]
    for _, (left, right) in sorted((-weight, pair) for pair, weight in weights.items()):
        one = next(cluster for cluster in clusters if left in cluster)
        other = next(cluster for cluster in clusters if right in cluster)
        exact = {days[record] for record in one | other if len(days[record]) == 10}
        if one is not other and len(exact) <= 1:
            clusters.remove(other)
            one |= other
    labels, _ = _found(weights, days)
    assert labels == [min(next(c for c in clusters if record in c)) for record in range(COUNT)]
