"""Distinct pairs of values."""

import numpy as np

from martyrolog.levels import MISSING
from martyrolog.link.columns import Codes
from martyrolog.link.distinct import RememberedPairs, sorted_distinct


def test_each_distinct_pair_is_compared_once_with_the_smaller_code_left() -> None:
    asked: list[tuple[list[int], list[int]]] = []

    def compare(lefts: Codes, rights: Codes) -> np.ndarray:
        asked.append((lefts.tolist(), rights.tolist()))
        levels: np.ndarray = (lefts == rights).astype(np.int8)
        return levels

    left = np.array([3, 1, 3, -1, 2], np.int32)
    right = np.array([1, 3, 3, 2, -1], np.int32)
    remembered = RememberedPairs(compare, 4)
    assert remembered.levels(left, right).tolist() == [0, 0, 1, MISSING, MISSING]
    assert asked == [([1, 3], [3, 3])]
    assert remembered.levels(right, left).tolist() == [0, 0, 1, MISSING, MISSING]
    assert len(asked) == 1, "the second batch is answered from memory"


def test_a_forgotten_pair_is_compared_again_with_the_same_level() -> None:
    rng = np.random.default_rng(1)
    remembered = RememberedPairs(lambda left, right: ((left * 7 + right) % 5).astype(np.int8), 300)
    # a thousand slots from now on
    remembered.levels(np.array([0], np.int32), np.array([1], np.int32))
    for _ in range(3):
        left, right = rng.integers(0, 300, (2, 2_000)).astype(np.int32)
        low, high = np.minimum(left, right), np.maximum(left, right)
        assert remembered.levels(left, right).tolist() == ((low * 7 + high) % 5).tolist()


def _not_called(lefts: Codes, rights: Codes) -> np.ndarray:
    raise AssertionError(f"nothing to compare, but called with {lefts} and {rights}")


def test_nothing_is_compared_where_no_pair_has_both_values() -> None:
    none = np.full(3, -1, np.int32)
    levels = RememberedPairs(_not_called, 0).levels(none, none)
    assert levels.tolist() == [MISSING] * 3


def test_sorted_distinct_is_numpys_unique() -> None:
    values = np.random.default_rng(1).integers(0, 50, 500)
    assert sorted_distinct(values).tolist() == np.unique(values).tolist()
    assert sorted_distinct(values[:0]).tolist() == []
