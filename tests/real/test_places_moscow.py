"""Province coding of the birth places of the list of those shot in Moscow (11,789 persons)."""

import html
import re
from collections import Counter
from pathlib import Path

import pytest

from martyrolog.places import Precision, locate, parse_place, site_of, street_of

_PERSON = re.compile(r"<p class=pers>(.*?)</p>", re.DOTALL)
_BORN = re.compile(r"род\. ?(?:в )?(?:[^,]{0,30}?\d{4}[^,]{0,12}|[^,]{0,14}), (.*?)(?= Адрес:)")
_NATIONALITY = re.compile(
    r", (?=(?:русск|еврей|латыш|поляк|полька|нем[ец]|украин|белорус|венг|армян|литов|эстон|"
    r"кита|коре|татар|болгар|грек|греч|австри|груз|финн?|румын|чех|мордв|итальян|серб|иран|хорват|ассири|"
    r"молдаван|япон|башкир|индус|чуваш|казах|азерб|осет|турок|мадьяр|бурят|якут|мари|узбек|англич|"
    r"б/п|член ))"
)
_UNIT = re.compile(r"\b(?:губ|обл|кр\.|край|края|АССР|ССР|респ|АО\b|округ)", re.IGNORECASE)


@pytest.fixture(scope="module")
def persons(data_dir: Path) -> list[str]:
    found: list[str] = []
    for page in sorted((data_dir / "moscow-shot" / "pages").glob("*.htm")):
        text = page.read_text(encoding="cp1251", errors="replace")
        found += [html.unescape(re.sub("<[^>]+>", "", match)) for match in _PERSON.findall(text)]
    return found


@pytest.fixture(scope="module")
def birth_places(persons: list[str]) -> Counter[str]:
    """Birth places by their number of persons, cut out before the nationality."""
    found: Counter[str] = Counter()
    for person in persons:
        match = _BORN.search(person)
        if match and _NATIONALITY.search(match[1]):
            found[_NATIONALITY.split(match[1], maxsplit=1)[0]] += 1
    return found


def test_nearly_all_birth_places_are_cut_out(birth_places: Counter[str]) -> None:
    assert birth_places.total() > 11_700


def test_of_birth_places_that_name_a_province_ninety_nine_in_a_hundred_are_coded(
    birth_places: Counter[str],
) -> None:
    naming = {text: n for text, n in birth_places.items() if _UNIT.search(text)}
    coded = sum(
        n
        for text, n in naming.items()
        if (place := parse_place(text)).province_said or place.country
    )
    assert sum(naming.values()) > 5_500
    assert coded / sum(naming.values()) >= 0.99  # measured 0.9961


def test_nearly_every_birth_place_has_a_province_or_a_state(birth_places: Counter[str]) -> None:
    coded = sum(
        n for text, n in birth_places.items() if (p := parse_place(text)).province_id or p.country
    )
    assert coded / birth_places.total() >= 0.98  # measured 0.9856


def test_nearly_nine_in_ten_birth_places_have_a_point(birth_places: Counter[str]) -> None:
    drawn: Counter[str] = Counter()
    for text, n in birth_places.items():
        drawn[locate(text).precision] += n
    share = {kind: drawn[kind] / birth_places.total() for kind in Precision}
    assert share[Precision.SETTLEMENT] >= 0.48  # measured 0.4941
    assert share[Precision.SETTLEMENT] + share[Precision.PROVINCE] >= 0.88  # measured 0.8979
    assert share[Precision.NONE] <= 0.02  # measured 0.0140; the others name a state only


def test_every_burial_place_is_a_site_of_the_gazetteer(persons: list[str]) -> None:
    burials = [person.partition("Место захоронения:")[2] for person in persons]
    assert all(site_of(burial) for burial in burials)


def test_nearly_every_address_has_a_street(persons: list[str]) -> None:
    addresses = [
        match[1] for person in persons if (match := re.search(r"Адрес: (.*?)\. Расс", person))
    ]
    with_street = sum(bool(street_of(address)) for address in addresses)
    assert with_street / len(addresses) >= 0.99
