import numpy as np
import pytest

from martyrolog.estimate import CaptureCounts, Estimate, fit_strata, make_counts
from martyrolog.estimate.strata import Stratum


def table(total: int) -> CaptureCounts:
    held = np.random.default_rng(total).random((total, 3)) < [0.4, 0.3, 0.3]
    seen = held[held.any(axis=1)]
    return make_counts(seen, np.ones(len(seen)), ["a", "b", "c"])


def strata_of(*tables: CaptureCounts) -> tuple[list[Stratum], CaptureCounts]:
    patterns = np.concatenate([one.patterns for one in tables])
    counts = np.concatenate([one.counts for one in tables])
    named: list[Stratum] = [({"region": str(i)}, one) for i, one in enumerate(tables)]
    return named, make_counts(patterns, counts, ["a", "b", "c"])


@pytest.mark.parametrize("model", ["chao", "loglinear", "dga"])
def test_the_total_adds_the_strata_up(model: str) -> None:
    strata, whole = strata_of(table(800), table(500))
    *each, total = fit_strata(model, strata, whole, seed=1)
    assert total.stratum == {}
    assert total.n_observed == sum(one.n_observed for one in each)
    assert total.median == pytest.approx(sum(one.median or 0 for one in each), rel=0.01)
    assert total.lower is not None
    assert total.upper is not None
    assert sum(one.lower or 0 for one in each) < total.lower  # strata err independently
    assert total.upper < sum(one.upper or 0 for one in each)
    assert "pooled_p_value" in total.details


def test_a_refused_stratum_enters_as_observed_and_is_named() -> None:
    lost = make_counts(np.eye(3), [5, 4, 3], ["a", "b", "c"])
    strata, whole = strata_of(table(800), lost)
    first, second, total = fit_strata("loglinear", strata, whole)
    assert second.status == "not_identified"
    assert total.status == "lower_bound"
    assert total.median == pytest.approx((first.median or 0) + 12)
    said = " ".join(reason.render() for reason in total.reasons)
    assert "region=1" in said


def test_each_stratum_has_a_seed_of_its_own_and_runs_repeat() -> None:
    strata, whole = strata_of(table(800), table(800))
    runs = [fit_strata("loglinear", strata, whole, seed=5) for _ in range(2)]
    assert [one.as_json() | {"seconds": 0} for one in runs[0]] == [
        one.as_json() | {"seconds": 0} for one in runs[1]
    ]
    assert runs[0][0].settings["seed"] != runs[0][1].settings["seed"]


def test_a_stratum_of_two_lists_is_flagged() -> None:
    two = make_counts([[1, 0, 0], [0, 1, 0], [1, 1, 0]], [30, 40, 20], ["a", "b", "c"])
    strata, whole = strata_of(table(800), two)
    found = fit_strata("chao", strata, whole)[1]
    assert any(reason.key == "estimate.few_lists_in_stratum" for reason in found.reasons)


def test_no_stratum_that_can_be_estimated_gives_no_total() -> None:
    lost = make_counts(np.eye(3), [5, 4, 3], ["a", "b", "c"])
    strata, whole = strata_of(lost, lost)
    assert fit_strata("dga", strata, whole)[-1].median is None


def two_lists(alone: int, both: int) -> CaptureCounts:
    return make_counts([[1, 0], [0, 1], [1, 1]], [alone, alone, both], ["a", "b"])


def keys(found: Estimate) -> list[str]:
    return [reason.key for reason in found.reasons]


@pytest.mark.parametrize("model", ["chapman", "chao", "loglinear"])
def test_a_total_from_two_lists_is_never_without_its_warning(model: str) -> None:
    strata: list[Stratum] = [
        ({"region": "n"}, two_lists(30, 20)),
        ({"region": "s"}, two_lists(40, 25)),
    ]
    *_, total = fit_strata(model, strata, two_lists(70, 45))
    assert total.median is not None
    assert "estimate.two_lists" in keys(total)
    assert any("independence" in reason.render() for reason in total.reasons)
    assert ("estimate.is_lower_bound" in keys(total)) is (model == "chao")


def test_strata_that_two_lists_alone_hold_are_named_in_the_total() -> None:
    two = make_counts([[1, 0, 0], [0, 1, 0], [1, 1, 0]], [30, 40, 20], ["a", "b", "c"])
    strata, whole = strata_of(table(800), two)
    *_, total = fit_strata("loglinear", strata, whole)
    said = next(one for one in total.reasons if one.key == "estimate.two_lists_in_strata")
    assert "region=1" in said.render()
    assert "region=0" not in said.render()


def test_no_total_where_most_persons_are_in_strata_that_are_refused() -> None:
    lost = make_counts(np.eye(3), [500, 400, 300], ["a", "b", "c"])
    strata, whole = strata_of(table(800), lost)
    *_, total = fit_strata("loglinear", strata, whole)
    assert (total.status, total.median, total.draws) == ("not_identified", None, None)
    assert keys(total)[0] == "estimate.mostly_refused"
    assert "region=1" in total.reasons[-1].render()
