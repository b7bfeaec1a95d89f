import numpy as np
import pytest

from martyrolog.history.heaping import find_heaps, levelled
from martyrolog.history.timeline import Step, Timeline, period_starts
from tests.unit.history.test_changes import drawn

YEARS = 20


def months(counts: np.ndarray, step: Step = "month") -> Timeline:
    starts = period_starts(0, 366 * 30, step)[: len(counts) + 1]
    return Timeline(step, starts, counts, counts.astype(np.int64), 0)


def planted(position: int, extra: float, seed: int = 0) -> np.ndarray:
    counts = drawn([60.0] * (12 * YEARS), 10.0, seed)
    counts[position - 1 :: 12] += extra
    return counts


@pytest.mark.parametrize("position", [1, 7, 12])
def test_a_planted_heap_is_found_at_its_month(position: int) -> None:
    assert [heap.position for heap in find_heaps(months(planted(position, 300.0)))] == [position]


def test_a_series_without_a_heap_shows_none() -> None:
    assert sum(bool(find_heaps(months(planted(1, 0.0, seed)))) for seed in range(30)) <= 1


def test_two_months_that_really_stood_out_are_no_heap() -> None:
    counts = np.full(12 * YEARS, 50.0)
    counts[[25, 61]] = 900.0
    assert find_heaps(months(counts)) == []


def test_levelling_moves_the_excess_within_its_year_and_loses_nothing() -> None:
    raw = months(planted(12, 300.0))
    flat = levelled(raw, find_heaps(raw))
    by_year = raw.expected.reshape(YEARS, 12).sum(axis=1)
    assert flat.expected.reshape(YEARS, 12).sum(axis=1) == pytest.approx(by_year)
    assert flat.expected[11::12].mean() < raw.expected[11::12].mean() / 3
    assert find_heaps(flat) == []


def test_without_heaps_levelling_changes_nothing() -> None:
    raw = months(planted(12, 0.0))
    assert levelled(raw, []) is raw


def test_a_day_of_the_month_can_be_heaped_too() -> None:
    counts = drawn([30.0] * (365 * 3), 10.0, 4)
    raw = months(counts, "day")
    first = np.array([raw.day(i).day == 1 for i in range(len(raw))])
    heaped = months(counts + 200.0 * first, "day")
    assert [heap.position for heap in find_heaps(heaped)] == [1]
