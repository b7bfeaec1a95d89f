"""Corrections and redactions: a person's word on one field, kept with author and reason."""

from pathlib import Path
from typing import Any

import pytest

from martyrolog.archive import Archive, open_archive
from martyrolog.cli import main
from martyrolog.errors import ArchiveError
from martyrolog.hand import correct, correction_log, read_corrections, redact, redaction_log
from martyrolog.pipeline import estimate, history, link, publish, read, resolve
from martyrolog.provenance import append_log, read_log
from martyrolog.tables import read_table

SETTINGS = """[archive]
id = "a"
title = {en = "A"}
[[list]]
id = "l"
file = "lists/l.csv"
title = {en = "L"}
historical = {reason = "constructed persons", author = "test", date = 2026-01-01}
"""
ROWS = "surname,given_name,birth_date,residence\nЯкир,Иона,1898,Киев\nКорк,Август,1887,Москва\n"
SIGNED = {"author": "A. Archivist", "reason": "case file, sheet 4"}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "l.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "archive.toml").write_text(SETTINGS, encoding="utf-8")
    archive = open_archive(tmp_path)
    stages(archive)
    return archive


def stages(archive: Archive) -> None:
    for stage in (read, link, resolve, estimate, history):
        stage(archive)


def record(archive: Archive, surname: str = "Якир") -> dict[str, Any]:
    rows = read_table(archive.build, "record").to_pylist()
    return next(row for row in rows if row["surname"] == surname)


def statements(archive: Archive, field: str) -> list[dict[str, Any]]:
    return [row for row in read_table(archive.build, "statement").to_pylist()
            if row["field"] == field]  # fmt: skip


def test_a_corrected_field_reads_otherwise_and_the_verbatim_text_and_id_stay(
    archive: Archive,
) -> None:
    before = record(archive)
    correct(archive, before["record_id"], "birth_date", "3 августа 1896", **SIGNED)
    stages(archive)
    after = record(archive)
    assert (after["birth_date"], str(after["birth_date_latest"])) == ("1896-08-03", "1896-08-03")
    same = ("record_id", "verbatim", "birth_date_verbatim", "occurrence")
    assert [after[name] for name in same] == [before[name] for name in same]
    told = {row["value"]: row["author"] for row in statements(archive, "birth_date")}
    assert told == {"1896-08-03": "A. Archivist", "1887": None}


def test_the_later_of_two_corrections_counts_and_an_empty_one_takes_the_value_away(
    archive: Archive,
) -> None:
    name = record(archive)["record_id"]
    correct(archive, name, "residence", "Харьков", **SIGNED)
    correct(archive, name, "residence", "Одесса", **SIGNED)
    stages(archive)
    assert record(archive)["residence"] == "Одесса"
    correct(archive, name, "residence", "", **SIGNED)
    stages(archive)
    assert record(archive)["residence"] is None
    assert [row["value"] for row in statements(archive, "residence")] == ["Москва"]
    assert [entry["author"] for entry in read_log(correction_log(archive))] == ["A. Archivist"] * 3


def test_a_correction_goes_before_what_the_lists_say(archive: Archive) -> None:
    more = ROWS.replace("Киев", "Одесса") + "Якир,Иона,1898,Киев\nЯкир,Иона,1898,Киев \n"
    (archive.lists / "l.csv").write_text(more.replace("Август", "Иона").replace("Корк", "Якир"))
    read(archive)
    rows = read_table(archive.build, "record").to_pylist()
    one = next(row["record_id"] for row in rows if row["residence"] == "Москва")
    correct(archive, one, "residence", "Харьков", **SIGNED)
    correct(archive, one, "birth_date", "1898", **SIGNED)
    stages(archive)
    together = statements(archive, "residence")
    corrected = [row for row in together if row["author"]]
    assert [row["value"] for row in corrected] == ["Харьков"]
    assert all(row["preferred"] for row in corrected)


