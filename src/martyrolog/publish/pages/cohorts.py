"""Cohorts: named groups with their source, such as a committee, with members and fates."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from martyrolog.publish.content import Row, script_language
from martyrolog.publish.pages.exhibits import NUMBER, TEXT, cell, number, picture, share, table
from martyrolog.publish.pages.trials import item_facts
from martyrolog.publish.paths import item_page
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

FACTS = ("kind", "formed_date", "note")
SPARED = ("natural", "survived")
"""Fates of those who were not killed."""


def make_pages(site: Site, voice: Voice) -> Iterator[Page]:
    """The list of cohorts and a page for each."""
    rows = sorted(site.content.rows["cohort"],
                  key=lambda row: (row["formed_date"] or "9", row["cohort_id"]))  # fmt: skip
    if not rows:
        return
    pages = [_cohort(site, voice, row) for row in rows]
    lines = [{"name": page.title, "page": page.path, "count": page.values["count"],
              "detail": voice.date(row["formed_date"])}
             for page, row in zip(pages, rows, strict=True)]  # fmt: skip
    yield Page("cohorts/index.html", "items.html", voice.t("cohorts"),
               {"intro": voice.t("cohorts_intro"), "lines": lines},
               lists=sorted({row["list_id"] for row in rows}))  # fmt: skip
    yield from pages


def _cohort(site: Site, voice: Voice, row: Row) -> Page:
    members: dict[str, dict[str, Any]] = {}
    found = site.content.of("membership", "cohort_id", row["cohort_id"])
    order = [
        entry.person_id for entry in site.entries([member["person_id"] for member in found], voice)
    ]
    for person_id in order:
        members[person_id] = {"entry": site.entry(person_id, voice), "positions": []}
    for member in found:
        line = members.get(member["person_id"])
        if line is not None:
            period = voice.period(member["held_from"], member["held_to"])
            text = ", ".join(filter(None, (member["position"], period)))
            if text and text not in line["positions"]:
                line["positions"].append(text)
    fates = Counter(site.content.persons[i]["fate"] or "unknown" for i in order)
    name = voice.either(row["name_en"], row["name_ru"])
    records = (site.content.records.get(member["record_id"]) for member in found)
    return Page(
        item_page("cohorts", row["cohort_id"]), "cohort.html", name,
        {"name": name, "language": script_language(name), "count": len(order),
         "other_name": row["name_ru"] if voice.language == "en" else row["name_en"],
         "facts": item_facts(voice, row, FACTS), "citation": row["sources"] or "",
         "fates": [(voice.term("fate", fate), count)
                   for fate, count in sorted(fates.items(), key=lambda item: (-item[1], item[0]))],
         "members": list(members.values()),
         **_survivors(site, voice, order),
         "picture": picture(site, voice, "cohort", row["cohort_id"]),
         "years": _years(site, voice, row["cohort_id"])},
        lists=sorted({row["list_id"], *(record["list_id"] for record in records if record)}),
    )  # fmt: skip


def _survivors(site: Site, voice: Voice, order: Sequence[str]) -> dict[str, Any]:
    """Who lived when the largest wave of executions was over: spared, and killed later."""
    ends = [row["last_day"] for row in site.content.of("wave", "measure", "execution")
            if row["rank"] == 1]  # fmt: skip
    end = ends[0] if ends else None
    lived = [i for i in order if _lived(site.content.persons[i], end)]
    lines: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for person_id in lived:
        person = site.content.persons[person_id]
        lines[person["fate"] in SPARED].append({
            "entry": site.entry(person_id, voice), "died": voice.date(person["death_date"]),
        })  # fmt: skip
    said = voice.t("survivors_said", day=voice.date(end.isoformat())) if end else ""
    return {"survivors": lines[True], "killed_later": lines[False], "survivors_said": said}


def _lived(person: Row, end: date | None) -> bool:
    """Whether a person surely lived after a day; without one, whether the fate says so."""
    died = person["death_date_earliest"]
    if died is None or end is None:
        return bool(person["fate"] == "survived")
    return bool(died > end)


def _years(site: Site, voice: Voice, cohort_id: str) -> dict[str, Any] | None:
    """What share of the members had met each fate by the end of each year in which it changed."""
    rows = sorted(site.content.of("cohort_year", "cohort_id", cohort_id),
                  key=lambda row: (row["year"], row["fate"]))  # fmt: skip
    before: dict[str, float] = {}
    lines = []
    for row in rows:
        if row["incidence"] != before.get(row["fate"], 0.0):
            lines.append([cell(str(row["year"])), cell(voice.term("fate", row["fate"])),
                          number(voice, row["at_risk"]),
                          share(voice, row["incidence"])])  # fmt: skip
        before[row["fate"]] = row["incidence"]
    headings = (("year", TEXT), ("fate", TEXT), ("at_risk", NUMBER), ("share", NUMBER))
    return table(voice, voice.t("survival"), headings, lines) if lines else None
