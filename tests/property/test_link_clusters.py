"""Clusters of random graphs, checked against networkx and against a plain reference."""

from itertools import combinations, product

import networkx as nx
import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from martyrolog.link.clustering import Links, cluster_records, make_links
from martyrolog.link.columns import Records
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


LISTS = ["court", "book"]
ROWS = st.lists(
    st.fixed_dictionaries({
        "list_id": st.sampled_from(LISTS),
        "death_date": st.sampled_from(["", "", "1937-06-12", "1938-08-19"]),
        "patronymic": st.sampled_from(["", "Иванович", "Петрович"]),
        "birth_date": st.sampled_from(["", "1890", "1912"]),
    }),
    min_size=COUNT, max_size=COUNT,
)  # fmt: skip
WEIGHTS = st.dictionaries(
    st.sampled_from(PAIRS), st.sampled_from([-20, -6, -3, 2, 5, 7, 8, 9, 12, 20]), max_size=18
)
JUDGED = st.lists(st.sampled_from(PAIRS), max_size=2, unique=True)
LEAST = 4  # weight of a link


class _Reference:
    """The rules written out: sets of records, every pair looked at, nothing remembered."""

    def __init__(
        self, weights: dict[tuple[int, int], int], records: Records,
        same: list[tuple[int, int]], different: list[tuple[int, int]],
    ) -> None:  # fmt: skip
        self.weights = weights
        self.same = set(same)
        constraints = make_constraints(records, different)
        self.apart = {pair for pair in PAIRS if constraints.reasons(*pair)}
        links = {pair for pair, weight in weights.items() if weight >= LEAST} | self.same
        graph = nx.Graph(sorted(links))
        graph.add_nodes_from(range(COUNT))
        self.component = {record: min(found) for found in nx.connected_components(graph)
                          for record in found}  # fmt: skip
        self.order = sorted(
            links, key=lambda pair: (pair not in self.same, -weights.get(pair, 0), pair)
        )

    def contested(self, record: int) -> bool:
        home = self.component[record]
        inside = [
            pair for pair in PAIRS if self.component[pair[0]] == self.component[pair[1]] == home
        ]
        return any(pair in self.apart or self.weights.get(pair, 0) < -5 for pair in inside)

    def refuses(self, one: set[int], other: set[int]) -> bool:
        between = [(min(pair), max(pair)) for pair in product(one, other)]
        said = sum(max(-15, min(15, self.weights.get(pair, 0))) for pair in between)
        return bool(self.apart & set(between)) or said < 0

    def clusters(self) -> list[set[int]]:
        clusters = [{record} for record in range(COUNT)]
        for left, right in self.order:
            one = next(cluster for cluster in clusters if left in cluster)
            other = next(cluster for cluster in clusters if right in cluster)
            free = (left, right) in self.same or not self.contested(left)
            if one is not other and (free or not self.refuses(one, other)):
                clusters.remove(other)
                one |= other
        return clusters


@given(WEIGHTS, ROWS, JUDGED, JUDGED)
@settings(deadline=None, max_examples=120)
def test_with_all_constraints_and_judgements_clusters_are_those_of_the_rules_written_out(
    weights: dict[tuple[int, int], int], rows: list[dict[str, str]],
    same: list[tuple[int, int]], different: list[tuple[int, int]],
) -> None:  # fmt: skip
    records = records_of(rows, frozenset({"court"}))
    judged = nx.Graph(same)
    assume(not any(set(pair) <= found for pair in different
                   for found in nx.connected_components(judged)))  # fmt: skip
    pairs = np.array(sorted(weights), dtype=np.int32).reshape(-1, 2)
    compared = Links(
        pairs[:, 0], pairs[:, 1], np.array([float(weights[pair]) for pair in sorted(weights)])
    )
    strong = compared.where(compared.weight >= LEAST)
    links = make_links(strong.left, strong.right, strong.weight, same)
    found = cluster_records(COUNT, links, compared, make_constraints(records, different))
    expected = _Reference(weights, records, same, different).clusters()
    labels = [min(next(c for c in expected if record in c)) for record in range(COUNT)]
    assert found.labels.tolist() == labels


def _clustered(order: list[int], weights: dict[tuple[int, int], int], days: list[str]) -> list[int]:
    """Labels by record_id when the records carry other ids: positions follow ``order``."""
    renamed = {tuple(sorted((order[one], order[other]))): weight
               for (one, other), weight in weights.items()}  # fmt: skip
    placed = [""] * COUNT
    for record, day in enumerate(days):
        placed[order[record]] = day
    labels, _ = _found(renamed, placed)  # type: ignore[arg-type]
    return [labels[order[record]] for record in range(COUNT)]


@given(st.permutations(range(COUNT)), links, deaths)
@settings(deadline=None)
def test_where_no_two_links_weigh_the_same_the_names_of_records_decide_nothing(
    order: list[int], weights: dict[tuple[int, int], int], days: list[str]
) -> None:
    distinct = {pair: weight + at * 50 for at, (pair, weight) in enumerate(sorted(weights.items()))}
    before, _ = _found(distinct, days)
    after = _clustered(order, distinct, days)
    assert [before.index(label) for label in before] == [after.index(label) for label in after]
