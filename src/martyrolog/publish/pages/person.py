"""The page of one person: facts, parts in trials, offices and groups, every source verbatim."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from martyrolog.history.charts_life import Scale, mark_of, scale_of
from martyrolog.publish.content import (
    Content,
    Row,
    cells,
    displayable,
    live_url,
    script_language,
)
from martyrolog.publish.events import in_order_of_life
from martyrolog.publish.groups import Groups
from martyrolog.publish.pages.bodies import office_anchor, other_than
from martyrolog.publish.pages.joined import doubtful_in_words, joined
from martyrolog.publish.pages.trials import trial_page
from martyrolog.publish.paths import item_page, person_page
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice
from martyrolog.tables import DATE_FIELDS

FACTS = (
    "other_names", "birth_date", "birth_place",
    "nationality", "party", "occupation", "residence", "arrest_date", "arrest_place", "charge",
    "sentencing_body", "sentence_date", "sentence", "imprisonment_place", "exile_place",
    "release_date", "fate", "death_date", "death_place", "burial_place", "rehabilitation_date",
    "rehabilitating_body",
)  # fmt: skip
"""Fields shown, in the order of a life."""
NAME_PARTS = ("surname", "given_name", "patronymic")
SHORTEST_TIMELINE = 3  # fewer events without days are told by the facts already
NEARBY_SHOWN = 12
DEFENDANTS_SHOWN = 30  # of a trial; all stand on its page


def make_pages(
    site: Site, voice: Voice, groups: Groups, digests: Mapping[str, str]
) -> Iterator[Page]:
    """The pages of these persons.

    Args:
        site: Content, release and languages.
        voice: The language.
        groups: Burial grounds, addresses, days and other groups.
        digests: Whose pages; SHA-256 of each person's JSON, for the citation.
    """
    for person_id, digest in digests.items():
        yield _page(site, voice, groups, person_id, digest)


def _page(site: Site, voice: Voice, groups: Groups, person_id: str, digest: str) -> Page:
    person = site.content.persons[person_id]
    entry = site.entry(person_id, voice)
    records = _records(site, voice, person_id)
    number_of = {row["record_id"]: row["number"] for row in records}
    live = sorted({row["live"] for row in records if row["live"]})
    values = {
        "person": person, "entry": entry,
        "lifespan": _lifespan(person, voice),
        "roles": [voice.term("role", role) for role in person["roles"]],
        "facts": _facts(site, voice, groups, person_id, number_of),
        "trials": _trials(site, voice, person_id),
        "offices": _held(site, voice, person_id, "tenure", "office", number_of),
        "cohorts": _held(site, voice, person_id, "membership", "cohort", number_of),
        **_life(site, voice, person_id),
        "records": records,
        "joined": joined(site, voice, person_id, number_of),
        "possibly_same": _possibly_same(site, voice, person_id),
        "namesakes": _namesakes(site, voice, person_id),
        "nearby": _nearby(site, voice, groups, person_id),
        "digest": digest,
    }  # fmt: skip
    return Page(
        person_page(person_id), "person.html", entry.name, values,
        live=live[0] if len(live) == 1 else "", lists=person["list_ids"],
    )  # fmt: skip


def _lifespan(person: Row, voice: Voice) -> str:
    born, died = (voice.date(person[name]) for name in ("birth_date", "death_date"))
    if born and died:
        return f"{born} – {died}"
    return voice.t("born", year=born) if born else voice.t("died", year=died) if died else ""


def _facts(site: Site, voice: Voice, groups: Groups, person_id: str,
           number_of: Mapping[str, int]) -> list[dict[str, Any]]:  # fmt: skip
    told: dict[str, list[Row]] = {}
    for row in site.content.of("statement", "person_id", person_id):
        told.setdefault(row["field"], []).append(row)
    facts = _written_names(site, voice, person_id, number_of)
    for name in FACTS:
        rows = sorted(told.get(name, ()), key=lambda row: (not row["preferred"], row["value"]))
        if not rows:
            continue
        facts.append({
            "label": voice.t(f"field_{name}"),
            "page": groups.page_of(name, person_id),
            "statements": [_statement(voice, row, number_of) for row in rows],
        })  # fmt: skip
    return facts


def _written_names(site: Site, voice: Voice, person_id: str,
                   number_of: Mapping[str, int]) -> list[dict[str, Any]]:  # fmt: skip
    """The names as the lists write them, where one is written otherwise than in the heading."""
    person = site.content.persons[person_id]
    written: dict[str, list[int]] = {}
    for row in site.content.records_of.get(person_id, ()):
        name = " ".join(row[part] for part in NAME_PARTS if row[part])
        if name:
            written.setdefault(name, []).append(number_of[row["record_id"]])
    heading = {_words(person["name_cyrillic"]), _words(person["name_latin"])}
    authors = _correctors_of_names(site.content, person_id, number_of)
    if not authors and all(_words(name) in heading for name in written):
        return []
    order = sorted(written, key=lambda name: (-len(written[name]), written[name], name))
    return [{"label": voice.t("names_written"), "page": "", "statements": [
        {"text": name, "language": script_language(name), "numbers": written[name],
         "verified": True, "preference": "",
         "author": "; ".join(sorted({a for n in written[name] for a in authors.get(n, ())}))}
        for name in order]}]  # fmt: skip


def _correctors_of_names(content: Content, person_id: str,
                         number_of: Mapping[str, int]) -> dict[int, list[str]]:  # fmt: skip
    """Who corrected parts of the name, by the number of the source."""
    found: dict[int, list[str]] = {}
    for row in content.of("statement", "person_id", person_id):
        if row["author"] and row["field"] in NAME_PARTS:
            for record_id in row["record_ids"]:
                if record_id in number_of:
                    found.setdefault(number_of[record_id], []).append(row["author"])
    return found


def _words(name: str | None) -> tuple[str, ...]:
    return tuple((name or "").replace(",", " ").casefold().split())


def _statement(voice: Voice, row: Row, number_of: Mapping[str, int]) -> dict[str, Any]:
    name, value = row["field"], row["value"]
    text = voice.date(value) if name in DATE_FIELDS else value
    if name == "fate":
        text = voice.term("fate", value)
    elif name == "sentence":
        text = voice.term("sentence", value)
    return {
        "text": text,
        "language": voice.language if text != value else script_language(text),
        "numbers": sorted(number_of[i] for i in row["record_ids"] if i in number_of),
        "verified": row["verified"],
        "preference": voice.reason(row["preference"]) if row["preference"] else "",
        "author": row["author"] or "",
    }


def _trials(site: Site, voice: Voice, person_id: str) -> list[dict[str, Any]]:
    content = site.content
    found = []
    for party in content.of("trial_party", "person_id", person_id):
        trial = content.one("trial", "trial_id", party["trial_id"])
        if trial is None:
            continue
        others = [
            row["person_id"]
            for row in content.of("trial_party", "trial_id", trial["trial_id"])
            if row["role"] == "defendant" and row["person_id"] != person_id
        ]
        name = voice.either(trial["name_en"], trial["name_ru"])
        found.append({
            "name": name, "language": script_language(name), "page": trial_page(trial["trial_id"]),
            "date": voice.date(trial["start_date"]), "sort": trial["start_date"] or "9",
            "role": voice.term("role", party["role"]),
            "position": voice.term("position", party["position"]),
            "sentence": voice.term("sentence", party["sentence"]),
            "count": len(set(others)),
            "defendants": site.entries(others, voice)[:DEFENDANTS_SHOWN],
        })  # fmt: skip
    return sorted(found, key=lambda row: (row["sort"], row["page"], row["role"]))


def _held(site: Site, voice: Voice, person_id: str, table: str, kind: str,
          number_of: Mapping[str, int]) -> list[dict[str, Any]]:  # fmt: skip
    """Offices held or groups belonged to; what several records say alike is said once."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in site.content.of(table, "person_id", person_id):
        item = site.content.one(kind, f"{kind}_id", row[f"{kind}_id"])
        if item is None:
            continue
        first = "title" if kind == "office" else "name"
        name = voice.either(item[f"{first}_en"], item[f"{first}_ru"])
        key = (row["held_from"] or "9", row["held_to"] or "9", name, row["position"] or "")
        line = found.setdefault(key, {
            "name": name, "language": script_language(name), "numbers": [],
            "page": (office_anchor(item) if kind == "office"
                     else item_page("cohorts", item["cohort_id"])),
            "period": voice.period(row["held_from"], row["held_to"]),
            "position": other_than(row["position"], item[f"{first}_en"], item[f"{first}_ru"]),
        })  # fmt: skip
        line["numbers"] = sorted({*line["numbers"], number_of.get(row["record_id"], 0)} - {0})
    return [found[key] for key in sorted(found)]


