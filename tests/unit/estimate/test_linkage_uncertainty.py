import numpy as np
import pytest

from martyrolog.estimate import fit_model, make_counts
from martyrolog.estimate.linkage_uncertainty import (
    combine_estimates,
    combine_logs,
    counts_of_clustering,
)


def test_combining_follows_rubins_rules() -> None:
    means, variances = np.array([1.0, 2.0, 3.0]), np.array([0.5, 0.5, 0.8])
    found = combine_logs(means, variances)
    assert found.within == pytest.approx(0.6)
    assert found.between == pytest.approx(1.0)
    assert found.total == pytest.approx(0.6 + 4 / 3)
    assert found.df == pytest.approx(2 * (1 + 3 * 0.6 / 4) ** 2)


def test_equal_draws_of_the_clustering_add_nothing() -> None:
    counts = make_counts([[1, 0], [0, 1], [1, 1]], [300, 200, 100], ["a", "b"])
    one = fit_model("chapman", counts)
    found = combine_estimates([one, one, one])
    assert (found.lower, found.upper) == pytest.approx((one.lower, one.upper), rel=0.01)


def test_draws_that_disagree_widen_the_interval() -> None:
    tables = [make_counts([[1, 0], [0, 1], [1, 1]], [400 - m, 300 - m, m], ["a", "b"])
              for m in (90, 100, 110)]  # fmt: skip
    fits = [fit_model("chapman", table) for table in tables]
    found = combine_estimates(fits)
    assert found.upper is not None
    assert found.lower is not None
    assert found.upper - found.lower > max(f.upper - f.lower for f in fits)  # type: ignore[operator]
    assert any(reason.key == "estimate.linkage_included" for reason in found.reasons)


def test_a_refused_draw_refuses_the_whole() -> None:
    good = fit_model("chapman", make_counts([[1, 0], [0, 1], [1, 1]], [30, 20, 10], ["a", "b"]))
    bad = fit_model("chapman", make_counts([[1, 0], [0, 1]], [30, 20], ["a", "b"]))
    found = combine_estimates([good, bad])
    assert found.median is None
    assert found.status == "not_identified"


def test_missed_links_raise_the_number_and_false_links_lower_it() -> None:
    held = np.repeat([0, 1, 0, 1], [300, 200, 100, 100])
    true = np.concatenate([np.arange(500), np.arange(500, 600), np.arange(500, 600)])
    missed, false = true.copy(), true.copy()
    missed[-20:] += 1000
    false[300:320] = np.arange(20)
    medians = [fit_model("chapman", counts_of_clustering(c, held, ["a", "b"])).median
               for c in (false, true, missed)]  # fmt: skip
    assert medians == sorted(medians, key=float)  # type: ignore[arg-type]
    assert len(set(medians)) == 3
