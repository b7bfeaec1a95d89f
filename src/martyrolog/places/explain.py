"""In words, why two places agree or do not (`Тифлис = Тбилиси: one town under two names`)."""

from __future__ import annotations

from martyrolog.messages import text
from martyrolog.places.compare import PlaceLevel, compare_places
from martyrolog.places.gazetteer import provinces
from martyrolog.places.normal import stems
from martyrolog.places.parse import parse_place


def explain_places(left: str, right: str, language: str = "en") -> str:
    """Why two places agree or not.

    Args:
        left: A birth place, residence or address as a list writes it.
        right: Another.
        language: 'en' or 'ru'.

    Returns:
        A sentence; the words for a missing value where one is empty or names no place.

    Example:
        >>> explain_places("г. Тифлис", "Тбилиси")
        'г. Тифлис = Тбилиси: one town under two names'
    """
    level = compare_places(left, right)
    if level is PlaceLevel.MISSING:
        return text("compare.missing", language)
    relation, reason = _reason(level, left.strip(), right.strip(), language)
    return text(f"compare.{relation}", language, left=left.strip(), right=right.strip(), why=reason)


def _reason(level: PlaceLevel, left: str, right: str, language: str) -> tuple[str, str]:
    """Whether the places are one, near or against, and why."""
    if left == right:
        return "agree", text("compare.same", language)
    one, other = parse_place(left), parse_place(right)
    if one.street and other.street and level >= PlaceLevel.SAME_SETTLEMENT:
        return _of_addresses(level, language)
    if one.street and other.street and one.street != other.street:
        return "against", text("compare.place_addresses", language)
    if level is PlaceLevel.EQUAL:
        return "agree", text(f"compare.{_same_place(left, right)}", language)
    if level is PlaceLevel.SAME_SETTLEMENT:
        return "near", text("compare.place_within", language)
    if level is PlaceLevel.SAME_PROVINCE:
        province = _name(one.province_id, language)
        return "near", text("compare.place_province", language, province=province)
    if level is PlaceLevel.COMPATIBLE:
        return "near", text("compare.place_open", language)
    here, there = one.province_id or one.country, other.province_id or other.country
    if here and there and here != there:
        names = _name(here, language), _name(there, language)
        return "against", text("compare.place_provinces", language, left=names[0], right=names[1])
    return "against", text("compare.place_different", language)


def _of_addresses(level: PlaceLevel, language: str) -> tuple[str, str]:
    if level is PlaceLevel.EQUAL:
        return "agree", text("compare.place_address", language)
    return "near", text("compare.place_street", language)


def _same_place(left: str, right: str) -> str:
    """How one place comes to be written in two ways."""
    one, other = parse_place(left), parse_place(right)
    renamed = one.settlement_id and not set(stems(left)) & set(stems(right))
    # an other script is no other name
    same_script = left.isascii() == right.isascii()
    return "place_renamed" if renamed and same_script and other.settlement_id else "place_written"


def _name(place_id: str | None, language: str) -> str:
    if place_id is None:
        return ""
    province = provinces()[place_id]
    return province.name_ru if language == "ru" else province.name_en
