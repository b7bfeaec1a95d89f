import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from martyrolog.history.changes import Change
from martyrolog.history.timeline import Timeline
from martyrolog.history.waves import find_waves, peak_window, waves_of
from tests.unit.history.test_changes import drawn

Counts = np.ndarray


def timeline(counts: Counts) -> Timeline:
    starts = np.arange(len(counts) + 1, dtype=np.int64) * 30
    return Timeline("month", starts, counts, counts.astype(np.int64), 0)


@pytest.mark.parametrize("length", [3, 8, 20])
@pytest.mark.parametrize("first", [12, 50, 95])
@pytest.mark.parametrize("k", [6.0, 1e6])
def test_a_planted_campaign_is_found_with_its_place_and_length(
    first: int, length: int, k: float
) -> None:
    level = [4.0] * 120
    level[first : first + length] = [200.0] * length
    waves = find_waves(timeline(drawn(level, k, first + length)))
    assert abs(waves[0].first - first) <= 1
    assert abs(waves[0].last - (first + length - 1)) <= 1
    assert waves[0].onset is not None
    assert waves[0].onset.low <= first <= waves[0].onset.high
    assert first <= waves[0].peak < first + length


@pytest.mark.parametrize("k", [3.0, 10.0, 1e6])
def test_where_no_campaign_was_planted_none_is_found(k: float) -> None:
    found = [find_waves(timeline(drawn([40.0] * 120, k, seed))) for seed in range(30)]
    assert sum(len(waves) > 0 for waves in found) <= 1


def test_a_slow_rise_without_fall_is_no_wave_around_its_middle() -> None:
    waves = find_waves(timeline(drawn(list(np.linspace(5, 60, 120)), 1e6, 1)))
    assert all(wave.end is None for wave in waves)


def test_two_campaigns_are_two_waves_the_larger_first() -> None:
    level = [2.0] * 20 + [500.0] * 12 + [2.0] * 6 + [90.0] * 4 + [2.0] * 20
    waves = find_waves(timeline(drawn(level, 10.0, 5)))
    assert [(wave.first, wave.last) for wave in waves[:2]] == [(20, 31), (38, 41)]
    assert waves[0].mass > waves[1].mass


def test_a_wave_at_the_edge_has_no_onset_or_no_end() -> None:
    begins_within = find_waves(timeline(drawn([300.0] * 10 + [5.0] * 50, 1e6, 1)))[0]
    ends_within = find_waves(timeline(drawn([5.0] * 50 + [300.0] * 10, 1e6, 1)))[0]
    assert (begins_within.onset, begins_within.first, begins_within.last) == (None, 0, 9)
    assert (ends_within.end, ends_within.first, ends_within.last) == (None, 50, 59)


def test_changes_of_little_support_bound_no_wave() -> None:
    counts = np.array([1.0] * 5 + [50.0] * 5 + [1.0] * 5)
    sure = [Change(5, 5, 5, 1.0, 1, 50), Change(10, 10, 10, 1.0, 50, 1)]
    unsure = [Change(5, 5, 5, 0.2, 1, 50), Change(10, 10, 10, 0.2, 50, 1)]
    assert len(waves_of(counts, sure)) == 1
    assert waves_of(counts, unsure) == []


@given(st.lists(st.integers(0, 10**6).map(lambda n: n / 1000), max_size=60), st.floats(0.01, 1))
def test_the_peak_window_is_the_shortest_that_holds_the_share(
    values: list[float], share: float
) -> None:
    counts = np.array(values, dtype=float)
    found = peak_window(counts, share)
    if counts.sum() <= 0:
        assert found is None
        return
    assert found is not None
    first, last = found
    assert counts[first : last + 1].sum() >= share * counts.sum() * (1 - 1e-6)
    shorter = last - first
    sums = [counts[i : i + shorter].sum() for i in range(len(counts) - shorter + 1)]
    assert not shorter or max(sums) < share * counts.sum() * (1 + 1e-6)
