"""Hard input at the command line: a right answer or one clear refusal, never a traceback."""

import json
from pathlib import Path

import numpy as np
import pytest

from martyrolog.cli import main
from martyrolog.estimate import MODELS, fit_model, make_counts

CHEAP = ("chapman", "chao", "loglinear", "dga")


def estimated(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> object:
    with pytest.raises(SystemExit) as left:
        main(["estimate", str(path), "--json", *options])
    assert left.value.code == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> str:
    with pytest.raises(SystemExit) as left:
        main(["estimate", str(path), *options])
    assert left.value.code == 10
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("A,B,count\n1,0,-3\n", "-3"),
        ("A,B,count\n1,0,2.5\n", "2.5"),
        ("A,B,count\n1,0,nan\n", "nan"),
        ("A,B,count\n1,0,many\n", "many"),
        ("A,B,count\n0,0,7\n1,1,5\n", "in no list"),
        ("A,B,count\n2,0,7\n", "neither 0 nor 1"),
        ("A,B,count\n1,0\n", "2 cells instead of 3"),
        ("A,A,count\n1,0,3\n", "'A'"),
        ("A,B,count,count\n1,0,3,4\n", "'count'"),
        ("A,,count\n1,0,3\n", "column 2 has no name"),
        ("A,B,count\n1,0,1_000\n", "1_000"),
        ("A,B,count\n1,0,inf\n", "inf"),
        ("A,B,count\n1,0,1e15\n", "more than"),
        ("A,B,count\n1,0,\n", "'' is no number"),
        ("A,B,count\n1,,3\n", "'' is no number"),
        ("A,B,count\n1,0,0\n", "nobody"),
        ("A,B,count\n", "nobody"),
        ("count\n3\n", "no list"),
        ("", "empty"),
        ("A,B,region,count\n1,0,north,3\n", "--strata"),
    ],
)
def test_a_wrong_file_is_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(content, encoding="utf-8")
    assert said in refused(capsys, path)


def test_every_refusal_is_said_in_russian_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("A,B,count\n1,0,-3\n", encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["--lang", "ru", "estimate", str(path)])
    assert left.value.code == 10
    assert "неотрицательное" in capsys.readouterr().err


def test_a_byte_order_mark_and_semicolons_do_not_matter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("\ufeffA;B;count\r\n1;0;30\r\n0;1;20\r\n1;1;10\r\n", encoding="utf-8")
    found = estimated(capsys, path, "--model", "chapman")
    assert isinstance(found, dict)
    assert found["lists"] == ["A", "B"]
    assert found["median"] == pytest.approx(41 * 31 / 11 - 1)


@pytest.mark.parametrize("model", CHEAP[2:])
def test_lists_that_one_list_contains_have_no_estimate_that_is_made_up(model: str) -> None:
    """Nobody is outside the first list: two empty cells leave the dependence on it open."""
    counts = make_counts([[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]], [50, 20, 10, 5], "abc")
    found = fit_model(model, counts)
    if found.median is None:
        assert found.status in ("does_not_exist", "not_identified")
        assert found.reasons
    else:
        assert found.lower is not None
        assert found.lower == pytest.approx(counts.n_observed, abs=5)


def test_a_file_that_is_none_is_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no file" in refused(capsys, tmp_path / "none.csv")
    (tmp_path / "bytes.csv").write_bytes(b"A,B,count\n1,0,\xff\xfe\n")
    assert "UTF-8" in refused(capsys, tmp_path / "bytes.csv")


def test_a_wrong_model_level_or_stratum_is_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("A,B,count\n1,0,3\n0,1,4\n1,1,5\n", encoding="utf-8")
    assert "chapman" in refused(capsys, path, "--model", "magic")
    assert "0.95" in refused(capsys, path, "--level", "95")
    assert "region" in refused(capsys, path, "--strata", "region")


def test_duplicate_and_missing_patterns_and_persons_one_a_row_are_understood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "counted.csv").write_text("A;B;count\n1;0;2\n1;0;1\n1;1;7\n0;1;1\n")
    (tmp_path / "persons.csv").write_text("A,B\n1,0\n1,0\n1,0\n" + 7 * "1,1\n" + "0,1\n")
    found = [estimated(capsys, tmp_path / f"{name}.csv", "--model", "chapman")
             for name in ("counted", "persons")]  # fmt: skip
    assert isinstance(found[0], dict)
    assert isinstance(found[1], dict)
    assert found[0]["n_observed"] == found[1]["n_observed"] == 11
    assert found[0]["median"] == found[1]["median"] == pytest.approx(11 * 9 / 8 - 1)


