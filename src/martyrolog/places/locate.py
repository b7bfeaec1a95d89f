"""Where on a map a place is to be drawn, and how surely.

A town of the gazetteer has its point; what is known only to a province is drawn at the seat of
that province and says so; a burial ground or camp at the settlement it is named after or was run
from. Nothing is guessed beyond that: of a text that names only a state, no point is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from martyrolog.names import to_latin
from martyrolog.places.gazetteer import (
    Point,
    Province,
    Settlement,
    Site,
    provinces,
    settlements,
    sites,
)
from martyrolog.places.parse import parse_place, site_of


class Precision(StrEnum):
    """How surely the point is that of the place, the surest first.

    SETTLEMENT: the town itself. NEAR: a site, at the settlement it is named after or was run from.
    PROVINCE: somewhere in a province, at its seat. COUNTRY: known to a state or to a province
    without a point, none given. NONE: the text names no place of the gazetteer.
    """

    SETTLEMENT = "settlement"
    NEAR = "near"
    PROVINCE = "province"
    COUNTRY = "country"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Located:
    """A place of the gazetteer with the point it is drawn at.

    Attributes:
        place_id: Identifier within the gazetteer; '' where the text names none of its places.
        precision: How surely the point is that of the place.
        point: ``None`` for ``COUNTRY`` and ``NONE``.
        point_of: Settlement whose point it is, in Russian and English; '' where there is none.
    """

    place_id: str
    name_ru: str
    name_en: str
    precision: Precision
    point: Point | None
    point_of: tuple[str, str] = ("", "")


NOWHERE = Located("", "", "", Precision.NONE, None)


@lru_cache(maxsize=65_536)
def locate(text: str) -> Located:
    """Find the place that a text names, as near as the text and the gazetteer allow.

    Example:
        >>> locate("г. Тифлис").point.source, locate("д. Плужково Московской губ.").precision.value
        ('geonames:611717', 'province')
    """
    place = parse_place(text)
    wanted = (place.settlement_id, place.province_id, place.country)
    found = [located(place_id) for place_id in wanted if place_id]
    drawn = next((one for one in found if one.point), None)
    return drawn or (found[0] if found else NOWHERE)


@lru_cache(maxsize=4096)
def locate_site(text: str) -> Located:
    """The same for a burial ground, an execution site or a camp; else as :func:`locate`."""
    place_id = site_of(text)
    return located(place_id) if place_id else locate(text)


def located(place_id: str) -> Located:
    """A place of the gazetteer by its identifier, with its point.

    Raises:
        KeyError: there is no such place.
    """
    if place_id in settlements():
        return _town(settlements()[place_id])
    if place_id in sites():
        return _site(sites()[place_id])
    return _province(provinces()[place_id])


def _town(town: Settlement) -> Located:
    precision = Precision.SETTLEMENT if town.point else Precision.COUNTRY
    own = (town.name_ru, town.name_en) if town.point else ("", "")
    return Located(town.place_id, town.name_ru, town.name_en, precision, town.point, own)


def _site(site: Site) -> Located:
    precision = Precision.NEAR if site.point else Precision.COUNTRY
    return Located(site.place_id, site.name_ru, site.name_en, precision, site.point,
                   (site.point_of, to_latin(site.point_of)))  # fmt: skip


def _province(province: Province) -> Located:
    seat = settlements().get(province.seat)
    point = seat.point if seat else None
    precision = Precision.PROVINCE if point else Precision.COUNTRY
    whose = (seat.name_ru, seat.name_en) if seat and point else ("", "")
    return Located(province.place_id, province.name_ru, province.name_en, precision, point, whose)
