from pathlib import Path

import pytest

from martyrolog.errors import ArchiveError
from martyrolog.provenance import append_log
from martyrolog.resolve.identity import (
    BATCH,
    LETTERS,
    Identity,
    log_lines,
    new_person_id,
    read_identity,
)


def write(path: Path, *lines: dict[str, object]) -> Path:
    append_log(path, lines, author="test", reason="test")
    return path


def test_a_missing_log_knows_nobody(tmp_path: Path) -> None:
    assert read_identity(tmp_path / "identity.jsonl") == Identity()


def test_an_id_has_twelve_letters_that_nobody_misreads() -> None:
    person_id = new_person_id("archive", "record", {})
    assert len(person_id) == 12
    assert person_id[0] == "p"
    assert set(person_id[1:]) <= set(LETTERS)
    assert not set("ilou") & set(LETTERS)
    assert len(set(LETTERS)) == 32


def test_an_id_that_is_taken_is_passed_over() -> None:
    first = new_person_id("archive", "record", {})
    second = new_person_id("archive", "record", {first: 0})
    assert second not in {first}
    assert new_person_id("archive", "record", {first: 0, second: 1}) not in {first, second}


def test_two_archives_give_different_ids_for_one_record_id() -> None:
    assert new_person_id("one", "record", {}) != new_person_id("two", "record", {})


def test_a_long_operation_is_spread_over_lines_and_read_as_one(tmp_path: Path) -> None:
    found = {f"p{number:06}": [f"r{number:06}"] for number in range(2 * BATCH + 1)}
    lines = list(log_lines([("found", found)]))
    assert [len(line["content"]) for line in lines] == [BATCH, BATCH, 1]
    identity = read_identity(write(tmp_path / "identity.jsonl", *lines))
    assert identity.founded == {records[0]: person for person, records in found.items()}
    assert list(identity.age) == sorted(found)


def test_an_unknown_operation_names_its_line(tmp_path: Path) -> None:
    path = write(
        tmp_path / "identity.jsonl",
        {"operation": "found", "content": {"p1": ["r1"]}},
        {"operation": "resurrect", "content": {}},
    )
    with pytest.raises(ArchiveError, match="line 2") as caught:
        read_identity(path)
    assert caught.value.key == "resolve.identity_unreadable"


def test_a_changed_line_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "identity.jsonl", {"operation": "found", "content": {"p1": ["r1"]}})
    path.write_text(path.read_text().replace("r1", "r2"))
    with pytest.raises(ArchiveError) as caught:
        read_identity(path)
    assert caught.value.key == "core.log_damaged"


def test_redirects_lead_to_living_persons_through_chains_longer_than_the_stack() -> None:
    identity = Identity()
    links = 5_000
    identity.apply("found", {f"p{number}": [f"r{number}"] for number in range(links + 1)})
    for number in range(links):
        identity.apply("merge", {f"p{number}": f"p{number + 1}"})
    assert identity.redirects()["p0"] == [f"p{links}"]


def test_a_split_into_a_person_that_is_gone_leads_to_the_rest() -> None:
    identity = Identity()
    identity.apply("found", {"p1": ["a"], "p2": ["b"], "p3": ["c"]})
    identity.apply("split", {"p1": ["p2", "p3"]})
    identity.apply("remove", {"p3": []})
    assert identity.redirects() == {"p1": ["p2"], "p3": []}
