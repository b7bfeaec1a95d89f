"""Bodies and offices: who held each office, one after another, and what followed a body."""

from collections.abc import Iterator
from typing import Any

from martyrolog.publish.content import Row, script_language
from martyrolog.publish.pages.trials import item_facts
from martyrolog.publish.paths import item_page, slug
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

BODY_FACTS = ("kind", "from_date", "to_date", "note")
WITHOUT_BODY = "offices"  # page of the offices that name no body, or one that no list describes


def office_anchor(office: Row) -> str:
    """The place of an office on the page of its body."""
    return f"{item_page('bodies', office['body_id'] or WITHOUT_BODY)}#{slug(office['office_id'])}"


def make_pages(site: Site, voice: Voice) -> Iterator[Page]:
    """The list of bodies and offices and a page for each body."""
    content = site.content
    bodies = {row["body_id"]: row for row in content.rows["body"]}
    loose = sorted(
        {row["body_id"] or WITHOUT_BODY for row in content.rows["office"]} - bodies.keys()
    )
    lines = []
    pages = []
    for body_id in [*bodies, *loose]:
        page = _body(site, voice, body_id, bodies)
        offices = page.values["offices"]
        lines.append({"name": page.title, "page": page.path,
                      "detail": ", ".join(office["title"] for office in offices[:3]),
                      "count": len({line["entry"].person_id for office in offices
                                    for line in office["tenures"]})})  # fmt: skip
        pages.append(page)
    if pages:
        lists = {row["list_id"] for name in ("body", "office") for row in content.rows[name]}
        lines.sort(key=lambda line: (str(line["name"]), str(line["page"])))
        yield Page(
            "bodies/index.html",
            "items.html",
            voice.t("bodies"),
            {"intro": voice.t("bodies_intro"), "lines": lines},
            lists=sorted(lists),
        )
    yield from pages


def _body(site: Site, voice: Voice, body_id: str, bodies: dict[str, Row]) -> Page:
    row = bodies.get(body_id)
    offices = [o for o in site.content.rows["office"] if (o["body_id"] or WITHOUT_BODY) == body_id]
    shown = [_office(site, voice, office) for office in offices]
    name = _name(voice, row) if row else voice.t("offices_without_body")
    records = (site.content.records.get(i) for office in shown for i in office["record_ids"])
    lists = {r["list_id"] for r in [row, *offices, *records] if r}
    links = [
        {
            "label": voice.t(label),
            "name": _name(voice, other),
            "page": item_page("bodies", other["body_id"]),
        }
        for label, other in _related(bodies, row)
    ]
    return Page(
        item_page("bodies", body_id),
        "body.html",
        name,
        {
            "name": name,
            "language": script_language(name),
            "offices": shown,
            "links": links,
            "other_name": (row["name_ru"] if voice.language == "en" else row["name_en"])
            if row
            else "",
            "facts": item_facts(voice, row, BODY_FACTS) if row else [],
            "citation": (row["sources"] or "") if row else "",
        },
        lists=sorted(lists),
    )


def _name(voice: Voice, row: Row) -> str:
    return voice.either(row["name_en"], row["name_ru"]) or row["body_id"]


def _related(bodies: dict[str, Row], row: Row | None) -> Iterator[tuple[str, Row]]:
    if row is None:
        return
    for label, key in (("body_parent", "parent_id"), ("body_successor", "successor_id")):
        if row[key] in bodies:
            yield label, bodies[row[key]]
    for other in bodies.values():
        if other["successor_id"] == row["body_id"]:
            yield "body_predecessor", other
        if other["parent_id"] == row["body_id"]:
            yield "body_part", other


def other_than(text: str | None, *known: str | None) -> str:
    """The text, unless it only repeats what is said already."""
    said = {(name or "").casefold() for name in known}
    return "" if (text or "").casefold() in said else (text or "")


def _office(site: Site, voice: Voice, office: Row) -> dict[str, Any]:
    """An office with those who held it in their order."""
    title = voice.either(office["title_en"], office["title_ru"]) or office["office_id"]
    tenures: dict[tuple[str, ...], dict[str, Any]] = {}
    rows = site.content.of("tenure", "office_id", office["office_id"])
    for row in rows:
        if row["person_id"] in site.content.persons:
            key = (str(row["held_from_earliest"] or "9"), str(row["held_to_latest"] or "9"),
                   row["person_id"], row["held_from"] or "", row["held_to"] or "")  # fmt: skip
            tenures[key] = {
                "entry": site.entry(row["person_id"], voice),
                "position": other_than(row["position"], office["title_en"], office["title_ru"]),
                "period": voice.period(row["held_from"], row["held_to"]),
            }  # fmt: skip
    return {
        "title": title, "language": script_language(title), "anchor": slug(office["office_id"]),
        "note": office["note"] or "", "record_ids": [row["record_id"] for row in rows],
        "tenures": [tenures[key] for key in sorted(tenures)],
    }  # fmt: skip
