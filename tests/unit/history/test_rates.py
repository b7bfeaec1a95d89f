from typing import Any

import pytest

from martyrolog.history.rates import make_group_rate, poisson_interval
from martyrolog.tables import make_table

Row = dict[str, Any]
COMPOSITION = make_table("composition", [
    {"field": "nationality", "value": "polish", "label_en": "Polish", "persons": 10, "share": 0.1},
    {"field": "nationality", "value": "russian", "label_en": "Russian", "persons": 90,
     "share": 0.9},
])  # fmt: skip


def figure(number: int, scope: str, value: str, period: str = "1939", **more: Any) -> Row:
    return {"figure_id": f"f{number}", "list_id": "l", "measure": "population", "scope": scope,
            "value": value, "period": period, "unverified": [], "verbatim": "x",
            "verbatim_kind": "text", "file": "f", "row": number} | more  # fmt: skip


def rates(*figures: Row) -> list[Row]:
    rows: list[Row] = make_group_rate(
        COMPOSITION, make_table("published_figure", list(figures))
    ).to_pylist()
    return rows


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.689), (1, 0.025, 5.572), (10, 4.795, 18.39)]
)
def test_the_interval_is_that_of_garwood(count: int, low: float, high: float) -> None:
    # Ulm 1990, American Journal of Epidemiology 131, table 1
    assert poisson_interval(count) == pytest.approx((low, high), abs=0.005)


def test_a_rate_meets_the_base_population_in_the_words_of_either() -> None:
    row = rates(figure(1, "nationality: поляки", "20000"))[0]
    assert (row["value"], row["rate"], row["figure_id"]) == ("polish", 50.0, "f1")
    assert row["rate_low"] == pytest.approx(5 * 4.795, abs=0.03)
    assert len(rates(figure(1, "nationality: поляки", "20000"))) == 1


def test_of_several_bases_the_last_counts() -> None:
    row = rates(figure(1, "nationality: Polish", "20000", "1939"),
                figure(2, "nationality: Polish", "10000", "1926"))[0]  # fmt: skip
    assert row["population"] == 20000


@pytest.mark.parametrize(
    "wrong",
    [
        figure(1, "nationality: Polish", "about 20000"),
        figure(1, "nationality: Polish", "0"),
        figure(1, "colour: Polish", "20000"),
        figure(1, "USSR", "20000"),
        figure(1, "nationality: Polish", "20000", measure="convicted"),
        figure(1, "nationality: Polish", "20000", unverified=["value"]),
    ],
)
def test_what_is_no_confirmed_base_gives_no_rate(wrong: Row) -> None:
    assert rates(wrong) == []
