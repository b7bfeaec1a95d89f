"""Points have sources, and what is known only to a province is never shown as exact."""

import pytest

from martyrolog.places import (
    Precision,
    locate,
    locate_site,
    located,
    provinces,
    settlements,
    sites,
)

GEONAMES = "geonames:"


def test_every_point_has_a_source_and_no_two_towns_share_one() -> None:
    points = [town.point for town in settlements().values() if town.point]
    assert len(points) > 650
    assert all(point.source.startswith(GEONAMES) for point in points)
    assert len({point.source for point in points}) == len(points)


def test_a_site_has_the_point_of_a_settlement_it_names() -> None:
    for site in sites().values():
        assert bool(site.point) == bool(site.point_of), site.place_id
        assert site.point is None or site.point.source.startswith(GEONAMES)


def test_every_point_is_a_place_of_the_earth() -> None:
    towns = [town.point for town in settlements().values()]
    for point in [*towns, *(site.point for site in sites().values())]:
        assert point is None or abs(point.latitude) < 90
        assert point is None or abs(point.longitude) <= 180


def test_a_seat_is_a_town_and_states_have_none() -> None:
    for province in provinces().values():
        assert not province.seat or province.seat in settlements(), province.place_id
        assert not (province.is_state and province.seat), province.place_id


def test_no_identifier_is_used_twice() -> None:
    every = [*provinces(), *settlements(), *sites()]
    assert len(set(every)) == len(every)


@pytest.mark.parametrize(
    ("text", "place_id", "precision"),
    [
        ("г. Тифлис", "tbilisi", Precision.SETTLEMENT),
        ("Днепр", "dnepropetrovsk", Precision.SETTLEMENT),
        ("д. Плужково Тульской губ.", "tula-guberniya", Precision.PROVINCE),
        ("г. Молога", "yaroslavl-guberniya", Precision.PROVINCE),  # under water, in no gazetteer
        ("Польша", "poland", Precision.COUNTRY),
        ("неизвестно где", "", Precision.NONE),
        ("", "", Precision.NONE),
    ],
)
def test_a_place_is_drawn_as_near_as_its_text_allows(
    text: str, place_id: str, precision: Precision
) -> None:
    found = locate(text)
    assert (found.place_id, found.precision) == (place_id, precision)
    assert bool(found.point) == (precision in (Precision.SETTLEMENT, Precision.PROVINCE))


def test_a_province_is_drawn_at_its_seat_and_says_so() -> None:
    volhynia = located("volhynia-guberniya")
    assert volhynia.precision is Precision.PROVINCE
    assert volhynia.point == located("zhitomir").point
    assert volhynia.point_of == ("Житомир", "Zhitomir")


def test_a_burial_ground_and_a_camp_are_near_the_settlement_named() -> None:
    assert locate_site("Бутово").precision is Precision.NEAR
    assert locate_site("Карлаг").point_of[0] == "Долинка"
    assert locate_site("Сандармох").precision is Precision.COUNTRY
    assert locate_site("г. Тула").precision is Precision.SETTLEMENT
