import time

import numpy as np
import pytest

from martyrolog.history.changes import dispersion, find_changes, levels, stabilised

Counts = np.ndarray


def drawn(level: list[float], k: float, seed: int) -> Counts:
    """Negative binomial counts at given levels: variance m + m²/k."""
    rng = np.random.default_rng(seed)
    return rng.poisson(rng.gamma(k, np.array(level) / k)).astype(float)


@pytest.mark.parametrize("k", [3.0, 10.0, 1e6])
def test_a_steady_series_has_no_change_in_ninety_of_a_hundred(k: float) -> None:
    series = [drawn([40.0] * 240, k, seed) for seed in range(100)]
    found = [len(levels(one, dispersion(one))) - 1 for one in series]
    assert sum(number > 0 for number in found) <= 10


@pytest.mark.parametrize("at", [5, 60, 113])
@pytest.mark.parametrize("k", [5.0, 1e6])
def test_a_planted_change_is_found_where_it_is(at: int, k: float) -> None:
    changes = find_changes(drawn([10.0] * at + [60.0] * (120 - at), k, 1), draws=50)
    assert any(abs(change.at - at) <= 1 and change.support > 0.5 for change in changes)
    nearest = min(changes, key=lambda change: abs(change.at - at))
    assert nearest.low <= at <= nearest.high
    assert nearest.before == pytest.approx(10, rel=0.5)
    assert nearest.after == pytest.approx(60, rel=0.5)


def test_the_interval_holds_the_true_change_in_nine_of_ten_series() -> None:
    held = 0
    for seed in range(40):
        changes = find_changes(drawn([10.0] * 60 + [25.0] * 60, 8.0, seed), draws=60)
        held += any(change.low <= 60 <= change.high for change in changes)
    assert held >= 36


def test_the_interval_is_wider_where_the_change_is_smaller() -> None:
    def width(after: float) -> int:
        changes = find_changes(drawn([20.0] * 60 + [after] * 60, 1e6, 3), draws=100)
        best = min(changes, key=lambda change: abs(change.at - 60))
        return best.high - best.low

    assert width(28.0) > width(200.0)


def test_the_same_series_and_seed_give_the_same_answer() -> None:
    counts = drawn([5.0] * 40 + [50.0] * 40, 5.0, 2)
    assert find_changes(counts, seed=7, draws=30) == find_changes(counts, seed=7, draws=30)


@pytest.mark.parametrize("k", [3.0, 10.0, 50.0])
def test_dispersion_is_that_of_the_counts(k: float) -> None:
    found = [dispersion(drawn([200.0] * 300, k, seed)) for seed in range(20)]
    assert np.median(found) == pytest.approx(k, rel=0.35)


def test_independent_events_are_not_dispersed() -> None:
    found = [dispersion(drawn([200.0] * 300, 1e6, seed)) for seed in range(20)]
    assert np.median(found) > 300


@pytest.mark.parametrize(("level", "k"), [(30.0, 5.0), (300.0, 5.0), (30.0, 1e6), (300.0, 1e6)])
def test_stabilised_counts_scatter_by_one(level: float, k: float) -> None:
    assert stabilised(drawn([level] * 4000, k, 0), k).std() == pytest.approx(1, abs=0.12)


def test_a_series_too_short_or_empty_has_no_change() -> None:
    assert find_changes(np.array([1.0, 90.0, 90.0])) == []
    assert find_changes(np.zeros(0)) == []
    assert find_changes(np.zeros(50)) == []


def test_one_misread_year_does_not_make_the_search_endless() -> None:
    counts = np.zeros(6_000)
    counts[0] = 1
    counts[5_000:5_040] = 50
    began = time.process_time()
    changes = find_changes(counts)
    assert time.process_time() - began < 10
    assert {change.at for change in changes} >= {5_000, 5_040}
    assert all(change.low <= change.at <= change.high for change in changes)
