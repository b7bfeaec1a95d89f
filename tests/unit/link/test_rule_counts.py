"""What each blocking rule brings."""

import numpy as np
import pytest

from benchmarks.link.lists import make_lists
from martyrolog.link.blocking import JUDGEMENT, rule_names
from martyrolog.link.link_tables import candidate_pair_table, link_into_tables
from martyrolog.link.linkage import Judgements, link_records
from martyrolog.link.rule_counts import count_by_rule, expected_links, no_counts, rule_table
from martyrolog.progress import SILENT
from tests.unit.link.build import records_of


def test_pairs_count_for_each_of_their_rules_and_alone_only_for_one() -> None:
    last = len(rule_names()) - 1
    rules = np.array([0b1, 0b101, 0b100, 0b100, 1 << last | 0b1], np.uint32)
    found = count_by_rule(rules)
    assert found.every[[0, 1, 2, last]].tolist() == [3, 0, 3, 1]
    assert found.alone[[0, 1, 2, last]].tolist() == [1, 0, 2, 0]


def test_batches_add_up_to_the_whole_whatever_their_order() -> None:
    rng = np.random.default_rng(1)
    rules = rng.integers(1, 1 << len(rule_names()), 500).astype(np.uint32)
    weights = rng.normal(0, 8, 500)
    parts = np.array_split(rng.permutation(500), 7)
    by_parts = sum((expected_links(rules[part], weights[part]) for part in parts), no_counts())
    whole = expected_links(rules, weights)
    assert np.array_equal(by_parts.every, whole.every)
    assert np.array_equal(by_parts.alone, whole.alone)


@pytest.mark.parametrize("many", [30_000, 100])
def test_the_table_of_rules_is_what_the_candidate_pairs_say(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("martyrolog.link.linkage.MANY", many)
    table, _ = make_lists(300, 4)
    records = records_of(table.to_pylist())
    found = link_into_tables(records, threshold=0.9, judgements=Judgements(same=[(0, 5)]),
                             progress=SILENT, every_pair=True)  # fmt: skip
    proposed = found.tables["candidate_pair"]["rules"].to_pylist()
    for row in found.tables["link_rule"].to_pylist():
        assert row["pairs"] == sum(row["rule"] in rules for rules in proposed)
        assert row["pairs_alone"] == proposed.count([row["rule"]])
        assert row["links_alone"] <= row["links"] <= row["pairs"]
    assert found.tables["link_rule"]["rule"].to_pylist()[-1] == JUDGEMENT


def test_expected_links_are_the_match_probabilities_summed() -> None:
    table, _ = make_lists(300, 4)
    linkage = link_records(records_of(table.to_pylist()), threshold=0.9, judgements=Judgements(),
                           progress=SILENT)  # fmt: skip
    rows = rule_table(linkage.by_rule, expected_links(linkage.pairs.rules, linkage.weights))
    names = candidate_pair_table(linkage.records, linkage.pairs)["rules"].to_pylist()
    for row in rows.to_pylist():
        having = [row["rule"] in rules for rules in names]
        assert row["links"] == pytest.approx(linkage.probabilities[having].sum(), abs=1e-3)
