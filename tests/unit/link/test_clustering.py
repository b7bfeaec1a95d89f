"""Clusters."""

import time

import numpy as np
import pytest

from martyrolog.errors import LinkError
from martyrolog.link.clustering import (
    LARGEST_CONTESTED,
    Clusters,
    Links,
    cluster_records,
    make_links,
)
from martyrolog.link.constraints import make_constraints
from tests.unit.link.build import Row, records_of

Link = tuple[int, int, float]


def _clusters(
    rows: list[Row], links: list[Link], *, same: list[tuple[int, int]] | None = None,
    different: list[tuple[int, int]] | None = None, free: frozenset[str] = frozenset(),
) -> Clusters:  # fmt: skip
    records = records_of(rows, free)
    found = np.array(links, dtype=np.float64).reshape(-1, 3)
    compared = Links(found[:, 0].astype(np.int32), found[:, 1].astype(np.int32), found[:, 2])
    strong = compared.where(compared.weight >= 4)
    made = make_links(strong.left, strong.right, strong.weight, same or [])
    constraints = make_constraints(records, different or [])
    return cluster_records(records.count, made, compared, constraints)


def test_links_join_and_the_rest_stays_single() -> None:
    clusters = _clusters([{}] * 5, [(0, 1, 9.0), (1, 3, 7.0)])
    assert clusters.labels.tolist() == [0, 0, 2, 0, 4]
    assert clusters.weakest[[0, 1, 3]].tolist() == [7.0, 7.0, 7.0]
    assert np.isnan(clusters.weakest[[2, 4]]).all()


def test_the_weakest_link_is_the_weakest_that_is_needed() -> None:
    clusters = _clusters([{}] * 3, [(0, 1, 9.0), (1, 2, 8.0), (0, 2, 5.0)])
    assert clusters.weakest.tolist() == [8.0] * 3


DEATHS: list[Row] = [{"death_date": "1938-07-29"}, {}, {"death_date": "1938-09-19"}]


def test_two_days_of_death_split_a_chain_at_its_weakest_link() -> None:
    assert _clusters(DEATHS, [(0, 1, 9.0), (1, 2, 7.0)]).labels.tolist() == [0, 0, 2]
    assert _clusters(DEATHS, [(0, 1, 7.0), (1, 2, 9.0)]).labels.tolist() == [0, 1, 1]


def test_a_split_cluster_keeps_the_weight_of_its_own_links() -> None:
    clusters = _clusters(DEATHS, [(0, 1, 9.0), (1, 2, 7.0)])
    assert clusters.weakest[:2].tolist() == [9.0, 9.0]
    assert np.isnan(clusters.weakest[2])


def test_two_rows_of_a_duplicate_free_list_are_never_joined_not_even_by_a_third() -> None:
    rows: list[Row] = [{"list_id": "court"}, {"list_id": "court"}, {"list_id": "book"}]
    links = [(0, 1, 20.0), (0, 2, 9.0), (1, 2, 8.0)]
    assert _clusters(rows, links, free=frozenset({"court"})).labels.tolist() == [0, 1, 0]
    assert _clusters(rows, links).labels.tolist() == [0, 0, 0]


def test_one_accidental_link_makes_no_chain_of_two_persons() -> None:
    one, other = [(0, 1, 20.0)], [(2, 3, 20.0)]
    accident, against = [(1, 2, 6.0)], [(0, 2, -9.0), (0, 3, -9.0), (1, 3, -9.0)]
    assert _clusters([{}] * 4, one + other + accident + against).labels.tolist() == [0, 0, 2, 2]
    assert _clusters([{}] * 4, one + other + accident).labels.tolist() == [0] * 4


def test_one_contrary_pair_does_not_outweigh_the_others() -> None:
    links = [(0, 1, 12.0), (1, 2, 11.0), (0, 2, -6.0)]
    assert _clusters([{}] * 3, links).labels.tolist() == [0] * 3


def test_a_human_different_splits_and_a_human_same_joins_always() -> None:
    links = [(0, 1, 30.0), (1, 2, 7.0)]
    assert _clusters([{}] * 3, links, different=[(0, 1)]).labels.tolist() == [0, 1, 1]
    assert _clusters(DEATHS, [], same=[(0, 2)]).labels.tolist() == [0, 1, 0]


def test_a_cluster_held_by_judgements_alone_has_no_weakest_weight() -> None:
    clusters = _clusters([{}] * 3, [(1, 2, 8.0)], same=[(0, 1)])
    assert clusters.weakest.tolist() == [8.0] * 3
    assert np.isnan(_clusters([{}] * 2, [(0, 1, 8.0)], same=[(0, 1)]).weakest).all()


def test_judgements_that_contradict_each_other_are_refused_with_the_records() -> None:
    with pytest.raises(LinkError, match="r0 and r2"):
        _clusters([{}] * 3, [], same=[(0, 1), (1, 2)], different=[(0, 2)])


def test_no_record_and_one_record_are_clusters_too() -> None:
    assert _clusters([], []).labels.tolist() == []
    assert _clusters([{}], []).labels.tolist() == [0]


def test_a_chain_of_thousands_of_contradicting_records_ends_soon() -> None:
    count = 2_000
    rows: list[Row] = [{"birth_date": str(1800 + at % 130),
                        "patronymic": f"{'абвгде'[at % 6]}{at}ович"}
                       for at in range(count)]  # fmt: skip
    links = [(at, at + 1, 20.0 + at % 7) for at in range(count - 1)]
    started = time.perf_counter()
    clusters = _clusters(rows, links)
    assert time.perf_counter() - started < 60
    assert np.bincount(clusters.labels).max() <= LARGEST_CONTESTED
