"""Whoever is hidden after a release is in no byte of the next, which takes files from that one."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from martyrolog.archive import Archive
from martyrolog.progress import SILENT, Noting
from martyrolog.provenance import append_log
from martyrolog.publish import STAGE
from tests.privacy.test_publish import published_bytes
from tests.unit.publish.build import Row, archive_at, record, source_list, tables_of

MARK = "zqxhidden"
AUTHOR, REASON = "zqxauthor", "zqxreason"
SHARED = {"death_date": "1938-07-29", "burial_place": "Коммунарка", "nationality": "русский",
          "residence": "ул. Арбат, д. 5", "occupation": "слесарь"}  # fmt: skip


def persons() -> dict[str, list[Row]]:
    """One who is hidden later, and others on whose pages that one stands in every way."""
    named = {f"p{n}x": [record(f"r{n}", surname="Зотов", given_name=f"Иван {n}", **SHARED)]
             for n in range(4)}  # fmt: skip
    secret = record(f"r{MARK}", surname=f"{MARK} Зотов", given_name="Пётр", birth_date="1890",
                    note=f"{MARK} note", charge=f"{MARK} charge", **SHARED)  # fmt: skip
    return {f"p{MARK}": [secret], **named}


def tables(people: dict[str, list[Row]], **more: list[Row]) -> dict[str, pa.Table]:
    backing = {"list_id": "memory", "unverified": [], "verbatim": "x", "verbatim_kind": "text",
               "file": "x.csv", "row": 1}  # fmt: skip
    present = [(f"p{MARK}", f"r{MARK}")] if f"p{MARK}" in people else []
    return tables_of(
        people, [source_list("memory")],
        trial=[{"trial_id": "t1", "name_en": "A trial", **backing}],
        cohort=[{"cohort_id": "c1", "name_en": "A group", **backing}],
        trial_party=[{"trial_id": "t1", "person_id": person, "record_id": row,
                      "role": "defendant"} for person, row in [*present, ("p0x", "r0")]],
        membership=[{"cohort_id": "c1", "person_id": person, "record_id": row}
                    for person, row in [*present, ("p1x", "r1")]],
        relation=[{"person_id_left": "p2x", "person_id_right": person, "kind": "namesake",
                   "record_ids": ["r2", row]} for person, row in present],
        **more,
    )  # fmt: skip


def redacted(archive: Archive) -> dict[str, pa.Table]:
    append_log(archive.hand / "redactions.jsonl", [{"person_id": f"p{MARK}", "field": "*"}],
               author=AUTHOR, reason=REASON)  # fmt: skip
    return tables(persons())


def found_to_be_living(archive: Archive) -> dict[str, pa.Table]:
    people = persons()
    (row,) = people[f"p{MARK}"]
    kept = {name: row[name] for name in ("surname", "given_name", "note", "charge")}
    return tables(people | {f"p{MARK}": [record(f"r{MARK}", birth_date="1990", **kept)]})


def removed(archive: Archive) -> dict[str, pa.Table]:
    return tables({key: rows for key, rows in persons().items() if key != f"p{MARK}"})


@pytest.mark.parametrize("hide", [redacted, found_to_be_living, removed])
def test_who_is_hidden_after_a_release_is_in_no_byte_of_the_next(
    tmp_path: Path, hide: Callable[[Archive], dict[str, pa.Table]]
) -> None:
    archive = archive_at(tmp_path)
    STAGE.run(archive, tables(persons()), SILENT)
    (first,) = archive.releases.glob("2*")
    before = {name for name, text in published_bytes(first).items() if MARK.encode() in text}
    shown_in = {part for name in before if " " not in name
                for part in Path(name).relative_to(first).parts[1:2]}  # fmt: skip
    assert {"p", "names", "lists", "search", "downloads", "sitemap.xml", "days", "ru", "trials",
            "cohorts", "addresses", "burial-grounds"} <= shown_in  # fmt: skip
    heard = Noting(SILENT)
    STAGE.run(archive, hide(archive), heard)
    assert heard.said["publish.reused"]["kept"]
    (second,) = set(archive.releases.glob("2*")) - {first}
    assert [p for p in second.rglob("*") if MARK in p.name] == []
    secrets = (MARK.encode(), AUTHOR.encode(), REASON.encode())
    holding = [name for name, text in published_bytes(second).items()
               if any(secret in text.lower() for secret in secrets)]  # fmt: skip
    assert holding == []
    assert not any(MARK in path.read_text("utf-8") for path in archive.build.glob("*.json"))


def test_a_field_hidden_after_a_release_is_in_no_byte_of_the_next(tmp_path: Path) -> None:
    archive = archive_at(tmp_path)
    people = persons()
    people["p0x"] = [record("r0", surname="Зотов", given_name="Иван",
                            **SHARED | {"residence": f"ул. {MARK}, д. 7"})]  # fmt: skip
    del people[f"p{MARK}"]
    STAGE.run(archive, tables(people), SILENT)
    (first,) = archive.releases.glob("2*")
    append_log(archive.hand / "redactions.jsonl", [{"record_id": "r0", "field": "residence"}],
               author=AUTHOR, reason=REASON)  # fmt: skip
    STAGE.run(archive, tables(people), SILENT)
    (second,) = set(archive.releases.glob("2*")) - {first}
    secrets = (MARK.encode(), AUTHOR.encode(), REASON.encode())
    assert any(MARK.encode() in text for text in published_bytes(first).values())
    assert not [name for name, text in published_bytes(second).items()
                if any(secret in text.lower() for secret in secrets)]  # fmt: skip
