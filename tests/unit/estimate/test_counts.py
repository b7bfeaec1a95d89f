import numpy as np
import pytest

from martyrolog.errors import EstimateError
from martyrolog.estimate import CaptureCounts, make_counts


def test_equal_patterns_are_added_and_order_does_not_matter() -> None:
    given = make_counts([[1, 0], [0, 1], [1, 0]], [3, 5, 4], ["a", "b"])
    turned = make_counts([[0, 1], [1, 0]], [5, 7], ["a", "b"])
    assert given.counts.tolist() == turned.counts.tolist() == [7, 5]
    assert given.patterns.tolist() == turned.patterns.tolist()


def test_zero_counts_and_the_all_zero_pattern_with_zero_are_no_cells() -> None:
    counts = make_counts([[0, 0], [1, 0], [1, 1]], [0, 2, 0], ["a", "b"])
    assert counts.patterns.tolist() == [[True, False]]
    assert counts.empty_lists == ("b",)


def test_sizes_overlaps_and_frequencies() -> None:
    counts = make_counts([[1, 0, 0], [1, 1, 0], [1, 1, 1]], [5, 3, 2], ["a", "b", "c"])
    assert counts.n_observed == 10
    assert counts.list_sizes.tolist() == [10, 5, 2]
    assert counts.frequencies.tolist() == [5, 3, 2]
    assert counts.overlaps.tolist() == [[10, 5, 2], [5, 5, 2], [2, 2, 2]]
    assert counts.full_table().tolist() == [0, 5, 0, 3, 0, 0, 0, 2]


def test_persons_of_a_list_left_out_are_no_longer_observed() -> None:
    counts = make_counts([[1, 0], [0, 1], [1, 1]], [5, 3, 2], ["a", "b"])
    assert counts.with_lists(["b"]).counts.tolist() == [5]


@pytest.mark.parametrize(
    ("patterns", "counts", "lists", "key"),
    [
        ([[1, 0]], [-1], ["a", "b"], "wrong_count"),
        ([[1, 0]], [1.5], ["a", "b"], "wrong_count"),
        ([[1, 0]], [float("nan")], ["a", "b"], "wrong_count"),
        ([[1, 2]], [1], ["a", "b"], "not_binary"),
        ([[0, 0]], [4], ["a", "b"], "all_zero"),
        ([[1, 0]], [0], ["a", "b"], "nobody"),
        ([], [], ["a", "b"], "nobody"),
        ([[1, 0]], [1], ["a", "a"], "list_twice"),
        ([], [], [], "no_lists"),
        ([[1] * 61], [1], [f"l{i}" for i in range(61)], "over_lists"),
        ([[1, 0]], [1e13], ["a", "b"], "over_persons"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    patterns: list[list[int]], counts: list[float], lists: list[str], key: str
) -> None:
    with pytest.raises(EstimateError) as refused:
        make_counts(patterns, counts, lists)
    assert refused.value.key == f"estimate.{key}"
    assert refused.value.render("ru") != refused.value.render("en")


def test_ten_million_persons_on_fifteen_lists_are_counted() -> None:
    patterns = np.random.default_rng(1).integers(0, 2, size=(1000, 15))
    patterns[:, 0] = 1
    counts: CaptureCounts = make_counts(
        patterns, np.full(1000, 10_000), [f"l{i}" for i in range(15)]
    )
    assert counts.n_observed == 10_000_000
