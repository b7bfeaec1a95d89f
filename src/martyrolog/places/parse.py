"""From the text of a place to its parts, as far as the text says.

Names of provinces and states are found first, by the longest phrase of the gazetteer (any case,
any of its languages), then districts by their unit word, then the settlement. Villages are not in
the gazetteer: they keep their name as written. Nothing is looked up on a map and no district is
guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from martyrolog.names import fold
from martyrolog.places.address import (
    is_address,
    names_street,
    parse_address,
    split_at_street,
    street_and_rest,
    without_buildings,
)
from martyrolog.places.crosswalk import may_be_one
from martyrolog.places.gazetteer import (
    adjective_index,
    folded_settlement_index,
    province_index,
    provinces,
    settlement_index,
    settlements,
    site_acronyms,
    site_index,
    transliterated_index,
)
from martyrolog.places.normal import is_russian, plain, stem, stems, words
from martyrolog.places.units import noise_words, province_unit, unit_of

_LONGEST_PHRASE = 5
_SHORTEST_ABBREVIATION = 3
_SHORTEST_MISSPELT = 8
_AUTONOMOUS = "автономн"
_SMALL_DISTRICTS = ("волость", "гмина", "сельсовет")
_UNREAD_UNITS = ("губ", "обл", "край", "асср", "сср", "ао", "округ", "воев")
TOWN_KINDS = ("", "city", "town", "shtetl", "settlement", "station")


@dataclass(frozen=True, slots=True)
class Place:
    """The parts of a place that its text gives; '' or ``None`` for those it does not.

    Attributes:
        verbatim: The text, unchanged.
        settlement: Name of the town or village; of a town of the gazetteer in its Russian form of
            1914.
        settlement_kind: ``city``, ``village``, ``shtetl``, ``station`` ...; '' when not said.
        settlement_id: Town of the gazetteer.
        district: Uezd or raion as written; the volost where no uezd is named.
        province_id: Guberniya, oblast, krai, autonomous unit; where the text names none, that of
            the gazetteer's town, or of the town that an uezd is named after.
        province_said: The text itself names the province.
        country: State or union republic of the gazetteer: as said, or else the one the province
            belonged to.
        street: Street of an address; then also house, building and flat may be given.
        volost: Volost, gmina or village soviet as written.
    """

    verbatim: str
    settlement: str = ""
    settlement_kind: str = ""
    settlement_id: str | None = None
    district: str = ""
    province_id: str | None = None
    province_said: bool = False
    country: str | None = None
    street: str = ""
    house: str = ""
    building: str = ""
    flat: str = ""
    volost: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A stretch of words, first to last exclusive, with what it names."""

    first: int
    last: int
    place_id: str


@lru_cache(maxsize=65_536)
def parse_place(text: str) -> Place:
    """Read a birth place, a residence or an address.

    Example:
        >>> place = parse_place("в д.Сормово Балахнинского уезда Нижегородской губ.")
        >>> place.settlement, place.district, place.province_id
        ('Сормово', 'Балахнинского уезда', 'nizhny-novgorod-guberniya')
    """
    if is_address(text):
        before, _ = split_at_street(text)
        address = parse_address(text)
    elif names_street(text):
        street, before = street_and_rest(text)
        address = parse_address(street)
    else:
        return _read(text)
    return replace(_read(before), verbatim=text, street=address.street, house=address.house,
                   building=address.building, flat=address.flat)  # fmt: skip


def _read(text: str) -> Place:
    """Read a place that is no address."""
    # «Чеченская автономная обл.» is found as «Чеченская обл.»
    tokens = [
        token
        for token in words(without_buildings(text))
        if not stem(token[0]).startswith(_AUTONOMOUS) and token[0] not in site_acronyms()
    ]
    used = [False] * len(tokens)
    named = _find_provinces(text, tokens, used)
    okrug = _pass_over_unread(text, tokens, used)
    district, volost = _find_districts(text, tokens, used)
    name, kind = _find_settlement(text, tokens, used)
    place = _place(text, named, district or volost, name, kind)
    if okrug and not named and place.province_id is None:
        place = replace(place, province_id=_province_of_town(okrug))
        place = replace(place, country=_country_of(place.province_id, None))
    return replace(place, volost=volost)


def province_of(text: str) -> str | None:
    """Give the province that a text names, or that of the town it names; ``None`` if neither."""
    return parse_place(text).province_id


Tokens = list[tuple[str, int, int]]


def _find_provinces(text: str, tokens: Tokens, used: list[bool]) -> list[str]:
    """Find the provinces and states named, and mark their words as used."""
    keys = [province_unit(word) or stem(word) for word, _, _ in tokens]
    found: list[str] = []
    at = 0
    while at < len(tokens):
        hit = _phrase_at(text, tokens, keys, at) or _adjective_at(text, tokens, keys, at)
        if hit is None:
            at += 1
            continue
        found.append(hit.place_id)
        used[hit.first : hit.last] = [True] * (hit.last - hit.first)
        at = hit.last
    return found


