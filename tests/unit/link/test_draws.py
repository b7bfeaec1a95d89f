"""Draws of clusterings, against enumeration written out."""

from collections import Counter
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest

from martyrolog.link.chain import Chain
from martyrolog.link.constraints import make_constraints
from martyrolog.link.draws import draw_clusterings, enumerate_part
from martyrolog.link.posterior import LARGEST_PART, Part, Posterior, make_parts
from tests.unit.link.build import Row, records_of

Pair = tuple[int, int, float]


def _posterior(
    count: int, pairs: list[Pair], *, same: tuple[tuple[int, int], ...] = (),
    different: tuple[tuple[int, int], ...] = (), rows: list[Row] | None = None,
) -> Posterior:  # fmt: skip
    found = np.array(pairs, float).reshape(-1, 3)
    odds = np.log(found[:, 2] / (1 - found[:, 2]))
    constraints = make_constraints(records_of(rows or [{}] * count), list(different))
    left, right = found[:, 0].astype(np.int64), found[:, 1].astype(np.int64)
    return Posterior(count, left, right, odds, same, constraints)


def _brute_force(
    count: int,
    pairs: list[Pair],
    apart: set[tuple[int, int]] = frozenset(),  # type: ignore[assignment]
) -> dict[tuple[int, ...], float]:
    """Every labelling, its odds summed pair by pair; clusters that do not hang together are out."""
    weights: dict[tuple[int, ...], float] = {}
    for labels in product(range(count), repeat=count):
        if any(label > at or labels[label] != label for at, label in enumerate(labels)):
            continue
        together = {
            pair for pair in combinations(range(count), 2) if labels[pair[0]] == labels[pair[1]]
        }
        graph = nx.Graph(
            [(one, other) for one, other, p in pairs if p >= 0.01 and (one, other) in together]
        )
        graph.add_nodes_from(range(count))
        if together & apart or nx.number_connected_components(graph) != len(set(labels)):
            continue
        weights[labels] = float(np.prod([p / (1 - p) for one, other, p in pairs
                                         if (one, other) in together]))  # fmt: skip
    total = sum(weights.values())
    return {labels: weight / total for labels, weight in weights.items()}


def _random_pairs(rng: np.random.Generator, count: int) -> list[Pair]:
    chosen = [pair for pair in combinations(range(count), 2) if rng.random() < 0.6]
    return [(one, other, float(rng.choice([0.003, 0.2, 0.5, 0.8, 0.97]))) for one, other in chosen]


def _distance(drawn: Counter[tuple[int, ...]], expected: dict[tuple[int, ...], float]) -> float:
    """Total variation distance."""
    total = sum(drawn.values())
    assert set(drawn) <= set(expected)
    return sum(abs(drawn[labels] / total - share) for labels, share in expected.items()) / 2


@pytest.mark.parametrize("seed", range(6))
def test_draws_of_small_graphs_are_those_of_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count, draws = 5, 3_000
    pairs = _random_pairs(rng, count)
    apart = {(0, 3)} if seed % 2 else set()
    posterior = _posterior(count, pairs, different=tuple(apart))
    drawn = Counter(tuple(labels.tolist()) for labels in draw_clusterings(posterior, draws, rng))
    expected = _brute_force(count, pairs, apart)
    # expected distance of an exact sampler: about sqrt(cells / draws / 2 pi) at most
    assert _distance(drawn, expected) < 1.5 * np.sqrt(len(expected) / draws / (2 * np.pi)) + 0.01


def _part_of(count: int, pairs: list[Pair], apart: set[tuple[int, int]]) -> Part:
    odds, linked, kept = (
        np.zeros((count, count)),
        np.zeros((count, count), bool),
        linked_none(count),
    )
    for one, other, p in pairs:
        odds[one, other] = odds[other, one] = np.log(p / (1 - p))
        linked[one, other] = linked[other, one] = p >= 0.01
    for one, other in apart:
        kept[one, other] = kept[other, one] = True
    return Part(tuple((unit,) for unit in range(count)), odds, linked, kept)


def linked_none(count: int) -> np.ndarray:
    return np.zeros((count, count), bool)


@pytest.mark.parametrize("seed", range(6))
def test_the_chain_draws_what_enumeration_gives(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    pairs, apart = _random_pairs(rng, 5), {(1, 2), (0, 4)} if seed % 2 else set()
    part = _part_of(5, pairs, apart)
    clusterings, probability = enumerate_part(part)
    chain, seen = Chain(part), Counter[object]()
    steps, between = 8_000, 12
    for _ in range(steps):
        chain.run(between, rng)
        seen[chain.blocks()] += 1
    assert set(seen) <= set(clusterings)
    shares = np.array([seen[found] / steps for found in clusterings])
    assert np.abs(shares - probability).sum() / 2 < 0.05


def test_the_probability_of_one_pair_alone_is_its_match_probability() -> None:
    rng = np.random.default_rng(2)
    drawn = [
        labels[1] == 0 for labels in draw_clusterings(_posterior(3, [(0, 1, 0.7)]), 4_000, rng)
    ]
    assert np.mean(drawn) == pytest.approx(0.7, abs=4 * np.sqrt(0.21 / 4_000))


def test_judgements_are_certain_and_constraints_are_obeyed() -> None:
    rows: list[Row] = [{"death_date": "1938-07-29"}, {}, {"death_date": "1938-09-19"}, {}]
    pairs = [(0, 1, 0.9), (1, 2, 0.9), (2, 3, 0.01)]
    posterior = _posterior(4, pairs, same=((2, 3),), different=((1, 3),), rows=rows)
    for labels in draw_clusterings(posterior, 200, np.random.default_rng(1)):
        assert labels[3] == labels[2] == 2
        assert labels[1] in (0, 1)


def test_one_generator_gives_the_same_draws_and_every_record_its_smallest() -> None:
    pairs = _random_pairs(np.random.default_rng(4), 12)
    one, other = ([labels.tolist() for labels in
                   draw_clusterings(_posterior(12, pairs), 5, np.random.default_rng(8))]
                  for _ in range(2))  # fmt: skip
    assert one == other
    for labels in one:
        assert all(label <= at and labels[label] == label for at, label in enumerate(labels))


def test_a_giant_of_doubtful_links_falls_into_parts_that_can_be_drawn() -> None:
    count = 5_000
    rng = np.random.default_rng(6)
    chain = [(at, at + 1, float(rng.choice([0.02, 0.3, 0.96]))) for at in range(count - 1)]
    parts = list(make_parts(_posterior(count, chain)))
    assert max(len(part.units) for part in parts) <= LARGEST_PART
    assert sum(len(part.units) for part in parts) > count / 2


def test_hundreds_that_are_surely_one_are_one() -> None:
    count = LARGEST_PART + 50
    pairs = [(at, at + 1, 0.99999) for at in range(count - 1)]
    labels = next(iter(draw_clusterings(_posterior(count, pairs), 1, np.random.default_rng(1))))
    assert labels.tolist() == [0] * count
