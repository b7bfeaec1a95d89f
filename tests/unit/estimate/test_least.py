"""No certainty from a handful of persons, and none from an interval without width."""

import numpy as np
import pytest

from martyrolog.estimate import MODELS, Estimate, fit_model, fit_strata, make_counts
from martyrolog.estimate.models.answering import LEAST_OVERLAP, Answering

LISTS = ["a", "b", "c"]
HUNDRED = make_counts(
    [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]],
    [60, 50, 40, 25, 20, 15, 10],
    LISTS,
)


def keys(found: Estimate) -> list[str]:
    return [reason.key for reason in found.reasons]


@pytest.mark.parametrize("model", [name for name in MODELS if name != "chapman"])
@pytest.mark.parametrize("counts", [[1, 1, 1], [0, 0, 2], [20, 30, 6]])
def test_fewer_than_seven_in_two_lists_are_refused_by_every_model(
    model: str, counts: list[int]
) -> None:
    found = fit_model(model, make_counts([[1, 0, 0], [0, 1, 0], [1, 1, 1]], counts, LISTS))
    assert (found.status, found.median) == ("not_identified", None)
    if sum(counts[:2]) > 1 and len(found.lists) > 2:
        assert keys(found)[0] == "estimate.too_few_persons"
        assert f"at least {sum(counts)}" in found.reasons[0].render()


@pytest.mark.parametrize(("shared", "given"), [(6, False), (7, True)])
def test_seven_in_both_of_two_lists_are_enough(shared: int, given: bool) -> None:
    assert LEAST_OVERLAP == 7
    found = fit_model("chapman", make_counts([[1, 0], [0, 1], [1, 1]], [9, 8, shared], "ab"))
    assert (found.median is not None) is given


def test_a_stratum_of_two_persons_enters_the_total_as_observed() -> None:
    tiny = make_counts([[1, 0, 0], [1, 1, 1]], [1, 1], LISTS)
    strata = [({"region": "many"}, HUNDRED), ({"region": "few"}, tiny)]
    whole = make_counts(
        np.concatenate([HUNDRED.patterns, tiny.patterns]),
        np.concatenate([HUNDRED.counts, tiny.counts]),
        LISTS,
    )
    many, few, total = fit_strata("dga", strata, whole)
    assert few.median is None
    assert keys(few)[0] == "estimate.too_few_persons"
    assert total.status == "lower_bound"
    assert total.lower == pytest.approx((many.lower or 0) + 2, rel=0.01)
    assert "estimate.strata_refused" in keys(total)


def test_an_interval_without_width_is_refused() -> None:
    answer = Answering.begin("loglinear", HUNDRED, 0.95)
    draws = np.full((1, 10), 300.0)
    found = answer.give("estimated", draws, mean=300, median=300, ends=(300, 300), details={"x": 1})
    assert (found.status, found.median, found.draws) == ("not_identified", None, None)
    assert keys(found) == ["estimate.no_width"]
    assert found.details == {"x": 1}
    bound = answer.give("lower_bound", draws, mean=300, median=300, ends=(300, 300))
    assert bound.lower == 300
