"""Places: maps of where the victims were born, lived, were held and lie; the point of one place."""

from collections.abc import Iterator, Mapping
from typing import Any

from martyrolog.history.places import KINDS
from martyrolog.names import to_latin
from martyrolog.places import Located, Point, located, provinces, settlements
from martyrolog.publish.content import Row
from martyrolog.publish.groups import Groups
from martyrolog.publish.pages.exhibits import NUMBER, TEXT, cell, label, number, picture, table
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

DIGITS = 3
"""Decimals of a degree that are shown: a hundred metres, less than the size of a town."""
GEONAMES = "geonames:"


def make_pages(site: Site, voice: Voice, groups: Groups) -> Iterator[Page]:
    """One page; none where no place is known."""
    pages = {group.place_id: group.page for section in groups.sections.values()
             for group in section if group.place_id}  # fmt: skip
    kinds = [kind for kind in KINDS if any(row["latitude"] is not None for row in _of(site, kind))]
    if kinds:
        shown = [{"title": voice.t(f"places_{kind}"), "anchor": kind,
                  "picture": picture(site, voice, "places", kind),
                  "table": _table(site, voice, kind, pages)} for kind in kinds]  # fmt: skip
        yield Page("places/index.html", "places.html", voice.t("places"), {"kinds": shown},
                   lists=list(site.content.lists))  # fmt: skip


def _of(site: Site, kind: str) -> list[Row]:
    """The rows of a kind, the largest first, those that are no place of the gazetteer last."""
    rows = site.content.of("place_count", "kind", kind)
    return sorted(rows, key=lambda row: (row["precision"] == "none", -row["persons"],
                                         row["place_id"]))  # fmt: skip


def _table(site: Site, voice: Voice, kind: str, pages: Mapping[str, str]) -> dict[str, Any]:
    lines = [
        [cell(label(voice, row), pages.get(row["place_id"], "")), number(voice, row["persons"]),
         cell(voice.t(f"shown_{row['precision']}", place=label(voice, row, "point_of"))),
         cell(_row_point(voice, row))]
        for row in _of(site, kind)
    ]  # fmt: skip
    headings = (("place", TEXT), ("persons", NUMBER), ("shown", TEXT), ("point", TEXT))
    return table(voice, f"{voice.t(f'places_{kind}')}: {voice.t('each_place')}", headings, lines)


def _row_point(voice: Voice, row: Row) -> str:
    if row["latitude"] is None:
        return ""
    return _at(voice, Point(row["latitude"], row["longitude"], row["point_source"]))


def _at(voice: Voice, point: Point) -> str:
    """A point in words, with its source."""
    return voice.t(
        "point_at", latitude=_degrees(voice, point.latitude),
        longitude=_degrees(voice, abs(point.longitude)),
        side=voice.t("point_east" if point.longitude >= 0 else "point_west"),
        source=voice.t("point_source", id=point.source.removeprefix(GEONAMES)),
    )  # fmt: skip


def _degrees(voice: Voice, value: float) -> str:
    plain = f"{value:.{DIGITS}f}"
    return plain if voice.language == "en" else plain.replace(".", ",")


def place_facts(voice: Voice, place_id: str) -> list[dict[str, Any]]:
    """Names, province and point of a place of the gazetteer, for its page."""
    place = located(place_id)
    said = {"names": _names(voice, place_id), "province": _province(voice, place_id),
            "point": _point(voice, place)}  # fmt: skip
    return [{"label": voice.t(f"place_{name}"), "text": text, "verified": True,
             "language": voice.language}
            for name, text in said.items() if text]  # fmt: skip


def _names(voice: Voice, place_id: str) -> str:
    """The names that a town bore, in their order; '' where it had one only."""
    town = settlements().get(place_id)
    if town is None or len(town.renamed) < 2:
        return ""
    shown = [(to_latin(name) if voice.language == "en" else name, year)
             for name, year in town.renamed]  # fmt: skip
    return ", ".join(voice.t("place_from", name=name, year=str(year)) if year else name
                     for name, year in shown)  # fmt: skip


def _province(voice: Voice, place_id: str) -> str:
    town = settlements().get(place_id)
    if town is None:
        return ""
    province = provinces()[town.province_id]
    return voice.either(province.name_en, province.name_ru)


def _point(voice: Voice, place: Located) -> str:
    if place.point is None:
        return ""
    whose = voice.either(place.point_of[1], place.point_of[0])
    return voice.t(f"point_{place.precision.value}", at=_at(voice, place.point), place=whose)
