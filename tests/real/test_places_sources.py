"""Rows of the gazetteer that name a source stand in it.

Existence and name only: years, overlaps and names in other languages are not checked by this.
"""

import csv
import gzip
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from martyrolog.places import parse_place
from tests.real.test_places_boundaries import column


def rows(table: str) -> list[dict[str, str]]:
    text = files("martyrolog.places").joinpath(f"data/{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


# Read as the unit of a later time by their name alone; the file of 1897 has both.
OF_ONE_NAME = {"irkutsk-guberniya", "uralsk-oblast"}


@pytest.mark.parametrize(
    ("source", "file", "name"),
    [
        ("census-1897", "1897RussianEmpire.dbf", "NAMERUS"),
        ("census-1926", "1926SovietUnion.dbf", "NameRUS"),
    ],
)
def test_a_unit_with_a_census_as_its_source_is_in_its_boundary_file(
    data_dir: Path, source: str, file: str, name: str
) -> None:
    places = map(parse_place, column(data_dir / "boundaries" / file, name))
    found = {place.province_id or place.country for place in places}
    tagged = {row["place_id"] for row in rows("provinces") if row["source"] == source}
    assert len(tagged) >= 30
    assert tagged - found <= OF_ONE_NAME


def bare(text: str) -> str:
    return re.sub("[^а-я0-9 ]", "", text.lower().replace("ё", "е").replace("ь", ""))


def test_a_camp_with_the_gulag_map_as_its_source_is_named_there(data_dir: Path) -> None:
    camps = (data_dir / "gulag-camps" / "camps.sql").read_text(encoding="utf-8")
    titles = re.findall(r'"ru": "((?:[^"\\]|\\.){1,200})"', camps)
    named = {word for title in titles for word in bare(title).split()}
    tagged = [row for row in rows("sites") if row["source"] == "gulag-map"]
    assert len(tagged) == 44
    for row in tagged:
        names = [row["name_ru"], *row["other_names"].split("|")]
        assert any(bare(name) in named for name in names), row["place_id"]


_UNIT = re.compile(
    r"([А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)*)\.?\s+(губ|обл|кра[йяюе]|кр\.|АССР|АО|авт|окр)"
)
_SAME = {"кр": "кра", "авт": "АО"}


def unit_key(adjective: str, unit: str) -> tuple[str, str]:
    """Adjective without its ending, and the first letters of the unit, whole or abbreviated."""
    stem = re.sub("(ая|ий|ый|ой|ого|ую|ом|ему|ем)$", "", adjective.replace("ё", "е"))
    start = unit.strip(".")[:3] if unit not in ("АССР", "АО") else unit
    return stem, _SAME.get(start, start)


@pytest.mark.parametrize(
    ("source", "file", "least"),
    [("gulag-map", "gulag-camps/*.sql", 1), ("memorial", "memorial-entries/entries.txt.gz", 2)],
)
def test_a_unit_with_a_list_as_its_source_is_named_there(
    data_dir: Path, source: str, file: str, least: int
) -> None:
    texts = (path.read_bytes() for path in sorted(data_dir.glob(file)))
    whole = b"".join(gzip.decompress(one) if file.endswith(".gz") else one for one in texts)
    named = Counter(unit_key(*found) for found in _UNIT.findall(whole.decode()))
    tagged = [row for row in rows("provinces") if row["source"] == source]
    assert len(tagged) >= 75
    for row in tagged:
        *words, unit = re.sub(r"\s*\(.*?\)", "", row["name_ru"]).split()
        assert named[unit_key(words[-1], unit)] >= least, row["place_id"]
