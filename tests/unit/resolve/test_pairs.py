from martyrolog.resolve.evidence import make_evidence
from martyrolog.resolve.pairs import person_pairs
from martyrolog.tables import make_table
from tests.unit.resolve.world import match, record

RECORDS = make_table("record", [record(name) for name in ("r1", "r2", "r3", "r4")])
EVIDENCE = make_evidence(RECORDS, {"r1": "p2", "r2": "p1", "r3": "p2", "r4": "p3"}, ["list-a"])


def test_each_pair_of_persons_has_its_strongest_pair_of_records() -> None:
    rows = [match("r1", "r2", 0.4, 1.0), match("r2", "r3", 0.8, 4.0), match("r1", "r4", 0.5, 2.0)]
    pairs = person_pairs(EVIDENCE, make_table("match", rows))
    assert pairs.left.tolist() == [0, 1]
    assert pairs.right.tolist() == [1, 2]
    assert pairs.record_left.tolist() == [1, 0]  # r2 is p1's, r1 is p2's
    assert pairs.record_right.tolist() == [2, 3]
    assert pairs.weight.tolist() == [4.0, 2.0]
    assert pairs.probability.tolist() == [0.8, 0.5]


def test_of_equally_strong_pairs_the_smallest_record_ids_are_taken() -> None:
    rows = [match("r2", "r3", 0.8, 4.0), match("r1", "r2", 0.8, 4.0)]
    pairs = person_pairs(EVIDENCE, make_table("match", rows))
    assert (pairs.record_left.tolist(), pairs.record_right.tolist()) == ([1], [0])


def test_pairs_of_one_person_and_of_unknown_records_are_passed_over() -> None:
    rows = [match("r1", "r3", 0.8), match("r1", "r9", 0.8), match("q0", "q1", 0.8)]
    assert person_pairs(EVIDENCE, make_table("match", rows)).left.tolist() == []
