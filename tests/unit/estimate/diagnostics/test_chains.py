import numpy as np

from martyrolog.estimate import make_counts
from martyrolog.estimate.diagnostics.chains import chain_rows

COUNTS = make_counts([[1, 0], [1, 1]], [5, 4], ["a", "b"])


def test_ranks_of_chains_that_agree_are_even_and_of_those_apart_are_not() -> None:
    rng = np.random.default_rng(1)
    agreeing = rng.normal(100, 5, (4, 4000))
    shift = np.array([[0], [0], [0], [30]])
    even = np.array(chain_rows(agreeing, COUNTS)["ranks"])
    apart = np.array(chain_rows(agreeing + shift, COUNTS)["ranks"])
    assert np.abs(even - 1).max() < 0.35
    assert apart[3].max() > 3
    assert apart[3].min() == 0


def test_traces_are_few_points_of_each_chain_in_order() -> None:
    found = chain_rows(np.arange(8000.0).reshape(4, 2000), COUNTS)
    assert [len(trace) for trace in found["traces"]] == [150] * 4
    assert found["traces"][1][0] == 2000
    assert found["traces"][1] == sorted(found["traces"][1])
    assert found["observed"] == 9
