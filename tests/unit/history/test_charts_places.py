"""Maps: areas are numbers, what is uncertain is hollow, whom they do not show is said."""

import re
import xml.etree.ElementTree as ET
from math import pi
from typing import Any

import pyarrow as pa
import pytest

from martyrolog.history.charts_places import WEST, WHOLE, View, place_chart
from martyrolog.messages import LANGUAGES
from martyrolog.tables import make_table

SVG = "{http://www.w3.org/2000/svg}"


def row(place_id: str, persons: int, precision: str, at: tuple[float, float] | None = None,
        kind: str = "birth") -> dict[str, Any]:  # fmt: skip
    point = {"latitude": at[0], "longitude": at[1], "point_source": "geonames:1"} if at else {}
    return {"kind": kind, "place_id": place_id, "persons": persons, "precision": precision,
            "label_en": place_id.title(), "label_ru": place_id.title(), **point}  # fmt: skip


MOSCOW, SOLOVKI, HARBIN, CHICAGO = (55.75, 37.62), (65.03, 35.71), (45.75, 126.65), (41.9, -87.6)
PLACES = make_table("place_count", [
    row("moscow", 400, "settlement", MOSCOW), row("tver-guberniya", 100, "province", (56.86, 35.9)),
    row("harbin", 25, "settlement", HARBIN), row("chicago", 3, "settlement", CHICAGO),
    row("poland", 7, "country"), row("unplaced", 11, "none"), row("unstated", 13, "none"),
    row("slon", 1, "near", SOLOVKI, kind="imprisonment"),
])  # fmt: skip


def circles(places: pa.Table, kind: str = "birth") -> list[dict[str, str]]:
    """The circles of the maps, without those of the legend."""
    chart = place_chart(places, kind)
    assert chart is not None
    groups = ET.fromstring(chart.svg).findall(f".//{SVG}g[@clip-path]")
    return [circle.attrib for group in groups for circle in group.findall(f"{SVG}circle")]


def test_the_area_of_a_circle_is_the_number_of_persons() -> None:
    areas = [pi * float(circle["r"]) ** 2 for circle in circles(PLACES)]
    assert areas[0] / areas[1] == pytest.approx(4, rel=0.02)
    assert areas[0] / areas[2] == pytest.approx(16, rel=0.02)


def test_what_is_known_to_a_province_only_is_hollow_and_nothing_else_is() -> None:
    assert [circle["fill"] == "none" for circle in circles(PLACES)] == [False, True, False]
    assert [circle["fill"] == "none" for circle in circles(PLACES, "imprisonment")] == [False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_account_for_everybody(language: str) -> None:
    chart = place_chart(PLACES, "birth", language)
    assert chart is not None
    numbers = [int(number) for number in re.findall(r"\d+", chart.alt)]
    everybody = sum(one["persons"] for one in PLACES.to_pylist() if one["kind"] == "birth")
    largest = numbers.pop(2)
    assert largest == 400
    assert sum(numbers) == everybody
    assert len(chart.rows) == 7


def test_a_second_map_is_drawn_only_for_what_the_first_does_not_show() -> None:
    near = PLACES.filter(pa.compute.equal(PLACES["place_id"], "moscow"))
    for places, maps in ((PLACES, 2), (near, 1)):
        chart = place_chart(places, "birth")
        assert chart is not None
        assert chart.svg.count("<clipPath") == maps


def test_a_map_that_would_be_bare_is_left_out_and_the_key_names_drawn_circles_only() -> None:
    far = PLACES.filter(pa.compute.equal(PLACES["place_id"], "harbin"))
    chart = place_chart(far, "birth")
    assert chart is not None
    assert chart.svg.count("<clipPath") == 1
    assert len(circles(far)) == 1
    assert "stroke-dasharray" not in chart.svg
    everything = place_chart(PLACES, "birth")
    assert everything is not None
    assert "stroke-dasharray" in everything.svg


def test_nothing_to_draw_is_no_map() -> None:
    assert place_chart(PLACES, "exile") is None
    nowhere = PLACES.filter(pa.compute.equal(PLACES["place_id"], "poland"))
    assert place_chart(nowhere, "birth") is None


@pytest.mark.parametrize("view", [WEST, WHOLE])
def test_the_projection_keeps_areas(view: View) -> None:
    def area(latitude: float, longitude: float) -> float:
        step = 0.5
        corners = [view.spot(longitude + x, latitude + y)
                   for x, y in ((0, 0), (step, 0), (step, step), (0, step))]  # fmt: skip
        return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in
                       zip(corners, corners[1:] + corners[:1], strict=True))) / 2  # fmt: skip

    def on_sphere(latitude: float) -> float:
        from math import radians, sin

        return radians(0.5) * (sin(radians(latitude + 0.5)) - sin(radians(latitude)))

    scales = [area(lat, lon) / on_sphere(lat) for lat in (40, 55, 70) for lon in (20, 60, 140)]
    assert scales == pytest.approx([view.scale**2] * 9, rel=0.001)


def test_moscow_lies_on_the_first_map_and_vladivostok_on_the_second() -> None:
    assert WEST.shows(WEST.spot(37.62, 55.75))
    assert not WEST.shows(WEST.spot(131.9, 43.1))
    assert WHOLE.shows(WHOLE.spot(131.9, 43.1))
    assert WHOLE.shows(WHOLE.spot(-173.0, 64.4))  # Chukotka, beyond 180 degrees


def test_names_are_escaped() -> None:
    hostile = make_table("place_count", [row("<script>", 2, "settlement", MOSCOW)])
    chart = place_chart(hostile, "birth")
    assert chart is not None
    assert "<script" not in chart.svg.lower()


def test_places_close_together_are_shown_with_their_surroundings_and_a_measure() -> None:
    near = make_table("place_count", [
        row("butovo", 500, "near", (55.53, 37.6), kind="burial"),
        row("kommunarka", 400, "near", (55.57, 37.49), kind="burial"),
    ])  # fmt: skip
    chart = place_chart(near, "burial")
    assert chart is not None
    assert chart.svg.count("<clipPath") == 1
    one, other = ((float(circle["cx"]), float(circle["cy"])) for circle in circles(near, "burial"))
    pixels = ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5
    measure = re.search(r'd="M([\d.]+),[\d.]+H([\d.]+)".*?>(\d+) km<', chart.svg)
    assert measure is not None
    start, end, length = measure.groups()
    a_pixel = int(length) / (float(end) - float(start))
    assert pixels * a_pixel == pytest.approx(8.2, rel=0.02)  # kilometres, on the sphere
    land = ET.fromstring(chart.svg).find(f".//{SVG}g[@clip-path]/{SVG}path")
    assert land is not None
    assert land.attrib["d"].count("L") > 4  # no coast is near, yet the places lie on land
