"""Pages of what history found: they show the published rows, and nobody who is withheld."""

import csv
import io
import re
import shutil
import sys
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from martyrolog.archive import Archive, open_archive
from martyrolog.history.stage import STAGE as HISTORY
from martyrolog.progress import SILENT
from martyrolog.publish import READS, STAGE
from martyrolog.publish.pages.exhibits import picture_path
from martyrolog.tables import make_table, read_table

PAGES = ("campaign", "composition", "fates", "claims", "articles/great-purge", "trials")


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


def shown(number: str) -> str:
    """A number of a table as pages write it."""
    return f"{round(float(number), 1):,.1f}".removesuffix(".0")


def test_figures_of_the_campaign_equal_the_tables_to_download(site: Path) -> None:
    page = text_of(site / "campaign" / "index.html")
    months = [row for row in rows_of(site, "campaign") if row["step"] == "month"
              and row["dimension"] == "all"]  # fmt: skip
    assert months
    for row in months:
        name = f"{date.fromisoformat(row['period']):%B %Y}"
        assert f"{name} {shown(row['expected'])} {int(row['certain']):,}" in page
    first, last = next((row["first_day"], row["last_day"]) for row in rows_of(site, "wave")
                       if (row["measure"], row["rank"]) == ("execution", "1"))  # fmt: skip
    days = [row for row in rows_of(site, "campaign") if row["measure"] == "execution"
            and row["dimension"] == "all" and row["step"] == "day" and row["certain"] != "0"
            and first <= row["period"] <= last]  # fmt: skip
    assert f"Each of the {len(days)} days of the largest stretch" in page
    for row in days:
        one = date.fromisoformat(row["period"])
        assert f"{one.day} {one:%B %Y} {int(row['certain']):,}" in page
    for row in [*rows_of(site, "wave"), *rows_of(site, "group_wave")]:
        assert f"{shown(row['events'])} {shown(str(100 * float(row['share'])))} %" in page


def test_figures_of_durations_equal_the_table_to_download(site: Path) -> None:
    page = text_of(site / "fates" / "index.html")
    rows = rows_of(site, "duration")
    assert rows
    for row in rows:
        numbers = (row[name] for name in ("persons", "censored", "left_out", "first_quartile",
                                          "median"))  # fmt: skip
        assert " ".join(map(shown, numbers)) in page


def test_the_succession_of_an_office_stands_in_its_order_with_days_fates_and_sources(
    site: Path,
) -> None:
    page = text_of(site / "bodies" / "nkvd-ussr" / "index.html")
    order = [page.index(name) for name in ("Yagoda, Genrikh", "Yezhov, Nikolay", "Beriya,")]
    assert order == sorted(order)
    assert "26 September 1936 25 November 1938 executed, 4 February 1940" in page
    held = [row for row in rows_of(site, "event_holder") if row["office_id"] == "nkvd-commissar"
            and row["kind"] == "sentence" and row["sure"] == "true"]  # fmt: skip
    assert len(held) == 63  # the 62 of the key trials, and Rumyantsev of Andreyevskoye
    assert re.search(r"executed, 15 March 1938 [^a-z]*\b16 16 \[2\]", page)
    html = (site / "bodies" / "nkvd-ussr" / "index.html").read_text(encoding="utf-8")
    for anchor in re.findall(r'href="#(nkvd-[a-z-]+-[0-9]+)"', html):
        assert f'id="{anchor}"' in html


def test_a_body_that_sentenced_says_who_sat_in_it(site: Path) -> None:
    page = text_of(site / "bodies" / "dvoika" / "index.html")
    for words in ("Procurator of the USSR", "Yezhov, Nikolay", "Vyshinsky, Andrei"):
        assert words in page.partition("Who sat in it")[2], words
    bench = text_of(site / "bodies" / "special-presence" / "index.html")
    assert "Alksnis" in bench.partition("Who sat in it")[2]


