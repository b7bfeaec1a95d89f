"""Comparison levels of two places.

Names are compared by their stems (any case), by the gazetteer (renamed towns, other languages), by
one letter's difference, and across scripts by the fold of ``martyrolog.names``.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from martyrolog.names import fold
from martyrolog.places.address import address_key
from martyrolog.places.crosswalk import may_be_one, same_region
from martyrolog.places.normal import stem, stems
from martyrolog.places.parse import Place, parse_place

_SHORTEST_FOR_TYPO = 6  # stems shorter than this must agree in every letter


class PlaceLevel(IntEnum):
    """How two places agree; a higher value is closer agreement, ``MISSING`` is no evidence.

    EQUAL: the same settlement in the same province, and of a village in the same district as far as
    said; or the same province where no settlement is named; or the same house.
    SAME_SETTLEMENT: the settlement agrees and the provinces, where said, may be one.
    SAME_PROVINCE: provinces of one region of the crosswalk; settlements differ or are not both
    named. COMPATIBLE: nothing contradicts, too little is said. CONTRADICTED: provinces or states
    that never shared land, or different settlements where no province tells. MISSING: one of the
    two is empty or unreadable.
    """

    MISSING = -1
    CONTRADICTED = 0
    COMPATIBLE = 1
    SAME_PROVINCE = 2
    SAME_SETTLEMENT = 3
    EQUAL = 4


@lru_cache(maxsize=262_144)
def compare_places(left: str, right: str) -> PlaceLevel:
    """Compare two places given by their texts.

    Example:
        >>> compare_places("г. Елисаветград", "Yelisavetgrad").name
        'EQUAL'
    """
    one, other = parse_place(left), parse_place(right)
    if _is_empty(one) or _is_empty(other):
        return PlaceLevel.MISSING
    if one.street or other.street:
        return _compare_addresses(one, other)
    land = _compare_land(one, other)
    if land is False:
        return PlaceLevel.CONTRADICTED
    if _same_settlement(one, other):
        return PlaceLevel.EQUAL if _equally_said(one, other) else PlaceLevel.SAME_SETTLEMENT
    both_named = bool(one.settlement and other.settlement)
    if one.province_id and other.province_id and same_region(one.province_id, other.province_id):
        bare = not one.settlement and not other.settlement
        return (
            PlaceLevel.EQUAL
            if bare and one.province_id == other.province_id
            else PlaceLevel.SAME_PROVINCE
        )
    return PlaceLevel.CONTRADICTED if both_named and land is None else PlaceLevel.COMPATIBLE


def compare_places_many(left: Sequence[str], right: Sequence[str]) -> NDArray[np.int8]:
    """Compare many places; equal pairs of texts are compared once. Gives ``PlaceLevel`` values."""
    return np.array(
        [compare_places(one, other) for one, other in zip(left, right, strict=True)], dtype=np.int8
    )


def _is_empty(place: Place) -> bool:
    return not (place.settlement or place.province_id or place.country or place.street)


def _compare_land(one: Place, other: Place) -> bool | None:
    """May the provinces or states be one? ``None`` when one of the two names neither."""
    here, there = one.province_id or one.country, other.province_id or other.country
    if here is None or there is None:
        return None
    return may_be_one(here, there)


def _same_settlement(one: Place, other: Place) -> bool:
    if not one.settlement or not other.settlement:
        return False
    if one.settlement_id or other.settlement_id:
        return one.settlement_id == other.settlement_id
    if _districts_differ(one, other):
        return False
    here, there = " ".join(stems(one.settlement)), " ".join(stems(other.settlement))
    if here == there:
        return True
    long_enough = min(len(here), len(there)) >= _SHORTEST_FOR_TYPO
    if long_enough and OSA.distance(here, there, score_cutoff=1) <= 1:
        return True
    if here.isascii() != there.isascii():
        return bool(set(fold(one.settlement)) & set(fold(other.settlement)))
    return False


def _equally_said(one: Place, other: Place) -> bool:
    """Both say the same province, and of a village the same district."""
    if one.province_id != other.province_id:
        return False
    return one.settlement_id is not None or stems(one.district) == stems(other.district)


def _districts_differ(one: Place, other: Place) -> bool:
    """Both name a district of the same kind (uezd and uezd), and not the same one."""
    here, there = one.district.split(), other.district.split()
    if len(here) < 2 or len(there) < 2 or stem(here[-1]) != stem(there[-1]):
        return False
    return stem(here[0]) != stem(there[0])


def _compare_addresses(one: Place, other: Place) -> PlaceLevel:
    if not one.street or not other.street:
        return PlaceLevel.COMPATIBLE
    if address_key(one.verbatim) == address_key(other.verbatim):
        return PlaceLevel.EQUAL
    same_street = address_key(f"{one.street}, д.1") == address_key(f"{other.street}, д.1")
    return PlaceLevel.SAME_SETTLEMENT if same_street else PlaceLevel.COMPATIBLE
