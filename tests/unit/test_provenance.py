import json
from pathlib import Path

import pytest

from martyrolog.errors import ArchiveError, StorageError
from martyrolog.provenance import append_log, now, read_json, read_log, replaced_file, write_json


def append(path: Path, *numbers: int) -> None:
    append_log(path, [{"number": n} for n in numbers], author="A. Archivist", reason="checked")


def test_entries_come_back_in_their_order_with_author_reason_and_time(tmp_path: Path) -> None:
    log = tmp_path / "judgements.jsonl"
    append(log, 1, 2)
    append(log, 3)
    entries = read_log(log)
    assert [entry["number"] for entry in entries] == [1, 2, 3]
    assert {(entry["author"], entry["reason"]) for entry in entries} == {
        ("A. Archivist", "checked")
    }
    assert all(entry["time"] for entry in entries)


def test_no_file_is_an_empty_log(tmp_path: Path) -> None:
    assert list(read_log(tmp_path / "none.jsonl")) == []


@pytest.mark.parametrize("damage", ["change", "remove", "swap", "cut"])
def test_a_damaged_log_is_found_and_left_as_it_is(tmp_path: Path, damage: str) -> None:
    log = tmp_path / "log.jsonl"
    append(log, 1, 2, 3)
    lines = log.read_text(encoding="utf-8").splitlines()
    damaged = {
        "change": [lines[0].replace('"number": 1', '"number": 9'), *lines[1:]],
        "remove": lines[1:],
        "swap": [lines[1], lines[0], lines[2]],
        "cut": [*lines[:2], lines[2][:40]],
    }[damage]
    log.write_text("\n".join(damaged) + "\n", encoding="utf-8")
    before = log.read_bytes()
    with pytest.raises(ArchiveError, match=r"line [123]"):
        append(log, 4)
    assert log.read_bytes() == before


def test_a_reason_may_hold_any_character(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    odd = "line\u2028separator\nnewline \x00 nul «кавычки»"
    append_log(log, [{"n": 1}], author="x", reason=odd)
    append_log(log, [{"n": 2}], author="x", reason=odd)
    assert [entry["reason"] for entry in read_log(log)] == [odd, odd]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    write_json(target, {"old": 1})

    def fail_half_way() -> None:
        with replaced_file(target) as unfinished:
            unfinished.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert json.loads(target.read_text()) == {"old": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises((StorageError, ArchiveError), match="Cannot write"):
        write_json(tmp_path / "file" / "a.json", {})


def test_a_derived_file_that_is_damaged_counts_as_missing(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"stages": ')
    assert read_json(tmp_path / "run.json") == {}
    assert read_json(tmp_path / "none.json") == {}


def test_the_clock_can_be_fixed_for_reproducible_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert now().isoformat() == "1970-01-01T00:00:00+00:00"
