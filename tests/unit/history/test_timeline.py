from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from martyrolog.history.timeline import STEPS, Step, Timeline, as_date, as_day, make_timeline

DAYS = st.dates(date(1917, 1, 1), date(1956, 12, 31))
INTERVALS = st.lists(
    st.one_of(
        st.tuples(DAYS, st.integers(0, 1500)).map(
            lambda one: (one[0], one[0] + timedelta(days=one[1]))
        ),
        st.just((None, None)),
        DAYS.map(lambda day: (day, None)),
    ),
    max_size=40,
)


def timeline(intervals: list[tuple[date | None, date | None]], step: Step = "month") -> Timeline:
    earliest = pa.array([one[0] for one in intervals], pa.date32())
    return make_timeline(earliest, pa.array([one[1] for one in intervals], pa.date32()), step)


@given(INTERVALS, st.sampled_from(STEPS))
def test_no_event_is_lost_or_gained(
    intervals: list[tuple[date | None, date | None]], step: Step
) -> None:
    made = timeline(intervals, step)
    assert made.dated + made.undated == pytest.approx(len(intervals), abs=1e-9)
    assert np.all(made.expected >= made.certain - 1e-12)


@given(INTERVALS, st.sampled_from(STEPS), st.randoms())
def test_the_order_of_the_rows_changes_no_bit(
    intervals: list[tuple[date | None, date | None]], step: Step, random: object
) -> None:
    shuffled = list(intervals)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert timeline(intervals, step).expected.tolist() == timeline(shuffled, step).expected.tolist()


@given(INTERVALS)
def test_months_are_sums_of_days(intervals: list[tuple[date | None, date | None]]) -> None:
    days, months = timeline(intervals, "day"), timeline(intervals, "month")
    which = np.searchsorted(months.starts, days.starts[:-1], side="right") - 1
    assert np.bincount(which, days.expected, len(months)) == pytest.approx(months.expected)


def test_an_uncertain_date_counts_by_its_days_in_each_month() -> None:
    made = timeline([(date(1937, 8, 22), date(1937, 9, 10)), (date(1937, 9, 3), date(1937, 9, 3))])
    assert made.expected.tolist() == pytest.approx([0.5, 1.5])
    assert made.certain.tolist() == [0, 1]
    assert [made.day(0), made.day(2)] == [date(1937, 8, 1), date(1937, 10, 1)]


def test_undated_events_stand_beside_the_periods() -> None:
    made = timeline([(date(1937, 8, 22), None), (None, None), (date(1937, 8, 1),) * 2])
    assert (made.undated, made.dated) == (2, 1.0)
    assert made.undated_share == pytest.approx(2 / 3)
    assert len(timeline([])) == 0
    assert timeline([]).undated_share == 0


def test_weeks_begin_on_mondays() -> None:
    made = timeline([(date(1938, 3, 13), date(1938, 3, 14))], "week")
    assert [made.day(0), made.day(1)] == [date(1938, 3, 7), date(1938, 3, 14)]
    assert made.expected.tolist() == [0.5, 0.5]


def test_a_row_may_stand_for_many_events() -> None:
    day = pa.array([date(1937, 8, 1)] * 2, pa.date32())
    made = make_timeline(day, day, "month", weights=np.array([3.0, 4.0]))
    assert (made.expected.tolist(), made.certain.tolist()) == ([7.0], [7])


def test_a_part_of_a_timeline_keeps_its_periods() -> None:
    made = timeline([(date(1936, 1, 5),) * 2, (date(1938, 1, 5),) * 2])
    part = made.between(date(1936, 2, 1), date(1938, 1, 1))
    assert (part.day(0), len(part), part.dated) == (date(1936, 2, 1), 24, 1.0)
    assert len(made.between(date(1950, 1, 1), date(1951, 1, 1))) == 0


@given(DAYS)
def test_days_and_dates_are_each_others_inverse(day: date) -> None:
    assert as_date(as_day(day)) == day
