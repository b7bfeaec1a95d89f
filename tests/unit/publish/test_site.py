"""Every page of a small site: links lead somewhere, the bar is there, markup stays text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
import pytest
from lxml import html
from lxml.html import HtmlElement

from martyrolog.progress import SILENT
from martyrolog.publish import STAGE
from martyrolog.tables import STANDARD_FIELDS
from tests.unit.publish.build import archive_at, record, source_list, tables_of, three_persons

BARS = {
    "en": ["Main page", "See live source", "Alphabetical index"],
    "ru": ["Главная страница", "Живой источник", "Алфавитный указатель"],
}
OWN_SCRIPTS = re.compile(r"(\.\./)*(static/(cite|search|fold|today)|search/(rules|shards))\.js")


def site_of(path: Path, **tables: pa.Table) -> Path:
    archive = archive_at(path)
    made = tables or three_persons()
    said = STAGE.run(archive, made, SILENT)["release"].to_pylist()[0]
    return archive.releases / str(said["release_id"]) / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_of(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_of(tmp_path_factory.mktemp("hostile"), **hostile_tables())


ATTACKS = (
    '<script>alert("x")</script>',
    "\"><img src=x onerror=alert('x')>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</title></textarea></script><svg onload=alert(1)>",
    "\u202egnirts desrever\u202c \u200f\u2066",
    "../../../etc/passwd",
    "=HYPERLINK(1)",
    "A" * 10_000,
)


def hostile_tables() -> dict[str, pa.Table]:
    """Every field of every table that a list fills holds an attack."""
    dates = {"birth_date": "1890", "death_date": "1937-11-12"}
    persons = {}
    for number, attack in enumerate(ATTACKS):
        fields = {
            name: attack for name in STANDARD_FIELDS if not name.endswith(("_date", "_from", "_to"))
        }
        fields |= {"trial_id": "t1", "cohort_id": "c1", "office_id": "o1", "role": "victim"}
        row = record(f"r{number}", **(fields | dates))
        row["page"], row["file"] = attack[:200], f"{attack[:60]}.csv"
        if number % 2:
            row |= {"verbatim": attack, "verbatim_kind": "text"}
        persons[f"p{number}x"] = [row]
    backing = {
        "list_id": "memory",
        "unverified": [],
        "verbatim": ATTACKS[0],
        "verbatim_kind": "text",
        "file": "x.csv",
        "row": 1,
        "note": ATTACKS[0],
        "sources": ATTACKS[2],
    }
    names = {"name_en": ATTACKS[0], "name_ru": ATTACKS[1]}
    attacked = {"title_en": ATTACKS[1], "title_ru": ATTACKS[4], "publisher": ATTACKS[0],
                "url": "javascript:alert(1)", "covers_en": ATTACKS[0], "misses_en": ATTACKS[5],
                "licence": ATTACKS[4]}  # fmt: skip
    return dict(
        tables_of(
            persons,
            [source_list("memory", historical=True, **attacked)],
            reject=[
                {
                    "list_id": "memory",
                    "verbatim": attack,
                    "verbatim_kind": "text",
                    "file": "x.csv",
                    "row": n,
                    "reason": "read.none",
                    "detail": attack,
                }
                for n, attack in enumerate(ATTACKS)
            ],
            trial=[
                {"trial_id": "t1", "judges": ATTACKS[0], "court": ATTACKS[1], **names, **backing},
                {"trial_id": "../../../escape", **names, **backing},
            ],
            trial_party=[
                {
                    "trial_id": "t1",
                    "person_id": "p0x",
                    "record_id": "r0",
                    "role": "defendant",
                    "sentence": ATTACKS[0],
                    "position": ATTACKS[1],
                }
            ],
            body=[{"body_id": "b1", "kind": ATTACKS[0], **names, **backing}],
            office=[{"office_id": "o1", "body_id": "b1", "title_en": ATTACKS[0], **backing}],
            tenure=[
                {"office_id": "o1", "person_id": "p1x", "record_id": "r1", "position": ATTACKS[0]}
            ],
            cohort=[{"cohort_id": "c1", "kind": ATTACKS[4], **names, **backing}],
            membership=[
                {"cohort_id": "c1", "person_id": "p1x", "record_id": "r1", "position": ATTACKS[4]}
            ],
            operation=[{"operation_id": "op1", "target_groups": ATTACKS[0], **names, **backing}],
            published_figure=[
                {
                    "figure_id": "f1",
                    "measure": ATTACKS[0],
                    "scope": ATTACKS[1],
                    "value": ATTACKS[4],
                    "period": "1937",
                    **backing,
                }
            ],
        )
    )


def read(path: Path) -> HtmlElement:
    found = html.fromstring(path.read_bytes())
    assert isinstance(found, HtmlElement)
    return found


def text_of(element: HtmlElement, selector: str) -> list[str]:
    """The text of every element that a selector finds."""
    found = [one for one in element.cssselect(selector) if isinstance(one, HtmlElement)]
    return [str(one.text_content()) for one in found]


def pages(site: Path) -> Iterator[tuple[str, HtmlElement]]:
    for path in sorted(site.rglob("*.html")):
        yield str(path.relative_to(site)), read(path)


def test_every_page_has_the_bar_its_language_and_a_title(site: Path) -> None:
    for name, page in pages(site):
        language = "ru" if name.startswith("ru/") else "en"
        bar = [text.removesuffix(" ↗") for text in text_of(page, "nav.bar a")]
        assert bar == BARS[language], name
        assert page.get("lang") == language
        assert page.findtext(".//title"), name
        assert len(page.cssselect("h1")) == 1, name


def test_every_link_leads_to_a_file_of_the_site_and_every_fragment_to_an_element(
    site: Path, hostile: Path
) -> None:
    for root in (site, hostile):
        known = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
        anchors = {name: set(page.xpath("//@id")) for name, page in pages(root)}
        for name, page in pages(root):
            for address in page.xpath("//@href | //@src | //@action"):
                parts = urlsplit(address)
                if parts.scheme:
                    assert parts.scheme == "https"
                    continue
                target = str(Path(name).parent / parts.path) if parts.path else name
                resolved = str(Path("/", target).resolve().relative_to("/"))
                assert resolved in known, (name, address)
                assert not parts.fragment or parts.fragment in anchors[resolved], (name, address)


def test_the_middle_link_leads_to_the_live_source_or_to_the_sources_of_the_page(site: Path) -> None:
    live = {name: page.cssselect("nav.bar a")[1].get("href") for name, page in pages(site)}
    assert live["p/aa/paa1/index.html"] == "https://example.org/1"
    assert live["p/bb/pbb2/index.html"] == "#sources"
    assert live["index.html"] == "#sources"


def test_no_page_runs_a_script_of_a_list(hostile: Path) -> None:
    count = 0
    for name, page in pages(hostile):
        count += 1
        for script in page.iter("script"):
            assert OWN_SCRIPTS.fullmatch(script.get("src", "")), name
            assert not script.text, name
        assert not page.xpath("//*[@*[starts-with(name(), 'on')]]"), name
        foreign = "//svg[@class != 'track'] | //img | //iframe | //object | //embed | //base"
        assert not page.xpath(foreign), name
        assert not [a for a in page.xpath("//@href") if a.lower().startswith("javascript")], name
        text = (hostile / name).read_text(encoding="utf-8")
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200f]", text), name
    assert count > 60


def test_a_planted_script_is_shown_as_text(hostile: Path) -> None:
    page = read(hostile / "p" / "0x" / "p0x" / "index.html")
    assert ATTACKS[0] in text_of(page, "h1")[0]
    assert ATTACKS[0] in text_of(page, "dl.cells")[0]


def test_a_path_of_a_list_leads_nowhere_outside(hostile: Path) -> None:
    inside = {path.name for path in (hostile / "trials").iterdir()}
    assert len(inside) == 3
    assert all(re.fullmatch(r"[a-z0-9.-]+", name) and ".." not in name for name in inside)


def test_no_cell_of_a_csv_begins_like_a_formula(hostile: Path) -> None:
    text = (hostile / "downloads" / "record.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in text
    assert not re.search(r'(^|,|\n)"?[=+@\t\r]', text)


def test_a_search_shard_is_nothing_but_one_call(hostile: Path) -> None:
    for path in (hostile / "search").glob("*-*.js"):
        text = path.read_text(encoding="utf-8")
        call = re.fullmatch(r'martyrologSearch\.add\("[a-z0-9-]+",(.*)\);\n', text, re.DOTALL)
        assert call, path.name
        json.loads(call[1])
        assert "<" not in text


def test_a_person_with_three_known_facts_has_no_empty_section(site: Path) -> None:
    page = read(site / "p" / "cc" / "pcc3" / "index.html")
    headings = text_of(page, "h2")
    assert headings == ["What the sources say", "Course of life", "The source", "Cite this page"]
    assert "27 February 1939" in page.text_content()


def test_conflicting_statements_stand_side_by_side_with_their_sources(tmp_path: Path) -> None:
    rows = [record("r1", surname="Ежов", birth_date="1895-05-01", death_date="1940"),
            record("r2", surname="Ежов", birth_date="1893", death_date="1940")]  # fmt: skip
    site = site_of(tmp_path, **tables_of({"p1": rows}))
    page = read(site / "p" / "1" / "p1" / "index.html")
    said = [" ".join(text.split()) for text in text_of(page, ".facts > div")]
    assert "Born 1 May 1895 1 also: 1893 2" in said


def test_those_of_one_house_and_of_one_day_find_each_other(site: Path) -> None:
    page = read(site / "p" / "aa" / "paa1" / "index.html")
    section = "//section[h2='Lived in the same house']"
    assert page.xpath(f"string({section}//a/@href)") == "../../../p/bb/pbb2/index.html"
    assert page.xpath(f"count({section}//a)") == 1


def test_json_and_json_ld_say_what_the_page_says(site: Path) -> None:
    folder = site / "p" / "aa" / "paa1"
    data = json.loads((folder / "person.json").read_text(encoding="utf-8"))
    linked = json.loads((folder / "person.jsonld").read_text(encoding="utf-8"))
    assert data["person"]["name_cyrillic"] == "Ежов Николай Иванович"
    assert {row["field"] for row in data["statement"]} >= {"birth_date", "occupation"}
    assert linked["birthDate"] == "1895-05-01"
    assert linked["sameAs"] == ["https://example.org/1"]


def test_the_same_pages_exist_in_both_languages(site: Path) -> None:
    names = {name for name, _ in pages(site)}
    russian = {name.removeprefix("ru/") for name in names if name.startswith("ru/")}
    assert russian == {name for name in names if not name.startswith("ru/")}


@pytest.mark.parametrize(("defendants", "shown", "leads_on"), [(31, 30, False), (32, 30, True)])
def test_a_page_shows_at_most_thirty_co_defendants_and_leads_to_the_others(
    tmp_path: Path, defendants: int, shown: int, leads_on: bool
) -> None:
    persons = {
        f"p{n:02d}": [record(f"r{n}", surname=f"Подсудимый{n:02d}", death_date="1938")]
        for n in range(defendants)
    }
    backing = {"list_id": "memory", "unverified": [], "verbatim": "x", "verbatim_kind": "text",
               "file": "x.csv", "row": 1}  # fmt: skip
    tables = tables_of(
        persons,
        trial=[{"trial_id": "t1", "name_en": "A trial", **backing}],
        trial_party=[{"trial_id": "t1", "person_id": i, "record_id": f"r{int(i[1:])}",
                      "role": "defendant"} for i in persons],
    )  # fmt: skip
    page = read(site_of(tmp_path, **tables) / "p" / "00" / "p00" / "index.html")
    assert len(page.cssselect("div.block ul.people li")) == shown
    onward = [link for link in page.cssselect("div.block > p a")
              if link.get("href", "").endswith("trials/t1/index.html")]  # fmt: skip
    assert bool(onward) == leads_on
    assert len(page.cssselect("ul.people li")) == shown
