"""The gazetteer: provinces, states, settlements, burial sites, from the CSV files of ``data/``.

``region`` is the hub of the crosswalk: the guberniya, krai, oblast or republic that stood on about
the same land share one region (Tver guberniya and Kalinin oblast: ``tver``). ``overlaps`` names
the regions that held part of a province's land before or after. Points are those of GeoNames, of
settlements only: a province has a seat and no point of its own, a site the point of the settlement
that it is named after or was run from.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO

from martyrolog.names import fold
from martyrolog.places.normal import stem, stems, words
from martyrolog.places.units import province_unit

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point in degrees (WGS 84) and whose it is: ``geonames:524901``."""

    latitude: float
    longitude: float
    source: str


@dataclass(frozen=True, slots=True)
class Province:
    """A guberniya, oblast, krai, republic, autonomous unit or state.

    Attributes:
        place_id: Identifier within the gazetteer.
        kind: ``guberniya``, ``oblast``, ``krai``, ``assr``, ``ao``, ``okrug``, ``republic``,
            ``state``, ``land``.
        region: Hub of the crosswalk.
        part_of: ``place_id`` of the republic or state it belonged to; '' for states.
        name_ru: Russian name.
        name_en: English name.
        begin: First year, ``None`` where not known.
        end: Last year, ``None`` where not known or still existing.
        overlaps: Other regions that held part of its land.
        seat: Settlement it was governed from; '' for states and where it is not in the gazetteer.
        names: All names, in all languages.
    """

    place_id: str
    kind: str
    region: str
    part_of: str
    name_ru: str
    name_en: str
    begin: int | None
    end: int | None
    overlaps: frozenset[str]
    seat: str
    names: tuple[str, ...]

    @property
    def is_state(self) -> bool:
        """True for states and union republics, which are countries and no provinces."""
        return self.kind in ("state", "republic")


@dataclass(frozen=True, slots=True)
class Settlement:
    """A town with its province of 1914 (or of 1937 where it is younger).

    Attributes:
        renamed: ``(name, first year of that name or None)`` in their order, for towns that were
            renamed.
        point: Where it lies; ``None`` where no source has it.
    """

    place_id: str
    province_id: str
    name_ru: str
    name_en: str
    renamed: tuple[tuple[str, int | None], ...]
    point: Point | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A burial ground, an execution site, or a camp of the GULAG with the oblast of its seat.

    Attributes:
        point_of: Settlement whose point is given; never the exact point of the site.
        point: Where that settlement lies; ``None`` where no source has it.
    """

    place_id: str
    kind: str
    province_id: str
    name_ru: str
    name_en: str
    point_of: str
    point: Point | None
    names: tuple[str, ...]


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(StringIO(text)))


def _split(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


def _year(text: str) -> int | None:
    return int(text) if text else None


def _point(row: dict[str, str], source: str) -> Point | None:
    if not row["latitude"]:
        return None
    return Point(float(row["latitude"]), float(row["longitude"]), row[source])


def _names(row: dict[str, str], *more: str) -> tuple[str, ...]:
    by_language = [name.partition(":")[2] for name in _split(row.get("names_by_language", ""))]
    listed = [row["name_ru"], row["name_en"], *_split(row["other_names"]), *by_language, *more]
    return tuple(dict.fromkeys(name for name in listed if name))


@cache
def provinces() -> dict[str, Province]:
    """All provinces and states by their identifier."""
    return {
        row["place_id"]: Province(
            row["place_id"], row["kind"], row["region"], row["part_of"],
            row["name_ru"], row["name_en"], _year(row["begin"]), _year(row["end"]),
            frozenset(_split(row["overlaps"])), row["seat"], _names(row),
        )
        for row in _rows("provinces.csv")
    }  # fmt: skip


@cache
def settlements() -> dict[str, Settlement]:
    """All towns by their identifier."""
    found = {}
    for row in _rows("settlements.csv"):
        pairs = [name.partition("@") for name in _split(row["renamed"])]
        renamed = tuple((name, _year(year)) for name, _, year in pairs)
        names = _names(row, *(name for name, _ in renamed), *_split(row["inflected"]))
        found[row["place_id"]] = Settlement(
            row["place_id"], row["province_id"], row["name_ru"], row["name_en"], renamed,
            _point(row, "source"), names,
        )  # fmt: skip
    return found


@cache
def sites() -> dict[str, Site]:
    """All burial and execution sites by their identifier."""
    return {
        row["place_id"]: Site(
            row["place_id"],
            row["kind"],
            row["province_id"],
            row["name_ru"],
            row["name_en"],
            row["point_of"],
            _point(row, "point_source"),
            _names(row),
        )
        for row in _rows("sites.csv")
    }


def province_phrase(name: str) -> Phrase:
    """Give the look-up key of a province's name: stems, unit words made canonical."""
    return tuple(province_unit(word) or stem(word) for word, _, _ in words(name))


