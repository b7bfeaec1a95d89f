"""Cut the land outlines of the maps out of Natural Earth, as the npm package world-atlas ships it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m benchmarks.places.land package/land-50m.json src/martyrolog/history/data/land.json

Kept: Europe and northern Asia, simplified to what a picture of a few hundred pixels can show.
"""

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

WEST, EAST, SOUTH, NORTH = -15.0, 192.0, 12.0, 82.0
"""Degrees; Chukotka reaches beyond 180."""
TOLERANCE = 0.06  # degrees: a pixel of the larger map
SMALLEST = 0.5  # degrees: islands smaller than this are left out
LONGEST = 2.0  # degrees: longer edges get points between, so that none is drawn as a great circle

Place = tuple[float, float]
Ring = list[Place]


def polygons(topology: dict[str, Any]) -> Iterator[list[Ring]]:
    """The polygons of a topology, as rings of longitude and latitude."""
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in topology["arcs"]:
        x = y = 0
        arcs.append([])
        for dx, dy in arc:
            x, y = x + dx, y + dy
            arcs[-1].append((x * kx + x0, y * ky + y0))
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            rings = [[arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring] for ring in polygon]
            yield [[place for arc in ring for place in arc] for ring in rings]


def unwrapped(ring: Ring) -> Ring:
    """The ring without leaps at 180 degrees: eastern Chukotka lies beyond, at 180 to 191."""
    found = ring[:1]
    for x, y in ring[1:]:
        found.append((x - 360 * round((x - found[-1][0]) / 360), y))
    middle = sum(x for x, _ in found) / len(found)
    shift = 360 if middle < WEST - 150 else 0
    return [(x + shift, y) for x, y in found]


def simplified(ring: Ring) -> Ring:
    """Douglas and Peucker (1973), without recursion."""
    kept, stack = {0, len(ring) - 1}, [(0, len(ring) - 1)]
    while stack:
        first, last = stack.pop()
        far, index = max(((away(ring[i], ring[first], ring[last]), i)
                          for i in range(first + 1, last)), default=(0.0, 0))  # fmt: skip
        if far > TOLERANCE:
            kept.add(index)
            stack += [(first, index), (index, last)]
    return [ring[index] for index in sorted(kept)]


def away(place: Place, one: Place, other: Place) -> float:
    """Distance of a place from the line between two, in degrees of latitude."""
    k = cos(radians(place[1]))
    ax, ay = (other[0] - one[0]) * k, other[1] - one[1]
    bx, by = (place[0] - one[0]) * k, place[1] - one[1]
    length = hypot(ax, ay)
    return abs(ax * by - ay * bx) / length if length else hypot(bx, by)


def clipped(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    """Sutherland and Hodgman (1974), one side: what lies on the side of ``sign``."""
    found: Ring = []
    for one, other in pairwise([*ring, ring[0]]):
        inside, next_inside = (sign * (place[axis] - limit) >= 0 for place in (one, other))
        if inside:
            found.append(one)
        if inside != next_inside:
            found.append(between(one, other, (limit - one[axis]) / (other[axis] - one[axis])))
    return found


def between(one: Place, other: Place, share: float) -> Place:
    """The place at a share of the way from one to another."""
    return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])


def cut(ring: Ring) -> Ring:
    """What of a ring lies on the maps, closed; an empty list where nothing does."""
    for axis, limit, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
        ring = clipped(ring, axis, limit, sign) if ring else ring
    sizes = [max(along) - min(along) for along in zip(*ring, strict=True)]
    if max(sizes, default=0) < SMALLEST:
        return []
    closed = [(round(x, 2), round(y, 2)) for x, y in dense([*ring, ring[0]])]
    return [place for place, after in pairwise([*closed, (999.0, 999.0)]) if place != after]


def dense(ring: Ring) -> Iterator[Place]:
    """The ring with points between those that lie far apart."""
    for one, other in pairwise(ring):
        steps = int(max(abs(other[0] - one[0]), abs(other[1] - one[1])) // LONGEST) + 1
        for i in range(steps):
            yield between(one, other, i / steps)
    yield ring[-1]


def main(source: Path, target: Path) -> None:
    """Write the outlines as one MultiPolygon of GeoJSON."""
    found = []
    for rings in polygons(json.loads(source.read_text())):
        outlines = [cut(simplified(unwrapped(ring))) for ring in rings]
        if len(outlines[0]) > 3:
            found.append([ring for ring in outlines if len(ring) > 3])
    land = {"type": "MultiPolygon", "coordinates": found}
    target.write_text(json.dumps(land, separators=(",", ":")) + "\n")
    points = sum(len(ring) for polygon in found for ring in polygon)
    print(f"{len(found)} polygons, {points} points, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
