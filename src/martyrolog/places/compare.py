"""Comparison levels of two places.

Names are compared by their stems (any case), by the gazetteer (renamed towns, other languages), by
one letter's difference, and across scripts and languages by the fold of ``martyrolog.names``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from martyrolog.names import fold
from martyrolog.places.address import address_key
from martyrolog.places.crosswalk import may_be_one, same_region
from martyrolog.places.gazetteer import settlements
from martyrolog.places.normal import is_russian, stem, stems
from martyrolog.places.parse import TOWN_KINDS, Place, parse_place

_UKRAINIAN = re.compile("[іїє]", re.IGNORECASE)
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
    if one.street and other.street:
        return _compare_addresses(one, other)
    level = _compare_named(one, other)
    # an address and a town are no equal places
    return min(level, PlaceLevel.SAME_SETTLEMENT) if one.street or other.street else level


def _compare_named(one: Place, other: Place) -> PlaceLevel:
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
    if one.settlement_id and other.settlement_id:
        return one.settlement_id == other.settlement_id
    if one.settlement_id or other.settlement_id:
        return _is_town_of(one, other) or _is_town_of(other, one)
    if _districts_differ(one, other):
        return False
    here, there = " ".join(stems(one.settlement)), " ".join(stems(other.settlement))
    if here == there:
        return True
    long_enough = min(len(here), len(there)) >= _SHORTEST_FOR_TYPO
    if long_enough and OSA.distance(here, there, score_cutoff=1) <= 1:
        return True
    return _sound_alike(one.settlement, other.settlement)


def _is_town_of(town: Place, other: Place) -> bool:
    """A spelling that the gazetteer does not have sounds like one of the town's names."""
    if town.settlement_id is None or other.settlement_kind not in TOWN_KINDS:
        return False
    names = settlements()[town.settlement_id].names
    return any(_sound_alike(name, other.settlement) for name in names)


@lru_cache(maxsize=65_536)
def _sound_alike(one: str, other: str) -> bool:
    """Whether names of two scripts or languages have one fold.

    Ukrainian «і» stands for the «о» and «е» of Russian names («Іванівка»): there one letter of the
    fold of a long name may differ.
    """
    if one.isascii() == other.isascii() and is_russian(one) == is_russian(other):
        return False
    here, there = fold(one), fold(other)
    if set(here) & set(there):
        return True
    ukrainian = _UKRAINIAN.search(one + other) and not (one.isascii() or other.isascii())
    return bool(ukrainian) and any(
        min(len(left), len(right)) >= _SHORTEST_FOR_TYPO
        and OSA.distance(left, right, score_cutoff=1) <= 1
        for left in here
        for right in there
    )


def _equally_said(one: Place, other: Place) -> bool:
    """Both say the same province, and of a village the same district."""
    if one.province_id != other.province_id:
        return False
    return one.settlement_id is not None or stems(one.district) == stems(other.district)


def _districts_differ(one: Place, other: Place) -> bool:
    """Both name a district or volost of the same kind (uezd and uezd), and not the same one."""
    return _units_differ(one.district, other.district) or _units_differ(one.volost, other.volost)


def _units_differ(one: str, other: str) -> bool:
    here, there = one.split(), other.split()
    if len(here) < 2 or len(there) < 2 or stem(here[-1]) != stem(there[-1]):
        return False
    return stem(here[0]) != stem(there[0])


def _compare_addresses(one: Place, other: Place) -> PlaceLevel:
    towns = one.settlement and other.settlement
    if _compare_land(one, other) is False or (towns and not _same_settlement(one, other)):
        return PlaceLevel.CONTRADICTED
    key = address_key(one.verbatim)
    if key and key == address_key(other.verbatim):
        return PlaceLevel.EQUAL
    same_street = address_key(f"{one.street}, д.1") == address_key(f"{other.street}, д.1")
    return PlaceLevel.SAME_SETTLEMENT if same_street else PlaceLevel.COMPATIBLE
