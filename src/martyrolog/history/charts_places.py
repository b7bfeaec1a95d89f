"""Maps of places: a circle at each, its area the number of persons.

Drawn without a chart library, as the flow is: land outlines of Natural Earth (``data/land.json``)
and points in Albers' equal-area conic projection (Snyder 1987, eq. 14-1 to 14-6), so that areas
are true. Filled circles are towns, hollow ones persons known only to a province, drawn at its seat:
they may be anywhere in it. A second map shows what lies beyond the edges of the first, and only
that. Where all places lie close together, one map shows their surroundings, with a measure of
length. There are no boundaries: no set of them for 1937 is at hand.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from math import cos, hypot, radians, sin, sqrt

import pyarrow as pa

from martyrolog.history.charts import INK, LAND, LINE, SERIES, Chart, Row, themed, written_number
from martyrolog.history.groups import UNSTATED
from martyrolog.messages import text
from martyrolog.places import Precision

LARGEST, OF_ONE, LEAST = 30.0, 5.0, 0.9
"""Radius of the largest circle, the most for one person, and the least that can still be seen, in
pixels."""
SMALLEST_DASHED = 4.0
CLOSE, LEAST_EXTENT = 2.0, 10.0
"""Degrees within which places lie close together, and kilometres that a map shows at least."""
EARTH = 6371.0
"""Radius of the earth in kilometres."""
HEIGHT = 360.0
LABELLED = 14
"""Circles with a name, as far as there is room."""
WIDTH = 680.0
GAP, LEGEND, LETTER, LINE_HEIGHT = 10.0, 76.0, 5.9, 12.0

Spot = tuple[float, float]


@dataclass(frozen=True)
class View:
    """A part of the earth as it is shown.

    Attributes:
        centre: Longitude and latitude of its middle, degrees.
        parallels: Parallels at which the projection keeps its scale.
        scale: Pixels a radian.
        height: Pixels.
    """

    centre: Spot
    parallels: Spot
    scale: float
    height: float

    def spot(self, longitude: float, latitude: float) -> Spot:
        """Pixels from the left and from the top."""
        x, y = self._projected(longitude, latitude)
        x0, y0 = self._projected(*self.centre)
        return WIDTH / 2 + self.scale * (x - x0), self.height / 2 - self.scale * (y - y0)

    def shows(self, spot: Spot) -> bool:
        """Whether a spot lies within the picture."""
        return 0 <= spot[0] <= WIDTH and 0 <= spot[1] <= self.height

    def _projected(self, longitude: float, latitude: float) -> Spot:
        one, other = (radians(parallel) for parallel in self.parallels)
        n = (sin(one) + sin(other)) / 2
        c = cos(one) ** 2 + 2 * n * sin(one)
        around = (longitude - self.centre[0] + 180) % 360 - 180
        radius = sqrt(c - 2 * n * sin(radians(latitude))) / n
        return radius * sin(n * radians(around)), -radius * cos(n * radians(around))


WEST = View((38.0, 53.5), (43.0, 64.0), 1010.0, 560.0)
"""Central Europe to the Urals, the Arctic Ocean to the Caucasus."""
WHOLE = View((98.0, 59.0), (45.0, 68.0), 415.0, 430.0)
"""Central Europe to the Pacific Ocean."""


def place_chart(place_count: pa.Table, kind: str, language: str = "en") -> Chart | None:
    """The map of one kind of place.

    Args:
        place_count: Table ``place_count``.
        kind: One of its kinds.
        language: ``en`` or ``ru``.

    Returns:
        None where no place of the kind has a point.
    """
    mine = [row | {"label": row[f"label_{language}"]} for row in place_count.to_pylist()
            if row["kind"] == kind]  # fmt: skip
    drawn = sorted((row for row in mine if row["latitude"] is not None),
                   key=lambda row: (-row["persons"], row["place_id"]))  # fmt: skip
    if not drawn:
        return None
    maps = _maps(drawn)
    alt = _alt(mine, [row for _, rows in maps for row in rows], kind, language)
    columns = tuple(text(f"history.column_{name}", language)
                    for name in ("place", "precision", "persons"))  # fmt: skip
    rows = [(row["label"], text(f"history.precision_{row['precision']}", language),
             written_number(row["persons"], language)) for row in mine]  # fmt: skip
    return Chart(themed(_svg(maps, drawn[0]["persons"], language), alt), alt, columns, rows)


def _alt(mine: Sequence[Row], shown: Sequence[Row], kind: str, language: str) -> str:
    """What the map shows, with everybody whom it does not show or not surely."""

    def persons(rows: Sequence[Row], *precisions: Precision) -> int:
        return sum(row["persons"] for row in rows if row["precision"] in precisions)

    on_map = (Precision.SETTLEMENT, Precision.NEAR, Precision.PROVINCE)
    unstated = sum(row["persons"] for row in mine if row["place_id"] == UNSTATED)
    largest = max(shown, key=lambda row: row["persons"], default={"label": "", "persons": 0})
    return text(
        "history.alt_places", language, what=text(f"history.places_{kind}", language),
        sure=persons(shown, *on_map[:2]), province=persons(shown, Precision.PROVINCE),
        off=persons(mine, *on_map) - persons(shown, *on_map),
        country=persons(mine, Precision.COUNTRY),
        unplaced=persons(mine, Precision.NONE) - unstated, unstated=unstated,
        largest=largest["label"], most=largest["persons"],
    )  # fmt: skip


def _spot(view: View, row: Row) -> Spot:
    return view.spot(row["longitude"], row["latitude"])


def _maps(drawn: Sequence[Row]) -> list[tuple[View, Sequence[Row]]]:
    """The rows of each map: the first that shows a row has it. A bare one is left out."""
    around = _surroundings(drawn)
    if around:
        return [(around, drawn)]
    first = [row for row in drawn if WEST.shows(_spot(WEST, row))]
    second = [row for row in drawn if not WEST.shows(_spot(WEST, row))
              and WHOLE.shows(_spot(WHOLE, row))]  # fmt: skip
    if second and not first:
        return [(WHOLE, second)]
    return [(WEST, first), (WHOLE, second)] if second else [(WEST, first)]


def _surroundings(drawn: Sequence[Row]) -> View | None:
    """The view of places that lie close together; None where they do not."""
    ends = [(min(row[name] for row in drawn), max(row[name] for row in drawn))
            for name in ("longitude", "latitude")]  # fmt: skip
    if len(drawn) < 2 or max(last - first for first, last in ends) > CLOSE:
        return None
    longitude, latitude = (sum(both) / 2 for both in ends)
    wide = radians(ends[0][1] - ends[0][0]) * cos(radians(latitude))
    extent = max(wide, radians(ends[1][1] - ends[1][0]), LEAST_EXTENT / EARTH)
    return View((longitude, latitude), (latitude - 1, latitude + 1), HEIGHT / 2 / extent, HEIGHT)


def _svg(maps: Sequence[tuple[View, Sequence[Row]]], most: int, language: str) -> str:
    """One map above the other, and beneath them what circles mean."""
    parts, top = [], 0.0
    for number, (view, rows) in enumerate(maps):
        parts.append(f'<g transform="translate(0,{top:g})">{_map(view, number, rows, most)}</g>')
        top += view.height + GAP
    hollow = any(_hollow(row) for _, rows in maps for row in rows)
    legend = _legend(most, language, hollow=hollow, second=len(maps) > 1)
    parts.append(f'<g transform="translate(0,{top:g})">{legend}</g>')
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {top + LEGEND:g}" '
    return f'{frame}font-family="sans-serif" font-size="11">{"".join(parts)}</svg>'


def _map(view: View, number: int, rows: Sequence[Row], most: int) -> str:
    """Land, circles and names of one map."""
    box = f'<rect width="{WIDTH:g}" height="{view.height:g}"'
    clip = f'<clipPath id="map{number}">{box}/></clipPath>'
    land = f'<path d="{_land(view)}" fill="{LAND}" stroke="{LINE}" stroke-width=".5"/>'
    shown = [(row, _spot(view, row)) for row in rows]
    circles = [_circle(spot, _radius(row["persons"], most), hollow=_hollow(row))
               for row, spot in shown]  # fmt: skip
    names = [*_names(view, shown, most), _measure(view)]
    return (f'{clip}<g clip-path="url(#map{number})">{land}{"".join(circles)}{"".join(names)}</g>'
            f'{box} fill="none" stroke="{LINE}"/>')  # fmt: skip


def _measure(view: View) -> str:
    """A line of a round length, for maps of surroundings."""
    length = next(km for km in (50, 20, 10, 5, 2) if km * view.scale / EARTH < WIDTH / 4)
    if length * view.scale / EARTH < WIDTH / 40:
        return ""
    x, y = WIDTH - 20, view.height - 14
    return (f'<path d="M{x - length * view.scale / EARTH:.1f},{y:g}H{x:g}" stroke="{INK}"/>'
            f'<text x="{x:g}" y="{y - 5:g}" text-anchor="end" fill="{INK}">{length} km</text>'
            )  # fmt: skip


def _radius(persons: int, most: int) -> float:
    """The area is the number of persons, down to a dot that can be seen."""
    return max(min(LARGEST / sqrt(most), OF_ONE) * sqrt(persons), LEAST)


def _hollow(row: Row) -> bool:
    return bool(row["precision"] == Precision.PROVINCE)


def _circle(spot: Spot, radius: float, *, hollow: bool) -> str:
    at = f'<circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{radius:.1f}"'
    if hollow:
        dashed = ' stroke-dasharray="3 2"' if radius >= SMALLEST_DASHED else ""
        return f'{at} fill="none" stroke="{SERIES[1]}" stroke-width="1.2"{dashed}/>'
    return f'{at} fill="{SERIES[0]}" fill-opacity=".55" stroke="{SERIES[0]}" stroke-width=".8"/>'


def _names(view: View, shown: Sequence[tuple[Row, Spot]], most: int) -> Iterator[str]:
    """Names of the largest circles, each where it covers no other name."""
    taken: list[tuple[float, float, float]] = []
    for row, (x, y) in shown[: 2 * LABELLED]:
        radius, size = _radius(row["persons"], most), LETTER * len(row["label"])
        for at, below in ((x + radius + 3, y + 4), (x - radius - 3 - size, y + 4)):
            free = all(at > end or at + size < start or abs(below - height) > LINE_HEIGHT
                       for start, end, height in taken)  # fmt: skip
            if free and at > 0 and at + size < WIDTH and 10 < below < view.height:
                taken.append((at, at + size, below))
                name = escape(row["label"])
                yield f'<text x="{at:.1f}" y="{below:.1f}" fill="{INK}">{name}</text>'
                break
        if len(taken) == LABELLED:
            return


def _legend(most: int, language: str, *, hollow: bool, second: bool) -> str:
    """The circles drawn in words, and how many persons an area stands for."""
    parts = [_circle((12, 14), 6, hollow=False)]
    if hollow:
        parts.append(_circle((12, 36), 6, hollow=True))
    names = ["sure", *["province"] * hollow, *["beyond"] * second]
    for line, name in enumerate(names):
        said = escape(text(f"history.map_{name}", language))
        parts.append(f'<text x="26" y="{18 + 22 * line}" fill="{INK}">{said}</text>')
    x = WIDTH - 200
    for persons in dict.fromkeys((most, -(-most // 10))):
        radius = _radius(persons, most)
        x += radius
        parts.append(_circle((x, 34), radius, hollow=False))
        number = written_number(persons, language)
        parts.append(f'<text x="{x + radius + 4:.1f}" y="38" fill="{INK}">{number}</text>')
        x += radius + 16 + LETTER * len(number)
    return "".join(parts)


@cache
def _land(view: View) -> str:
    """The outlines of a view as one path; of polygons that lie wholly beyond it nothing."""
    outlines = files(__package__).joinpath("data/land.json").read_text(encoding="utf-8")
    drawn = []
    for polygon in json.loads(outlines)["coordinates"]:
        rings = [[view.spot(*place) for place in ring] for ring in polygon]
        across, down = zip(*rings[0], strict=True)
        if min(across) < WIDTH and max(across) > 0 and min(down) < view.height and max(down) > 0:
            drawn += ["M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in thinned(ring)) + "Z"
                      for ring in rings]  # fmt: skip
    return "".join(drawn)


def thinned(ring: Sequence[Spot]) -> list[Spot]:
    """The ring without points nearer than half a pixel, and with far ones brought near.

    What lies far beyond a map is not seen, only that the line goes round it.
    """
    kept: list[Spot] = []
    for x, y in ring:
        spot = min(max(x, -WIDTH), 2 * WIDTH), min(max(y, -WIDTH), 2 * WIDTH)
        if not kept or hypot(spot[0] - kept[-1][0], spot[1] - kept[-1][1]) >= 0.5:
            kept.append(spot)
    return kept
