"""Ids depend on list, content and occurrence only."""

import re

from martyrolog.read.identity import Identifier, content_key, record_id
from martyrolog.read.row import Row

CELLS = {"Name": "Якир", "Born": "1896", "Party": ""}


def identified(*rows: Row, list_id: str = "a") -> list[tuple[str, int]]:
    identifier = Identifier(list_id)
    return [identifier.identify(row) for row in rows]


def test_an_id_is_r_and_sixteen_letters() -> None:
    ((name, occurrence),) = identified(Row(None, 1, CELLS))
    assert re.fullmatch("r[a-z2-7]{16}", name)
    assert occurrence == 1


def test_an_id_never_changes_between_versions_of_the_program() -> None:
    assert record_id("committee", content_key(Row(None, 9, CELLS)), 1) == "rcrlurvdkyh46ynic"


def test_row_number_page_order_of_columns_and_empty_columns_change_no_id() -> None:
    moved = Row("Sheet 2", 77, {"Born": "1896", "Name": "Якир", "Added": " "})
    assert identified(Row(None, 1, CELLS)) == identified(moved)


def test_white_space_of_prose_changes_no_id() -> None:
    assert identified(Row(None, 1, text="Якир, 1896")) == identified(
        Row(None, 1, text=" Якир,\n1896 ")
    )


def test_identical_rows_stay_distinct() -> None:
    (first, one), (second, two) = identified(Row(None, 1, CELLS), Row(None, 2, CELLS))
    assert first != second
    assert (one, two) == (1, 2)


def test_another_list_or_content_has_another_id() -> None:
    names = {
        identified(Row(None, 1, CELLS))[0][0],
        identified(Row(None, 1, CELLS), list_id="b")[0][0],
        identified(Row(None, 1, {**CELLS, "Born": "1897"}))[0][0],
        identified(Row(None, 1, text=content_key(Row(None, 1, CELLS))))[0][0],
    }
    assert len(names) == 4
