from pathlib import Path

import pytest

from martyrolog.errors import ArchiveError
from martyrolog.provenance import append_log, read_log
from martyrolog.resolve import judge
from martyrolog.resolve.judgements import Judgement, Verdict, present_judgements, read_judgements
from tests.unit.resolve.world import World, record


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path, [record("r1"), record("r2")])
    world.build()
    return world


def test_a_judgement_is_logged_with_author_reason_and_time(world: World) -> None:
    judge(world.archive, "r2", "r1", "different", author=" A. Editor ", reason="two birth years")
    (line,) = read_log(world.path / "hand" / "judgements.jsonl")
    assert (line["record_id_left"], line["record_id_right"]) == ("r1", "r2")
    assert (line["judgement"], line["author"]) == ("different", "A. Editor")
    assert line["reason"] == "two birth years"
    assert line["time"]


@pytest.mark.parametrize(
    ("left", "right", "verdict", "author", "reason", "key"),
    [
        ("r1", "r9", "same", "A", "b", "resolve.no_such_record"),
        ("r9", "r1", "same", "A", "b", "resolve.no_such_record"),
        ("r1", "r1", "same", "A", "b", "resolve.judgement_on_one_record"),
        ("r1", "r2", "perhaps", "A", "b", "resolve.no_such_judgement"),
        ("r1", "r2", "same", " ", "b", "resolve.judgement_unsigned"),
        ("r1", "r2", "same", "A", "", "resolve.judgement_unsigned"),
    ],
)
def test_a_judgement_that_cannot_stand_is_refused_and_nothing_is_logged(
    world: World, left: str, right: str, verdict: Verdict, author: str, reason: str, key: str
) -> None:
    with pytest.raises(ArchiveError) as caught:
        judge(world.archive, left, right, verdict, author=author, reason=reason)
    assert caught.value.key == key
    assert not (world.path / "hand" / "judgements.jsonl").exists()


def test_a_line_that_is_no_judgement_is_named(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    good = {"record_id_left": "b", "record_id_right": "a", "judgement": "same"}
    append_log(path, [good, {**good, "judgement": "maybe"}], author="A", reason="b")
    with pytest.raises(ArchiveError, match="line 2") as caught:
        read_judgements(path)
    assert caught.value.key == "resolve.judgement_unreadable"


def test_the_last_judgement_on_a_pair_holds_and_the_newest_comes_first() -> None:
    judgements = [
        Judgement("a", "b", "same"),
        Judgement("b", "c", "unsure"),
        Judgement("a", "b", "different"),
    ]
    present = dict.fromkeys("abc")
    assert present_judgements(judgements, present, {}) == [
        Judgement("a", "b", "different"),
        Judgement("b", "c", "unsure"),
    ]


def test_a_judgement_passes_to_the_records_that_supersede_its_own() -> None:
    heirs = {"a": ["w"], "w": ["x", "y"]}
    present = dict.fromkeys("bxy")
    assert present_judgements([Judgement("a", "b", "same")], present, heirs) == [
        Judgement("b", "y", "same"),
        Judgement("b", "x", "same"),
    ]


def test_a_judgement_on_a_vanished_record_without_heir_waits() -> None:
    assert present_judgements([Judgement("a", "b", "same")], {"b": None}, {}) == []


def test_a_newer_judgement_on_an_heir_overrules_an_inherited_one() -> None:
    judgements = [Judgement("a", "b", "same"), Judgement("b", "x", "different")]
    found = present_judgements(judgements, dict.fromkeys("bx"), {"a": ["x"]})
    assert found == [Judgement("b", "x", "different")]