def test_kinds_of_bodies_and_sittings_of_courts_are_in_the_language_of_the_page(
    site: Path,
) -> None:
    assert "Вид внесудебный орган" in text_of(site / "ru" / "bodies" / "dvoika" / "index.html")
    (trial,) = (site / "ru" / "trials").glob("tm8-*/index.html")
    assert re.search("закрыт", text_of(trial))
    assert "in camera" not in text_of(trial).partition("Источники")[0].partition("Примечание")[0]


def test_the_trials_show_who_was_accused_with_whom(site: Path) -> None:
    html = (site / "trials" / "index.html").read_text(encoding="utf-8")
    assert "charts/network-en.svg" in html
    page = text_of(site / "trials" / "index.html")
    parties = {(row["trial_id"], row["person_id"], row["role"])
               for row in rows_of(site, "trial_party")}  # fmt: skip
    every = html.partition("Every part in every trial")[2].partition("</table>")[0]
    assert every.count("<tr><td>") == len(parties)
    assert "Ulrikh, Vasily Vasilyevich judge" in page


def test_who_survived_stands_with_a_fate_and_a_link(site: Path) -> None:
    html = (site / "cohorts" / "sovnarkom-1917" / "index.html").read_text(encoding="utf-8")
    survivors = html.partition('id="survivors"')[2].partition("</section>")[0]
    assert re.findall(r'<a href="[^"]*/p/[^"]+"[^>]*>(?:<bdi>)?([^<]+)', survivors) == [
        "Stalin, Iosif Vissarionovich"
    ]
    assert "natural death, 5 March 1953" in survivors
    later = html.partition('id="killed-later"')[2].partition("</section>")[0]
    assert "Trotsky" in later
    assert "murdered abroad" in later


def test_a_life_is_a_line_with_dots_and_bars_and_names_who_held_office(site: Path) -> None:
    page = next(
        path for path in sorted(site.glob("p/*/*/index.html"))
        if re.search("<h1>.*Tukhachevsky, Mikhail", path.read_text(encoding="utf-8"))
    )  # fmt: skip
    html = page.read_text(encoding="utf-8").partition("Course of life")[2]
    events = html.partition("</ol>")[0]
    assert events.count("<circle") + events.count("<rect") >= 4
    assert "Yezhov, Nikolay" in events
    for place in re.findall(r'(?:cx|x)="([0-9.e-]+)%"', events):
        assert 0 <= float(place) <= 100


@pytest.mark.parametrize(("folder", "words"), [("", "death sentences"), ("ru/", "приговор")])
def test_the_evidence_of_a_claim_is_in_the_language_of_its_page(
    site: Path, folder: str, words: str
) -> None:
    html = (site / folder / "claims" / "index.html").read_text(encoding="utf-8")
    cases = re.findall(r'<li class="case-[a-z]+">(.*?)</li>', html, re.DOTALL)
    said = " ".join(re.sub(r"<[^>]+>", " ", case) for case in cases)
    assert words in said
    assert ("executed" in said) is (folder == "")


@pytest.mark.parametrize("folder", ["", "ru/"])
def test_an_article_shows_its_chart_map_table_and_list(site: Path, folder: str) -> None:
    page = site / folder / "articles" / "great-purge" / "index.html"
    html = page.read_text(encoding="utf-8")
    for name in ("sentenced", "birthplaces"):
        found = re.search(rf'<img src="([^"]*article-great-purge-{name}[^"]*\.svg)"', html)
        assert found, name
        assert (page.parent / found[1]).resolve().is_file()
    assert html.count("<table>") > 8
    assert html.count("FROM place_count") == 1  # the query of a picture stands below it
    assert "17" in html.partition('<p class="quiet">')[2]


