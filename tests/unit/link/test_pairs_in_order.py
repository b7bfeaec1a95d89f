"""Pairs come back by rising left, then right, wherever they waited."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from martyrolog.link.memory import WHOLE, Plan
from martyrolog.link.pairs_in_order import PAIR, PairsInOrder


@pytest.mark.parametrize("plan", [WHOLE, Plan(windows=7)], ids=["whole", "cut"])
@pytest.mark.parametrize("on_disk", [False, True])
def test_pairs_come_back_in_their_order(tmp_path: Path, plan: Plan, on_disk: bool) -> None:
    rng = np.random.default_rng(2)
    packed = rng.permutation(100 * 100)[:3_000]
    left, right = np.divmod(packed, 100)
    kept = PairsInOrder(PAIR, 100, replace(plan, folder=tmp_path if on_disk else None))
    for at in range(0, 3_000, 700):
        part = slice(at, at + 700)
        kept.add(left=left[part], right=right[part], rules=packed[part])
    found = kept.in_order()
    expected = sorted(packed.tolist())
    assert (found["left"].astype(int) * 100 + found["right"]).tolist() == expected
    assert found["rules"].tolist() == expected


@pytest.mark.parametrize("records", [0, 3])
def test_no_pairs_are_columns_without_rows(tmp_path: Path, records: int) -> None:
    found = PairsInOrder(PAIR, records, Plan(windows=2, folder=tmp_path)).in_order()
    assert {name: len(column) for name, column in found.items()} == {
        "left": 0, "right": 0, "rules": 0}  # fmt: skip
