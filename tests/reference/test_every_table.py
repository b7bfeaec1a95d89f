"""Every published table through the command line, every model: an answer in order, or a refusal."""

import json
from pathlib import Path

import pytest

from martyrolog.cli import main
from martyrolog.estimate import MODELS
from tests.reference.capture_tables import ALL

REFUSALS = {"not_converged", "not_identified", "does_not_exist", "too_few_lists", "too_many_lists"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_every_model_answers_or_refuses(
    data_dir: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = data_dir / "capture-recapture" / f"{name}.csv"
    with pytest.raises(SystemExit) as left:
        main(
            ["estimate", str(path), "--model", "all", "--seed", "7", "--time-limit", "2", "--json"]
        )
    assert left.value.code == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["model"] for one in found] == list(MODELS)
    for one in found:
        numbers = [one[key] for key in ("lower", "median", "upper")]
        if one["status"] in REFUSALS:
            assert numbers == [None, None, None]
            assert one["mean"] is None
            assert one["reasons"]
        else:
            assert one["n_observed"] <= numbers[0] <= numbers[1] <= numbers[2]
            if one["model"] == "lcmcr":
                assert one["rhat"] < 1.01
                assert min(one["ess_bulk"], one["ess_tail"]) >= 400
