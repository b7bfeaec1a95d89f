import pyarrow as pa

from martyrolog.history.groups import group_values, one_group, stated
from martyrolog.tables import make_table


def test_both_genders_of_a_nationality_are_one_group() -> None:
    made = group_values("nationality", pa.array(["поляк", "полька", None, "латыш"]))
    assert [one.value for one in made.groups] == ["polish", "latvian", "unstated"]
    assert made.group.tolist() == [0, 0, 2, 1]


def test_small_groups_stand_together_and_nothing_is_left_out() -> None:
    made = group_values("place", pa.array(["А", "А", "Б", "В", None]), most=1)
    assert [one.value for one in made.groups] == ["А", "other", "unstated"]
    assert made.group.tolist() == [0, 0, 1, 1, 2]


def test_equally_large_groups_are_kept_in_the_order_of_their_names() -> None:
    one = group_values("place", pa.array(["Б", "А", "В"]), most=2)
    other = group_values("place", pa.array(["В", "Б", "А"]), most=2)
    assert [g.value for g in one.groups] == [g.value for g in other.groups] == ["А", "Б", "other"]


def test_a_text_without_term_is_its_own_group() -> None:
    made = group_values("nationality", pa.array(["марсианин ", "марсианин"]))
    assert [one.label_en for one in made.groups] == ["марсианин"]


def test_blank_texts_are_not_stated() -> None:
    assert [one.value for one in group_values("place", pa.array(["  ", "."])).groups] == [
        "unstated"
    ]


def test_one_group_holds_all_rows() -> None:
    assert one_group(3).group.tolist() == [0, 0, 0]


def test_only_the_preferred_value_of_the_person_is_taken() -> None:
    row = {"field": "party", "record_ids": [], "list_ids": [], "verified": True}
    statement = make_table("statement", [
        {**row, "person_id": "a", "value": "б/п", "preferred": True},
        {**row, "person_id": "a", "value": "ВКП(б)", "preferred": False},
        {**row, "person_id": "b", "field": "charge", "value": "58", "preferred": True},
    ])  # fmt: skip
    persons = pa.array(["b", "a", "a"])
    assert stated(statement, "party", persons).to_pylist() == [None, "б/п", "б/п"]
