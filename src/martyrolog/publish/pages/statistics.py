"""Who the victims were, what became of them, and how long each step took."""

from collections.abc import Iterator
from typing import Any

from martyrolog.publish.pages.exhibits import (
    NUMBER,
    TEXT,
    cell,
    decimal,
    drawn,
    label,
    number,
    picture,
    share,
    table,
)
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

STAGES = ("arrest", "body", "sentence", "outcome")
FIELDS = ("sex", "nationality", "party", "occupation", "sentencing_body", "sentence", "fate")


def make_pages(site: Site, voice: Voice) -> Iterator[Page]:
    """A page on who they were and a page on their way; none where no victim is known."""
    lists = list(site.content.lists)
    groups = list(_composition(site, voice))
    if groups:
        yield Page("composition/index.html", "composition.html", voice.t("composition"),
                   {"groups": groups, "drawn": drawn(site)}, lists=lists)  # fmt: skip
    if site.content.rows["flow"]:
        yield Page("fates/index.html", "fates.html", voice.t("ways"), {
            "picture": picture(site, voice, "flow"),
            "flows": list(_flows(site, voice)), "durations": _durations(site, voice),
        }, lists=lists)  # fmt: skip


def _composition(site: Site, voice: Voice) -> Iterator[dict[str, Any]]:
    known = {row["field"] for row in site.content.rows["composition"]}
    for field in [*(one for one in FIELDS if one in known), *sorted(known - {*FIELDS})]:
        rows = sorted(site.content.of("composition", "field", field),
                      key=lambda row: (row["share"] is None, row["value"] == "other",
                                       -row["persons"], row["value"]))  # fmt: skip
        lines = [[cell(label(voice, row)), number(voice, row["persons"]),
                  share(voice, row["share"]),
                  share(voice, row["share_low"], row["share_high"])] for row in rows]  # fmt: skip
        title = voice.t(f"dimension_{field}")
        yield {
            "title": title, "anchor": field.replace("_", "-"),
            "picture": picture(site, voice, "composition", field),
            "rates": _rates(site, voice, field),
            "table": table(voice, title, (("group", TEXT), ("persons", NUMBER), ("share", NUMBER),
                                          ("interval", NUMBER)), lines),
        }  # fmt: skip


def _rates(site: Site, voice: Voice, field: str) -> dict[str, Any] | None:
    """The victims of each group beside its base population, the highest rate first."""
    rows = sorted(site.content.of("group_rate", "field", field),
                  key=lambda row: (-row["rate"], row["value"]))  # fmt: skip
    lines = []
    for row in rows:
        figure = site.content.one("published_figure", "figure_id", row["figure_id"])
        lines.append([
            cell(label(voice, row)), number(voice, row["persons"]),
            number(voice, row["population"]), number(voice, row["rate"]),
            cell(f"{decimal(voice, row['rate_low'])}–{decimal(voice, row['rate_high'])}")
            | {"kind": NUMBER},
            cell(", ".join(filter(None, (voice.short_date(figure["period"]), figure["sources"])))
                 if figure else ""),
        ])  # fmt: skip
    headings = (("group", TEXT), ("persons", NUMBER), ("population", NUMBER), ("rate", NUMBER),
                ("interval", NUMBER), ("source", TEXT))  # fmt: skip
    return table(voice, voice.t("rates"), headings, lines) if lines else None


def _flows(site: Site, voice: Voice) -> Iterator[dict[str, Any]]:
    for stage in STAGES:
        rows = sorted(site.content.of("flow", "stage_from", stage),
                      key=lambda row: (-row["persons"], row["value_from"],
                                       row["value_to"]))  # fmt: skip
        if not rows:
            continue
        lines = [[cell(label(voice, row, "from")), cell(label(voice, row, "to")),
                  number(voice, row["persons"])] for row in rows]  # fmt: skip
        caption = voice.t("flow_between", first=voice.t(f"stage_{stage}"),
                          second=voice.t(f"stage_{rows[0]['stage_to']}"))  # fmt: skip
        yield table(voice, caption, (("from", TEXT), ("to", TEXT), ("persons", NUMBER)), lines)


def _durations(site: Site, voice: Voice) -> dict[str, Any] | None:
    rows = [row for row in site.content.rows["duration"] if row["persons"]]
    if not rows:
        return None
    lines = [
        [cell(f"{voice.term('event', row['kind_from'])} → {voice.term('event', row['kind_to'])}"),
         *(number(voice, row[name]) for name in ("persons", "censored", "left_out",
                                                 "first_quartile", "median")),
         cell(_interval(voice, row)) | {"kind": NUMBER},
         number(voice, row["third_quartile"])]
        for row in rows
    ]  # fmt: skip
    return table(voice, voice.t("durations"), (
        ("between", TEXT), ("persons", NUMBER), ("censored", NUMBER), ("left_out", NUMBER),
        ("quarter", NUMBER), ("median", NUMBER), ("interval", NUMBER), ("three_quarters", NUMBER),
    ), lines)  # fmt: skip


def _interval(voice: Voice, row: Any) -> str:
    low, high = (number(voice, row[name])["text"] for name in ("median_low", "median_high"))
    return f"{low} … {high}" if row["median_low"] is not None else ""