def test_without_the_extra_charts_a_site_is_made_and_its_pages_show_the_tables(
    great_purge_archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("altair", "vl_convert"):
        monkeypatch.setitem(sys.modules, name, None)  # as if it were not installed
    shutil.copytree(great_purge_archive.path, tmp_path / "a",
                    ignore=shutil.ignore_patterns("releases", "cache"))  # fmt: skip
    archive = open_archive(tmp_path / "a")
    tables = {name: read_table(archive.build, name) for name in READS}
    made = HISTORY.run(archive, {name: tables[name] for name in HISTORY.reads}, SILENT)
    assert set(made["chart"]["kind"].to_pylist()) <= {"flow", "network", "places", "article"}
    said = STAGE.run(archive, {**tables, **made}, SILENT)["release"].to_pylist()[0]
    site = archive.releases / said["release_id"] / "site"
    for page in ("campaign", "composition", "cohorts/politburo", "articles/great-purge"):
        html = (site / page / "index.html").read_text(encoding="utf-8")
        assert "<table>" in html, page
    assert "made without pictures" in text_of(site / "campaign" / "index.html")
    assert "353,074" in text_of(site / "articles" / "great-purge" / "index.html")


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
                 *site.glob("fates/*.html"), *site.glob("ru/composition/*.html"),
                 *site.glob("articles/*/index.html"), *site.glob("ru/trials/*.html")]:  # fmt: skip
        for source in re.findall(r'<img src="([^"]+)"', page.read_text(encoding="utf-8")):
            assert (page.parent / source).resolve().is_file()


def test_each_number_of_an_article_leads_to_its_rows(site: Path) -> None:
    html = (site / "articles" / "great-purge" / "index.html").read_text(encoding="utf-8")
    named = set(re.findall(r'href="#(rows-[a-z0-9_]+)"', html))
    assert named
    assert named <= set(re.findall(r'id="(rows-[a-z0-9_]+)"', html))


def section(html: str, anchor: str) -> str:
    return html.partition(f'id="{anchor}"')[2].partition("</section>")[0]


def test_a_number_of_persons_leads_to_these_persons(site: Path) -> None:
    html = (site / "articles" / "great-purge" / "index.html").read_text(encoding="utf-8")
    behind = section(html, "rows-documented")
    victims = {row["person_id"] for row in rows_of(site, "person") if row["victim"] == "true"}
    assert len(victims) > 200
    assert set(re.findall(r"/p/[^/]+/([a-z0-9]+)/", behind)) == victims
    assert f"The {len(victims)} rows behind it" in behind


def article_table(site: Path, folder: str, caption: str) -> str:
    html = (site / folder / "articles" / "great-purge" / "index.html").read_text(encoding="utf-8")
    return html.partition(f"<caption>{caption}")[2].partition("</table>")[0]


def test_what_is_not_verified_is_marked_in_the_tables_of_an_article(site: Path) -> None:
    deaths = article_table(site, "", "Deaths in the camps")
    figures = [row for row in rows_of(site, "published_figure")
               if row["measure"].startswith("deaths in camps")]  # fmt: skip
    assert figures
    assert deaths.count("not yet verified") == sum("value" in row["unverified"] for row in figures)
    days = {"first_earliest", "last_latest"}
    unsure = sum(bool(days & set(row["unverified"].split(" | ")))
                 for row in rows_of(site, "succession")
                 if row["office_id"] == "nkvd-commissar")  # fmt: skip
    heads = article_table(site, "", "People&#39;s Commissars of Internal Affairs")
    assert len([row for row in heads.split("<tr>") if "not yet verified" in row]) == unsure > 0
    assert "not yet verified" in article_table(site, "", "Operations with the numbers")


def test_a_russian_article_writes_dates_numbers_and_places_in_russian(site: Path) -> None:
    operations = article_table(site, "ru", "Операции и числа")
    assert "25 июля 1937" in operations
    assert "335\N{NO-BREAK SPACE}513" in operations
    assert not re.search(r"\d{4}-\d\d|\d{5}", re.sub(r"№ \d+", "", operations))
    births = article_table(site, "ru", "Места рождения")
    assert "в самом городе" in births
    assert not re.search("settlement|province|none", births)