@cache
def province_index() -> dict[Phrase, str]:
    """Look-up key to province; the first listed wins where two share a name."""
    index: dict[Phrase, str] = {}
    for province in provinces().values():
        for name in province.names:
            index.setdefault(province_phrase(name), province.place_id)
    return index


@cache
def adjective_index() -> dict[str, str]:
    """Stem of a province's adjective («лифляндск») to the province, oldest kind of unit first."""
    index: dict[str, str] = {}
    for phrase, place_id in province_index().items():
        if len(phrase) == 2 and province_unit(phrase[1]):
            index.setdefault(phrase[0], place_id)
    return index


@cache
def transliterated_index() -> dict[Phrase, str]:
    """Fold and unit of a Cyrillic adjective to its province: finds «Tiflisskaya guberniya»."""
    index: dict[Phrase, str] = {}
    for province in provinces().values():
        for name in province.names:
            phrase = province_phrase(name)
            if len(phrase) == 2 and not phrase[0].isascii():
                for key in fold(name.split()[0]):
                    index.setdefault((key, phrase[1]), province.place_id)
    return index


@cache
def settlement_index() -> dict[Phrase, tuple[str, ...]]:
    """Look-up key to the towns of that name."""
    index: dict[Phrase, tuple[str, ...]] = {}
    for settlement in settlements().values():
        for name in settlement.names:
            key = stems(name)
            if settlement.place_id not in index.get(key, ()):
                index[key] = (*index.get(key, ()), settlement.place_id)
    return index


@cache
def folded_settlement_index() -> dict[str, frozenset[str]]:
    """Fold of a Cyrillic name to the towns that bear it: finds «Мінск»."""
    index: dict[str, set[str]] = {}
    for settlement in settlements().values():
        for name in settlement.names:
            if not name.isascii():
                for key in fold(name):
                    index.setdefault(key, set()).add(settlement.place_id)
    return {key: frozenset(found) for key, found in index.items()}


@cache
def site_index() -> dict[Phrase, str]:
    """Look-up key to the burial or execution site of that name; not acronyms."""
    return {
        stems(name): site.place_id
        for site in sites().values()
        for name in site.names
        if not _is_acronym(name)
    }


@cache
def site_acronyms() -> dict[str, str]:
    """«АЛЖИР», «СЛОН» to their camp: such words have no case ending, and are not the state."""
    return {
        name: site.place_id for site in sites().values() for name in site.names if _is_acronym(name)
    }


def _is_acronym(name: str) -> bool:
    return name.isupper() and name.isalpha()


@cache
def containers() -> dict[str, frozenset[str]]:
    """Region to the regions of the states and republics that ever held it."""
    held: dict[str, set[str]] = {}
    for province in provinces().values():
        above = province.part_of
        while above:
            held.setdefault(province.region, set()).add(provinces()[above].region)
            above = provinces()[above].part_of
    return {region: frozenset(states) for region, states in held.items()}


@cache
def overlaps() -> dict[str, frozenset[str]]:
    """Region to the regions that shared land with it, symmetric."""
    shared: dict[str, set[str]] = {}
    for province in provinces().values():
        for other in province.overlaps:
            shared.setdefault(province.region, set()).add(other)
            shared.setdefault(other, set()).add(province.region)
    return {region: frozenset(others) for region, others in shared.items()}
