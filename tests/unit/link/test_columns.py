"""Records as columns of integers."""

import pyarrow as pa

from martyrolog.link.columns import NO_VALUE, encode_records, plain
from tests.unit.link.build import record_table, records_of

ROWS = [
    {"record_id": "b", "surname": "Ежов", "given_name": "Николай", "birth_date": "1895"},
    {"record_id": "a", "surname": "ЕЖОВ ", "given_name": "Н.", "birth_date": "1 мая 1895"},
    {"record_id": "c", "surname": "", "given_name": "Николай"},
]


def test_records_stand_in_the_order_of_their_ids_whatever_the_order_of_rows() -> None:
    one, other = records_of(ROWS), records_of(ROWS[::-1])
    assert one.ids.to_pylist() == other.ids.to_pylist() == ["a", "b", "c"]
    assert one.texts["surname"].codes.tolist() == other.texts["surname"].codes.tolist()


def test_a_value_stands_once_whatever_its_case_and_spaces() -> None:
    surname = records_of(ROWS).texts["surname"]
    assert surname.values == ["ежов"]
    assert surname.codes.tolist() == [0, 0, NO_VALUE]


def test_given_names_keep_their_case_because_initials_are_told_by_it() -> None:
    assert records_of(ROWS).texts["given_name"].values == ["Н.", "Николай"]


def test_only_a_single_day_is_exact() -> None:
    assert records_of(ROWS).dates["birth_date"].exact.tolist() == [True, False, False]


def test_a_post_stands_for_an_occupation_that_is_not_given() -> None:
    table = record_table(ROWS).append_column(
        "position", pa.array(["нарком", "судья", None], pa.string())
    )
    occupation = encode_records(table).texts["occupation"]
    assert [occupation.values[code] for code in occupation.codes[:2]] == ["судья", "нарком"]


def test_duplicate_free_lists_are_marked() -> None:
    rows = [{"list_id": "one"}, {"list_id": "two"}]
    records = records_of(rows, frozenset({"two"}))
    assert records.duplicate_free[records.lists].tolist() == [False, True]


def test_plain_brings_letters_to_one_form() -> None:
    assert plain("  Королёв\u00a0С. ") == "королев с."
