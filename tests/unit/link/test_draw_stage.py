import numpy as np
import pyarrow as pa

from martyrolog.link.draw_stage import draw_table

IDS = pa.array(["a", "b", "c", "d", "e"])
LISTS = pa.array(["x", "y", "x", "y", "z"])


def rows(chosen: list[int], *drawn: list[int]) -> list[tuple[int, str, str, str]]:
    table = draw_table(IDS, LISTS, np.array(chosen), [np.array(one) for one in drawn])
    return [tuple(row.values()) for row in table.to_pylist()]


def test_only_groups_that_are_clustered_in_several_ways_are_kept() -> None:
    assert rows([0, 0, 2, 3, 3], [0, 1, 2, 3, 3], [0, 0, 2, 3, 3]) == [
        (1, "a", "a", "x"), (1, "b", "b", "y"), (2, "a", "a", "x"), (2, "b", "a", "y"),
    ]  # fmt: skip


def test_whoever_hangs_together_in_any_draw_is_one_group() -> None:
    kept = rows([0, 0, 2, 3, 3], [0, 0, 0, 3, 3])
    assert [record for _, record, _, _ in kept] == ["a", "b", "c"]


def test_draws_that_all_agree_leave_nothing_open() -> None:
    assert rows([0, 0, 2, 3, 3], [0, 0, 2, 3, 3], [0, 0, 2, 3, 3]) == []