def _phrase_at(text: str, tokens: Tokens, keys: list[str], at: int) -> _Found | None:
    if at and unit_of("settlement", tokens[at - 1][0]) and _close(text, tokens, at):
        return None  # «с. Польша» is a village
    for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
        place_id = province_index().get(tuple(keys[at : at + length]))
        capital = length > 1 or tokens[at][0][0].isupper()
        if place_id and capital and not _is_adjective(keys, at, length):
            return _Found(at, at + length, place_id)
    return None


def _is_adjective(keys: list[str], at: int, length: int) -> bool:
    """A lone word before a unit word is the unit's adjective, no name of its own."""
    following = keys[at + 1] if at + 1 < len(keys) else ""
    return length == 1 and following in ("губ", "обл", "край", "асср", "сср", "ао", "воев")


def _adjective_at(text: str, tokens: Tokens, keys: list[str], at: int) -> _Found | None:
    """Find «Моск. обл.» and units of another kind than the gazetteer's («Московский край»)."""
    if at + 1 >= len(tokens) or province_unit(tokens[at + 1][0]) is None:
        return None
    if not _close(text, tokens, at + 1):
        return None
    place_id = adjective_index().get(keys[at]) or _misspelt(keys[at], keys[at + 1])
    if place_id is None and not is_russian(tokens[at][0]):
        phrases = [(key, keys[at + 1]) for key in fold(tokens[at][0])]
        place_id = next((found for p in phrases if (found := transliterated_index().get(p))), None)
    if place_id is None and text[tokens[at][2] : tokens[at][2] + 1] == ".":
        place_id = _abbreviated(keys[at], keys[at + 1])
    return None if place_id is None else _Found(at, at + 2, place_id)


@lru_cache(maxsize=4096)
def _abbreviated(beginning: str, unit: str) -> str | None:
    """The province whose adjective begins so and whose unit is the same; ``None`` if several do."""
    if len(beginning) < _SHORTEST_ABBREVIATION:
        return None
    index = province_index()
    found = {
        place_id for phrase, place_id in index.items()
        if len(phrase) == 2 and phrase[1] == unit and phrase[0].startswith(beginning)
    }  # fmt: skip
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _misspelt(adjective: str, unit: str) -> str | None:
    """The only province of that unit whose adjective differs by one letter."""
    if len(adjective) < _SHORTEST_MISSPELT:
        return None
    found = {
        place_id for phrase, place_id in province_index().items()
        if len(phrase) == 2 and phrase[1] == unit
        and OSA.distance(phrase[0], adjective, score_cutoff=1) <= 1
    }  # fmt: skip
    return found.pop() if len(found) == 1 else None


def _close(text: str, tokens: Tokens, at: int) -> bool:
    """True when only spaces and full stops stand between a word and the one before."""
    return not text[tokens[at - 1][2] : tokens[at][1]].strip(" .\t\xa0")


def _pass_over_unread(text: str, tokens: Tokens, used: list[bool]) -> str:
    """Mark a province that is not in the gazetteer as used: it is no settlement.

    Returns:
        The adjective of an okrug («Вольский окр.»), '' where there is none.
    """
    okrug = ""
    for at in range(1, len(tokens)):
        word, adjective = tokens[at][0], tokens[at - 1][0]
        if used[at] or used[at - 1] or unit_of("province", word) not in _UNREAD_UNITS:
            continue
        named = at > 1 and unit_of("settlement", tokens[at - 2][0]) and _close(text, tokens, at - 1)
        abbreviated = text[tokens[at - 1][2] : tokens[at - 1][2] + 1] == "."
        like_adjective = abbreviated or stem(adjective).endswith("ск")
        if adjective[0].isupper() and like_adjective and _close(text, tokens, at) and not named:
            used[at - 1] = used[at] = True
            okrug = okrug or (adjective if unit_of("province", word) == "округ" else "")
    return okrug


def _find_districts(text: str, tokens: Tokens, used: list[bool]) -> tuple[str, str]:
    """Find the first «Бузулукский уезд» and the first «Пальцамская вол.»; mark all as used."""
    district = volost = ""
    for at in range(1, len(tokens)):
        kind = unit_of("district", tokens[at][0])
        if used[at] or used[at - 1] or not kind:
            continue
        if tokens[at - 1][0][0].isupper() and _close(text, tokens, at):
            used[at - 1] = used[at] = True
            end = tokens[at][2] + (text[tokens[at][2] : tokens[at][2] + 1] == ".")
            named = text[tokens[at - 1][1] : end]
            if kind in _SMALL_DISTRICTS:
                volost = volost or named
            else:
                district = district or named
    return district, volost