def test_russian_pages_write_terms_posts_and_numbers_of_the_court_in_russian(site: Path) -> None:
    (trial,) = (site / "ru" / "trials").glob("t17-*/index.html")
    said = text_of(trial)
    for words in ("10 лет заключения", "председательствующий", "член суда"):
        assert words in said, words
    assert not re.search(r"\d+ years|presiding judge|\(прочитан \d{4}-", said)
    order = text_of(site / "ru" / "operations" / "nkvd-00447" / "index.html")
    assert "Осуждено 767\N{NO-BREAK SPACE}397".replace("\N{NO-BREAK SPACE}", " ") in order
    assert "268950" not in order


def test_of_a_trial_without_a_list_of_judges_a_body_names_those_whom_the_trial_names(
    site: Path,
) -> None:
    for folder, judge in (("", "Ulrikh V. V."), ("ru", "Ульрих В. В.")):
        html = (site / folder / "bodies" / "military-collegium" / "index.html").read_text("utf-8")
        (bench,) = (block for block in html.split('<div class="block">') if "/p-kemerovo" in block)
        assert judge in bench


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


@pytest.mark.parametrize(("language", "opens", "takes"), [
    ("", "19 August 1936 Trial opens:", "26 September 1936 Takes office: Yezhov, Nikolay"),
    ("ru/", "19 августа 1936 Начало процесса:",
     "26 сентября 1936 Вступает в должность: Ежов Николай"),
])  # fmt: skip
def test_the_timeline_tells_orders_trials_and_offices_in_the_order_of_days(
    site: Path, language: str, opens: str, takes: str
) -> None:
    page = text_of(site / language / "timeline" / "index.html")
    assert opens in page
    assert page.index(opens) < page.index(takes)
    for row in rows_of(site, "trial"):
        assert row["name_ru" if language else "name_en"] in page


def test_what_a_list_says_in_russian_too_stands_on_russian_pages(site: Path) -> None:
    (trial,) = (site / "ru" / "trials").glob("t16-*/index.html")
    said = text_of(trial)
    assert "Суд Военная коллегия Верховного Суда СССР" in said
    assert "Место Москва, Дом союзов" in said
    assert "Court report" in said  # what only English sources say stays as it is
    figures = text_of(site / "ru" / "figures" / "index.html")
    assert "приговорено к смерти" in figures
    assert "sentenced to death" not in figures
    assert "sentenced to death" in text_of(site / "figures" / "index.html")


def test_the_special_council_names_its_offices_and_marks_what_no_text_confirms(
    site: Path,
) -> None:
    said = text_of(site / "bodies" / "special-council" / "index.html").partition("Who sat in it")[2]
    for words in ("plenipotentiary", "not yet verified", "Yezhov, Nikolay", "Vyshinsky, Andrei"):
        assert words in said, words


def test_the_page_of_claims_names_those_whose_verdict_changed(
    great_purge_archive: Archive, tmp_path: Path
) -> None:
    copy = tmp_path / "archive"
    shutil.copytree(great_purge_archive.path, copy, ignore=shutil.ignore_patterns("releases"))
    archive = open_archive(copy)
    tables = {name: read_table(archive.build, name) for name in READS}
    claims = tables["claim"].to_pylist()
    changed = next(row for row in claims if row["verdict"] == "supported")
    changed["previous_verdict"] = "undecidable"
    STAGE.run(archive, {**tables, "claim": make_table("claim", claims)}, SILENT)
    release = (archive.releases / "LATEST").read_text(encoding="utf-8").strip()
    page = text_of(archive.releases / release / "site" / "claims" / "index.html")
    assert f"Changed since the build before {changed['sentence_en']} Supported." in page
    assert page.count("Was “Undecidable” in the build before.") == 2  # in the list, at the claim