def test_json_of_one_model_is_an_object_with_every_field_of_the_issue(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("A,B,count\n1,0,30\n0,1,40\n1,1,20\n", encoding="utf-8")
    found = estimated(capsys, path, "--model", "dga")
    assert isinstance(found, dict)
    wanted = {"model", "lists", "n_observed", "mean", "median", "lower", "upper", "level", "rhat",
              "ess_bulk", "ess_tail", "status", "stratum", "reasons", "seconds",
              "settings"}  # fmt: skip
    assert wanted <= found.keys()
    assert found["status"] == "too_few_lists"
    assert found["median"] is None
    several = estimated(capsys, path, "--model", "all")
    assert isinstance(several, list)
    assert [one["model"] for one in several] == list(MODELS)


def test_a_limit_of_the_unseen_is_of_dga_and_its_answer_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.csv"
    rows = ["1,0,0,60", "0,1,0,50", "0,0,1,40", "1,1,0,9", "1,0,1,5", "0,1,1,4"]
    path.write_text("\n".join(["A,B,C,count", *rows]), encoding="utf-8")
    wide, times, number = (
        estimated(capsys, path, "--model", "dga", *options)
        for options in ([], ["--most-unseen", "2n"], ["--most-unseen", "336"])
    )
    assert isinstance(wide, dict)
    assert isinstance(times, dict)
    assert isinstance(number, dict)
    assert wide["settings"]["most_unseen"] is None
    assert times["settings"]["most_unseen"] == number["settings"]["most_unseen"] == 2 * 168
    assert times["upper"] == number["upper"] <= 3 * 168 < wide["upper"]
    assert any("336" in reason for reason in times["reasons"])
    for wrong in ("n", "-5", "0n", "12m", "1e9"):
        assert "12n" in refused(capsys, path, "--model", "dga", "--most-unseen", wrong)
    assert "dga" in refused(capsys, path, "--model", "chao", "--most-unseen", "12n")


def test_two_lists_are_never_without_their_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text("A,B,count\n1,0,30\n0,1,40\n1,1,20\n", encoding="utf-8")
    for model in CHEAP:
        found = estimated(capsys, path, "--model", model)
        assert isinstance(found, dict)
        if found["median"] is not None:
            assert any("independence" in reason for reason in found["reasons"])


@pytest.mark.parametrize("model", MODELS)
def test_one_list_is_too_few(model: str) -> None:
    found = fit_model(model, make_counts([[1]], [50], ["a"]))
    assert found.status == "too_few_lists"
    assert found.median is None


@pytest.mark.parametrize("model", MODELS)
def test_an_empty_list_is_named_and_left_out(model: str) -> None:
    found = fit_model(model, make_counts([[1, 0], [1, 0]], [5, 2], ["a", "b"]))
    assert found.lists == ("a",)
    assert any(reason.key == "estimate.empty_lists" for reason in found.reasons)


@pytest.mark.parametrize("model", ["chao", "loglinear", "dga", "lcmcr"])
def test_lists_without_overlap_say_nothing_about_the_unseen(model: str) -> None:
    found = fit_model(model, make_counts(np.eye(3), [40, 30, 20], ["a", "b", "c"]))
    assert found.status == "not_identified"
    assert found.median is None
    assert [reason.key for reason in found.reasons] == ["estimate.no_overlap"]


def test_two_lists_without_overlap_have_no_chapman_estimate() -> None:
    found = fit_model("chapman", make_counts(np.eye(2), [40, 30], ["a", "b"]))
    assert found.status == "not_identified"


def test_a_list_that_contains_another_is_said_to_be_so() -> None:
    found = fit_model("chapman", make_counts([[1, 0], [1, 1]], [60, 30], ["a", "b"]))
    assert any(reason.key == "estimate.contained_list" for reason in found.reasons)
    assert found.lower == found.n_observed
    assert found.upper is not None
    assert found.upper > found.n_observed


@pytest.mark.parametrize("model", ["chao", "loglinear", "dga"])
def test_a_list_within_another_of_three_is_named(model: str) -> None:
    patterns = [[1, 0, 0], [1, 1, 0], [0, 0, 1], [1, 0, 1], [1, 1, 1]]
    within = fit_model(model, make_counts(patterns, [25, 20, 5, 7, 3], "abc"))
    assert any("b ⊂ a" in reason.render() for reason in within.reasons)
    apart = make_counts([*patterns, [0, 1, 0]], [25, 20, 5, 7, 3, 1], "abc")
    assert not any("⊂" in reason.render() for reason in fit_model(model, apart).reasons)


@pytest.mark.parametrize("model", ["chao", "loglinear", "dga"])
def test_fifteen_lists_are_answered_or_refused(model: str) -> None:
    rng = np.random.default_rng(1)
    held = rng.random((4000, 15)) < 0.1
    seen = held[held.any(axis=1)]
    found = fit_model(model, make_counts(seen, np.ones(len(seen)), [f"l{j}" for j in range(15)]))
    if model == "dga":
        assert found.status == "too_many_lists"
    else:
        assert found.lower is not None
        assert found.upper is not None
        assert found.lower * 0.98 <= 4000 <= found.upper * 1.05


def test_a_posterior_without_end_is_said_to_be_so_for_its_own_reason() -> None:
    """Ten million, a hundred thousand of them in all three lists: the graph is the cause."""
    codes = np.arange(1, 8)
    patterns = (codes[:, None] >> np.arange(3)) & 1
    counts = [3_000_000, 2_500_000, 700_000, 2_800_000, 500_000, 400_000, 100_000]
    tied = fit_model("dga", make_counts(patterns, counts, "abc"))
    assert (tied.status, tied.median) == ("not_identified", None)
    assert [reason.key for reason in tied.reasons] == ["estimate.saturated_graph"]
    assert "Not for want of overlaps" in tied.reasons[0].render()
    few = fit_model("dga", make_counts(patterns, [4e11, 3e11, 3, 2e11, 2, 2, 0], "abc"))
    assert [reason.key for reason in few.reasons] == ["estimate.cap_reached"]


@pytest.mark.parametrize("model", ["chao", "loglinear", "dga"])
def test_ten_million_persons_are_estimated(model: str) -> None:
    chances, total = np.array([0.3, 0.2, 0.25]), 20_000_000
    codes = np.arange(1, 8)
    patterns = (codes[:, None] >> np.arange(3)) & 1
    share = np.prod(np.where(patterns, chances, 1 - chances), axis=1)
    counts = make_counts(patterns, np.round(total * share), ["a", "b", "c"])
    assert counts.n_observed > 10_000_000
    found = fit_model(model, counts)
    assert found.median is not None
    least = 0.98 if model != "chao" else 0.9  # lists of unequal reach: a bound below N
    assert least * total <= found.median <= 1.02 * total
