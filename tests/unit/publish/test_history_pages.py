"""Pages of what history found: they show the published rows, and nobody who is withheld."""

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest

from martyrolog.archive import Archive
from martyrolog.publish.pages.exhibits import picture_path

PAGES = ("campaign", "composition", "fates", "claims", "articles/great-purge")


@pytest.fixture(scope="module")
def site(great_purge_archive: Archive) -> Path:
    release = (great_purge_archive.releases / "LATEST").read_text(encoding="utf-8").strip()
    return great_purge_archive.releases / release / "site"


def rows_of(site: Path, name: str) -> list[dict[str, str]]:
    text = (site / "downloads" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def text_of(page: Path) -> str:
    plain = re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))
    return " ".join(unescape(plain).split())


@pytest.mark.parametrize("language", ["", "ru/"])
@pytest.mark.parametrize("name", PAGES)
def test_each_page_stands_in_each_language(site: Path, name: str, language: str) -> None:
    assert "<h1>" in (site / language / name / "index.html").read_text(encoding="utf-8")


def test_figures_on_pages_equal_the_tables_to_download(site: Path) -> None:
    composition = text_of(site / "composition" / "index.html")
    for row in rows_of(site, "composition"):
        assert f"{row['label_en']} {int(row['persons']):,} " in composition
    flows = text_of(site / "fates" / "index.html")
    for row in rows_of(site, "flow"):
        assert f"{row['from_en']} {row['to_en']} {int(row['persons']):,}" in flows


def test_each_claim_stands_with_the_verdict_of_the_table(site: Path) -> None:
    claims = text_of(site / "claims" / "index.html")
    named = {"supported": "Supported", "partly": "Supported in part",
             "contradicted": "Contradicted", "undecidable": "Undecidable"}  # fmt: skip
    rows = rows_of(site, "claim")
    assert rows
    for row in rows:
        said = (f"{row['sentence_en']} {named[row['verdict']]} for {row['supporting']} "
                f"· against {row['contradicting']} · open {row['undecided']}")  # fmt: skip
        assert said in claims


def test_each_picture_that_a_page_shows_is_a_file(site: Path) -> None:
    for page in [*site.glob("campaign/*.html"), *site.glob("cohorts/*/index.html"),
                 *site.glob("fates/*.html"), *site.glob("ru/composition/*.html")]:  # fmt: skip
        for source in re.findall(r'<img src="([^"]+)"', page.read_text(encoding="utf-8")):
            assert (page.parent / source).resolve().is_file()


def test_each_number_of_an_article_leads_to_its_rows(site: Path) -> None:
    html = (site / "articles" / "great-purge" / "index.html").read_text(encoding="utf-8")
    named = set(re.findall(r'href="#(rows-[a-z0-9_]+)"', html))
    assert named
    assert named <= set(re.findall(r'id="(rows-[a-z0-9_]+)"', html))


def test_the_path_of_a_picture_holds_nothing_of_an_identifier_that_is_unsafe() -> None:
    assert re.fullmatch(r"charts/cohort-[a-z0-9-]+-en\.svg",
                        picture_path("cohort", "../Ёж <x>", "en"))  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru"])
def test_maps_of_places_stand_with_the_table_to_download(site: Path, language: str) -> None:
    page = site / ("" if language == "en" else "ru") / "places" / "index.html"
    shown = text_of(page).replace("\N{NO-BREAK SPACE}", " ")
    rows = rows_of(site, "place_count")
    drawn = {row["kind"] for row in rows if row["latitude"]}
    assert drawn
    for row in rows:
        if row["kind"] in drawn:
            number = f"{int(row['persons']):,}".replace(",", "," if language == "en" else " ")
            assert f"{row[f'label_{language}']} {number} " in shown, row["place_id"]
    html = page.read_text(encoding="utf-8")
    for kind in drawn:
        assert picture_path("places", kind, language) in html


def test_the_page_of_a_town_says_whose_point_it_has(site: Path) -> None:
    town = text_of(site / "birth-places" / "moscow.html")
    assert "Point 55.752° N, 37.618° E (GeoNames 524901)" in town