def _life(site: Site, voice: Voice, person_id: str) -> dict[str, Any]:
    """The events of a life with their marks on a line of years, and those in office over them.

    The mark of a known day is a place, that of an uncertain one two: 0 to 100, for SVG.
    """
    rows = in_order_of_life(site.content.of("event", "person_id", person_id))
    scale = scale_of(rows)
    if scale is None and len(rows) < SHORTEST_TIMELINE:
        return {"events": [], "ticks": []}
    over = _holders(site, voice, person_id)
    return {
        "ticks": [(f"{100 * place:.4g}", year) for place, year in scale.ticks()] if scale else [],
        "events": [
            {"kind": voice.term("event", row["kind"]), "date": voice.date(row["date"]),
             "place": row["place"] or "", "body": row["body"] or "",
             "detail": voice.term("sentence", row["detail"]),
             "mark": _mark(row, scale) if scale else (),
             "holders": over.get((row["kind"], row["date_earliest"], row["date_latest"]), ())}
            for row in rows
        ],
    }  # fmt: skip


def _mark(row: Row, scale: Scale) -> tuple[str, ...]:
    mark = mark_of(row, scale)
    if mark is None:
        return ()
    left, wide, certain = mark
    return (f"{100 * left:.4g}",) if certain else (f"{100 * left:.4g}", f"{100 * wide:.4g}")


