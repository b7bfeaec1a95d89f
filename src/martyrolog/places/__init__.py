"""Places: birth places, residences, burial grounds, as far as their texts say.

``parse_place`` splits a text, ``province_of`` codes it to a province, ``compare_places`` gives the
level at which two agree, ``address_key`` the form in which spellings of one house meet, ``locate``
where on a map a place is to be drawn and how surely;
``provinces``, ``settlements`` and ``sites`` are the gazetteer.
"""

from martyrolog.places.address import Address, address_key, is_address, parse_address, street_of
from martyrolog.places.compare import PlaceLevel, compare_places, compare_places_many
from martyrolog.places.explain import explain_places
from martyrolog.places.gazetteer import (
    Point,
    Province,
    Settlement,
    Site,
    provinces,
    settlements,
    sites,
)
from martyrolog.places.locate import Located, Precision, locate, locate_site, located
from martyrolog.places.parse import Place, parse_place, province_of, site_of

__all__ = [
    "Address",
    "Located",
    "Place",
    "PlaceLevel",
    "Point",
    "Precision",
    "Province",
    "Settlement",
    "Site",
    "address_key",
    "compare_places",
    "compare_places_many",
    "explain_places",
    "is_address",
    "locate",
    "locate_site",
    "located",
    "parse_address",
    "parse_place",
    "province_of",
    "provinces",
    "settlements",
    "site_of",
    "sites",
    "street_of",
]
