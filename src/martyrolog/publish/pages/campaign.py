"""The campaign: when arrests, sentences and executions fell, and what stands out of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from martyrolog.history.pictures import OVER
from martyrolog.publish.content import Row
from martyrolog.publish.groups import Groups
from martyrolog.publish.pages.bodies import office_anchor
from martyrolog.publish.pages.exhibits import (
    NUMBER,
    TEXT,
    cell,
    day,
    decimal,
    drawn,
    label,
    month,
    number,
    picture,
    share,
    span,
    table,
)
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

MEASURES = ("execution", "arrest", "sentence")
HEAVIEST = 10
WAVE = (("first_month", TEXT), ("onset", TEXT), ("peak", TEXT), ("last_month", TEXT),
        ("end", TEXT), ("events", NUMBER), ("share", NUMBER))  # fmt: skip


def make_pages(site: Site, voice: Voice, groups: Groups) -> Iterator[Page]:
    """One page; none where no event is known."""
    measures = [measure for measure in MEASURES if _whole(site, measure)]
    if measures:
        shown = [_measure(site, voice, groups, measure) for measure in measures]
        yield Page("campaign/index.html", "campaign.html", voice.t("campaign"),
                   {"measures": shown, "offices": _offices(site, voice),
                    "drawn": drawn(site)},
                   lists=list(site.content.lists))  # fmt: skip


def _whole(site: Site, measure: str) -> Row | None:
    rows = site.content.of("campaign_group", "measure", measure)
    return next((row for row in rows if row["dimension"] == "all" and row["events"]), None)


def _measure(site: Site, voice: Voice, groups: Groups, measure: str) -> dict[str, Any]:
    whole = _whole(site, measure)
    assert whole is not None
    pictures = [picture(site, voice, kind, measure) for kind in ("campaign", "calendar", "course")]
    if pictures[0] and pictures[2] and pictures[0]["alt"] == pictures[2]["alt"]:
        pictures.pop()  # the wave fills the whole course
    periods = [row for row in site.content.of("campaign", "measure", measure)
               if row["dimension"] == "all"]  # fmt: skip
    title = voice.t(f"measure_{measure}")
    waves, heaviest = _waves(site, voice, measure), _heaviest(voice, groups, periods)
    more = [_months(voice, periods), *_calendar(site, voice, groups, measure, periods),
            *_by_group(site, voice, measure),
            *_group_waves(site, voice, measure)]  # fmt: skip
    for one in filter(None, (waves, heaviest, *more)):
        one["region"] = f"{title}: {one['caption']}"
    return {
        "title": title, "anchor": measure, "facts": _facts(voice, whole), "waves": waves,
        "heaps": _heaps(site, voice, measure), "pictures": [one for one in pictures if one],
        "heaviest": heaviest, "more": more,
    }  # fmt: skip


def _facts(voice: Voice, whole: Row) -> list[dict[str, Any]]:
    percent = decimal(voice, 100 * whole["undated"] / whole["events"])
    said = {
        "events": decimal(voice, whole["events"]),
        "undated": voice.t("undated_of", number=decimal(voice, whole["undated"]), percent=percent),
        "uncertain": decimal(voice, whole["uncertain"]),
        "half": span(voice, whole["half_from"], whole["half_to"]),
        "most": span(voice, whole["most_from"], whole["most_to"]),
    }
    return [{"label": voice.t(f"campaign_{name}"), "text": text, "language": voice.language,
             "verified": True} for name, text in said.items() if text]  # fmt: skip


def _waves(site: Site, voice: Voice, measure: str) -> dict[str, Any] | None:
    rows = sorted(site.content.of("wave", "measure", measure), key=lambda row: row["rank"])
    if not rows:
        return None
    lines = [[number(voice, row["rank"]), *_wave(voice, row)] for row in rows]
    return table(voice, voice.t("waves"), (("rank", NUMBER), *WAVE), lines)


def _wave(voice: Voice, row: Row) -> list[dict[str, str]]:
    return [month(voice, row["first_day"]), cell(_between(voice, row, "onset")),
            month(voice, row["peak_month"]), month(voice, row["last_day"]),
            cell(_between(voice, row, "end")), number(voice, row["events"]),
            share(voice, row["share"])]  # fmt: skip


def _between(voice: Voice, row: Row, name: str) -> str:
    """The months in which a wave may have begun, or ended, by the bootstrap (95 %)."""
    first, last = row[f"{name}_earliest"], row[f"{name}_latest"]
    if row[name] is None or first is None or last is None:
        return voice.t("not_in_series")
    months = [voice.date(f"{one:%Y-%m}") for one in (first, last)]
    return months[0] if months[0] == months[1] else " – ".join(months)


def _heaps(site: Site, voice: Voice, measure: str) -> list[str]:
    return [
        voice.t("heap_said", month=voice.t(f"month_{row['month']:02d}"), above=row["above"],
                years=row["years"], moved=decimal(voice, row["moved"]))
        for row in site.content.of("heap", "measure", measure)
    ]  # fmt: skip


def _heaviest(voice: Voice, groups: Groups, periods: Sequence[Row]) -> dict[str, Any] | None:
    days = [row for row in periods if row["step"] == "day" and row["certain"]]
    days.sort(key=lambda row: (-row["certain"], row["period"]))
    if not days or days[0]["certain"] < 2:  # a list of single events says nothing of weight
        return None
    lines = [[day(voice, row["period"], known=groups.days), number(voice, row["certain"])]
             for row in days[:HEAVIEST]]  # fmt: skip
    return table(voice, voice.t("heaviest_days", count=len(lines)),
                 (("day", TEXT), ("events", NUMBER)), lines)  # fmt: skip


def _calendar(site: Site, voice: Voice, groups: Groups, measure: str,
              periods: Sequence[Row]) -> Iterator[dict[str, Any]]:  # fmt: skip
    """The days of the largest wave: the rows that its calendar shows."""
    for wave in site.content.of("wave", "measure", measure):
        if wave["rank"] != 1:
            continue
        days = sorted((row for row in periods if row["step"] == "day" and row["certain"]
                       and wave["first_day"] <= row["period"] <= wave["last_day"]),
                      key=lambda row: row["period"])  # fmt: skip
        lines = [[day(voice, row["period"], known=groups.days), number(voice, row["certain"])]
                 for row in days]  # fmt: skip
        yield table(voice, voice.t("each_day", count=len(lines)),
                    (("day", TEXT), ("events", NUMBER)), lines)  # fmt: skip


def _months(voice: Voice, periods: Sequence[Row]) -> dict[str, Any]:
    rows: list[tuple[date, Row]] = sorted(
        ((row["period"], row) for row in periods if row["step"] == "month"),
        key=lambda item: item[0],
    )
    lines = [[month(voice, first), number(voice, row["expected"]), number(voice, row["certain"])]
             for first, row in rows]  # fmt: skip
    return table(voice, voice.t("each_month"),
                 (("month", TEXT), ("expected", NUMBER), ("certain", NUMBER)), lines)  # fmt: skip


def _by_group(site: Site, voice: Voice, measure: str) -> Iterator[dict[str, Any]]:
    rows = [row for row in site.content.of("campaign_group", "measure", measure)
            if row["dimension"] != "all"]  # fmt: skip
    for dimension in sorted({row["dimension"] for row in rows}):
        mine = sorted((row for row in rows if row["dimension"] == dimension),
                      key=lambda row: (-row["events"], row["value"]))  # fmt: skip
        lines = [[cell(label(voice, row)), number(voice, row["events"]),
                  number(voice, row["undated"]),
                  cell(span(voice, row["half_from"], row["half_to"]))] for row in mine]  # fmt: skip
        yield table(
            voice, voice.t("by_group", group=voice.t(f"dimension_{dimension}")),
            (("group", TEXT), ("events", NUMBER), ("undated", NUMBER), ("half", TEXT)), lines,
        )  # fmt: skip


def _group_waves(site: Site, voice: Voice, measure: str) -> Iterator[dict[str, Any]]:
    """The waves found within each group of those of 50 events of known month or more."""
    rows = site.content.of("group_wave", "measure", measure)
    labels = {(row["dimension"], row["value"]): label(voice, row)
              for row in site.content.of("campaign_group", "measure", measure)}  # fmt: skip
    for dimension in sorted({row["dimension"] for row in rows}):
        mine = [row for row in rows if row["dimension"] == dimension]
        mine.sort(key=lambda row: (labels[row["dimension"], row["value"]], row["first_day"]))
        lines = [[cell(labels[dimension, row["value"]]), *_wave(voice, row)] for row in mine]
        yield table(voice, voice.t("group_waves", group=voice.t(f"dimension_{dimension}")),
                    (("group", TEXT), *WAVE), lines)  # fmt: skip


def _offices(site: Site, voice: Voice) -> dict[str, Any] | None:
    """The tenures that the picture draws below the campaign, and what each holder came to."""
    kinds = {row["body_id"]: row["kind"] for row in site.content.rows["body"]}
    lines: list[list[dict[str, str]]] = []
    for kind in OVER:
        for office in site.content.rows["office"]:
            if kinds.get(office["body_id"]) == kind:
                lines += _tenures(site, voice, office)
    headings = (("office", TEXT), ("holder", TEXT), ("first_day", TEXT), ("last_day", TEXT),
                ("became", TEXT))  # fmt: skip
    return table(voice, voice.t("offices_over"), headings, lines) if lines else None


def _tenures(site: Site, voice: Voice, office: Row) -> Iterator[list[dict[str, str]]]:
    title = voice.either(office["title_en"], office["title_ru"])
    rows = site.content.of("succession", "office_id", office["office_id"])
    for row in sorted(rows, key=lambda row: row["position"]):
        if row["person_id"] not in site.content.persons:
            continue
        entry = site.entry(row["person_id"], voice)
        died = voice.date(row["death_date"])
        yield [cell(title, office_anchor(office)), cell(entry.name, entry.page),
               cell(span(voice, row["first_earliest"], row["first_latest"])),
               cell(span(voice, row["last_earliest"], row["last_latest"])),
               cell(", ".join(filter(None, (entry.fate, died))))]  # fmt: skip
