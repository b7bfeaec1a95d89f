"""How fast the search of a finished site answers in Chromium, and how much it loads.

    python -m benchmarks.publish.search ARCHIVE [--queries 40] [--chromium /usr/bin/chromium]

Needs playwright (the extra ``dev``). Persons are drawn at random, the same ones each time, and
asked for in the ways that readers do: as written, in Latin spellings of several schools, by
initials, with a year, with a typing error. Each query has a page of its own from the file system
with nothing loaded before, cut off from every network. Prints a Markdown table: milliseconds from
the query to the answer, kilobytes of all scripts that its page loads, and how often the person is
among the first ten. Nothing of a person is printed.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median
from urllib.parse import unquote, urlparse

from playwright.sync_api import Browser, sync_playwright

from martyrolog.archive import open_archive
from martyrolog.synthetic.latin import spell
from martyrolog.tables import read_table

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ASKED = """async text => {
    const began = performance.now();
    const found = await martyrologSearch.query(text);
    return [performance.now() - began, found.slice(0, 10).map(one => one.row.id.split('/')[1])];
}"""

Name = Mapping[str, str]
Way = Callable[[Name, random.Random], str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--queries", type=int, default=40, help="persons a way of asking")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    asked = parser.parse_args()
    archive = open_archive(asked.archive)
    release = (archive.releases / "LATEST").read_text(encoding="utf-8").strip()
    site = archive.releases / release / "site"
    names = list(persons(archive.build))
    chosen = random.Random(1).sample(names, min(asked.queries, len(names)))
    print("| asked | queries | median ms | largest ms | largest KB | among the first ten |")
    print("| --- | --- | --- | --- | --- | --- |")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=FLAGS)
        for way, words in WAYS.items():
            print(f"| {way} | {_line(browser, site, chosen, words)} |", flush=True)
        browser.close()


def persons(build: Path) -> Iterator[Name]:
    """Surname, given name, patronymic and birth year of the persons of whom all are stated."""
    fields = ("surname", "given_name", "patronymic", "birth_date")
    found: dict[str, dict[str, str]] = {}
    for row in read_table(build, "statement").to_pylist():
        if row["preferred"] and row["field"] in fields:
            found.setdefault(row["person_id"], {})[row["field"]] = row["value"]
    for person, stated in sorted(found.items()):
        if len(stated) == len(fields):
            yield {"person_id": person, **stated}


def _line(browser: Browser, site: Path, chosen: list[Name], words: Way) -> str:
    rng = random.Random(2)
    measured = [_asked(browser, site, words(name, rng)) for name in chosen]
    times = [time for time, _, _ in measured]
    hits = sum(name["person_id"] in found for name, (_, found, _) in
               zip(chosen, measured, strict=True))  # fmt: skip
    largest = max(size for _, _, size in measured) / 1000
    share = f"{hits / len(chosen):.0%}"
    return f"{len(chosen)} | {median(times):.0f} | {max(times):.0f} | {largest:.0f} | {share}"


def _asked(browser: Browser, site: Path, text: str) -> tuple[float, list[str], int]:
    context = browser.new_context(offline=True)
    page = context.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{site.as_uri()}/search/index.html")
    page.wait_for_function("window.martyrologSearch !== undefined")
    time, found = page.evaluate(ASKED, text)
    scripts = {unquote(urlparse(url).path) for url in loaded if url.endswith(".js")}
    context.close()
    return time, found, sum(Path(script).stat().st_size for script in scripts)


def _latin(school: str) -> Way:
    return lambda name, _: " ".join(spell(school, name[part]) for part in ("surname", "given_name"))


def _with_error(name: Name, rng: random.Random) -> str:
    """One letter of the surname, not the first, left out."""
    surname = name["surname"]
    at = rng.randrange(1, max(len(surname), 2))
    return f"{surname[:at]}{surname[at + 1 :]} {name['given_name']}"


WAYS: Mapping[str, Way] = {
    "surname alone": lambda name, _: name["surname"],
    "all names": lambda name, _: f"{name['surname']} {name['given_name']} {name['patronymic']}",
    "surname and initials": lambda name, _:
        f"{name['surname']} {name['given_name'][0]}. {name['patronymic'][0]}.",
    "surname and birth year": lambda name, _: f"{name['surname']} {name['birth_date'][:4]}",
    "a letter left out": _with_error,
    "in English spelling": _latin("english"),
    "in German spelling": _latin("german"),
    "in Polish spelling": _latin("polish"),
}  # fmt: skip


if __name__ == "__main__":
    main()
