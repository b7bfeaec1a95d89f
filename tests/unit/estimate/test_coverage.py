"""A subset of the coverage benchmark: intervals hold the truth about as often as they say."""

from pathlib import Path

import pytest

from benchmarks.estimate.coverage import report, run, run_one
from benchmarks.estimate.designs import DESIGNS

REPLICATES = 40


@pytest.mark.parametrize("variant", ["loglinear stepwise, profile", "dga"])
@pytest.mark.parametrize("design", [0, 3, 7])
def test_intervals_cover_where_the_model_is_right(design: int, variant: str) -> None:
    covered = 0
    for replicate in range(REPLICATES):
        row = run_one(DESIGNS[design], replicate, variant)
        covered += row["lower"] <= row["total"] <= row["upper"]
    assert covered >= 33  # 95 % of 40: fewer than 33 in one case of 10,000


def test_the_bound_stays_below_the_truth_where_lists_depend() -> None:
    rows = [run_one(DESIGNS[2], replicate, "chao (bound)") for replicate in range(REPLICATES)]
    assert sum(row["median"] < row["total"] for row in rows) >= 38


def test_a_run_goes_on_where_it_ended(tmp_path: Path) -> None:
    out = tmp_path / "coverage.jsonl"
    run(out, minutes=1, only="chao (bound)", most=1)
    first = out.read_text(encoding="utf-8")
    assert len(first.splitlines()) == len(DESIGNS)
    run(out, minutes=1, only="chao (bound)", most=2)
    assert out.read_text(encoding="utf-8").startswith(first)
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2 * len(DESIGNS)
    assert "chao (bound)" in report(out)
