"""What a page says of a place: its names, its point and whose it is, no surer than is known."""

import pytest

from martyrolog.places import provinces, settlements, sites
from martyrolog.publish.pages.places import place_facts
from martyrolog.publish.voice import Voice


def said(place_id: str, language: str = "en") -> dict[str, str]:
    return {fact["label"]: fact["text"] for fact in place_facts(Voice(language), place_id)}


def test_a_renamed_town_has_its_names_with_the_years_that_a_source_has() -> None:
    assert said("dvinsk")["Names"] == "Dvinsk from 1893, Daugavpils from 1920"
    assert said("dvinsk", "ru")["Названия"] == "Двинск с 1893, Даугавпилс с 1920"
    assert said("kovno")["Names"] == "Kovno, Kaunas"


def test_a_town_has_its_own_point() -> None:
    assert said("moscow")["Point"] == "55.752° N, 37.618° E (GeoNames 524901)"
    assert said("chicago")["Point"].endswith("W (GeoNames 4887398)")
    assert said("moscow", "ru")["Точка"] == "55,752° с. ш., 37,618° в. д. (GeoNames 524901)"


def test_the_point_of_a_province_or_a_site_is_said_to_be_that_of_another_place() -> None:
    assert "that of its seat Tula" in said("tula-guberniya")["Point"]
    assert "that of Drozhzhino" in said("butovo")["Point"]
    assert "not of the site itself" in said("butovo")["Point"]


def test_where_no_source_has_a_point_none_is_said() -> None:
    assert "Point" not in said("mologa")
    assert said("poland") == {}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_place_of_the_gazetteer_can_be_said(language: str) -> None:
    for place_id in (*settlements(), *sites(), *provinces()):
        assert all(said(place_id, language).values()), place_id
