"""The data of the gazetteer is sound: references lead somewhere, no name leads to two places."""

import csv
import re
from collections import Counter
from importlib.resources import files

from martyrolog.places import parse_place, province_of, provinces, settlements, sites
from martyrolog.places.gazetteer import province_phrase


def test_every_reference_leads_to_a_row() -> None:
    known = provinces()
    regions = {province.region for province in known.values()}
    for province in known.values():
        assert not province.part_of or province.part_of in known, province.place_id
        assert province.overlaps <= regions, province.place_id
    referring = [town.province_id for town in settlements().values()]
    referring += [site.province_id for site in sites().values()]
    assert set(referring) <= set(known)


def test_every_province_is_found_by_its_russian_and_its_english_name() -> None:
    for province in provinces().values():
        if province.is_state or province.kind == "land":
            continue
        for name in (province.name_ru, province.name_en):
            found = province_of(name)
            assert found is not None, name
            assert provinces()[found].region == province.region, name


def test_every_state_is_found_by_its_names() -> None:
    for state in provinces().values():
        if state.is_state:
            assert parse_place(state.name_en).country is not None, state.name_en


def test_no_name_leads_to_provinces_of_two_regions() -> None:
    phrases = Counter(
        (province_phrase(name), province.region)
        for province in provinces().values()
        for name in province.names
    )
    regions: dict[tuple[str, ...], set[str]] = {}
    for phrase, region in phrases:
        regions.setdefault(phrase, set()).add(region)
    assert [phrase for phrase, found in regions.items() if len(found) > 1] == []


def test_the_languages_of_the_lists_are_covered() -> None:
    """Counts of rows with a name in the language; more may be added, none is to be lost."""
    least = {"provinces": {"uk": 179, "pl": 184, "de": 200}, "settlements": {"uk": 167, "pl": 206}}
    for table, languages in least.items():
        path = files("martyrolog.places").joinpath(f"data/{table}.csv")
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        for language, count in languages.items():
            named = [row for row in rows if f"{language}:" in row["names_by_language"]]
            assert len(named) >= count, (table, language)


def test_every_name_in_another_language_leads_to_its_own_region() -> None:
    """A province named in Ukrainian or Polish is not taken for one of another region."""
    for province in provinces().values():
        if province.is_state or province.kind == "land":
            continue
        for name in province.names:
            if re.match("gubernia|obwód|.* (губернія|губерня|вобласць)$", name):
                found = province_of(name)
                assert found is not None, name
                assert provinces()[found].region == province.region, name


def test_years_of_a_province_are_in_order() -> None:
    for province in provinces().values():
        if province.begin and province.end:
            assert province.begin <= province.end, province.place_id
    for town in settlements().values():
        years = [year for _, year in town.renamed if year]
        assert years == sorted(years), town.place_id


def test_a_year_of_renaming_stands_only_where_a_source_has_it() -> None:
    text = files("martyrolog.places").joinpath("data/settlements.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    with_years = {row["place_id"] for row in rows if re.search(r"@\d", row["renamed"])}
    assert len(with_years) > 70
    assert with_years == {row["place_id"] for row in rows if row["renamed_source"]}


def test_a_name_of_the_years_of_the_terror_is_found() -> None:
    assert settlements()["cherkessk"].renamed[2] == ("Ежово-Черкесск", 1937)
    assert parse_place("г. Ежово-Черкесск").settlement_id == "cherkessk"
