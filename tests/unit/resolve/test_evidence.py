import pyarrow as pa

from martyrolog.resolve.evidence import make_evidence
from martyrolog.tables import make_table
from tests.unit.resolve.world import record

RECORDS = make_table("record", [
    record("r2", "list-b", surname=" Якир ", unverified=["surname"]),
    record("r1", "list-z", surname="  "),
    record("r3", "list-a"),
])  # fmt: skip
EVIDENCE = make_evidence(RECORDS, {"r1": "p2", "r2": "p1", "r3": "p2"}, ["list-b", "list-a"])


def test_records_and_persons_come_into_the_order_of_their_ids() -> None:
    assert EVIDENCE.record_ids.to_pylist() == ["r1", "r2", "r3"]
    assert EVIDENCE.persons == ["p1", "p2"]
    assert EVIDENCE.person.tolist() == [1, 0, 1]


def test_lists_rank_as_the_archive_names_them_and_unknown_ones_come_last() -> None:
    assert EVIDENCE.lists == ["list-b", "list-a", "list-z"]
    assert EVIDENCE.list_rank.tolist() == [2, 0, 1]
    assert EVIDENCE.list_name_rank.tolist() == [1, 0, 2]


def test_an_empty_cell_and_a_cell_of_spaces_are_missing() -> None:
    assert EVIDENCE.text("surname").to_pylist() == [None, "Якир", None]


def test_only_marked_cells_are_unverified() -> None:
    assert EVIDENCE.unverified("surname").tolist() == [False, True, False]
    assert EVIDENCE.unverified("given_name").tolist() == [False, False, False]


def test_a_table_in_several_chunks_is_the_same_evidence() -> None:
    chunks = pa.concat_tables([RECORDS.slice(0, 1), RECORDS.slice(1)])
    again = make_evidence(chunks, {"r1": "p2", "r2": "p1", "r3": "p2"}, ["list-b", "list-a"])
    assert again.records.equals(EVIDENCE.records)
    assert again.unverified("surname").tolist() == EVIDENCE.unverified("surname").tolist()
