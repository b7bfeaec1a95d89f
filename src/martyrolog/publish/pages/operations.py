"""Operations, orders and decrees; and the figures that others published."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from martyrolog.publish.content import script_language
from martyrolog.publish.pages.trials import in_language, item_facts
from martyrolog.publish.paths import item_page
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

FACTS = ("kind", "signed_date", "start_date", "end_date", "target_groups", "sentencing_body",
         "planned", "sentenced", "shot", "note")  # fmt: skip


def make_pages(site: Site, voice: Voice) -> Iterator[Page]:
    """Operations with a page for each, and one page of published figures."""
    yield from _operations(site, voice)
    yield from _figures(site, voice)


def _operations(site: Site, voice: Voice) -> Iterator[Page]:
    rows = sorted(site.content.rows["operation"],
                  key=lambda row: (row["signed_date"] or row["start_date"] or "9",
                                   row["operation_id"]))  # fmt: skip
    if not rows:
        return
    lines = [
        {
            "name": voice.either(row["name_en"], row["name_ru"]),
            "count": None,
            "page": item_page("operations", row["operation_id"]),
            "detail": voice.date(row["signed_date"] or row["start_date"]),
        }
        for row in rows
    ]
    yield Page("operations/index.html", "items.html", voice.t("operations"),
               {"intro": voice.t("operations_intro"), "lines": lines},
               lists=sorted({row["list_id"] for row in rows}))  # fmt: skip
    for row in rows:
        name = voice.either(row["name_en"], row["name_ru"])
        yield Page(
            item_page("operations", row["operation_id"]), "operation.html", name,
            {"name": name, "language": script_language(name),
             "other_name": row["name_ru"] if voice.language == "en" else row["name_en"],
             "facts": item_facts(voice, row, FACTS), "citation": row["sources"] or ""},
            lists=[row["list_id"]],
        )  # fmt: skip


def _figures(site: Site, voice: Voice) -> Iterator[Page]:
    rows = site.content.rows["published_figure"]
    if not rows:
        return
    measures: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["period"] or "", row["figure_id"])):
        measure, scope, note = (in_language(voice, row, name) or ""
                                for name in ("measure", "scope", "note"))  # fmt: skip
        measures[measure, scope].append({
            "period": voice.short_date(row["period"]), "value": voice.figure(row["value"] or ""),
            "sources": row["sources"] or "", "note": note,
            "language": script_language(note), "verified": "value" not in row["unverified"],
        })  # fmt: skip
    yield Page("figures/index.html", "figures.html", voice.t("figures"),
               {"measures": sorted(measures.items())},
               lists=sorted({row["list_id"] for row in rows}))  # fmt: skip
