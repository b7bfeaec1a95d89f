"""JSON Lines."""

import pytest

from martyrolog.read.jsonlines import json_rows


def test_an_object_is_a_row_and_its_keys_are_headings() -> None:
    (row,) = json_rows('{"Name": "Якир", "Born": 1896, "Party": null, "Shot": true}\n')
    assert row.cells == {"Name": "Якир", "Born": "1896", "Party": "", "Shot": "true"}


def test_lists_and_objects_become_text() -> None:
    (row,) = json_rows('{"other_names": ["a", "b"], "place": {"city": "Kiev"}}')
    assert row.cells == {"other_names": "a; b", "place": '{"city": "Kiev"}'}


@pytest.mark.parametrize(
    "line", ["[1]", "nonsense", '{"a": ', "17", '"x"', "[" * 100_000, '{"a": ' + "9" * 5000 + "}"]
)
def test_a_line_that_holds_no_object_is_kept_as_a_problem(line: str) -> None:
    (row,) = json_rows(line)
    assert row.problem == "read.not_json"
    assert row.text == line


def test_a_key_that_stands_twice_is_kept_twice() -> None:
    (row,) = json_rows('{"Name": "a", "Name": "b"}')
    assert row.cells == {"Name": "a", "Name (2)": "b"}


def test_lone_surrogates_and_nul_are_shown_as_escapes() -> None:
    (row,) = json_rows('{"Name": "a\\ud800b\\u0000c"}')
    assert row.cells == {"Name": "a\\ud800b\\x00c"}
    row.verbatim.encode("utf-8")


def test_rows_are_numbered_by_line() -> None:
    assert [row.number for row in json_rows('{"a": "1"}\n\n{"a": "2"}')] == [1, 3]
