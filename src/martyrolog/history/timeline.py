"""Events on a time axis: counts per day, week or month, uncertain dates spread over their days.

An event whose day is known counts in its period. One that may be any of several days counts in
each period by the share of its days that fall into it, so that the whole is never more or less than
the number of events (mass is conserved). What has no first or no last day is undated: it stands in
no period and is reported beside them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Step = Literal["day", "week", "month"]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

STEPS: tuple[Step, ...] = ("day", "week", "month")
MONDAY = 4
"""Days from 1 January 1970, a Thursday, to the first Monday: weeks begin on Mondays."""


@dataclass(frozen=True, eq=False)
class Timeline:
    """Events per period, without gaps between the first and the last period.

    Attributes:
        step: Length of a period.
        starts: First day of each period, as days since 1970; one more than periods, so that
            ``starts[i + 1]`` is the day after period ``i``.
        expected: Events in each period, uncertain dates by their share.
        certain: Events that can lie in no other period.
        undated: Events without a first or a last day: in no period.
    """

    step: Step
    starts: Ints
    expected: Floats
    certain: Ints
    undated: int

    def __len__(self) -> int:
        """The number of periods."""
        return len(self.expected)

    @property
    def dated(self) -> float:
        """Events in all periods together."""
        return float(self.expected.sum())

    @property
    def undated_share(self) -> float:
        """Share of the events that stand in no period; 0 where there is no event."""
        events = self.dated + self.undated
        return self.undated / events if events else 0.0

    def day(self, period: int) -> date:
        """The first day of a period; of ``len(self)``: the day after the last."""
        return as_date(int(self.starts[period]))

    def periods(self) -> pa.Array:
        """The first day of every period."""
        return pa.array(self.starts[:-1].astype("datetime64[D]"), pa.date32())

    def known(self) -> "Timeline":
        """The events whose period is known, all others undated."""
        sure = self.certain.astype(np.float64)
        rest = self.undated + round(self.dated - float(sure.sum()))
        return Timeline(self.step, self.starts, sure, self.certain, rest)

    def between(self, first: date, last: date) -> "Timeline":
        """The periods that begin in ``first`` .. ``last``, both included."""
        begins = self.starts[:-1]
        inside = np.flatnonzero((begins >= as_day(first)) & (begins <= as_day(last)))
        if not len(inside):
            return Timeline(self.step, self.starts[:1], self.expected[:0], self.certain[:0],
                            self.undated)  # fmt: skip
        low, high = int(inside[0]), int(inside[-1]) + 1
        return Timeline(self.step, self.starts[low : high + 1], self.expected[low:high],
                        self.certain[low:high], self.undated)  # fmt: skip


def as_day(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - date(1970, 1, 1)).days


def as_date(day: int) -> date:
    """The date of a number of days since 1 January 1970."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + day)


def days_of(column: pa.ChunkedArray | pa.Array) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """A date column as days since 1970, and which of them are there (others are 0)."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    numbers = array.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False)
    there = array.is_valid().to_numpy(zero_copy_only=False)
    return numbers.astype(np.int64), there


def make_timeline(
    earliest: pa.ChunkedArray | pa.Array,
    latest: pa.ChunkedArray | pa.Array,
    step: Step,
    *,
    weights: Floats | None = None,
) -> Timeline:
    """Count events per period, spread over the days that they may be.

    Args:
        earliest: First day of each event; null where unknown.
        latest: Last day of each event; null where unknown.
        step: Length of a period.
        weights: Events that a row stands for; None for one each.

    Returns:
        The periods from the first to the last day that any event may be; none where no event is
        dated.
    """
    low, has_low = days_of(earliest)
    high, has_high = days_of(latest)
    dated = has_low & has_high & (low <= high)
    heavy = np.ones(len(low)) if weights is None else weights
    undated = round(float(heavy[~dated].sum()))
    low, high, heavy = low[dated], high[dated], heavy[dated]
    if not len(low):
        return Timeline(step, np.zeros(1, np.int64), np.zeros(0), np.zeros(0, np.int64), undated)
    starts = period_starts(int(low.min()), int(high.max()), step)
    first = np.searchsorted(starts, low, side="right") - 1
    last = np.searchsorted(starts, high, side="right") - 1
    one = first == last
    certain = np.bincount(first[one], weights=heavy[one], minlength=len(starts) - 1)
    spread = _spread(low[~one], high[~one], heavy[~one], starts)
    return Timeline(step, starts, certain + spread, np.rint(certain).astype(np.int64), undated)


def _spread(low: Ints, high: Ints, heavy: Floats, starts: Ints) -> Floats:
    """Each event over its days; equal intervals at once, so that little is lost to rounding."""
    spread = np.zeros(len(starts) - 1)
    intervals, which = np.unique(np.stack((low, high), axis=1), axis=0, return_inverse=True)
    mass = np.bincount(which.ravel(), weights=heavy, minlength=len(intervals))
    for (first, last), events in zip(intervals.tolist(), mass.tolist(), strict=True):
        begin = int(np.searchsorted(starts, first, side="right")) - 1
        end = int(np.searchsorted(starts, last, side="right"))
        edges = np.clip(starts[begin : end + 1], first, last + 1)
        spread[begin:end] += np.diff(edges) * (events / (last + 1 - first))
    return spread


def period_starts(first: int, last: int, step: Step) -> Ints:
    """First days of the periods that cover the days ``first`` .. ``last``, and the day after."""
    if step == "day":
        return np.arange(first, last + 2, dtype=np.int64)
    if step == "week":
        begin = first - (first - MONDAY) % 7
        return np.arange(begin, last + 8 - (last - MONDAY) % 7, 7, dtype=np.int64)
    months = np.array([first, last], "datetime64[D]").astype("datetime64[M]").astype(np.int64)
    listed = np.arange(months[0], months[1] + 2).astype("datetime64[M]")
    return listed.astype("datetime64[D]").astype(np.int64)