def _holders(site: Site, voice: Voice, person_id: str) -> dict[Any, list[dict[str, Any]]]:
    """Who held office over each act that befell a person, by its kind and days."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for row in site.content.of("event_holder", "person_id", person_id):
        office = site.content.one("office", "office_id", row["office_id"])
        if office is None or row["holder_id"] not in site.content.persons:
            continue
        act = row["kind"], row["date_earliest"], row["date_latest"]
        title = voice.either(office["title_en"], office["title_ru"])
        found.setdefault(act, []).append({
            "entry": site.entry(row["holder_id"], voice), "office": title, "sure": row["sure"],
            "language": script_language(title), "page": office_anchor(office),
        })  # fmt: skip
    return found


def _records(site: Site, voice: Voice, person_id: str) -> list[dict[str, Any]]:
    content = site.content
    return [
        {
            "number": number,
            "record_id": row["record_id"],
            "source": site.source(row["list_id"], voice),
            "role": voice.term("role", row["role"]),
            "locator": locator(voice, row),
            "live": content.live(row),
            "own_live": bool(live_url(row["source_url"])),
            "cells": cells(row),
            "text": displayable(row["verbatim"]) if row["verbatim_kind"] == "text" else "",
            "hidden": row["verbatim"] == "{}",
            "sources": other_than(row["sources"], *(text for _, text in cells(row))),
            "archival": row["archival_reference"] or "",
            "unverified": [voice.term("field", name) for name in row["unverified"]],
            "previous": neighbour(site, row, -1),
            "next": neighbour(site, row, +1),
        }
        for number, row in enumerate(content.records_of.get(person_id, ()), start=1)
    ]


def locator(voice: Voice, row: Row) -> str:
    """Where in its file a row stands, in words."""
    if row["page"]:
        return voice.t("locator_page", file=row["file"], page=row["page"], row=str(row["row"]))
    return voice.t("locator", file=row["file"], row=str(row["row"]))


def neighbour(site: Site, row: Row, step: int) -> str:
    """The page of the person who stands so many rows further in the list; '' for none."""
    rows = site.content.records_in[row["list_id"]]
    place = site.content.place_in_list[row["record_id"]] + step
    if not 0 <= place < len(rows):
        return ""
    return site.content.page_of(site.content.person_of.get(rows[place]["record_id"], ""))


def _possibly_same(site: Site, voice: Voice, person_id: str) -> list[dict[str, Any]]:
    rows = [*site.content.of("possibly_same", "person_id_left", person_id),
            *site.content.of("possibly_same", "person_id_right", person_id)]  # fmt: skip
    found = []
    for row in sorted(rows, key=lambda row: (-row["match_weight"], row["record_id_left"])):
        other = row["person_id_left"]
        other = row["person_id_right"] if other == person_id else other
        found.append({
            "entry": site.entry(other, voice), "reason": voice.reason(row["reason"]),
            "percent": f"{100 * row['match_probability']:.0f}",
            "weight": f"{row['match_weight']:+.1f}".replace("-", "\N{MINUS SIGN}"),
            "fields": doubtful_in_words(site.content, row, voice),
        })  # fmt: skip
    return found


def related(content: Content, table: str, person_id: str) -> list[str]:
    """Others whom a table of pairs puts beside a person, in the order of its rows."""
    return [
        *(row["person_id_right"] for row in content.of(table, "person_id_left", person_id)),
        *(row["person_id_left"] for row in content.of(table, "person_id_right", person_id)),
    ]


def _namesakes(site: Site, voice: Voice, person_id: str) -> list[Any]:
    rows = [*site.content.of("relation", "person_id_left", person_id),
            *site.content.of("relation", "person_id_right", person_id)]  # fmt: skip
    others = {row[side] for row in rows if row["kind"] == "namesake"
              for side in ("person_id_left", "person_id_right")}  # fmt: skip
    return site.entries(sorted(others - {person_id}), voice)


def _nearby(site: Site, voice: Voice, groups: Groups, person_id: str) -> list[dict[str, Any]]:
    return [
        {"title": voice.t(f"nearby_{kind}"), "page": page, "count": count,
         "entries": site.entries(shown, voice)}
        for kind, page, count, shown in nearby_shown(site, groups, person_id)
    ]  # fmt: skip


@lru_cache(maxsize=1024)  # asked once for each language
def nearby_shown(
    site: Site, groups: Groups, person_id: str
) -> list[tuple[str, str, int, Sequence[str]]]:
    """Others of the same day and burial ground, and of the same house: how many, who is shown."""
    found = []
    for kind, (page, members) in groups.nearby(person_id).items():
        others = [i for i in members if i != person_id]
        if others:
            found.append((kind, page, len(others), _around(others, site, person_id)))
    return found


def _around(others: Sequence[str], site: Site, person_id: str) -> Sequence[str]:
    """Those who stand nearest in the order of names, so that small groups show everybody."""
    if len(others) <= NEARBY_SHOWN:
        return others
    own = site.content.position[person_id]
    ordered = site.content.sorted_persons(others)
    after = [i for i in ordered if site.content.position[i] > own]
    return (after + ordered)[:NEARBY_SHOWN]
