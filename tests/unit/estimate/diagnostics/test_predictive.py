import numpy as np
import pytest
from scipy import stats

from martyrolog.estimate import fit_model, make_counts
from martyrolog.estimate.diagnostics.predictive import cell_fits, every_code
from martyrolog.estimate.models.dga import dga_posterior, expected_cells

COUNTS = make_counts([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1]],
                     [40, 30, 0, 12, 6], ["a", "b", "c"])  # fmt: skip


def test_tails_and_ends_are_those_of_poisson_counts() -> None:
    expected = np.array([37.2, 31.0, 12.9, 0.6, 0.003, 5.5, 6.0])
    for cell in cell_fits(COUNTS, every_code(COUNTS), expected):
        law = stats.poisson(expected[sum(1 << "abc".index(name) for name in cell.lists) - 1])
        assert cell.tail == pytest.approx(
            min(law.sf(cell.observed - 1), law.cdf(cell.observed), 1), abs=1e-4
        )
        assert (cell.low, cell.high) == (law.ppf(0.025), law.ppf(0.975))


def test_cells_that_a_graph_expects_are_those_of_its_formula() -> None:
    """The graph without edges: each list apart, so a cell is the product of three margins."""
    d, unseen = 0.125, 50.0
    _, weights = dga_posterior(COUNTS, d)
    alone = np.zeros_like(weights)
    alone[0] = 1.0
    found = expected_cells(COUNTS, d, unseen, alone)
    total = COUNTS.n_observed + unseen
    chance = (COUNTS.list_sizes + 4 * d) / (total + 8 * d)
    codes = (np.arange(1, 8)[:, None] >> np.arange(3)) & 1
    assert found == pytest.approx(total * np.where(codes, chance, 1 - chance).prod(axis=1))


@pytest.mark.parametrize("model", ["dga", "loglinear", "lcmcr"])
def test_what_a_model_expects_adds_up_to_what_was_observed(model: str) -> None:
    cells = fit_model(model, COUNTS).details["cells"]
    assert sum(cell["expected"] for cell in cells) == pytest.approx(COUNTS.n_observed, rel=0.05)
