"""The main page and the pages that every archive has: search, method, about, downloads, 404."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from martyrolog.publish.content import live_url
from martyrolog.publish.groups import Groups
from martyrolog.publish.pages import timeline
from martyrolog.publish.paths import person_page
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

PARTS = (
    ("articles", "articles"), ("claims", "claims"), ("timeline", "timeline_all"),
    ("campaign", "campaign"),
    ("composition", "composition"), ("fates", "ways"), ("estimate", "how_many"),
    ("names", "index"), ("lists", "lists"), ("trials", "trials"), ("bodies", "bodies"),
    ("cohorts", "cohorts"), ("operations", "operations"), ("figures", "figures"),
    ("days", "days"), ("places", "places"), ("birth-places", "birth_places"),
    ("burial-grounds", "burial_grounds"), ("addresses", "addresses"),
    ("nationalities", "nationalities"), ("occupations", "occupations"),
)  # fmt: skip
"""Sections to browse, in order, with the message key of their title."""
UNCOUNTED = ("estimate",)
"""Sections beside which no number stands: it could be taken for an estimate."""
PLAIN = ("search", "method", "glossary")


def make_pages(site: Site, voice: Voice, groups: Groups,
               downloads: Sequence[Mapping[str, Any]]) -> Iterator[Page]:  # fmt: skip
    """The pages that there is one of; and a page for every former identifier of a person."""
    lists = list(site.content.lists)
    browse = sections(site, voice, groups)
    yield _main(site, voice, groups, browse)
    for name in PLAIN:
        yield Page(f"{name}/index.html", f"{name}.html", voice.t(name), {"browse": browse},
                   lists=lists)  # fmt: skip
    yield _about(site, voice)
    yield Page("downloads/index.html", "downloads.html", voice.t("downloads"),
               {"files": downloads}, lists=lists)  # fmt: skip
    yield Page("404.html", "404.html", voice.t("not_found"), {"browse": browse}, lists=lists)
    for row in site.content.rows["redirect"]:
        yield _former(site, voice, row)


def sections(site: Site, voice: Voice, groups: Groups) -> list[dict[str, Any]]:
    """The sections that this archive has, with the number of what is in each."""
    content = site.content
    counts = {
        "names": len(content.persons), "lists": len(content.lists),
        "trials": len(content.rows["trial"]), "cohorts": len(content.rows["cohort"]),
        "bodies": len(content.rows["body"]) or len(content.rows["office"]),
        "operations": len(content.rows["operation"]),
        "articles": len({row["article_id"] for row in content.rows["claim"]}),
        "claims": len(content.rows["claim"]),
        "campaign": sum(row["events"] for row in content.of("campaign_group", "dimension", "all")),
        "timeline": timeline.dated(site),
        "composition": len({row["field"] for row in content.rows["composition"]}),
        "fates": len({row["stage_from"] for row in content.rows["flow"]}),
        "places": sum(row["latitude"] is not None for row in content.rows["place_count"]),
        "figures": len(content.rows["published_figure"]), "days": len(groups.days),
        "estimate": len(content.of("estimate_report", "language", voice.language)),
        **{section: len(found) for section, found in groups.sections.items()},
    }  # fmt: skip
    return [{"title": voice.t(key), "page": f"{name}/index.html",
             "count": None if name in UNCOUNTED else counts[name]}
            for name, key in PARTS if counts[name] or name == "names"]  # fmt: skip


def _main(site: Site, voice: Voice, groups: Groups, browse: Sequence[Any]) -> Page:
    content, about = site.content, site.release.settings.archive
    roles = Counter(role for person in content.persons.values() for role in person["roles"])
    values = {
        "description": about.description.in_language(voice.language),
        "persons": len(content.persons),
        "victims": sum(person["victim"] for person in content.persons.values()),
        "records": len(content.records),
        "roles": [(voice.term("role", role), count) for role, count
                  in sorted(roles.items(), key=lambda item: (-item[1], item[0]))],
        "lists": [{**site.source(list_id, voice), "records": row["records"]}
                  for list_id, row in content.lists.items()],
        "withheld": site.release.withheld,
        "estimated": any(row["median"] is not None for row in content.rows["estimate"]),
        "reported": bool(content.of("estimate_report", "language", voice.language)),
        "browse": browse, "anniversaries": sorted({day[5:] for day in groups.days}),
        "months": {f"{month:02d}": voice.t(f"month_of_{month:02d}") for month in range(1, 13)},
    }  # fmt: skip
    urls = {live_url(row["url"]) for row in content.lists.values()} - {""}
    return Page("index.html", "main.html", "", values, lists=list(content.lists),
                live=urls.pop() if len(urls) == 1 and len(content.lists) == 1 else "")  # fmt: skip


def _about(site: Site, voice: Voice) -> Page:
    release, about = site.release, site.release.settings.archive
    return Page("about/index.html", "about.html", voice.t("about"), {
        "description": about.description.in_language(voice.language),
        "publisher": about.publisher, "contact": about.contact,
        "release_id": release.release_id, "content_hash": release.content_hash,
        "years": release.settings.publish.possibly_living_years, "withheld": release.withheld,
    }, lists=list(site.content.lists))  # fmt: skip


def _former(site: Site, voice: Voice, row: Mapping[str, Any]) -> Page:
    """The page of an identifier no longer in use: where it leads, or that it leads nowhere."""
    targets = [i for i in row["to_person_ids"] if i in site.content.persons]
    kind = "merged" if len(targets) == 1 else "split" if targets else "removed"
    return Page(
        person_page(row["person_id"]), "former.html", voice.t(f"former_{kind}"),
        {"kind": kind, "entries": site.entries(targets, voice)},
        lists=sorted({i for t in targets for i in site.content.persons[t]["list_ids"]}),
    )  # fmt: skip
