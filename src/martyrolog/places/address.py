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
_PARTS = re.compile(r",|(?<!\bпр)(?<!\bпр\.):(?= )")
_FORMERLY = re.compile(r"\.?:")
_QUOTED = re.compile(r"\s*[«\"“„][^»\"”]*[»\"”]?")
_SURE_STREETS = frozenset(
    ["ул.", "пер.", "просп.", "пр.", "наб.", "пл.", "шоссе", "бульв.", "туп."]
)
"""Kinds of street that no village is named by, as it may be by «Вал» or «Линия»."""
_RAILWAY = re.compile(r"\bж\W{0,2}д\b", re.IGNORECASE)


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


def names_street(text: str) -> bool:
    """True when a part between commas names a street, with or without a house: «Киевская ул.».

    «пл.» is a square, but a railway's platform where a railway or a province is named too.

    Example:
        >>> names_street("Киевская ул."), names_street("пл. Перловка Северной ж.д.")
        (True, False)
    """
    return any(_is_street(part, text) for part in _PARTS.split(text))


def _is_street(part: str, text: str) -> bool:
    found = words(part)
    for at, (word, _, end) in enumerate(found):
        kind = unit_of("street", word)
        if kind not in _SURE_STREETS or len(found) == 1:
            continue
        if not (word.islower() or (at == 0 and part[end : end + 1] in (".", " "))):
            continue
        if at and unit_of("settlement", found[at - 1][0]):
            continue
        if _FORMERLY.match(part, end):
            continue  # «(пр.: Сумская)»
        if kind == "пл." and (
            _RAILWAY.search(text) or any(unit_of("province", other) for other, _, _ in words(text))
        ):
            continue
        return True
    return False


def street_and_rest(text: str) -> tuple[str, str]:
    """The first part between commas or colons that names a street, and the other parts."""
    parts = _PARTS.split(text)
    at = next(i for i, part in enumerate(parts) if _is_street(part, text))
    return parts[at].strip(), ",".join([*parts[:at], *parts[at + 1 :]]).strip(" ,")


def without_buildings(text: str) -> str:
    """Blank out hostels and works, which are no settlements; the other words stay in their places.

    Example:
        >>> without_buildings("общежитие завода «Мир», Киев").strip()
        ', Киев'
    """
    start = 0
    for part in text.split(","):
        for word, first, last in words(part):
            kind = unit_of("building", word)
            end = len(part)
            if kind == "works":
                quoted = _QUOTED.match(part, last)
                end = quoted.end() if quoted else 0
            if kind and end and not _is_name(part, first):
                blank = " " * (end - first)
                text = text[: start + first] + blank + text[start + end :]
                break
        start += len(part) + 1
    return text


def _is_name(part: str, first: int) -> bool:
    """A word for a settlement stands in front: «д. Казарма»."""
    before = words(part[:first])
    return bool(before) and unit_of("settlement", before[-1][0]) is not None


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
