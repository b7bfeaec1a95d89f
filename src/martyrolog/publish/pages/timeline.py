"""The timeline: orders, trials, offices and waves of an archive in one order of days.

Nothing is entered for it: every line is a date of a published row, and leads to its page. What has
no first day is left out; a date that may be several days stands at the first of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from martyrolog.publish.content import Row, script_language
from martyrolog.publish.pages.bodies import office_anchor
from martyrolog.publish.pages.trials import trial_page
from martyrolog.publish.paths import item_page
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

OF_OPERATIONS = ("signed_date", "start_date", "end_date")
OF_TRIALS = ("start_date", "verdict_date", "execution_date", "rehabilitation_date")
OF_BODIES = ("from_date", "to_date")
OF_TENURES = ("held_from", "held_to")
KINDS = ("operation", "trial", "body", "cohort", "tenure", "wave")
"""What stands first among lines of one day."""


@dataclass(frozen=True)
class Moment:
    """A line of the timeline.

    Attributes:
        day: First day that it can be; lines stand in its order.
        when: The date in words.
        kind: One of ``KINDS``.
        what: What happened, as a message of the site.
        name: Name of what it happened to, which leads to its page.
        page: That page.
        person_id: Who took or left an office; '' for all others.
        verified: Whether a text read by the editors confirms the date.
    """

    day: date
    when: str
    kind: str
    what: str
    name: str
    page: str
    person_id: str = ""
    verified: bool = True


def make_pages(site: Site, voice: Voice) -> Iterator[Page]:
    """One page, with a heading for each year; none where no row of these kinds has a date."""
    moments = sorted(_moments(site, voice), key=lambda one: (
        one.day, KINDS.index(one.kind), one.what, one.name, one.person_id))  # fmt: skip
    if not moments:
        return
    years = [
        {"year": str(year), "lines": [_line(site, voice, one) for one in mine]}
        for year, mine in groupby(moments, key=lambda one: one.day.year)
    ]
    yield Page("timeline/index.html", "timeline.html", voice.t("timeline_all"), {"years": years},
               lists=list(site.content.lists))  # fmt: skip


def dated(site: Site) -> int:
    """How many lines the timeline has."""
    return sum(1 for _ in _moments(site, next(iter(site.voices.values()))))


def _line(site: Site, voice: Voice, one: Moment) -> dict[str, object]:
    known = one.person_id in site.content.persons
    return {"when": one.when, "what": voice.t(f"timeline_{one.kind}_{one.what}"), "page": one.page,
            "name": one.name, "language": script_language(one.name), "verified": one.verified,
            "entry": site.entry(one.person_id, voice) if known else None}  # fmt: skip


def _moments(site: Site, voice: Voice) -> Iterator[Moment]:
    rows = site.content.rows
    for row in rows["operation"]:
        yield from _dates(voice, row, "operation", OF_OPERATIONS, _name(voice, row),
                          item_page("operations", row["operation_id"]))  # fmt: skip
    for row in rows["trial"]:
        yield from _dates(voice, row, "trial", OF_TRIALS, _name(voice, row),
                          trial_page(row["trial_id"]))  # fmt: skip
    for row in rows["body"]:
        yield from _dates(voice, row, "body", OF_BODIES, _name(voice, row),
                          item_page("bodies", row["body_id"]))  # fmt: skip
    for row in rows["cohort"]:
        yield from _dates(voice, row, "cohort", ("formed_date",), _name(voice, row),
                          item_page("cohorts", row["cohort_id"]))  # fmt: skip
    yield from _tenures(site, voice)
    yield from _waves(site, voice)


def _name(voice: Voice, row: Row, prefix: str = "name") -> str:
    return voice.either(row[f"{prefix}_en"], row[f"{prefix}_ru"])


def _dates(voice: Voice, row: Row, kind: str, columns: tuple[str, ...], name: str, page: str,
           person_id: str = "") -> Iterator[Moment]:  # fmt: skip
    """A line for each of the dates of a row that differs from the one before it."""
    before = None
    for column in columns:
        day = row[f"{column}_earliest"]
        if day is not None and row[column] != before:
            yield Moment(day, voice.date(row[column]), kind, column, name, page, person_id,
                         verified=column not in (row["unverified"] or ()))  # fmt: skip
            before = row[column]


def _tenures(site: Site, voice: Voice) -> Iterator[Moment]:
    """Who took and who left an office; what several records say alike stands once."""
    offices = {row["office_id"]: row for row in site.content.rows["office"]}
    said: set[Moment] = set()
    for row in site.content.rows["tenure"]:
        office = offices.get(row["office_id"])
        if office is not None and row["person_id"] in site.content.persons:
            said.update(_dates(voice, row, "tenure", OF_TENURES, _name(voice, office, "title"),
                               office_anchor(office), row["person_id"]))  # fmt: skip
    yield from said


def _waves(site: Site, voice: Voice) -> Iterator[Moment]:
    """First and last month of each wave, where the counts of the archive tell them."""
    for row in site.content.rows["wave"]:
        name = voice.t(f"measure_{row['measure']}")
        for what, known, day in (("begins", row["onset"], row["first_day"]),
                                 ("ends", row["end"], row["last_day"])):  # fmt: skip
            if known is not None:
                yield Moment(day, voice.date(f"{day:%Y-%m}"), "wave", what, name,
                             f"campaign/index.html#{row['measure']}")  # fmt: skip
