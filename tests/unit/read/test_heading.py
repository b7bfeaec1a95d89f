"""Headings and the rows under them."""

from collections.abc import Sequence

import pytest

from martyrolog.read.heading import rows_under_headings
from martyrolog.read.row import MAX_CELL, Row


def rows(table: Sequence[Sequence[str]], **options: object) -> list[Row]:
    numbered = list(enumerate(table, start=1))
    known = {"Name", "Born"}.__contains__
    return list(rows_under_headings(numbered, known=known, **options))  # type: ignore[arg-type]


def test_rows_have_the_headings_of_the_first_row() -> None:
    assert rows([["Name", "Born"], ["Yakir", "1896"]])[0].cells == {"Name": "Yakir", "Born": "1896"}


def test_headings_below_a_title_are_found_and_the_title_is_no_record() -> None:
    title, person = rows([["Shot in 1937", "", ""], ["Name", "Born", "x"], ["Yakir", "1896", ""]])
    assert title.problem == "read.above_headings"
    assert title.cells == {"column 1": "Shot in 1937"} or "Shot in 1937" in title.verbatim
    assert person.cells == {"Name": "Yakir", "Born": "1896", "x": ""}


@pytest.mark.parametrize("count", [9, 10, 11, 12, 25])
def test_no_row_is_lost_behind_the_rows_among_which_headings_are_sought(count: int) -> None:
    table = [["Name", "Born"], *([f"n{number}", "1890"] for number in range(count))]
    assert len(rows(table)) == count


def test_short_rows_are_filled_up() -> None:
    assert rows([["Name", "Born"], ["Yakir"]])[0].cells == {"Name": "Yakir", "Born": ""}


def test_empty_cells_beyond_the_headings_are_nothing() -> None:
    assert rows([["Name", "Born"], ["Yakir", "1896", "", ""]])[0].problem is None


def test_a_row_with_more_cells_than_headings_is_kept_as_a_problem() -> None:
    (row,) = rows([["Name", "Born"], ["Yakir", "1896", "army", "Kiev"]])
    assert (row.problem, row.detail) == ("read.ragged_row", "4 > 2")
    assert "Kiev" in row.verbatim


def test_empty_rows_are_no_rows() -> None:
    assert len(rows([["Name", "Born"], ["", "  "], ["Yakir", ""]])) == 1


def test_empty_and_repeated_headings_get_names_of_their_own() -> None:
    (row,) = rows([["Name", "", "Name"], ["a", "b", "c"]])
    assert row.cells == {"Name": "a", "column 2": "b", "Name (2)": "c"}


def test_a_cell_beyond_bounds_is_kept_as_a_problem() -> None:
    (row,) = rows([["Name", "Born"], ["x" * (MAX_CELL + 1), ""]])
    assert row.problem == "read.oversize_cell"
    assert len(row.verbatim) > MAX_CELL


def test_headings_may_be_given_for_a_table_without_any() -> None:
    assert rows([["Yakir", "1896"]], headings=["Name", "Born"])[0].cells == {
        "Name": "Yakir",
        "Born": "1896",
    }
    assert rows([["x"], ["Name", "Born"], ["Yakir", "1896"]], header_row=2)[1].problem is None
