"""The way of the victims as a picture: from arrest through body and sentence to what came after.

Drawn without a chart library: each stage is a column of boxes as high as they have persons, and a
band joins two boxes by the persons between them. What is not stated keeps its place, so that every
column is as high as the others.
"""

from collections import defaultdict
from html import escape
from textwrap import wrap
from typing import Any

import pyarrow as pa

from martyrolog.history.charts import INK, SERIES, Chart, themed, written_number
from martyrolog.history.fates import STAGES
from martyrolog.history.groups import OTHER, UNSTATED
from martyrolog.messages import text

WIDTH, HEIGHT, BOX, GAP, TOP = 860.0, 420.0, 12.0, 6.0, 24.0
LETTERS, LINE = 28, 13.0
"""Letters of a line beside a box, and pixels from one line to the next."""
LEAST = 9.0
"""Pixels below which a box has no room for its name."""

Place = tuple[float, float]
Node = tuple[str, str]


def flow_chart(flow: pa.Table, language: str = "en") -> Chart | None:
    """The flow between the stages.

    Args:
        flow: Table ``flow``.
        language: ``en`` or ``ru``.

    Returns:
        None where lists tell of fewer than two of the stages: then nothing flows.
    """
    rows = flow.to_pylist()
    sizes, names = _nodes(rows, language)
    if len({stage for stage, value in sizes if value != UNSTATED}) < 2:
        return None
    total = sum(size for (stage, _), size in sizes.items() if stage == STAGES[0])
    scale = (HEIGHT - GAP * max(_boxes(sizes).values())) / total
    places = _places(sizes, scale)
    bands = _bands(rows, places, scale)
    boxes = [_box(node, places[node], size * scale, names[node], written_number(size, language))
             for node, size in sizes.items()]  # fmt: skip
    heads = [_text(_across(stage), 12.0, text(f"history.stage_{stage}", language), stage)
             for stage in STAGES]  # fmt: skip
    alt = text("history.alt_flow", language, count=total)
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT + TOP:g}" '
    drawn = "".join(bands + boxes + heads)
    svg = f'{frame}font-family="sans-serif" font-size="11">{drawn}</svg>'
    listed = [(row[f"from_{language}"], row[f"to_{language}"],
               written_number(row["persons"], language)) for row in rows]  # fmt: skip
    columns = tuple(text(f"history.column_{name}", language) for name in ("from", "to", "persons"))
    return Chart(themed(svg, alt), alt, columns, listed)


def _nodes(rows: list[dict[str, Any]], language: str) -> tuple[dict[Node, int], dict[Node, str]]:
    """Persons and name of each box, the largest of a stage first, what is not stated last."""
    sizes: defaultdict[Node, int] = defaultdict(int)
    names: dict[Node, str] = {}
    for row in rows:
        source, target = (row["stage_from"], row["value_from"]), (row["stage_to"], row["value_to"])
        sizes[source] += row["persons"]
        names |= {source: row[f"from_{language}"], target: row[f"to_{language}"]}
        if target[0] == STAGES[-1]:
            sizes[target] += row["persons"]
    order = sorted(sizes, key=lambda node: (STAGES.index(node[0]), node[1] == UNSTATED,
                                            node[1] == OTHER, -sizes[node], node[1]))  # fmt: skip
    return {node: sizes[node] for node in order}, names


def _boxes(sizes: dict[Node, int]) -> dict[str, int]:
    counted: defaultdict[str, int] = defaultdict(int)
    for stage, _ in sizes:
        counted[stage] += 1
    return counted


def _across(stage: str) -> float:
    return STAGES.index(stage) * (WIDTH - BOX) / (len(STAGES) - 1)


def _places(sizes: dict[Node, int], scale: float) -> dict[Node, Place]:
    places: dict[Node, Place] = {}
    reached: defaultdict[str, float] = defaultdict(lambda: TOP)
    for node, size in sizes.items():
        places[node] = _across(node[0]), reached[node[0]]
        reached[node[0]] += size * scale + GAP
    return places


def _bands(rows: list[dict[str, Any]], places: dict[Node, Place], scale: float) -> list[str]:
    """A band for each pair of boxes; at either end in the order of the boxes at the other."""
    leave = {node: down for node, (_, down) in places.items()}
    enter = dict(leave)
    drawn = []
    joined = [((row["stage_from"], row["value_from"]), (row["stage_to"], row["value_to"]), row)
              for row in rows]  # fmt: skip
    for source, target, row in sorted(joined, key=lambda one: (places[one[0]], places[one[1]])):
        thick = row["persons"] * scale
        left, right = places[source][0] + BOX, places[target][0]
        middle = (left + right) / 2
        start, end = leave[source] + thick / 2, enter[target] + thick / 2
        leave[source] += thick
        enter[target] += thick
        colour = SERIES[6] if UNSTATED in (source[1], target[1]) else SERIES[0]
        drawn.append(
            f'<path d="M{left:.1f} {start:.1f}C{middle:.1f} {start:.1f} {middle:.1f} {end:.1f} '
            f'{right:.1f} {end:.1f}" fill="none" stroke="{colour}" stroke-opacity="0.45" '
            f'stroke-width="{max(thick, 0.5):.1f}"/>'
        )
    return drawn


def _box(node: Node, place: Place, height: float, name: str, persons: str) -> str:
    """A box with its name and its persons, in as many lines as it is high."""
    across, down = place
    box = (f'<rect x="{across:.1f}" y="{down:.1f}" width="{BOX:g}" height="{max(height, 0.5):.1f}" '
           f'fill="{INK}"/>')  # fmt: skip
    if height < LEAST:
        return box
    lines = _lines(name, persons, max(int(height / LINE), 1))
    first = down + height / 2 + 4 - (len(lines) - 1) * LINE / 2
    return box + "".join(_text(across, first + number * LINE, words, node[0])
                         for number, words in enumerate(lines))  # fmt: skip


def _lines(name: str, persons: str, room: int) -> list[str]:
    """Name and persons in so many lines; where there is no room, the name is cut and not they."""
    lines = wrap(f"{name}: {persons}", LETTERS)
    if len(lines) <= room:
        return lines
    after = f"…: {persons}"
    kept = wrap(name, LETTERS)[:room]
    return [*kept[:-1], kept[-1][: LETTERS - len(after)] + after]


def _text(across: float, down: float, name: str, stage: str) -> str:
    """A name beside its box: to the left of it in the last column, else to the right."""
    last = stage == STAGES[-1]
    side = across - 4 if last else across + BOX + 4
    anchor = "end" if last else "start"
    return (f'<text x="{side:.1f}" y="{down:.1f}" fill="{INK}" text-anchor="{anchor}">'
            f"{escape(name)}</text>")  # fmt: skip
