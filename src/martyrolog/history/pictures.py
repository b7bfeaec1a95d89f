"""The table ``chart``: every picture of an archive that its pages show, in each language.

Drawn here and not when the site is made, so that a picture whose rows have not changed is drawn
once. Without the extra ``charts`` the table is empty and pages show their tables alone.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import chain

import pyarrow as pa

from martyrolog.history.charts import Chart, Row, charts_installed
from martyrolog.history.charts_flow import flow_chart
from martyrolog.history.charts_network import network_chart
from martyrolog.history.charts_persons import cohort_chart, composition_chart
from martyrolog.history.charts_time import calendar_chart, campaign_chart
from martyrolog.messages import LANGUAGES
from martyrolog.tables import make_table

SECURITY = "state security"
"""Kind of the bodies whose heads stand over a campaign."""
BEFORE, AFTER = timedelta(days=400), timedelta(days=250)
"""Days shown before and after the largest wave."""
LONGEST_CALENDAR = timedelta(days=5 * 366)
FIELDS = ("nationality", "party", "occupation", "sex")
"""Fields of ``composition`` that are drawn; the others have their tables."""

Drawn = tuple[str, str, Chart | None]
"""Kind of picture, what it is of, and the picture."""


def make_chart(tables: Mapping[str, pa.Table]) -> pa.Table:
    """Every picture of an archive, in each language.

    Args:
        tables: The tables of analysis, and those of read and resolve that name persons, trials,
            bodies, offices and operations.

    Returns:
        Table ``chart``; empty where the extra ``charts`` is not installed.
    """
    if not charts_installed():
        return make_table("chart", [])
    return make_table("chart", [
        {"kind": kind, "subject": subject, "language": language, "svg": chart.svg,
         "alt": chart.alt, "notes": list(chain(*chart.notes))}
        for language in LANGUAGES for kind, subject, chart in _drawn(tables, language)
        if chart is not None
    ])  # fmt: skip


def _drawn(tables: Mapping[str, pa.Table], language: str) -> Iterator[Drawn]:
    for measure in sorted(set(tables["campaign_group"]["measure"].to_pylist())):
        yield from _of_time(tables, measure, language)
    for field in FIELDS:
        yield "composition", field, composition_chart(tables["composition"], field, language)
    for cohort in sorted(set(tables["cohort_year"]["cohort_id"].to_pylist())):
        yield "cohort", cohort, cohort_chart(tables["cohort_year"], cohort, language)
    yield "flow", "", flow_chart(tables["flow"], language)
    trials = {row["trial_id"]: row[f"name_{language}"] or row["trial_id"]
              for row in tables["trial"].to_pylist()}  # fmt: skip
    yield "network", "", network_chart(tables["trial_party"], trials, _names(tables, language),
                                       language)  # fmt: skip


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
            tenures=_heads(tables, language),
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


def _heads(tables: Mapping[str, pa.Table], language: str) -> list[tuple[str, date, date]]:
    """Holders of the first office that lists name of each body of state security."""
    security = {row["body_id"] for row in tables["body"].to_pylist() if row["kind"] == SECURITY}
    first: dict[str, str] = {}
    for row in sorted(tables["office"].to_pylist(), key=lambda row: (row["file"], row["row"])):
        if row["body_id"] in security:
            first.setdefault(row["body_id"], row["office_id"])
    names = _names(tables, language)
    held = [
        (row["first_earliest"], row["last_latest"], names[row["person_id"]])
        for row in tables["succession"].to_pylist()
        if row["office_id"] in first.values() and row["person_id"] in names
        and row["first_earliest"] and row["last_latest"]
    ]  # fmt: skip
    return [(name, start, end) for start, end, name in sorted(held)]


def _names(tables: Mapping[str, pa.Table], language: str) -> dict[str, str]:
    wanted = ["person_id", "name_cyrillic", "name_latin"]
    rows = tables["person"].select(wanted).to_pylist()
    first = "name_cyrillic" if language == "ru" else "name_latin"
    return {row["person_id"]: row[first] or row["name_latin"] for row in rows}


def _name(row: Row, language: str) -> str:
    found: str | None = row[f"name_{language}"] or row["name_en"] or row["name_ru"]
    return found or ""
