import pytest

from martyrolog.estimate import Estimate, shown_numbers
from martyrolog.estimate.rounding import unit


def estimate(n: int, median: float, lower: float, upper: float) -> Estimate:
    return Estimate(model="dga", lists=("a",), n_observed=n, status="estimated", median=median,
                    lower=lower, upper=upper)  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ((12_594.3, 9_827.2, 16_543.6), (12_600, 9_800, 16_500)),
        ((81.1, 72.4, 95.8), (81, 72, 96)),
        ((1_000_400, 999_800, 1_001_200), (1_000_400, 999_800, 1_001_200)),
        ((160.0, 123.3, 496.2), (160, 120, 500)),
    ],
)
def test_figures_are_rounded_to_what_the_interval_supports(
    numbers: tuple[float, float, float], shown: tuple[int, int, int]
) -> None:
    assert shown_numbers(estimate(10, *numbers)) == shown


def test_rounding_never_falls_below_the_persons_observed() -> None:
    assert shown_numbers(estimate(123, 160, 123, 496)) == (160, 123, 500)


def test_a_refused_number_is_not_shown() -> None:
    refused = Estimate(model="dga", lists=(), n_observed=5, status="not_identified")
    assert shown_numbers(refused) is None


def test_the_unit_is_a_power_of_ten() -> None:
    assert [unit(0, w) for w in (5, 99, 100, 999, 1000, 25_000)] == [1, 1, 10, 10, 100, 1000]
