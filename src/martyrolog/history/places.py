"""Places: how many victims were born, lived, were held or lie at each, and how surely it is there.

The preferred statement of a field is read by ``martyrolog.places``: a town of the gazetteer has its
point, a village is known to its province only and counted there, a text that names no place of the
gazetteer is ``unplaced`` and never left out; of whom nothing is stated is ``unstated``.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from martyrolog.history.groups import UNSTATED, stated
from martyrolog.messages import LANGUAGES, text
from martyrolog.names import to_latin
from martyrolog.places import Located, Precision, locate, locate_site, settlements
from martyrolog.tables import make_table

UNPLACED = "unplaced"
KINDS: Mapping[str, str] = {
    "birth": "birth_place", "residence": "residence", "imprisonment": "imprisonment_place",
    "exile": "exile_place", "burial": "burial_place",
}  # fmt: skip
"""What a place was to a person, and the field that says it."""
OF_THE_TIME = ("imprisonment", "exile")
"""Kinds that show a town under the name it had then, and not under its first."""
THEN = 1937
OF_SITES = ("imprisonment", "burial")
"""Kinds whose texts name camps and burial grounds."""


def make_place_count(person: pa.Table, statement: pa.Table) -> pa.Table:
    """Table ``place_count``: the victims by place, of each kind of which anything is stated.

    Args:
        person: Table ``person``.
        statement: Table ``statement``.
    """
    victims = person.filter(person["victim"])["person_id"]
    rows: list[dict[str, Any]] = []
    for kind, field in KINDS.items():
        values = stated(statement, field, victims)
        if values.null_count < len(values):
            rows += _rows(kind, values)
    return make_table("place_count", rows)


def _rows(kind: str, values: pa.Array) -> list[dict[str, Any]]:
    persons: Counter[str] = Counter()
    places: dict[str, Located] = {}
    for one in values.value_counts().to_pylist():
        place = place_of(kind, one["values"]) if one["values"] is not None else None
        place_id = UNSTATED if place is None else place.place_id or UNPLACED
        persons[place_id] += one["counts"]
        if place and place.place_id:
            places[place_id] = place
    largest = sorted(persons.items(), key=lambda item: (-item[1], item[0]))
    return [_row(kind, place_id, count, places.get(place_id)) for place_id, count in largest]


def place_of(kind: str, value: str) -> Located:
    """The place of the gazetteer that a statement names."""
    return locate_site(value) if kind in OF_SITES else locate(value)


def _named(kind: str, place: Located) -> tuple[str, str]:
    """The name of a place in Russian and in English."""
    town = settlements().get(place.place_id)
    if town is None or len(town.renamed) < 2 or kind not in OF_THE_TIME:
        return place.name_ru, place.name_en
    borne = [name for name, year in town.renamed if year is None or year <= THEN]
    name = borne[-1] if borne else place.name_ru
    return name, place.name_en if name == place.name_ru else to_latin(name)


def _row(kind: str, place_id: str, persons: int, place: Located | None) -> dict[str, Any]:
    row = {"kind": kind, "place_id": place_id, "persons": persons}
    if place is None:
        names = {f"label_{lang}": text(f"history.{place_id}", lang) for lang in LANGUAGES}
        return row | names | {"precision": Precision.NONE.value}
    name_ru, name_en = _named(kind, place)
    row |= {"label_en": name_en, "label_ru": name_ru,
            "precision": place.precision.value}  # fmt: skip
    if place.point is None:
        return row
    return row | {"latitude": place.point.latitude, "longitude": place.point.longitude,
                  "point_of_ru": place.point_of[0], "point_of_en": place.point_of[1],
                  "point_source": place.point.source}  # fmt: skip
