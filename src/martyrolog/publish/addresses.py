"""An address of a list taken apart into street and house, so that those of one house meet.

Covers how Russian lists write addresses: «Арбат ул., д.5, кв. 3», «ул.Врубеля, д.6». The parts
before the street (a town) and after the house (a flat) are left out. What has no street is no
address: the place of residence then stands as a whole.
"""

import re
from dataclasses import dataclass

_STREET = re.compile(
    r"(?<!\w)(?:ул|пер|пл|б-р|бул|бульв|наб|просп|пр-т|пр-д|пр|проезд|ш|шоссе|туп|тупик|тракт|"
    r"улица|переулок|площадь|бульвар|набережная|проспект|street|st|lane|square|avenue)(?!\w)\.?",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"(?:д|дом|вл|влад|владение|корп|house|no)\.?\s*(\d[^,;]*|[^\W\d](?=\b)[^,;]*)", re.IGNORECASE
)
_FLAT = re.compile(r"(?<!\w)(?:кв|ком|комн|flat|apt)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """A street as the list writes it, the key under which its spellings meet, and the house."""

    street: str
    street_key: str
    house: str


def parse_address(residence: str) -> Address | None:
    """Street and house of a place of residence; None where no street is named.

    >>> parse_address("Москва, ул.Врубеля, д.6, кв. 5")
    Address(street='ул.Врубеля', street_key='врубеля ул', house='6')
    """
    parts = [part.strip() for part in re.split("[,;]", residence)]
    place = next((i for i, part in enumerate(parts) if _STREET.search(part)), None)
    if place is None or _FLAT.match(parts[place]):
        return None
    house = next((found[1] for part in parts[place + 1 :] if (found := _HOUSE.fullmatch(part))), "")
    return Address(parts[place], _street_key(parts[place]), " ".join(house.split()).casefold())


def _street_key(street: str) -> str:
    """The words of the name, then the kind: «ул. Врубеля» and «Врубеля ул.» are one street."""
    kind = _STREET.search(street)
    words = re.findall(r"[\w-]+", _STREET.sub(" ", street).casefold().replace("ё", "е"))
    short = kind[0].casefold().rstrip(".") if kind else ""
    return " ".join([*sorted(words), short]).strip()
