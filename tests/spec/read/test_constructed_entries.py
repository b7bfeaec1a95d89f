"""Books of memory in five languages by their profiles, on constructed entries."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from martyrolog.read import load_profile, read_file
from martyrolog.read.prose import unread_spans

SOURCE = Path(__file__).with_name("constructed_entries.yaml")
ENTRIES = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
CASES = [
    pytest.param(profile, entry, id=f"{profile}-{number}")
    for profile, entries in ENTRIES.items()
    for number, entry in enumerate(entries, start=1)
]


@pytest.mark.parametrize(("profile", "entry"), CASES)
def test_a_constructed_entry_is_read_as_shown(
    profile: str, entry: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "book.txt"
    path.write_text(entry["text"], encoding="utf-8")
    (record,) = read_file(path, profile)["record"].to_pylist()
    assert {name: record[name] for name in entry["record"]} == entry["record"]


@pytest.mark.parametrize(("profile", "entry"), CASES)
def test_no_word_of_a_constructed_entry_is_left(profile: str, entry: dict[str, Any]) -> None:
    assert unread_spans(entry["text"], load_profile(profile).patterns) == []


def test_a_sentence_that_no_step_knows_stands_in_no_field(tmp_path: Path) -> None:
    text = (
        "Sample, Ivan, born 1890 in Inventia, Russian, accountant. Of him no photograph is known. "
        "Arrested 12 November 1937."
    )
    path = tmp_path / "book.txt"
    path.write_text(text, encoding="utf-8")
    (record,) = read_file(path, "book-of-memory-en")["record"].to_pylist()
    assert (record["occupation"], record["arrest_date"]) == ("accountant", "1937-11-12")
    assert record["verbatim"] == text
