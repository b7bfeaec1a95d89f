"""Candidate pairs."""

from itertools import combinations

import numpy as np
import pytest

from martyrolog.link import blocking
from martyrolog.link.blocking import (
    JUDGEMENT,
    NEIGHBOURS,
    Rule,
    blocking_rules,
    make_candidate_pairs,
    propose_pairs,
    rule_names,
)
from martyrolog.link.columns import NO_VALUE
from martyrolog.link.keys import KeyColumn, Keys, make_keys
from tests.unit.link.build import records_of


def _keys(**components: list[int] | list[list[int]]) -> Keys:
    none = np.zeros((0, 1), np.int32)
    made = {}
    for name, values in components.items():
        matrix = np.array(values, np.int32).reshape(len(values), -1)
        nothing = np.full((1, matrix.shape[1]), NO_VALUE, np.int32)
        codes = np.arange(len(values), dtype=np.int32)
        made[name] = KeyColumn(codes, np.vstack([matrix, nothing]))
    return Keys(made, none, none, none)


def _proposed(rule: Rule, keys: Keys, records: int) -> set[tuple[int, int]]:
    packed = np.concatenate(list(propose_pairs(rule, keys, records)))
    return {(int(pair) // records, int(pair) % records) for pair in packed}


def test_a_rule_proposes_exactly_the_pairs_that_agree_on_all_its_keys() -> None:
    keys = _keys(surname=[0, 0, 1, 0, NO_VALUE], year=[5, 5, 5, 6, 5])
    assert _proposed(Rule("r", ("surname", "year"), ()), keys, 5) == {(0, 1)}


def test_a_record_with_two_keys_meets_the_records_of_both() -> None:
    keys = _keys(surname=[[0, 1], [0, NO_VALUE], [1, NO_VALUE]])
    assert _proposed(Rule("r", ("surname",), ()), keys, 3) == {(0, 1), (0, 2)}


def test_an_oversized_block_is_refined_by_the_next_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "_PAIRS_IN_ALL", 0)
    years = [at % 5 for at in range(100)]
    keys = _keys(surname=[0] * 100, year=years)
    found = _proposed(Rule("r", ("surname",), ("year",)), keys, 100)
    wanted = {pair for pair in combinations(range(100), 2) if years[pair[0]] == years[pair[1]]}
    assert found == wanted


def test_blocks_are_refined_earlier_among_many_millions() -> None:
    rule = Rule("r", ("surname",), ())
    limits = [rule.limit(records) for records in (100_000, 1_000_000, 3_000_000, 16_000_000)]
    assert limits == [40, 40, 30, 20]


@pytest.mark.parametrize("at_a_time", [7, 200])
def test_a_block_that_no_key_refines_pairs_each_record_with_its_next(
    monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    monkeypatch.setattr(blocking, "_PAIRS_IN_ALL", 0)
    monkeypatch.setattr(blocking, "_NEIGHBOURLY", at_a_time)
    found = _proposed(Rule("r", ("surname",), ()), _keys(surname=[0] * 100), 100)
    assert len(found) == sum(min(NEIGHBOURS, 99 - at) for at in range(100))
    assert {(at, at + 1) for at in range(99)} <= found


def test_each_pair_stands_once_with_every_rule_that_proposed_it() -> None:
    rows = [{"surname": "Бухарин", "given_name": "Николай", "birth_date": "1888"}] * 2
    pairs = make_candidate_pairs(make_keys(records_of(rows)), 2)
    assert (pairs.left.tolist(), pairs.right.tolist()) == ([0], [1])
    names = {name for bit, name in enumerate(rule_names()) if int(pairs.rules[0]) >> bit & 1}
    assert {"surname_given_name", "surname_birth_year", "surname_only"} <= names
    assert JUDGEMENT not in names


def test_a_judged_pair_is_compared_though_no_rule_proposes_it() -> None:
    rows = [{"surname": "Ленин"}, {"surname": "Бухарин"}]
    pairs = make_candidate_pairs(make_keys(records_of(rows)), 2, [(1, 0)])
    assert (pairs.left.tolist(), pairs.right.tolist()) == ([0], [1])
    assert int(pairs.rules[0]) == 1 << rule_names().index(JUDGEMENT)


def test_every_declared_key_exists_and_every_rule_fits_its_bit() -> None:
    components = make_keys(records_of([{}])).components
    for rule in blocking_rules():
        assert set(rule.keys) | set(rule.refine) <= components.keys()
    assert len(set(rule_names())) == len(rule_names()) <= 32
