"""Distinct pairs of values."""

import numpy as np

from martyrolog.levels import MISSING
from martyrolog.link.columns import Codes
from martyrolog.link.distinct import compare_distinct, sorted_distinct


def test_each_distinct_pair_is_compared_once_with_the_smaller_code_left() -> None:
    asked: list[tuple[list[int], list[int]]] = []

    def compare(lefts: Codes, rights: Codes) -> np.ndarray:
        asked.append((lefts.tolist(), rights.tolist()))
        levels: np.ndarray = (lefts == rights).astype(np.int8)
        return levels

    left = np.array([3, 1, 3, -1, 2], np.int32)
    right = np.array([1, 3, 3, 2, -1], np.int32)
    assert compare_distinct(left, right, compare).tolist() == [0, 0, 1, MISSING, MISSING]
    assert asked == [([1, 3], [3, 3])]


def _not_called(lefts: Codes, rights: Codes) -> np.ndarray:
    raise AssertionError(f"nothing to compare, but called with {lefts} and {rights}")


def test_nothing_is_compared_where_no_pair_has_both_values() -> None:
    none = np.full(3, -1, np.int32)
    levels = compare_distinct(none, none, _not_called)
    assert levels.tolist() == [MISSING] * 3


def test_sorted_distinct_is_numpys_unique() -> None:
    values = np.random.default_rng(1).integers(0, 50, 500)
    assert sorted_distinct(values).tolist() == np.unique(values).tolist()
    assert sorted_distinct(values[:0]).tolist() == []
