import numpy as np
import pytest
from scipy.special import gammaln

from martyrolog.estimate import make_counts
from martyrolog.estimate.models.dga import dga_posterior, fit_dga
from martyrolog.estimate.models.graphs import decomposable_graphs, graph_cliques

LISTS = ("a", "b", "c")


def log_h(table: np.ndarray, members: tuple[int, ...], d: float) -> float:
    """log h(D) as the specification writes it, by plain sums over a 2 x 2 x 2 table."""
    others = tuple(j for j in range(3) if j not in members)
    margin = table.sum(axis=others).ravel()
    prior = d * 2.0 ** len(others)
    total = 8 * d
    return float(gammaln(total) - gammaln(table.sum() + total)
                 + (gammaln(margin + prior) - gammaln(prior)).sum())  # fmt: skip


def test_the_posterior_is_that_of_a_plain_sum_over_graphs_and_numbers() -> None:
    cells = np.array([0, 14, 11, 5, 9, 4, 6, 2])
    d = 1 / 8
    counts = make_counts([[c & 1, c >> 1 & 1, c >> 2 & 1] for c in range(1, 8)], cells[1:], LISTS)
    numbers = np.arange(0, 3000)
    cliques: list[tuple[list[tuple[int, ...]], list[tuple[int, ...]]]] = [
        ([(0,), (1,), (2,)], []), ([(0, 1), (2,)], []), ([(0, 2), (1,)], []),
        ([(1, 2), (0,)], []), ([(0, 1), (0, 2)], [(0,)]), ([(0, 1), (1, 2)], [(1,)]),
        ([(0, 2), (1, 2)], [(2,)]), ([(0, 1, 2)], []),
    ]  # fmt: skip
    logs = np.empty((8, len(numbers)))
    for place, unseen in enumerate(numbers):
        table = np.zeros((2, 2, 2))
        for code in range(8):
            table[code & 1, code >> 1 & 1, code >> 2 & 1] = cells[code] if code else unseen
        total = cells.sum() + unseen
        common = gammaln(total + 1) - gammaln(unseen + 1) - np.log(total)
        for row, (up, down) in enumerate(cliques):
            logs[row, place] = (
                common + sum(log_h(table, c, d) for c in up) - sum(log_h(table, s, d) for s in down)
            )
    mass = np.exp(logs - logs.max()).sum(axis=0)
    mass /= mass.sum()
    found, _ = dga_posterior(counts, d)
    expected = np.interp([0.1, 0.5, 0.9], mass.cumsum() - mass / 2, numbers)
    assert found.quantile([0.1, 0.5, 0.9]) == pytest.approx(expected, rel=0.005, abs=0.1)


def test_cliques_less_separators_count_every_list_once() -> None:
    for lists in (3, 4, 5):
        sizes = np.array([code.bit_count() for code in range(1 << lists)])
        assert (decomposable_graphs(lists) @ sizes == lists).all()


def test_a_graph_is_named_by_its_cliques() -> None:
    row = np.zeros(8, dtype=np.int8)
    row[3], row[6], row[2] = 1, 1, -1
    assert graph_cliques(row, LISTS) == "[a b] [b c]"


def test_a_limit_on_the_unseen_is_said() -> None:
    counts = make_counts([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]], [40, 30, 20, 8], LISTS)
    found = fit_dga(counts, most_unseen=1000)
    assert found.upper is not None
    assert found.upper <= 1096
    assert any(reason.key == "estimate.limited_unseen" for reason in found.reasons)


def test_the_prior_sweep_stands_in_every_answer() -> None:
    counts = make_counts([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], [40, 30, 20, 8], LISTS)
    sweep = fit_dga(counts).details["prior_sweep"]
    assert [row["prior_count"] for row in sweep] == [1 / 32, 1 / 8, 0.5]
