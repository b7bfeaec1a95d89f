"""The embedded collection resolves into exactly the persons that a reader expects."""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from martyrolog.archive import Archive
from martyrolog.tables import read_table

from .expectation import Expectation, ExpectedRow, expectation


@cache
def built_rows(build: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """record_id -> list and cells as the list writes them."""
    table = read_table(build, "record", ["record_id", "list_id", "verbatim"]).to_pylist()
    return {row["record_id"]: (row["list_id"], json.loads(row["verbatim"])) for row in table}


@pytest.fixture(scope="module")
def expected() -> Expectation:
    return expectation()


def record_of(row: ExpectedRow, build: Path) -> str:
    found = [record for record, (list_id, cells) in built_rows(build).items()
             if row.matches(list_id, cells)]  # fmt: skip
    assert len(found) == 1, f"{row} is {len(found)} records"
    return found[0]


def person_of_record(build: Path) -> dict[str, str]:
    table = read_table(build, "person_record", ["person_id", "record_id"]).to_pylist()
    return {row["record_id"]: row["person_id"] for row in table}


def person_of_label(expected: Expectation, build: Path) -> dict[str, str]:
    """Label -> the person of its first row."""
    person = person_of_record(build)
    return {label: person[record_of(rows[0], build)] for label, rows in expected.persons.items()}


def persons_by_id(build: Path) -> dict[str, dict[str, Any]]:
    columns = ["person_id", "victim", "roles", "list_ids"]
    return {row["person_id"]: row for row in read_table(build, "person", columns).to_pylist()}


def test_every_record_is_named_by_exactly_one_expected_row(
    great_purge_archive: Archive, expected: Expectation
) -> None:
    build = great_purge_archive.build
    named = [record_of(row, build) for rows in expected.persons.values() for row in rows]
    assert len(named) == len(set(named))
    assert set(named) == set(built_rows(build))


def test_the_persons_are_exactly_the_expected_ones(
    great_purge_archive: Archive, expected: Expectation
) -> None:
    build = great_purge_archive.build
    label = {record_of(row, build): name for name, rows in expected.persons.items() for row in rows}
    found: dict[str, set[str]] = defaultdict(set)
    for record, person in person_of_record(build).items():
        found[person].add(label[record])
    merged = sorted(sorted(names) for names in found.values() if len(names) > 1)
    pieces: dict[str, set[str]] = defaultdict(set)
    for record, person in person_of_record(build).items():
        pieces[label[record]].add(person)
    split = sorted(name for name, persons in pieces.items() if len(persons) > 1)
    assert (merged, split) == ([], [])


def test_namesakes_and_kin_stay_apart(great_purge_archive: Archive, expected: Expectation) -> None:
    person = person_of_label(expected, great_purge_archive.build)
    for why, labels in expected.apart:
        assert len({person[label] for label in labels}) == len(labels), why


def test_tukhachevsky_is_one_person_in_three_lists_and_two_scripts(
    great_purge_archive: Archive, expected: Expectation
) -> None:
    build = great_purge_archive.build
    person = person_of_label(expected, build)["Tukhachevsky, Mikhail Nikolayevich"]
    one = persons_by_id(build)[person]
    assert one["list_ids"] == ["central-committee-1934", "ranks-1935", "trial-defendants"]
    assert one["roles"] == ["defendant", "member"]


def test_members_office_holders_and_judges_are_no_victims_unless_repressed(
    great_purge_archive: Archive, expected: Expectation
) -> None:
    build = great_purge_archive.build
    person, by_id = person_of_label(expected, build), persons_by_id(build)
    victim = {label: by_id[person[label]]["victim"] for label in person}
    assert [label for label in expected.not_victims if victim[label]] == []
    assert [label for label in expected.victims if not victim[label]] == []
