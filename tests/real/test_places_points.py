"""Points of the gazetteer lie where other sources have the province or the camp.

Guards against homonyms: a town of the same name in another province is found here.
"""

import re
import struct
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path

import pytest

from martyrolog.places import Point, parse_place, provinces, settlements, sites
from tests.real.test_places_boundaries import column

Ring = list[tuple[float, float]]
NEAR_KM = 70
"""How far outside the drawn boundary a town may lie: the boundaries are coarse (Khodzhent 64 km,
Orenburg from the Turgai oblast that it governed 65 km, all others within 22)."""
CAMP_KM = 100
"""A camp had several seats (Ustvymlag: Ust-Vym, then Vozhael, 84 km away)."""
DEGREE_KM = 111.2


def shapes(path: Path) -> list[list[Ring]]:
    """The rings of each record of a shape file of polygons, as longitude and latitude."""
    data, at, found = path.read_bytes(), 100, []
    while at < len(data):
        size = 2 * struct.unpack(">I", data[at + 4 : at + 8])[0]
        body, at = data[at + 8 : at + 8 + size], at + 8 + size
        parts, points = struct.unpack("<ii", body[36:44])
        starts = [*struct.unpack(f"<{parts}i", body[44 : 44 + 4 * parts]), points]
        numbers = struct.unpack(f"<{2 * points}d", body[44 + 4 * parts :][: 16 * points])
        whole = list(zip(numbers[::2], numbers[1::2], strict=True))
        found.append([whole[one:other] for one, other in pairwise(starts)])
    return found


@pytest.fixture(scope="module")
def land(data_dir: Path) -> dict[str, list[list[Ring]]]:
    """Province of the gazetteer to its shapes, of 1897 and of 1926."""
    found: dict[str, list[list[Ring]]] = {}
    for year, name in (("1897RussianEmpire", "NAMERUS"), ("1926SovietUnion", "NameRUS")):
        file = data_dir / "boundaries" / year
        rings = shapes(file.with_suffix(".shp"))
        for text, mine in zip(column(file.with_suffix(".dbf"), name), rings, strict=True):
            place = parse_place(text)
            found.setdefault(place.province_id or place.country or "", []).append(mine)
    return found


def kilometres_to_any(point: Point, mine: list[list[Ring]]) -> float:
    """0 within one of the shapes, else the distance to the nearest corner."""
    return min(kilometres(point, rings) for rings in mine)


def kilometres(point: Point, rings: list[Ring]) -> float:
    """0 within the rings of one shape, else the distance to the nearest of their corners."""
    x, y, inside, nearest = point.longitude, point.latitude, False, 1e9
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
            nearest = min(nearest, hypot((x - x1) * cos(radians(y)), y - y1))
    return 0 if inside else nearest * DEGREE_KM


def test_a_town_lies_in_its_province(land: dict[str, list[list[Ring]]]) -> None:
    checked = [town for town in settlements().values() if town.point and town.province_id in land]
    far = {town.place_id: round(kilometres_to_any(town.point, land[town.province_id]))
           for town in checked if town.point}  # fmt: skip
    assert len(checked) > 520
    assert {place: km for place, km in far.items() if km > NEAR_KM} == {}


def test_a_seat_lies_in_its_province(land: dict[str, list[list[Ring]]]) -> None:
    seats = {place_id: settlements()[one.seat].point for place_id, one in provinces().items()
             if one.seat and place_id in land}  # fmt: skip
    assert len(seats) > 110
    assert [place_id for place_id, point in seats.items()
            if point and kilometres_to_any(point, land[place_id]) > NEAR_KM] == []  # fmt: skip


def camp_places(data_dir: Path) -> dict[int, list[tuple[float, float]]]:
    """Camp of the GULAG map to its points."""
    text = (data_dir / "gulag-camps" / "camp-locations.sql").read_text(encoding="utf-8")
    found: dict[int, list[tuple[float, float]]] = {}
    line = r"^\s*\(\d+, '\{\"type\": \"Point\", \"coordinates\": \[(.*?)\]\}', '.*', (\d+), \d+\)"
    for match in re.finditer(line, text, re.MULTILINE):
        longitude, latitude = (float(one.strip(' "')) for one in match[1].split(","))
        found.setdefault(int(match[2]), []).append((longitude, latitude))
    return found


def bare(text: str) -> str:
    return re.sub("[^а-я0-9 ]", "", text.lower().replace("ё", "е").replace("ь", ""))


def test_a_camp_lies_where_the_gulag_map_has_one_of_its_name(data_dir: Path) -> None:
    text = (data_dir / "gulag-camps" / "camps.sql").read_text(encoding="utf-8")
    places, words = camp_places(data_dir), {}
    for statement in re.split(r"INSERT INTO camps\(|\n(?=\(\d+, ')", text)[1:]:
        number = re.search(r"\((\d+), '", statement)
        titles = re.findall(r'"ru": "((?:[^"\\]|\\.){1,200})"', statement)[:2]
        words[int(number[1]) if number else 0] = {w for t in titles for w in bare(t).split()}
    far = {}
    for site in sites().values():
        names = {bare(name) for name in site.names}
        found = [place for number, named in words.items() if named & names
                 for place in places.get(number, ())]  # fmt: skip
        if site.kind == "camp" and site.point and found:
            far[site.place_id] = min(kilometres(site.point, [[place, place]]) for place in found)
    assert len(far) > 38
    assert {place: round(km) for place, km in far.items() if km > CAMP_KM} == {}
