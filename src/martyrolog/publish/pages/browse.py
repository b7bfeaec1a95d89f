"""Groups as pages: burial grounds, addresses by street, nationalities, occupations, days."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from martyrolog.names import index_letter, sort_key
from martyrolog.publish.content import script_language
from martyrolog.publish.groups import Group, Groups, day_page
from martyrolog.publish.pages.exhibits import NUMBER, TEXT, number, table
from martyrolog.publish.pages.exhibits import day as day_cell
from martyrolog.publish.pages.places import place_facts
from martyrolog.publish.paths import group_page, letters_slug
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

LONGEST = 300  # persons on a page
FEW = 60  # groups that need no letters above them


def make_pages(site: Site, voice: Voice, groups: Groups) -> Iterator[Page]:
    """A page for each section and each group, and the calendar of days of death."""
    for section, found in groups.sections.items():
        if found:
            yield _section(site, voice, section, found)
            for group in found:
                yield from _group(site, voice, groups, group)
    if groups.days:
        yield from _calendar(site, voice, groups)


def _key(section: str) -> str:
    return section.replace("-", "_")


def _section(site: Site, voice: Voice, section: str, groups: Sequence[Group]) -> Page:
    """All groups of a section, under their letters where there are many."""
    letters: defaultdict[str, list[Group]] = defaultdict(list)
    many = len(groups) > FEW
    for group in sorted(groups, key=lambda group: sort_key(group.labels[voice.language])):
        letters[index_letter(group.labels[voice.language]) if many else ""].append(group)
    shown = [
        (letter, letter_anchor(letter), [_group_line(voice, group) for group in found])
        for letter, found in sorted(letters.items(), key=lambda item: item[0] == "#")
    ]
    return Page(
        f"{section}/index.html", "groups.html", voice.t(_key(section)),
        {"intro": voice.t(f"{_key(section)}_intro"), "letters": shown},
        lists=_lists(site, [i for group in groups for i in group.persons]),
    )  # fmt: skip


def letter_anchor(letter: str) -> str:
    """The fragment of a letter on its page."""
    return f"letter-{letters_slug(letter)}"


def _group_line(voice: Voice, group: Group) -> dict[str, Any]:
    name = group.labels[voice.language]
    return {"name": name, "language": script_language(name), "page": group.page,
            "count": len(group.persons)}  # fmt: skip


def _lists(site: Site, persons: Sequence[str]) -> list[str]:
    return sorted({list_id for i in persons for list_id in site.content.persons[i]["list_ids"]})


def _group(site: Site, voice: Voice, groups: Groups, group: Group) -> Iterator[Page]:
    """The persons of a group, by its parts where it has some, on pages of LONGEST persons."""
    parts = group.parts or [("", group.persons)]
    lists = _lists(site, group.persons)
    rows = [(part, person_id) for part, persons in parts for person_id in persons]
    count = -(-len(rows) // LONGEST)
    for place in range(1, count + 1):
        shown: defaultdict[str, list[Any]] = defaultdict(list)
        for part, person_id in rows[(place - 1) * LONGEST : place * LONGEST]:
            shown[part].append(site.entry(person_id, voice))
        yield Page(
            group_page(group.section, group.slug, place),
            "group.html",
            group.labels[voice.language],
            {
                "section": voice.t(_key(group.section)),
                "section_page": f"{group.section}/index.html",
                "language": script_language(group.labels[voice.language]),
                "count": len(rows),
                "parts_of_group": [
                    (_part_title(voice, group, part), found) for part, found in shown.items()
                ],
                "pager": group_pager(group, count, place),
                "facts": place_facts(voice, group.place_id) if group.place_id else [],
                "by_day": _by_day(voice, groups, group)
                if group.section == "burial-grounds" and place == 1
                else None,
            },
            lists=lists,
        )


def _by_day(voice: Voice, groups: Groups, group: Group) -> dict[str, Any] | None:
    """How many of a burial ground died on each day, with the page of the day."""
    members = set(group.persons)
    lines = [[day_cell(voice, date.fromisoformat(one), known=groups.days), number(voice, count)]
             for one, persons in sorted(groups.days.items())
             if (count := len(members.intersection(persons)))]  # fmt: skip
    headings = (("day", TEXT), ("persons", NUMBER))
    return table(voice, voice.t("by_day", count=len(lines)), headings, lines) if lines else None


def group_pager(group: Group, count: int, number: int) -> list[tuple[int, str, bool]]:
    """Number, file name and whether it is the present one, of each page of a long group."""
    pages = [(n, group_page(group.section, group.slug, n).split("/")[1], n == number)
             for n in range(1, count + 1)]  # fmt: skip
    return pages if count > 1 else []


def _part_title(voice: Voice, group: Group, part: str) -> str:
    if group.section == "occupations":
        return part or voice.t("posts_other")
    if group.section != "addresses":
        return ""
    return voice.t("house", house=part) if part else voice.t("house_unknown")


def _calendar(site: Site, voice: Voice, groups: Groups) -> Iterator[Page]:
    years: defaultdict[str, defaultdict[str, list[tuple[str, str, int]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    anniversaries: defaultdict[str, list[str]] = defaultdict(list)
    for day, persons in groups.days.items():
        years[day[:4]][day[5:7]].append((str(int(day[8:])), day_page(day), len(persons)))
        anniversaries[day[5:]].append(day)
    everyone = _lists(site, [i for persons in groups.days.values() for i in persons])
    yield Page("days/index.html", "days.html", voice.t("days"), {
        "years": [(year, [(voice.t(f"month_{month}"), months[month]) for month in sorted(months)])
                  for year, months in sorted(years.items())],
    }, lists=everyone)  # fmt: skip
    for day, persons in groups.days.items():
        yield Page(day_page(day), "group.html", voice.date(day), {
            "section": voice.t("days"), "section_page": "days/index.html",
            "language": voice.language, "count": len(persons), "pager": [], "facts": [],
            "parts_of_group": [("", site.entries(persons, voice))],
        }, lists=_lists(site, persons))  # fmt: skip
    for month_day, days in sorted(anniversaries.items()):
        yield _anniversary(site, voice, groups, month_day, days)


def _anniversary(site: Site, voice: Voice, groups: Groups, month_day: str, days: list[str]) -> Page:
    persons = [i for day in days for i in groups.days[day]]
    title = voice.t("on_this_day_of", day=str(int(month_day[3:])),
                    month=voice.t(f"month_of_{month_day[:2]}"))  # fmt: skip
    return Page(f"on-this-day/{month_day}.html", "group.html", title, {
        "section": voice.t("days"), "section_page": "days/index.html",
        "language": voice.language, "count": len(persons), "pager": [], "facts": [],
        "parts_of_group": [(day[:4], site.entries(groups.days[day], voice)) for day in days],
    }, lists=_lists(site, persons))  # fmt: skip
