"""The table ``chart``: every picture of an archive that its pages show, in each language.

Drawn here and not when the site is made, so that a picture whose rows have not changed is drawn
once. Without the extra ``charts`` only those are drawn that need no library; the other pages show
their tables alone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain

import pyarrow as pa

from martyrolog.articles import Article, Show, answer_queries
from martyrolog.history.charts import Chart, Row, charts_installed, plain_chart
from martyrolog.history.charts_flow import flow_chart
from martyrolog.history.charts_network import network_chart
from martyrolog.history.charts_persons import cohort_chart, composition_chart
from martyrolog.history.charts_places import place_chart
from martyrolog.history.charts_time import Held, calendar_chart, campaign_chart
from martyrolog.messages import LANGUAGES
from martyrolog.tables import make_table

OVER = ("state security", "prosecution", "court", "camps")
"""Kinds of the bodies whose offices are drawn over a campaign, in this order."""
BEFORE, AFTER = timedelta(days=400), timedelta(days=250)
"""Days shown before and after the largest wave."""
LONGEST_CALENDAR = timedelta(days=5 * 366)
FIELDS = ("nationality", "party", "occupation", "sex")
"""Fields of ``composition`` that are drawn; the others have their tables."""

Drawn = tuple[str, str, Chart | None]
"""Kind of picture, what it is of, and the picture."""


def make_chart(tables: Mapping[str, pa.Table], articles: Sequence[Article] = ()) -> pa.Table:
    """Every picture of an archive, in each language.

    Args:
        tables: The tables of analysis, and those of read and resolve that name persons, trials,
            bodies, offices and operations.
        articles: The articles whose charts are drawn.

    Returns:
        Table ``chart``.

    Raises:
        QueryError: a query of an article cannot be run.
    """
    drawn = [(language, *one) for language in LANGUAGES for one in _drawn(tables, language)]
    drawn += [(article.language, *one) for article in articles
              for one in _of_article(article, tables)]  # fmt: skip
    return make_table("chart", [
        {"kind": kind, "subject": subject, "language": language, "svg": chart.svg,
         "alt": chart.alt, "notes": list(chain(*chart.notes))}
        for language, kind, subject, chart in drawn if chart is not None
    ])  # fmt: skip


def article_subject(article_id: str, query: str) -> str:
    """What the picture of an article's query is filed under."""
    return f"{article_id}/{query}"


def _of_article(article: Article, tables: Mapping[str, pa.Table]) -> Iterator[Drawn]:
    """The charts and maps of an article, one for each query that it shows as such."""
    shows = {block.name: block for block in article.blocks
             if isinstance(block, Show) and block.kind in ("chart", "map")}  # fmt: skip
    results = answer_queries(article, tables) if shows else {}
    for name, show in shows.items():
        subject = article_subject(article.article_id, name)
        options, found = show.options, results[name]
        if show.kind == "map":
            for kind in found["kind"].to_pylist()[:1]:
                yield "article", subject, place_chart(found, kind, article.language)
        elif charts_installed():
            yield "article", subject, plain_chart(
                found, options.kind, options.x, options.y, options.caption or name,
                article.language, options.columns,
            )  # fmt: skip


def _drawn(tables: Mapping[str, pa.Table], language: str) -> Iterator[Drawn]:
    if charts_installed():
        yield from _by_library(tables, language)
    yield "flow", "", flow_chart(tables["flow"], language)
    for kind in sorted(set(tables["place_count"]["kind"].to_pylist())):
        yield "places", kind, place_chart(tables["place_count"], kind, language)
    trials = {row["trial_id"]: row[f"name_{language}"] or row["trial_id"]
              for row in tables["trial"].to_pylist()}  # fmt: skip
    yield "network", "", network_chart(tables["trial_party"], trials, _names(tables, language),
                                       language)  # fmt: skip


def _by_library(tables: Mapping[str, pa.Table], language: str) -> Iterator[Drawn]:
    for measure in sorted(set(tables["campaign_group"]["measure"].to_pylist())):
        yield from _of_time(tables, measure, language)
    for field in FIELDS:
        yield "composition", field, composition_chart(tables["composition"], field, language)
    for cohort in sorted(set(tables["cohort_year"]["cohort_id"].to_pylist())):
        yield "cohort", cohort, cohort_chart(tables["cohort_year"], cohort, language)


def _of_time(tables: Mapping[str, pa.Table], measure: str, language: str) -> Iterator[Drawn]:
    """The whole course; the time about its largest wave, and each day of that wave."""
    campaign, wave = tables["campaign"], tables["wave"]
    yield "course", measure, campaign_chart(campaign, wave, measure, language)
    largest = [row for row in wave.to_pylist() if row["measure"] == measure and row["rank"] == 1]
    for row in largest:
        first, last = row["first_day"], row["last_day"]
        between = first - BEFORE, last + AFTER
        yield "campaign", measure, campaign_chart(
            campaign, wave, measure, language, between=between, marks=_marks(tables, language),
            tenures=_tenures(tables, language),
        )  # fmt: skip
        if last - first <= LONGEST_CALENDAR:
            yield "calendar", measure, calendar_chart(campaign, measure, first, last, language)


def _marks(tables: Mapping[str, pa.Table], language: str) -> list[tuple[date, str]]:
    """Operations and decrees by the day they were signed, or began; one of known day only."""
    found = []
    for row in tables["operation"].to_pylist():
        for name in ("signed_date", "start_date"):
            day = row[f"{name}_earliest"]
            if day is not None and day == row[f"{name}_latest"]:
                found.append((day, _name(row, language) or row["operation_id"]))
                break
    return sorted(found)


def _tenures(tables: Mapping[str, pa.Table], language: str) -> list[Held]:
    """Who held the offices of the bodies that carried a campaign out, by office and first day."""
    kinds = {row["body_id"]: row["kind"] for row in tables["body"].to_pylist()}
    offices = sorted(
        (row for row in tables["office"].to_pylist() if kinds.get(row["body_id"]) in OVER),
        key=lambda row: (OVER.index(kinds[row["body_id"]]), row["file"], row["row"]),
    )
    names = _names(tables, language)
    held: defaultdict[str, list[Row]] = defaultdict(list)
    for row in tables["succession"].to_pylist():
        if row["person_id"] in names and row["first_earliest"] and row["last_latest"]:
            held[row["office_id"]].append(row)
    return [
        Held(row[f"title_{language}"] or row["title_en"] or row["title_ru"] or row["office_id"],
             names[one["person_id"]], one["first_earliest"], one["last_latest"])
        for row in offices for one in held[row["office_id"]]
    ]  # fmt: skip


def _names(tables: Mapping[str, pa.Table], language: str) -> dict[str, str]:
    wanted = ["person_id", "name_cyrillic", "name_latin"]
    rows = tables["person"].select(wanted).to_pylist()
    first = "name_cyrillic" if language == "ru" else "name_latin"
    return {row["person_id"]: row[first] or row["name_latin"] for row in rows}


def _name(row: Row, language: str) -> str:
    found: str | None = row[f"name_{language}"] or row["name_en"] or row["name_ru"]
    return found or ""
