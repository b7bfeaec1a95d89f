"""The site in a real Chromium, from the file system, cut off from every network."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from martyrolog.archive import Archive
from martyrolog.progress import SILENT
from martyrolog.publish import STAGE, search_persons
from tests.unit.publish.build import archive_at, three_persons

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SPELLINGS = ("Ежов", "Ezhov", "Yezhov", "Jeschow")
QUERIES = (
    *SPELLINGS,
    "Тухачевскй",
    "Tukhachevsky",
    "Иванов В. И.",
    "Pakhomov 1893",
    "Мехлис Л.",
    "Zinovev",
    "Сталин",
    "Николай Бухарин",
    "Krylenko N.",
    "Кузнецов",
    "Муралов",
)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(great_purge_archive: Archive) -> Path:
    release = (great_purge_archive.releases / "LATEST").read_text(encoding="utf-8").strip()
    return great_purge_archive.releases / release / "site"


@pytest.fixture(scope="session")
def page_types(site: Path, great_purge_archive: Archive) -> dict[str, str]:
    """One page of each kind, relative to the site."""
    person = search_persons(great_purge_archive, "Тухачевский")[0]["person_id"]
    found = {
        "main": "index.html", "person": f"p/{person[1:3]}/{person}/index.html",
        **{name: f"{name}/index.html" for name in
           ("names", "lists", "trials", "bodies", "cohorts", "operations", "figures", "days",
            "campaign", "timeline", "composition", "fates", "places", "birth-places", "claims",
            "articles", "search", "downloads", "about", "method", "glossary")},
        "404": "404.html",
    }  # fmt: skip
    for section, pattern in (
        ("trials", "*/index.html"),
        ("bodies", "nkvd-ussr/index.html"),
        ("articles", "*/index.html"),
        ("cohorts", "*/index.html"),
        ("operations", "*/index.html"),
        ("lists", "*/index.html"),
        ("days", "*/*.html"),
        ("names", "latin/*/index.html"),
        ("on-this-day", "*.html"),
        ("birth-places", "moscow.html"),
    ):
        first = sorted((site / section).glob(pattern))[0]
        found[f"one of {section}"] = str(first.relative_to(site))
    return found


class Watched:
    """A page whose requests beyond the site, errors and messages are kept."""

    def __init__(self, context: BrowserContext, site: Path) -> None:
        self.site = site
        self.outside: list[str] = []
        self.problems: list[str] = []
        self.loaded: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("request", self._requested)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", lambda said: self.problems.append(said.text))

    def _requested(self, request: Any) -> None:
        self.loaded.append(request.url)
        if not request.url.startswith(self.site.as_uri()):
            self.outside.append(request.url)

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.site.as_uri()}/{path}")
        return self.page


@pytest.fixture
def watched(browser: Browser, site: Path) -> Iterator[Watched]:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    yield Watched(context, site)
    context.close()


def shown_ids(page: Page) -> list[str]:
    links = page.locator("#search-results a").evaluate_all("all => all.map(one => one.href)")
    return [link.split("/")[-2] for link in links]


def test_no_page_asks_another_host_for_anything(
    watched: Watched, page_types: dict[str, str]
) -> None:
    for path in page_types.values():
        for language in ("", "ru/"):
            watched.open(language + path)
    assert len(watched.loaded) > 2 * len(page_types)
    assert watched.outside == []
    assert watched.problems == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_search_finds_the_person_in_every_spelling_from_the_file_system(
    watched: Watched, spelling: str
) -> None:
    page = watched.open(f"search/index.html?q={spelling}")
    page.wait_for_selector("#search-results a")
    assert "Ежов Николай Иванович" in page.locator("#search-results li").first.inner_text()
    assert watched.problems == []


def test_search_on_the_page_and_on_the_command_line_agree(
    watched: Watched, great_purge_archive: Archive
) -> None:
    page = watched.open("search/index.html")
    for query in QUERIES:
        found = page.evaluate(
            "text => martyrologSearch.query(text).then(all => all.map(one => one.row.id))", query
        )
        ids = [one.split("/")[-1] for one in found]
        expected = [row["person_id"] for row in search_persons(great_purge_archive, query, 1000)]
        assert ids == expected, query


def test_a_result_is_text_even_where_a_name_holds_markup(watched: Watched) -> None:
    page = watched.open("search/index.html")
    page.evaluate("""() => {
        const key = martyrologFold.create(martyrologRules).fold('Zeta', {surname: true})[0];
        const row = ['zz/pzz', '<img src=x onerror=alert(1)>', '<b>x</b>', '', '', key, '', '', 0];
        martyrologShards.names = [key]; martyrologSearch.add('names-' + key, [row]);
    }""")
    page.fill("#query", "Zeta")
    page.wait_for_selector("#search-results li")
    assert "<img src=x" in page.locator("#search-results").inner_text()
    assert page.locator("#search-results img, #search-results b").count() == 0


def test_the_keyboard_alone_leads_from_the_main_page_to_a_person(watched: Watched) -> None:
    page = watched.open("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("Jeschow")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results a")
    assert page.evaluate("document.activeElement.id") == "query"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("article.person")
    assert "Ежов" in page.locator("h1").inner_text()


def test_every_focus_is_visible(watched: Watched, page_types: dict[str, str]) -> None:
    page = watched.open(page_types["person"])
    for _ in range(20):
        page.keyboard.press("Tab")
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert width != "0px"


def test_everything_is_readable_without_javascript(
    browser: Browser, site: Path, page_types: dict[str, str]
) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{page_types['person']}")
    assert "Тухачевский Михаил Николаевич" in page.inner_text("h1")
    page.goto(f"{site.as_uri()}/search/index.html")
    assert "JavaScript" in page.inner_text("noscript")
    context.close()


MOST_READ = ("main", "person", "names", "search", "one of trials", "one of lists", "campaign",
             "trials", "fates", "one of bodies", "one of articles", "one of cohorts")  # fmt: skip


@pytest.mark.parametrize(
    ("scheme", "width", "kinds"),
    [
        ("light", 390, MOST_READ),
        *(
            pytest.param(scheme, width, None, marks=pytest.mark.slow)
            for scheme in ("light", "dark")
            for width in (390, 1280)
        ),
    ],
)
def test_axe_finds_nothing_and_nothing_overflows(
    browser: Browser,
    site: Path,
    page_types: dict[str, str],
    scheme: Any,
    width: int,
    kinds: tuple[str, ...] | None,
) -> None:
    context = browser.new_context(
        offline=True, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    found = {}
    for kind in kinds or page_types:
        path = page_types[kind]
        page.goto(f"{site.as_uri()}/{path}")
        results = Axe().run(page)
        broken = [
            f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in results.response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            broken.append("overflow")
        if broken:
            found[kind] = broken
    context.close()
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing_on_the_pages_of_groups_and_of_former_persons(
    browser: Browser, tmp_path: Path, scheme: Any
) -> None:
    archive = archive_at(tmp_path)
    tables = three_persons(redirect=[{"person_id": "pold", "to_person_ids": ["paa1", "pbb2"]}])
    said = STAGE.run(archive, tables, SILENT)["release"].to_pylist()[0]
    site = archive.releases / said["release_id"] / "site"
    street = next(path for path in (site / "addresses").iterdir() if path.name != "index.html")
    page = browser.new_context(offline=True, color_scheme=scheme).new_page()
    for path in (
        site / "addresses" / "index.html",
        street,
        site / "burial-grounds" / "index.html",
        site / "nationalities" / "index.html",
        site / "p" / "ol" / "pold" / "index.html",
        site / "p" / "aa" / "paa1" / "index.html",
    ):
        page.goto(path.as_uri())
        assert [found["id"] for found in Axe().run(page).response["violations"]] == [], path
    page.context.close()


CITED = "section.cite p:first-of-type > span:not(.hash)"


@pytest.mark.parametrize(("folder", "month"), [("", "November"), ("ru/", "ноября")])
def test_a_citation_names_the_release_as_text_that_can_be_copied(
    watched: Watched, page_types: dict[str, str], folder: str, month: str
) -> None:
    page = watched.open(folder + page_types["person"])
    release, day = page.locator(CITED).all_inner_texts()
    assert release == watched.site.parent.name
    assert re.fullmatch(rf"\d+ \w+ {release[:4]}", day)
    assert month in day or not release.startswith("2026-11")


def test_a_citation_names_the_release_without_javascript_too(
    browser: Browser, site: Path, page_types: dict[str, str]
) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{page_types['person']}")
    shown = page.locator(CITED).evaluate_all(
        "all => all.map(place => JSON.parse(getComputedStyle(place, '::before').content))"
    )
    assert shown[0] == site.parent.name
    assert shown[1].endswith(shown[0][:4])
    assert not page.locator("section.cite a[href$='about/index.html']").is_visible()
    context.close()


def test_the_fonts_are_those_of_the_site_with_the_old_letters(
    watched: Watched, page_types: dict[str, str]
) -> None:
    page = watched.open(page_types["person"])
    assert page.evaluate("""async () => {
        const loaded = await document.fonts.load('16px "Source Serif 4"', 'Ѣѣ Ѳѳ Ѵѵ Іі');
        return loaded.length > 0 && loaded.every(face => face.status === 'loaded');
    }""")


def test_the_print_sheet_leaves_out_what_cannot_be_used_on_paper(
    watched: Watched, page_types: dict[str, str]
) -> None:
    page = watched.open(page_types["person"])
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.locator("section.cite").is_visible()
    assert re.fullmatch(
        r"rgb\(255, 255, 255\)", page.evaluate("getComputedStyle(document.body).backgroundColor")
    )
