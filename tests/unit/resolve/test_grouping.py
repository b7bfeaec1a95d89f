import pytest

from martyrolog.resolve.grouping import Fact, together

YEAR = ("1937", 0, 364)
MARCH = ("1937-03-27", 85, 85)
MAY = ("1937-05-22", 141, 141)
OPEN = ("../1937", None, 364)
UNREAD = ("31.02.1937", None, None)
NONE = (None, None, None)
Day = tuple[str | None, int | None, int | None]


def facts(*days: Day) -> list[Fact]:
    return [Fact(*day, None, None) for day in days]


@pytest.mark.parametrize(
    ("days", "groups"),
    [
        ([], []),
        ([MARCH, MARCH], [[0, 1]]),
        ([MARCH, YEAR], [[0, 1]]),
        ([YEAR, MARCH], [[0, 1]]),
        ([MARCH, MAY, YEAR], [[0, 2], [1]]),
        ([YEAR, MARCH, MAY], [[0, 1], [2]]),
        ([MARCH, NONE], [[0, 1]]),
        ([MARCH, MAY, NONE], [[0, 2], [1]]),
        ([NONE, NONE], [[0, 1]]),
        ([UNREAD, UNREAD], [[0, 1]]),
        ([UNREAD, MARCH], [[0], [1]]),
        ([OPEN, OPEN], [[0, 1]]),
        ([OPEN, MARCH], [[0], [1]]),
    ],
)
def test_dates_are_one_event_where_one_contains_the_other(
    days: list[Day], groups: list[list[int]]
) -> None:
    assert together(facts(*days)) == groups


def test_what_is_learnt_of_a_trial_keeps_another_trial_out() -> None:
    known = [Fact(*MARCH, None, trial) for trial in (None, "T17", "T21", None)]
    assert together(known) == [[0, 1, 3], [2]]


def test_what_is_learnt_of_a_trial_is_not_lost_with_a_narrower_date() -> None:
    known = [Fact(*YEAR, None, "T17"), Fact(*MARCH, None, None), Fact(*MARCH, None, "T21")]
    assert together(known) == [[0, 1], [2]]


def test_two_places_are_two_events() -> None:
    known = [Fact(*NONE, place, None) for place in ("Соловки", "Лефортово", "Соловки")]
    assert together(known) == [[0, 2], [1]]
