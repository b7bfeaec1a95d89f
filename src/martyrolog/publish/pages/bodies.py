"""Bodies and offices: who held each office, one after another, and who sat in a body."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from martyrolog.publish.content import Row, script_language
from martyrolog.publish.pages.trials import item_facts, trial_page
from martyrolog.publish.paths import item_page, slug
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

BODY_FACTS = ("kind", "from_date", "to_date", "note")
COUNTED = ("arrest", "trial", "sentence", "execution")
"""Acts that are counted over each holder of an office, where there are any."""
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
            "composition": voice.either(row["composition_en"], row["composition_ru"])
            if row
            else "",
            "composition_verified": row is None
            or f"composition_{voice.language}" not in row["unverified"],
            "seats": _seats(site, voice, row) if row else [],
            "benches": _benches(site, voice, row) if row else [],
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
    rows = site.content.of("tenure", "office_id", office["office_id"])
    acts = _acts(site, office["office_id"])
    kinds = [kind for kind in COUNTED if any(act == kind for act, _, _ in acts)]
    sources: list[str] = []
    tenures: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        if row["person_id"] in site.content.persons:
            key = (str(row["held_from_earliest"] or "9"), str(row["held_to_latest"] or "9"),
                   row["person_id"], row["held_from"] or "", row["held_to"] or "")  # fmt: skip
            line = tenures.setdefault(key, _tenure(site, voice, row, office, acts, kinds))
            line["numbers"] = sorted({*line["numbers"], *_cited(site, row["record_id"], sources)})
    return {
        "title": title, "language": script_language(title), "anchor": slug(office["office_id"]),
        "note": office["note"] or "", "record_ids": [row["record_id"] for row in rows],
        "territory": ", ".join((office["territory"] or "").split(";")),
        "tenures": [tenures[key] for key in sorted(tenures)],
        "sources": list(enumerate(sources, start=1)),
        "counted": [voice.term("event", kind).capitalize() for kind in kinds],
    }  # fmt: skip


def _tenure(site: Site, voice: Voice, row: Row, office: Row,
            acts: Mapping[tuple[str, str, bool], int],
            kinds: Sequence[str]) -> dict[str, Any]:  # fmt: skip
    """One line of the succession: who, from when, to when, what became of the holder."""
    holder = site.content.persons[row["person_id"]]
    return {
        "entry": site.entry(row["person_id"], voice),
        "position": other_than(row["position"], office["title_en"], office["title_ru"]),
        "first": _end(voice, row, "held_from"), "last": _end(voice, row, "held_to"),
        "fate": ", ".join(filter(None, (voice.term("fate", holder["fate"]),
                                        voice.date(holder["death_date"])))),
        "acts": [_counted(voice, acts, kind, row["person_id"]) for kind in kinds],
        "numbers": [],
    }  # fmt: skip


def _end(voice: Voice, row: Row, name: str) -> dict[str, Any]:
    return {"text": voice.date(row[name]) or "—", "verified": name not in (row["unverified"] or ())}


def _acts(site: Site, office_id: str) -> Counter[tuple[str, str, bool]]:
    """Acts by kind, holder of the office on their day, and whether that is sure."""
    return Counter((row["kind"], row["holder_id"], row["sure"])
                   for row in site.content.of("event_holder", "office_id", office_id))  # fmt: skip


def _counted(
    voice: Voice, acts: Mapping[tuple[str, str, bool], int], kind: str, person_id: str
) -> str:
    """How many acts of a kind surely fell under a holder, and how many may have beside these."""
    sure, maybe = (acts.get((kind, person_id, known), 0) for known in (True, False))
    if maybe:
        return voice.t("or_more", number=voice.number(sure), more=voice.number(maybe))
    return voice.number(sure)


def _cited(site: Site, record_id: str, sources: list[str]) -> Iterator[int]:
    """The numbers of what a record rests on among the sources of an office."""
    record = site.content.records.get(record_id)
    text = (record["sources"] or "") if record else ""
    if text:
        if text not in sources:
            sources.append(text)
        yield sources.index(text) + 1


def _seats(site: Site, voice: Voice, row: Row) -> list[dict[str, Any]]:
    """The offices whose holders sat in a body, with those who held them while it was."""
    first, last = row["from_date_earliest"] or date.min, row["to_date_latest"] or date.max
    found = []
    for office_id in (name.strip() for name in (row["seats"] or "").split(";")):
        office = site.content.one("office", "office_id", office_id)
        if office is None:
            continue
        held = sorted((one for one in site.content.of("succession", "office_id", office_id)
                       if (one["first_earliest"] or date.min) <= last
                       and (one["last_latest"] or date.max) >= first),
                      key=lambda one: one["position"])  # fmt: skip
        title = voice.either(office["title_en"], office["title_ru"])
        found.append({
            "title": title, "language": script_language(title), "page": office_anchor(office),
            "entries": [site.entry(one["person_id"], voice) for one in held
                        if one["person_id"] in site.content.persons],
            "bench": False, "stated": [],
        })  # fmt: skip
    return found


def _benches(site: Site, voice: Voice, row: Row) -> list[dict[str, Any]]:
    """The trials that a court heard, each with those who sat as judges.

    Where no list of persons names any, with those whom the trial's own row names.
    """
    names = tuple(name.casefold() for name in (row["name_en"], row["name_ru"]) if name)
    found = []
    for trial in site.content.rows["trial"]:
        if not (trial["court"] or "").casefold().startswith(names):
            continue
        parties: Sequence[Row] = site.content.of("trial_party", "trial_id", trial["trial_id"])
        name = voice.either(trial["name_en"], trial["name_ru"])
        judges = site.entries([one["person_id"] for one in parties if one["role"] == "judge"],
                              voice)  # fmt: skip
        found.append({
            "title": name, "language": script_language(name), "page": trial_page(trial["trial_id"]),
            "entries": judges, "bench": True,
            "stated": [] if judges else item_facts(voice, trial, ("presiding", "judges")),
            "order": trial["start_date"] or "9",
        })  # fmt: skip
    return sorted(found, key=lambda one: (one["order"], one["page"]))
