"""Blocking rules against a truth, of a bare file and of an archive."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.link.lists import make_lists
from martyrolog.errors import LinkError
from martyrolog.link import evaluate_rules, link_file
from martyrolog.link.evaluating_rules import RuleFound

IDS = ["a", "b", "c", "d", "e"]
PERSONS = {"record_id": IDS, "person_id": ["p", "p", "p", "q", "q"]}
PAIRS = {("a", "b"): ["x", "y"], ("b", "c"): ["y"], ("c", "d"): ["x"], ("d", "e"): ["y"]}


def _folder(tmp_path: Path) -> tuple[Path, Path]:
    """Links of an archive: four pairs, three of one person; one true pair is proposed by none."""
    rows = [{"rule": name, "pairs": 0, "pairs_alone": 0, "links": 0.5, "links_alone": 0.0}
            for name in ("x", "y")]  # fmt: skip
    left, right = zip(*PAIRS, strict=True)
    table = {"record_id_left": left, "record_id_right": right, "rules": list(PAIRS.values())}
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "link_rule.parquet")
    pq.write_table(pa.table(table), tmp_path / "candidate_pair.parquet")
    pq.write_table(pa.table(PERSONS), tmp_path / "truth.parquet")
    return tmp_path, tmp_path / "truth.parquet"


@pytest.fixture
def short_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("martyrolog.link.rule_counts.rule_names", lambda: ("x", "y"))


@pytest.mark.usefixtures("short_rules")
def test_true_pairs_count_for_the_rules_that_proposed_them(tmp_path: Path) -> None:
    folder, truth = _folder(tmp_path)
    found = evaluate_rules(folder, truth=truth)
    assert found.rules == (
        RuleFound("x", 0, 0, 0.5, 0.0, true=1, true_alone=0),
        RuleFound("y", 0, 0, 0.5, 0.0, true=3, true_alone=2),
    )
    assert (found.true, found.reached) == (4, 3)


def test_a_bare_file_tells_of_its_rules_too(tmp_path: Path) -> None:
    table, persons = make_lists(400, 2)
    pq.write_table(table, tmp_path / "people.parquet")
    truth = pa.table({"record_id": table["record_id"], "person_id": pa.array(persons)})
    pq.write_table(truth, tmp_path / "truth.parquet")
    run = link_file(tmp_path / "people.parquet", tmp_path / "out")
    found = evaluate_rules(tmp_path / "out", truth=tmp_path / "truth.parquet")
    assert [rule.rule for rule in found.rules] == [row["rule"] for row in run["rules"]]
    assert found.true is not None
    assert found.reached is not None
    assert 0.9 * found.true < found.reached <= found.true
    # of the true pairs, what is found by rule is near what the probabilities expect
    for rule in found.rules:
        assert rule.true == pytest.approx(rule.links, abs=15)


def test_pairs_are_no_truth_for_rules_and_links_of_before_say_nothing(tmp_path: Path) -> None:
    folder, _ = _folder(tmp_path)
    judged = {"record_id_left": ["a"], "record_id_right": ["b"], "judgement": ["same"]}
    pq.write_table(pa.table(judged), tmp_path / "judged.parquet")
    with pytest.raises(LinkError, match="pairs, not persons"):
        evaluate_rules(folder, truth=tmp_path / "judged.parquet")
    (folder / "link_rule.parquet").unlink()
    with pytest.raises(LinkError, match="holds no links"):
        evaluate_rules(folder)
