"""Who stood accused with whom: each trial a ring of its defendants, joined by those of several.

The defendants of one trial stand on its ring, in the order of their names; those named as accused
though not tried there as open circles on a broken ring around it. A person with a part in two
trials, whichever it is, stands in the middle with a line to each.
Drawn without a chart library; the trials with the most defendants are drawn, up to ``MOST_TRIALS``.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from math import cos, hypot, pi, sin
from textwrap import wrap

import pyarrow as pa

from martyrolog.history.charts import INK, LINE, SERIES, Chart, themed
from martyrolog.messages import text

SIZE, RING, DOT, LINE_HEIGHT = 720.0, 86.0, 5.0, 13.0
OUTER = 14.0
"""From the ring of those tried to that of those only named."""
PARTS = ("defendant", "co_accused")
"""What a person of several parts in one trial is drawn as, the first of these."""
MOST_TRIALS = 8
NAME_LETTERS, LINE_LETTERS, MOST_LINES = 27, 20, 4
Point = tuple[float, float]


def network_chart(
    trial_party: pa.Table, trials: Mapping[str, str], names: Mapping[str, str], language: str = "en"
) -> Chart | None:
    """The trials, their defendants, and who joins them.

    Args:
        trial_party: Table ``trial_party``.
        trials: Name of each trial that may be shown, by trial_id.
        names: Name of each person that may be shown, by person_id; others are left out.
        language: ``en`` or ``ru``.

    Returns:
        None where no trial has a defendant.
    """
    parts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in trial_party.to_pylist():
        if row["trial_id"] in trials and row["person_id"] in names:
            both = (parts[row["trial_id"]].get(row["person_id"]), row["role"])
            part = next((role for role in PARTS if role in both), row["role"])
            parts[row["trial_id"]][row["person_id"]] = part
    accused, named = (
        {trial: sorted((one for one, role in mine.items() if role == part),
                       key=lambda one: (names[one], one)) for trial, mine in parts.items()}
        for part in PARTS
    )  # fmt: skip
    shown = sorted((trial for trial, mine in accused.items() if mine),
                   key=lambda trial: (-len(accused[trial]), trial))[:MOST_TRIALS]  # fmt: skip
    if not shown:
        return None
    ties = _ties({trial: parts[trial] for trial in shown}, names)
    drawn = _drawing(sorted(shown), accused, named, ties, trials, names)
    count = sum(len(accused[trial]) for trial in shown)
    alt = text("history.alt_network", language, trials=len(shown), count=count, ties=len(ties))
    beside = sum(len(named[trial]) for trial in shown)
    alt += text("history.alt_network_named", language, named=beside) if beside else ""
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE:g} {SIZE:g}" '
    svg = f'{frame}font-family="sans-serif" font-size="11">{drawn}</svg>'
    rows = [(trials[trial], names[one], text(f"history.role_{parts[trial][one]}", language))
            for trial in sorted(shown)
            for one in sorted(parts[trial], key=lambda one: names[one])]  # fmt: skip
    columns = tuple(
        text(f"history.column_{name}", language) for name in ("trial", "person", "part")
    )
    return Chart(themed(svg, alt), alt, columns, rows)


def _ties(parts: Mapping[str, Mapping[str, str]], names: Mapping[str, str]) -> dict[str, list[str]]:
    """Persons with a part in several of the trials, by name, and these trials."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for trial in sorted(parts):
        for person in parts[trial]:
            found[person].append(trial)
    several = sorted((one for one, mine in found.items() if len(mine) > 1),
                     key=lambda one: (names[one], one))  # fmt: skip
    return {one: found[one] for one in several}


def _around(centre: Point, radius: float, number: int, count: int) -> Point:
    angle = 2 * pi * number / count - pi / 2
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)


def _drawing(
    shown: Sequence[str], accused: Mapping[str, Sequence[str]], named: Mapping[str, Sequence[str]],
    ties: Mapping[str, Sequence[str]], trials: Mapping[str, str], names: Mapping[str, str],
) -> str:  # fmt: skip
    middle = SIZE / 2, SIZE / 2
    far = SIZE / 2 - RING - OUTER - 16
    centres = {trial: _around(middle, far, number, len(shown)) if len(shown) > 1 else middle
               for number, trial in enumerate(shown)}  # fmt: skip
    lines, dots = "", ""
    for number, (person, mine) in enumerate(ties.items()):
        place = _around(middle, RING * 0.9, number, max(len(ties), 2))
        for trial in mine:
            lines += _line(place, _edge(centres[trial], place))
        dots += _dot(place, SERIES[1], names[person]) + _label(place, names[person])
    for trial in shown:
        centre = centres[trial]
        lines += (f'<circle cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" r="{RING:g}" fill="none" '
                  f'stroke="{LINE}"/>')  # fmt: skip
        for number, person in enumerate(accused[trial]):
            place = _around(centre, RING, number, len(accused[trial]))
            dots += _dot(place, SERIES[0], names[person])
        lines += _outer_ring(centre) if named[trial] else ""
        for number, person in enumerate(named[trial]):
            place = _around(centre, RING + OUTER, number, len(named[trial]))
            dots += _open_dot(place, names[person])
        lines_of = [*_wrapped(trials[trial]), str(len(accused[trial]))]
        for number, words in enumerate(lines_of):
            down = centre[1] + 12 + (number - (len(lines_of) - 1) / 2) * LINE_HEIGHT
            dots += _label((centre[0], down), words)
    return lines + dots


def _wrapped(name: str) -> list[str]:
    """A name in lines short enough for the inside of a ring; what is left over is cut off."""
    lines = wrap(name, LINE_LETTERS)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: LINE_LETTERS - 1]}…"]
    return lines


def _edge(centre: Point, outside: Point) -> Point:
    """Where a line from outside meets a ring, so that it does not cross the words within."""
    far = hypot(outside[0] - centre[0], outside[1] - centre[1])
    part = min(RING / far, 1.0) if far else 0.0
    return (centre[0] + (outside[0] - centre[0]) * part,
            centre[1] + (outside[1] - centre[1]) * part)  # fmt: skip


def _line(start: Point, end: Point) -> str:
    return (f'<path d="M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}" '
            f'stroke="{SERIES[1]}" stroke-opacity="0.35"/>')  # fmt: skip


def _dot(place: Point, colour: str, name: str) -> str:
    return (f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{DOT:g}" fill="{colour}">'
            f"<desc>{escape(name)}</desc></circle>")  # fmt: skip


def _outer_ring(centre: Point) -> str:
    return (f'<circle cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" r="{RING + OUTER:g}" fill="none" '
            f'stroke="{LINE}" stroke-dasharray="2 4"/>')  # fmt: skip


def _open_dot(place: Point, name: str) -> str:
    return (f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{DOT:g}" fill="none" '
            f'stroke="{SERIES[3]}" stroke-width="2">'
            f"<desc>{escape(name)}</desc></circle>")  # fmt: skip


def _label(place: Point, name: str) -> str:
    short = name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…"
    return (f'<text x="{place[0]:.1f}" y="{place[1] - 8:.1f}" fill="{INK}" '
            f'text-anchor="middle">{escape(short)}</text>')  # fmt: skip
