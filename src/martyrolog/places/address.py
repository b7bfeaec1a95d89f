"""Street addresses: «Авиамоторная ул., д.4, корп. 1, кв. 7».

An address stays an address: it is split into street, house, building and flat, and given a normal
form in which different ways of writing it meet. Nothing is geocoded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from martyrolog.places.gazetteer import settlement_index
from martyrolog.places.normal import plain, stem, words
from martyrolog.places.units import unit_of

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HOUSE = re.compile(
    r"(?<![\w])(?P<kind>[^\W\d_]+(?:-[^\W\d_]+)?)\.?\s*№?\s*(?P<number>\d+(?:\s?[-/]\s?(?:\d+|[^\W\d_](?![^\W\d_])))*"
    r"(?:\s?[а-яёa-z](?![^\W\d_]))?)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?P<house>\d+[а-яё]?(?:/\d+[а-яё]?)?)(?:-+(?P<rest>\d+))?(?:-+(?P<last>\d+))?", re.I
)
_STREET = re.compile(r"[^,(]+")


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address as written; '' where the text does not give one.

    Attributes:
        street: Name and kind of street, the kind behind: «Авиамоторная ул.».
        house: House number, «7/9», «4а».
        building: Building or barrack within the number.
        flat: Flat or room.
    """

    street: str
    house: str
    building: str
    flat: str


def is_address(text: str) -> bool:
    """True when the text names a street and a house, or a house and a flat.

    Example:
        >>> is_address("ул. Авиамоторная, д.4"), is_address("д. Плужково")
        (True, False)
    """
    address = parse_address(text)
    has_street_kind = any(unit_of("street", word) for word, _, _ in words(address.street))
    return bool(address.house) and (has_street_kind or bool(address.flat))


def parse_address(text: str) -> Address:
    """Split an address into its parts.

    The street is the first part between commas that says so («ул.»), else the first part: a town,
    a district or a province may stand before it.
    """
    _, text = split_at_street(text)
    head = _STREET.match(text.strip(" ,;"))
    street_text = head.group().strip() if head else ""
    rest = text[text.find(street_text) + len(street_text) :]
    inline = _HOUSE.search(street_text)
    if inline and unit_of("house", inline["kind"]):
        rest, street_text = street_text[inline.start() :] + rest, street_text[: inline.start()]
    found = {"house": "", "building": "", "flat": ""}
    for match in _HOUSE.finditer(rest):
        kind = unit_of("house", match["kind"])
        if kind and not found[kind]:
            found[kind] = re.sub(r"\s", "", match["number"])
    if not found["house"] and not found["building"]:
        found = _bare_numbers(_HOUSE.sub(" ", rest)) | {k: v for k, v in found.items() if v}
    return Address(_street_name(street_text), **found)


def split_at_street(text: str) -> tuple[str, str]:
    """Cut a text before the first part between commas in which a kind of street stands.

    Returns:
        What stands before it (a town, a district, a province), and the text from the street on.
        Where no part names a kind of street, a town of the gazetteer that stands first is cut off
        («Москва, Арбат, д. 5»), else '' and the whole text.
    """
    start = 0
    for part in text.split(","):
        if any(unit_of("street", word) for word, _, _ in words(part)):
            return text[:start].rstrip(" ,"), text[start:]
        start += len(part) + 1
    town, _, street = text.partition(",")
    if "," in street and _is_town(town) and not _is_number(street):
        return town, street
    return "", text


def _is_town(text: str) -> bool:
    named = [word for word, _, _ in words(text) if unit_of("settlement", word) is None]
    return tuple(map(stem, named)) in settlement_index()


def _is_number(text: str) -> bool:
    """Whether a house stands at the beginning: «д. 5», «12», «дом 3»."""
    bare = text.strip()
    house = _HOUSE.match(bare)
    return bare[:1].isdigit() or bool(house and unit_of("house", house["kind"]))


def _bare_numbers(rest: str) -> dict[str, str]:
    """«7/9-12»: house and flat; «7--2--12»: house, building, flat."""
    match = _BARE.search(rest)
    if match is None:
        return {"house": "", "building": "", "flat": ""}
    house, second, last = match["house"], match["rest"] or "", match["last"] or ""
    return {"house": house, "building": second if last else "", "flat": last or second}


def _street_name(text: str) -> str:
    """Put the kind of street behind the name, in its short form: «Авиамоторная ул.»."""
    name, kind = [], ""
    for part in re.findall(r"[^\s.]+(?:\.-[^\s.]+)*\.?|\.", text):  # «Н.-Рязанская» is one word
        found = None if kind else unit_of("street", part.rstrip(".,"))
        if found:
            kind = found
        elif part != ".":
            name.append(part.strip(","))
    return " ".join([*name, kind] if kind else name).strip()


def street_of(address: str) -> str:
    """Give the street of an address in one form, '' when there is none.

    Example:
        >>> street_of("ул. Авиамоторная, д.4, кор.1")
        'Авиамоторная ул.'
    """
    return parse_address(address).street


def address_key(address: str, *, with_flat: bool = False) -> str:
    """Give the normal form under which spellings of one house meet; '' for a text without house.

    Args:
        address: The address as written.
        with_flat: Keep the flat, so that only the same flat meets.

    Example:
        >>> address_key("ул. Авиамоторная, д.4, кор.1")
        'авиамоторная ул|4|1'
    """
    parts = parse_address(address)
    if not parts.house and not parts.building:
        return ""
    street = " ".join(sorted(plain(word) for word in re.findall(r"\w+", parts.street)))
    numbers = [parts.house, parts.building, *([parts.flat] if with_flat else [])]
    return "|".join([street, *(plain(number).replace("-", "") for number in numbers)])
