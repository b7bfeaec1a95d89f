"""Mapping files."""

from pathlib import Path

import pytest

from martyrolog.errors import LinkError
from martyrolog.link.mapping import read_mapping, resolve_mapping

FILE = Path("people.csv")


def _mapping(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_columns_with_standard_names_need_no_mapping() -> None:
    found = resolve_mapping({}, ["Surname", "given_name", "shoe_size"], FILE)
    assert found == {"surname": ["Surname"], "given_name": ["given_name"]}


def test_a_line_maps_one_column_several_or_none(tmp_path: Path) -> None:
    text = "surname: last\nresidence: [street, town]\noccupation: null\n"
    declared = read_mapping(_mapping(tmp_path, text))
    found = resolve_mapping(declared, ["last", "street", "town", "occupation"], FILE)
    assert found == {"surname": ["last"], "residence": ["street", "town"]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("surnam: last\n", "Did you mean 'surname'"),
        ("surname: lost\n", "Did you mean 'last'"),
        ("[1, 2]\n", "standard column: column of the file"),
        ("surname: {a: b}\n", "standard column: column of the file"),
        ("surname: [\n", "cannot be used"),
    ],
)
def test_a_wrong_mapping_is_one_clear_message(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(LinkError, match=words):
        resolve_mapping(read_mapping(_mapping(tmp_path, text)), ["last"], FILE)


def test_a_missing_mapping_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LinkError, match="no mapping file"):
        read_mapping(tmp_path / "none.yaml")


def test_a_file_without_names_says_what_it_has() -> None:
    with pytest.raises(LinkError, match="it has: last, first"):
        resolve_mapping({}, ["last", "first"], FILE)
