"""Charts of persons: who the victims were, and what became of a named group."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

import pyarrow as pa

from martyrolog.history.charts import (
    INK,
    SERIES,
    Chart,
    Row,
    draw,
    layer,
    written_number,
    written_share,
)
from martyrolog.messages import text
from martyrolog.terms import code_term

MOST_BARS = 15
COLOURED: Mapping[str, str] = dict(zip(
    ("executed", "murdered abroad", "died in custody", "killed in prison", "suicide",
     "assassinated", "executed 1953-56", "natural"),
    (SERIES[1], SERIES[5], SERIES[3], SERIES[4], SERIES[0], SERIES[6], SERIES[5], SERIES[2]),
    strict=True,
))  # fmt: skip
"""Colour of each fate that a cohort meets, in the order in which they are stacked."""


def composition_chart(composition: pa.Table, field: str, language: str = "en") -> Chart | None:
    """The largest groups of a field with their intervals.

    Args:
        composition: Table ``composition``.
        field: One of its fields.
        language: ``en`` or ``ru``.

    Returns:
        None where nothing is stated of the field.
    """
    groups = [row for row in composition.to_pylist()
              if row["field"] == field and row["share"] is not None]  # fmt: skip
    if not groups:
        return None
    named = [row | {"label": row[f"label_{language}"]} for row in groups]
    largest = max(named, key=lambda row: row["persons"])
    told = sum(row["persons"] for row in named)
    alt = text("history.alt_composition", language, count=told, largest=largest["label"],
               share=written_share(largest["share"], language))  # fmt: skip
    bars = [{key: row[key] for key in ("label", "share", "share_low", "share_high")}
            for row in named[:MOST_BARS]]  # fmt: skip
    up = {"field": "label", "type": "nominal", "sort": None, "title": None,
          "axis": {"labelLimit": 260}}  # fmt: skip
    percent = {"format": "%", "labelOverlap": "greedy"}
    along = {"field": "share", "type": "quantitative", "axis": percent,
             "title": text("history.axis_share", language)}  # fmt: skip
    layers = [
        layer({"type": "bar", "color": SERIES[0]}, bars, {"x": along, "y": up}),
        layer({"type": "rule", "color": INK}, bars,
               {"x": along | {"field": "share_low"}, "x2": {"field": "share_high"}, "y": up}),
    ]  # fmt: skip
    rows = [
        (row["label"], written_number(row["persons"], language),
         *("–".join(written_share(row[name], language) for name in names)
           for names in (("share",), ("share_low", "share_high"))))
        for row in named
    ]  # fmt: skip
    columns = tuple(text(f"history.column_{name}", language)
                    for name in ("group", "persons", "share", "interval"))  # fmt: skip
    return Chart(draw({"layer": layers, "height": {"step": 20}}, alt, language), alt, columns, rows)


def cohort_chart(cohort_year: pa.Table, cohort_id: str, language: str = "en") -> Chart | None:
    """What share of a cohort had met each fate by the end of each year.

    Args:
        cohort_year: Table ``cohort_year``.
        cohort_id: The cohort.
        language: ``en`` or ``ru``.

    Returns:
        None where none of its members is followed to a death.
    """
    mine = [row for row in cohort_year.to_pylist() if row["cohort_id"] == cohort_id]
    if not mine:
        return None
    values = _by_fate(mine, language)
    last = max(row["year"] for row in mine)
    gone = sum(row["incidence"] for row in mine if row["year"] == last)
    alt = text("history.alt_cohort", language, year=str(last), share=written_share(gone, language))
    fates, colours = _stacked({row["fate"] for row in values}, language)
    stacked = [row | {"place": fates.index(row["fate"])} for row in values]
    shown = {
        "mark": {"type": "area", "interpolate": "step-after"}, "data": {"values": stacked},
        "height": 280,
        "encoding": {
            "x": {"field": "year", "type": "quantitative", "title": None,
                  "axis": {"format": "d"}, "scale": {"nice": False, "zero": False}},
            "y": {"field": "share", "type": "quantitative", "stack": True,
                  "scale": {"domain": [0, 1]}, "axis": {"format": "%"},
                  "title": text("history.axis_members", language)},
            "color": {"field": "fate", "type": "nominal", "title": None,
                      "scale": {"domain": fates[::-1], "range": colours[::-1]}},
            "order": {"field": "place", "type": "quantitative"},
        },
    }  # fmt: skip
    rows = [
        (str(row["year"]), row["fate"], written_share(row["share"], language)) for row in values
    ]
    columns = tuple(text(f"history.column_{name}", language)
                    for name in ("year", "fate", "share"))  # fmt: skip
    return Chart(draw(shown, alt, language), alt, columns, rows)


def _stacked(met: Set[str], language: str) -> tuple[list[str], list[str]]:
    """The fates from the foot of the picture upwards, and their colours.

    A fate has the same colour in every cohort, as long as there are not more than colours.
    """
    known = [_fate(fate, language) for fate in COLOURED]
    fates = sorted(met, key=lambda fate: (fate == text("history.other", language),
                                          known.index(fate) if fate in known else len(known),
                                          fate))  # fmt: skip
    own = dict(zip(known, COLOURED.values(), strict=True))
    free = [colour for colour in SERIES if colour not in {own.get(fate) for fate in fates}]
    colours: list[str] = []
    for fate in fates:
        taken = own.get(fate) in (None, *colours)
        colours.append((free or [SERIES[-1]]).pop(0) if taken else own[fate])
    return fates, colours


def _by_fate(rows: Sequence[Row], language: str) -> list[Row]:
    """One row a year and named fate: several fate classes may share a name, the rarest are one."""
    shares: dict[tuple[int, str], float] = defaultdict(float)
    for row in rows:
        shares[row["year"], _fate(row["fate"], language)] += row["incidence"]
    last = max(year for year, _ in shares)
    met = sorted((fate for year, fate in shares if year == last),
                 key=lambda fate: (-shares[last, fate], fate))  # fmt: skip
    if len(met) > len(SERIES):  # as many as there are colours
        other, rare = text("history.other", language), set(met[len(SERIES) - 1 :])
        for (year, fate), share in list(shares.items()):
            if fate in rare:
                shares[year, other] += share
                del shares[year, fate]
    return [{"year": year, "fate": fate, "share": share}
            for (year, fate), share in sorted(shares.items())]  # fmt: skip


def _fate(fate: str, language: str) -> str:
    code = code_term("fate", fate)
    if code is None:
        return fate
    return code.label_ru if language == "ru" else code.label_en