def _find_settlement(text: str, tokens: Tokens, used: list[bool]) -> tuple[str, str]:
    """Give name and kind of the settlement.

    The name after a word such as «г.», or else the first name that is left.
    """
    for at, (word, _, end) in enumerate(tokens[:-1]):
        kind = None if used[at] else unit_of("settlement", word)
        if kind and not used[at + 1] and (len(word) == 1 or not word[0].isupper()):
            name = _name_from(text, tokens, used, at + 1)
            if name and not text[end : tokens[at + 1][1]].strip(' .«"№'):
                return name, str(kind)
    for at, (word, _, _) in enumerate(tokens):
        if not used[at] and word[0].isupper() and word.casefold() not in noise_words():
            return _name_from(text, tokens, used, at), ""
    return "", ""


def _name_from(text: str, tokens: Tokens, used: list[bool], first: int) -> str:
    """Take the name that starts at a word: to the next comma, bracket, used or lower-case word."""
    last = first
    while last < len(tokens) and not used[last] and tokens[last][0][0].isupper():
        if last > first and text[tokens[last - 1][2] : tokens[last][1]].strip(" .-\xa0"):
            break
        last += 1
    if last == first:
        return ""
    return text[tokens[first][1] : tokens[last - 1][2]]


def _place(text: str, named: list[str], district: str, name: str, kind: str) -> Place:
    known = provinces()
    said = [place_id for place_id in named if not known[place_id].is_state]
    states = [place_id for place_id in named if known[place_id].is_state]
    town = _town(name, kind, [*said, *states], district)
    province_id = said[0] if said else None
    if province_id is None and town and not known[settlements()[town].province_id].is_state:
        province_id = settlements()[town].province_id
    if province_id is None and not states:
        province_id = _province_of_uezd(district)
    country = states[0] if states else _country_of(province_id, town)
    shown = settlements()[town].name_ru if town else name
    return Place(text, shown, kind, town, district, province_id, bool(said), country)


def _province_of_uezd(district: str) -> str | None:
    """An uezd lay in the guberniya of the one town it is named after («Смоленский уезд»)."""
    parts = district.split()
    if len(parts) != 2 or unit_of("district", parts[1].rstrip(".")) != "уезд":
        return None
    return _province_of_town(parts[0])


def _province_of_town(adjective: str) -> str | None:
    """The province of the one town that a district is named after."""
    towns = settlement_index().get((stem(adjective),), ())
    found = {settlements()[town].province_id for town in towns}
    return found.pop() if len(found) == 1 else None


def _country_of(province_id: str | None, town: str | None) -> str | None:
    known = provinces()
    if province_id is None:
        return settlements()[town].province_id if town else None
    return known[province_id].part_of or None


def _town(name: str, kind: str, said: list[str], district: str) -> str | None:
    """Find the town of the gazetteer; a village, or a town of another province, is none."""
    if not name or kind not in TOWN_KINDS or (district and not said):
        return None
    candidates = settlement_index().get(stems(name), ()) or _towns_folded(name)
    written = plain(name)
    for place_id in sorted(candidates, key=lambda town: not _is_written(town, written)):
        if _may_lie_in(place_id, said):
            return place_id
        if _is_written(place_id, written) and not any(
            _is_written(other, written) and _may_lie_in(other, said) for other in candidates
        ):
            return None  # «Пушкин Московской обл.» is not Пушкино, whose stem is the same
    return None


def _may_lie_in(town: str, said: list[str]) -> bool:
    province = settlements()[town].province_id
    return all(may_be_one(province, other) for other in said)


def _towns_folded(name: str) -> tuple[str, ...]:
    """The one town that a Ukrainian or Belarusian spelling sounds like: «Мінск»."""
    if is_russian(name) or name.isascii():
        return ()
    found = {town for key in fold(name) for town in folded_settlement_index().get(key, ())}
    return tuple(found) if len(found) == 1 else ()


def _is_written(town: str, written: str) -> bool:
    """The town has a name in just this form: tells «Кирово» from «Киров», whose stems are equal."""
    return any(plain(name) == written for name in settlements()[town].names)


@lru_cache(maxsize=4096)
def site_of(text: str) -> str | None:
    """Give the burial ground, execution site or camp of the gazetteer that a text names.

    Example:
        >>> site_of("Место захоронения: Бутово."), site_of("неизвестно")
        ('butovo', None)
    """
    found = words(text)
    acronyms = site_acronyms()
    named = next((acronyms[word.upper()] for word, _, _ in found if word.upper() in acronyms), None)
    if named:
        return named
    keys = [stem(word) for word, _, _ in found]
    longest = max(map(len, site_index()))  # not the text: a cell may hold thousands of words
    for length in range(min(len(keys), longest), 0, -1):
        for at in range(len(keys) - length + 1):
            place_id = site_index().get(tuple(keys[at : at + length]))
            if place_id:
                return place_id
    return None