def test_a_correction_waits_where_its_row_has_changed(archive: Archive) -> None:
    correct(archive, record(archive)["record_id"], "residence", "Одесса", **SIGNED)
    (archive.lists / "l.csv").write_text(ROWS.replace("Киев", "Киев 3"), encoding="utf-8")
    run = read(archive)
    assert run.said["hand.waiting"] == {"count": 1}
    assert record(archive)["residence"] == "Киев 3"


def test_a_corrected_field_is_no_longer_unverified(archive: Archive) -> None:
    rows = "surname,residence,unverified\nЯкир,Киев,residence;surname\n"
    (archive.lists / "l.csv").write_text(rows, encoding="utf-8")
    read(archive)
    correct(archive, record(archive)["record_id"], "residence", "Одесса", **SIGNED)
    read(archive)
    assert record(archive)["unverified"] == ["surname"]


@pytest.mark.parametrize(("field", "value", "key"), [
    ("nope", "x", "no_such_field"), ("role", "judge", "no_such_field"),
    ("trial_id", "t", "no_such_field"), ("birth_date", "wann?", "no_date"), ("sex", "x", "no_sex"),
    ("surname", "я" * 1_001, "no_such_length"), ("record_id", "x", "no_such_field"),
])  # fmt: skip
def test_what_cannot_be_is_refused(archive: Archive, field: str, value: str, key: str) -> None:
    with pytest.raises(ArchiveError) as refused:
        correct(archive, record(archive)["record_id"], field, value, **SIGNED)
    assert refused.value.key == f"hand.{key}"
    assert not correction_log(archive).exists()


def test_a_decision_on_nobody_or_by_nobody_is_refused(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="rnobody"):
        correct(archive, "rnobody", "surname", "x", **SIGNED)
    with pytest.raises(ArchiveError, match="pnobody"):
        redact(archive, "pnobody", "residence", **SIGNED)
    with pytest.raises(ArchiveError, match="author"):
        correct(archive, record(archive)["record_id"], "surname", "x", author=" ", reason="x")
    with pytest.raises(ArchiveError, match="residense"):
        redact(archive, record(archive)["record_id"], "residense", **SIGNED)


@pytest.mark.parametrize("entry", [
    {}, {"record_id": "r1", "field": "surname"}, {"record_id": "r1", "field": "sex", "value": "?"},
    {"record_id": ["r1"], "field": "surname", "value": "x"},
    {"record_id": "r1", "field": "birth_date", "value": "nope"},
])  # fmt: skip
def test_a_line_that_is_no_correction_is_named(archive: Archive, entry: dict[str, Any]) -> None:
    append_log(correction_log(archive), [entry], author="test", reason="test")
    with pytest.raises(ArchiveError, match="line 1"):
        read_corrections(archive)


def released(archive: Archive) -> str:
    """All text of the newest release."""
    latest = archive.releases / (archive.releases / "LATEST").read_text().strip()
    files = (path for path in latest.rglob("*") if path.suffix in {".html", ".json", ".csv", ".js"})
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_what_is_redacted_at_the_command_line_is_in_no_release(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    name = record(archive)["record_id"]
    correct(archive, name, "residence", "Харьков", **SIGNED)
    stages(archive)
    publish(archive)
    assert "Харьков" in released(archive)
    signed = ["--author", "A. Archivist", "--reason", "asked by the family"]
    with pytest.raises(SystemExit) as left:
        main(["redact", name, "residence", *signed, "--dir", str(archive.path)])
    assert left.value.code == 0
    assert "residence" in capsys.readouterr().out
    assert [entry["record_id"] for entry in read_log(redaction_log(archive))] == [name]
    publish(archive)
    assert not {"Харьков", "Киев"} & set(released(archive).split())
    assert "Харьков" not in released(archive)


def test_correct_says_what_it_recorded_in_both_languages(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    name = record(archive)["record_id"]
    for language, said in (("en", "reads 'Одесса'"), ("ru", "читается «Одесса»")):
        with pytest.raises(SystemExit):
            main(["correct", name, "residence", "Одесса", "--author", "A. B.", "--reason", "file",
                  "--dir", str(archive.path), "--lang", language])  # fmt: skip
        assert said in " ".join(capsys.readouterr().out.split())
