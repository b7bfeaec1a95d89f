"""Source lists: what each covers and misses, all its rows, and what could not be read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from martyrolog.publish.content import Row, displayable, live_url, script_language
from martyrolog.publish.pages.bodies import office_anchor
from martyrolog.publish.pages.names import pager
from martyrolog.publish.pages.person import locator
from martyrolog.publish.paths import item_page
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

LONGEST = 300  # rows on a page
FACTS = ("publisher", "year", "licence", "accessed", "encoding")
ITEM_NAMES = ("name", "title")


def make_pages(site: Site, voice: Voice) -> Iterator[Page]:
    """The list of lists, and the pages of each list."""
    lists = site.content.lists
    lines = [
        {**site.source(list_id, voice), "records": row["records"], "rejects": row["rejects"],
         "rows_in": row["rows_in"], "kind": voice.term("kind", row["kind"])}
        for list_id, row in lists.items()
    ]  # fmt: skip
    yield Page("lists/index.html", "lists.html", voice.t("lists"), {"lines": lines},
               lists=list(lists))  # fmt: skip
    for list_id in lists:
        yield from _list(site, voice, list_id)


def _list(site: Site, voice: Voice, list_id: str) -> Iterator[Page]:
    row = site.content.lists[list_id]
    entries = (_records if row["kind"] == "person" else _items)(site, voice, row)
    count = max(1, -(-len(entries) // LONGEST))
    source = site.source(list_id, voice)
    for number in range(1, count + 1):
        values = {
            "source": source, "row": row, "number": number,
            "role": voice.term("role", row["role"]), "kind": voice.term("kind", row["kind"]),
            "facts": [(voice.t(f"list_{name}"),
                       voice.date(row[name]) if name == "accessed" else row[name])
                      for name in FACTS if row[name]],
            "covers": voice.either(row["covers_en"], row["covers_ru"]),
            "misses": voice.either(row["misses_en"], row["misses_ru"]),
            "sample": voice.either(row["estimation_reason_en"], row["estimation_reason_ru"]),
            "withheld": site.release.withheld_by_list.get(list_id, 0),
            "lines": entries[(number - 1) * LONGEST : number * LONGEST],
            "first_page": item_page("lists", list_id), "pager": pager(count, number),
            "rejects": _rejects(site, voice, list_id) if number == 1 else {},
        }  # fmt: skip
        yield Page(item_page("lists", list_id, number), "list.html", source["title"], values,
                   live=live_url(row["url"]), lists=[list_id])  # fmt: skip


def _records(site: Site, voice: Voice, source: Row) -> list[dict[str, Any]]:
    content = site.content
    return [
        {"entry": site.entry(content.person_of[row["record_id"]], voice),
         "locator": locator(voice, row), "written": _written(row)}
        for row in content.records_in.get(source["list_id"], ())
        if content.person_of.get(row["record_id"]) in content.persons
    ]  # fmt: skip


def _written(row: Row) -> str:
    parts = (row["surname"], row["given_name"], row["patronymic"])
    return " ".join(part for part in parts if part)


def _items(site: Site, voice: Voice, source: Row) -> list[dict[str, Any]]:
    """The trials, bodies, operations and so on of a list, linked where they have a page."""
    table = source["kind"]
    rows = [row for row in site.content.rows[table] if row["list_id"] == source["list_id"]]
    rows.sort(key=lambda row: (row["file"], row["page"] or "", row["row"]))
    return [
        {"entry": None, "locator": locator(voice, row), "name": _item_name(voice, row),
         "page": item_link(table, row)}
        for row in rows
    ]  # fmt: skip


def _item_name(voice: Voice, row: Row) -> str:
    for name in ITEM_NAMES:
        if f"{name}_en" in row:
            return voice.either(row[f"{name}_en"], row[f"{name}_ru"])
    return " · ".join(str(row[key]) for key in ("measure", "period", "scope", "value") if row[key])


def item_link(table: str, row: Row) -> str:
    """Where an item of a list is shown."""
    pages = {"trial": "trials", "body": "bodies", "cohort": "cohorts", "operation": "operations"}
    if table in pages:
        return item_page(pages[table], row[f"{table}_id"])
    return office_anchor(row) if table == "office" else "figures/index.html"


def _rejects(site: Site, voice: Voice, list_id: str) -> dict[str, Any]:
    rows: Sequence[Row] = site.content.of("reject", "list_id", list_id)
    reasons = Counter(voice.reason(row["reason"], detail=row["detail"] or "") if row["detail"]
                      else voice.reason(row["reason"]) for row in rows)  # fmt: skip
    shown = [
        {"locator": locator(voice, row), "text": displayable(row["verbatim"]),
         "language": script_language(row["verbatim"]),
         "reason": voice.reason(row["reason"], detail=row["detail"] or "")}
        for row in rows[:LONGEST]
    ]  # fmt: skip
    return {"count": len(rows), "reasons": sorted(reasons.items()), "rows": shown,
            "text_shown": any(row["text"] for row in shown)}  # fmt: skip
