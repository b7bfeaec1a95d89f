import pytest

from martyrolog.history.composition import make_composition
from martyrolog.tables import make_table


def test_shares_are_of_those_of_whom_something_is_stated() -> None:
    person = make_table("person", [
        {"person_id": str(i), "name_latin": "x", "name_latin_derived": True, "victim": i < 12,
         "roles": [], "list_ids": [], "records": 1} for i in range(14)
    ])  # fmt: skip
    statement = make_table("statement", [
        {"person_id": str(i), "field": "nationality", "value": "поляк" if i < 2 else "русский",
         "record_ids": [], "list_ids": [], "preferred": True, "verified": True}
        for i in (*range(10), 12, 13)
    ])  # fmt: skip
    rows = {row["value"]: row for row in make_composition(person, statement).to_pylist()}
    assert {value: row["persons"] for value, row in rows.items()} == {
        "russian": 8, "polish": 2, "unstated": 2
    }  # fmt: skip
    assert rows["polish"]["share"] == pytest.approx(0.2)
    # Wilson's interval for 2 of 10 (Newcombe 1998, method 3, by hand)
    assert rows["polish"]["share_low"] == pytest.approx(0.0567, abs=5e-4)
    assert rows["polish"]["share_high"] == pytest.approx(0.5098, abs=5e-4)
    assert rows["unstated"]["share"] is None


def test_a_field_of_which_nothing_is_stated_is_left_out() -> None:
    assert make_composition(make_table("person", []), make_table("statement", [])).num_rows == 0
