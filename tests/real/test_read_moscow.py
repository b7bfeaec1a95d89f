"""The lists of issue 2, read by their profiles: 15,557 rows, and what was found in them.

``labels/moscow-shot.csv`` holds what a person read in 100 entries, drawn at random (seed 1937)
before any pattern was written: record id, slot, hash of the normalised value; no text of the list.
"""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from martyrolog.read import load_profile
from martyrolog.read.reading import ListFile, Reading, ReadList, read_source

ROOT = Path(__file__).parents[2]
PROFILES = ROOT / "examples" / "moscow" / "profiles"
LABELS = Path(__file__).parent / "labels" / "moscow-shot.csv"

# the 11,789 entries: slots that must be filled in at least 99 of 100
NEEDED = ("surname", "given_name", "birth_date", "birth_place", "death_date", "burial_place")


def read(list_id: str, files: list[Path]) -> ReadList:
    profile = load_profile(list_id, PROFILES)
    return read_source([ListFile(path, path.name) for path in files], Reading(list_id, profile))


@pytest.fixture(scope="module")
def moscow(data_dir: Path) -> ReadList:
    return read("moscow-shot", sorted((data_dir / "moscow-shot" / "pages").glob("*.htm")))


def rows_of(found: ReadList) -> Iterator[dict[str, Any]]:
    for chunk in found.entries:
        yield from chunk.to_pylist()


def label_hash(value: str | None) -> str:
    plain = re.sub(r"\s+", " ", (value or "").casefold().replace("ё", "е")).strip(" .,;:")
    return hashlib.blake2b(plain.encode(), digest_size=8).hexdigest() if plain else ""


def filled(found: ReadList) -> Counter[str]:
    return Counter(name for row in rows_of(found) for name, value in row.items() if value)


def test_every_entry_of_the_moscow_pages_is_a_record(moscow: ReadList) -> None:
    assert (moscow.rows, moscow.kept, moscow.rejects) == (11_789, 11_789, [])
    assert moscow.encodings == ("cp1251",)


@pytest.mark.parametrize("slot", NEEDED)
def test_the_needed_slots_are_filled_in_99_of_100_entries(moscow: ReadList, slot: str) -> None:
    assert filled(moscow)[slot] >= 0.99 * 11_789


def test_each_day_of_death_is_a_day(moscow: ReadList) -> None:
    assert all(row["death_date_earliest"] == row["death_date_latest"] for row in rows_of(moscow))


def test_the_days_of_1937_and_1938_are_as_counted_by_hand(moscow: ReadList) -> None:
    """The data's README: 3,691 were shot in 1937 and 6,296 in 1938."""
    years = Counter(row["death_date"][:4] for row in rows_of(moscow))
    assert (years["1937"], years["1938"]) == (3_691, 6_296)


def test_the_entries_read_by_eye_are_read_alike(moscow: ReadList) -> None:
    records = {row["record_id"]: row for row in rows_of(moscow)}
    with LABELS.open(encoding="utf-8", newline="") as stream:
        labels = list(csv.DictReader(stream))
    slots = Counter(label["slot"] for label in labels)
    right = Counter(
        label["slot"]
        for label in labels
        if label_hash(records[label["record_id"]][label["slot"]]) == label["hash"]
    )
    assert set(slots.values()) == {100}
    assert {slot: right[slot] for slot in slots if right[slot] < 99} == {}


def test_every_record_links_to_its_page_and_street(moscow: ReadList) -> None:
    for row in rows_of(moscow):
        page = row["file"].removesuffix(".htm")
        assert re.fullmatch(rf"https://mos\.memo\.ru/shot-{page}\.htm#s\d+", row["source_url"])
        assert row["page"]


def test_the_second_edition_is_read_whole(data_dir: Path) -> None:
    found = read("moscow-second-edition", [data_dir / "moscow-shot" / "second-edition.csv"])
    assert (found.rows, found.kept) == (770, 770)
    assert min(filled(found)[slot] for slot in NEEDED) >= 0.99 * 770


def test_north_ossetia_is_read_whole(data_dir: Path) -> None:
    found = read("north-ossetia", [data_dir / "north-ossetia" / "1_Sev_Osetia.xlsx"])
    counts = filled(found)
    assert (found.rows, found.kept) == (2_998, 2_998)
    assert (counts["surname"], counts["source_url"]) == (2_998, 2_998)
    assert counts["residence"] == 2_998 - 1_665  # «.» in 1,665 rows stands for nothing
