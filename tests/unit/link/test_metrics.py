"""Agreement of clusters with the truth, against the definitions written out and published."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from martyrolog.link.metrics import (
    agreement_of,
    bootstrap_intervals,
    compare_clusterings,
    record_parts,
)

clusterings = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=25)


@given(clusterings)
@settings(deadline=None)
def test_counting_gives_what_the_definitions_give(labels: list[tuple[int, int]]) -> None:
    agreement = compare_clusterings(*np.array(labels).T)
    pairs = list(combinations(labels, 2))
    found = [one[0] == other[0] for one, other in pairs]
    true = [one[1] == other[1] for one, other in pairs]
    right = sum(both for both in map(all, zip(found, true, strict=True)))
    assert (agreement.pairs_found, agreement.pairs_true) == (sum(found), sum(true))
    assert agreement.pairs_right == right
    precisions, recalls = [], []
    for cluster, person in labels:
        same_cluster = [p for c, p in labels if c == cluster]
        same_person = [c for c, p in labels if p == person]
        precisions.append(same_cluster.count(person) / len(same_cluster))
        recalls.append(same_person.count(cluster) / len(same_person))
    assert agreement.bcubed_precision == pytest.approx(np.mean(precisions))
    assert agreement.bcubed_recall == pytest.approx(np.mean(recalls))


@given(clusterings)
@settings(deadline=None)
def test_split_and_merged_are_counted_as_defined(labels: list[tuple[int, int]]) -> None:
    agreement = compare_clusterings(*np.array(labels).T)
    clusters_of = {p: {c for c, q in labels if q == p} for _, p in labels}
    persons_of = {c: {p for d, p in labels if d == c} for c, _ in labels}
    assert agreement.persons_split == sum(len(found) > 1 for found in clusters_of.values())
    assert agreement.clusters_merged == sum(len(found) > 1 for found in persons_of.values())
    exact = [p for p, found in clusters_of.items()
             if len(found) == 1 and persons_of[min(found)] == {p}]  # fmt: skip
    assert agreement.persons_exact == len(exact)


@given(clusterings)
@settings(deadline=None)
def test_the_truth_agrees_with_itself(labels: list[tuple[int, int]]) -> None:
    true = np.array(labels)[:, 1]
    agreement = compare_clusterings(true + 7, true)
    assert (agreement.f1, agreement.bcubed_f1) == (1.0, 1.0)
    assert agreement.persons_exact == agreement.persons


TRUTH = "11111" + "22" + "33333"


# Bagga and Baldwin, Algorithms for scoring coreference chains (1998), figures 3 to 5 and their
# table: truth {1..5} {6, 7} {8..12}; B-cubed precision 76 % and 58 %, recall 100 %.
@pytest.mark.parametrize(
    ("response", "precision"), [("11111" + "22" + "22222", 0.76), ("11111" + "22" + "11111", 0.58)]
)
def test_bcubed_is_that_of_bagga_and_baldwin(response: str, precision: float) -> None:
    agreement = compare_clusterings(np.array(list(response)), np.array(list(TRUTH)))
    assert agreement.bcubed_precision == pytest.approx(precision, abs=0.005)
    assert agreement.bcubed_recall == 1.0


def _bcubed(found: str, true: str) -> float:
    return compare_clusterings(np.array(list(found)), np.array(list(true))).bcubed_f1


# Amigó, Gonzalo, Artiles, Verdejo (2009), section 3: the four constraints that a good measure of
# clusters obeys, each with the worse clustering first; only B-cubed obeys all.
@pytest.mark.parametrize(
    ("worse", "better", "true"),
    [
        ("aaaaaaa", "aaaabbb", "1111222"),  # homogeneity: do not mix
        ("aabb", "aaaa", "1111"),  # completeness: do not split
        ("aaaaabbbb", "aaaabbbbb", "111156789"),  # rag bag: what fits nowhere spoils no order
        ("abcdefghiiiii", "aabbccddeeeef", "1122334455555"),  # size against quantity
    ],
    ids=["homogeneity", "completeness", "rag bag", "size against quantity"],
)
def test_bcubed_obeys_the_constraints_of_amigo(worse: str, better: str, true: str) -> None:
    assert _bcubed(worse, true) < _bcubed(better, true)


def test_an_example_reckoned_by_hand() -> None:
    agreement = compare_clusterings(np.array([1, 1, 1, 2]), np.array([1, 1, 2, 2]))
    assert agreement.precision == pytest.approx(1 / 3)
    assert agreement.recall == pytest.approx(1 / 2)
    assert agreement.bcubed_precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert agreement.bcubed_recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)


def test_strata_share_out_the_pairs_of_the_whole() -> None:
    rng = np.random.default_rng(1)
    found, true = rng.integers(0, 300, 1_000), rng.integers(0, 300, 1_000)
    parts, whole = record_parts(found, true), compare_clusterings(found, true)
    odd = rng.random(1_000) < 0.5
    halves = [agreement_of(parts.where(chosen)) for chosen in (odd, ~odd)]
    assert sum(half.records for half in halves) == whole.records
    assert sum(half.pairs_true for half in halves) == pytest.approx(whole.pairs_true, abs=1)
    mean = sum(half.bcubed_recall * half.records for half in halves) / whole.records
    assert mean == pytest.approx(whole.bcubed_recall)


def _drawn(rng: np.random.Generator, persons: int) -> tuple[np.ndarray, np.ndarray]:
    """Persons of one to four records; a fifth of them in two clusters, a tenth with a neighbour."""
    true = np.repeat(np.arange(persons), rng.integers(1, 5, persons))
    split = rng.random(persons)[true] < 0.2
    found = true * 3 + (split & (rng.random(len(true)) < 0.5))
    merged = np.repeat(rng.random(persons // 2 + 1) < 0.1, 2)[:persons]
    return np.where(merged[true], true // 2 * 6 + 5, found), true


def test_the_intervals_hold_the_value_of_all_persons_as_often_as_they_say() -> None:
    rng = np.random.default_rng(7)
    value = compare_clusterings(*_drawn(rng, 200_000))
    held = {"precision": 0, "recall": 0, "bcubed_f1": 0}
    rounds = 200
    for _ in range(rounds):
        parts = record_parts(*_drawn(rng, 400))
        found = bootstrap_intervals(parts, rng, replicates=200)
        for name in held:
            low, high = found[name]
            held[name] += low <= getattr(value, name) <= high
    # 95 % of 200 is 190, Monte Carlo error 3.1
    assert all(180 <= count <= 199 for count in held.values()), held


def test_no_record_is_no_error_and_different_lengths_are_one() -> None:
    none = np.array([], int)
    assert compare_clusterings(none, none).f1 == 1.0
    assert bootstrap_intervals(record_parts(none, none), np.random.default_rng(1))["f1"] == (1, 1)
    with pytest.raises(ValueError, match="1 clustered records, 2"):
        compare_clusterings(np.array([1]), np.array([1, 2]))
