"""Groups to browse persons by: birth places, burial grounds, addresses, days, occupations ...

A group holds the persons whose preferred statement gives its value. Nationalities and occupations
are coded by `martyrolog.terms`, streets meet by `martyrolog.places`; beneath them stands what the
lists write. Places of birth are those of the gazetteer, a village is in the group of its province.
Burial grounds that differ only in letter case, ё, spaces or a final stop are one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from martyrolog.names import sort_key
from martyrolog.places import located, site_of
from martyrolog.publish.codings import CODERS, Coding, Codings, normal
from martyrolog.publish.content import Content
from martyrolog.publish.paths import group_page, group_slug
from martyrolog.terms import code_term, label

SECTIONS: Mapping[str, str] = {
    "birth-places": "birth_place", "burial-grounds": "burial_place", "addresses": "residence",
    "nationalities": "nationality", "occupations": "occupation",
}  # fmt: skip
"""Section of the site and the field it groups."""
FIELD_SECTION = {field: section for section, field in SECTIONS.items()}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FEWEST_OF_A_POST = 3  # persons who share the words of a post, so that it has a heading


@dataclass(frozen=True)
class Group:
    """Persons who share a value: what it is called, its page, who they are.

    Attributes:
        labels: Its name in each language.
        parts: Persons of each part of the group, such as the houses of a street, in order; the
            part '' holds those of no other.
        place_id: Place of the gazetteer that the group is; '' for other groups.
    """

    section: str
    slug: str
    labels: Mapping[str, str]
    persons: Sequence[str]
    parts: Sequence[tuple[str, Sequence[str]]] = ()
    place_id: str = ""

    @property
    def page(self) -> str:
        """The first page of the group."""
        return group_page(self.section, self.slug)


@dataclass(frozen=True, eq=False)
class Groups:
    """All groups, and which a person belongs to.

    Attributes:
        sections: Groups of each section, in the order of their names.
        days: Persons by the day of their death, ISO 8601.
    """

    sections: Mapping[str, Sequence[Group]]
    days: Mapping[str, Sequence[str]]
    _pages: Mapping[tuple[str, str], str]
    _nearby: Mapping[str, Mapping[str, tuple[str, Sequence[str]]]]

    def page_of(self, field: str, person_id: str) -> str:
        """The page of the group that a person's value of a field belongs to, or ''."""
        return self._pages.get((field, person_id), "")

    def nearby(self, person_id: str) -> Mapping[str, tuple[str, Sequence[str]]]:
        """Those who died on the same day and lie in the same ground; those of the same house."""
        return self._nearby.get(person_id, {})


def coded_values(content: Content) -> dict[str, set[str]]:
    """The values that :func:`make_groups` needs the codings of, by field."""
    return {field: {value for _, value in _named(content, FIELD_SECTION[field])}
            for field in CODERS}  # fmt: skip


def make_groups(content: Content, codings: Codings) -> Groups:
    """The groups of the persons published.

    Args:
        content: The published rows.
        codings: Codings of :func:`coded_values`.
    """
    sections = {
        "birth-places": _birth_places(content, codings["birth_place"]),
        "burial-grounds": _burial_grounds(content),
        "addresses": _streets(content, codings["residence"]),
        "nationalities": _nationalities(content),
        "occupations": _occupations(content, codings["occupation"]),
    }
    days = _days(content)
    pages = {
        (SECTIONS[group.section], person_id): group.page
        for groups in sections.values()
        for group in groups
        for person_id in group.persons
    }
    pages |= {("death_date", i): day_page(day) for day, persons in days.items() for i in persons}
    return Groups(sections, days, pages, _make_nearby(sections, days))


def day_page(day: str) -> str:
    """The page of a day, ISO 8601."""
    return f"days/{day[:4]}/{day[5:]}.html"


def _named(content: Content, section: str) -> list[tuple[str, str]]:
    """Persons published and their preferred value of the field that a section groups."""
    found = content.preferred(SECTIONS[section]).items()
    return [(person_id, value) for person_id, value in found if person_id in content.persons]


def _birth_places(content: Content, codings: Mapping[str, Coding]) -> list[Group]:
    members: defaultdict[str, list[str]] = defaultdict(list)
    for person_id, value in _named(content, "birth-places"):
        if coding := codings[value]:
            members[coding[0]].append(person_id)
    return _sorted_groups(
        Group("birth-places", place_id, {"en": place.name_en, "ru": place.name_ru},
              content.sorted_persons(persons), place_id=place_id)
        for place_id, persons in members.items() if (place := located(place_id))
    )  # fmt: skip


def _burial_grounds(content: Content) -> list[Group]:
    members: defaultdict[str, list[str]] = defaultdict(list)
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for person_id, value in _named(content, "burial-grounds"):
        if key := normal(value):
            members[key].append(person_id)
            labels[key][value.strip(" .;,")] += 1
    return _sorted_groups(
        Group("burial-grounds", group_slug(key), _both(label := _commonest(labels[key])),
              content.sorted_persons(persons), place_id=site_of(label) or "")
        for key, persons in members.items()
    )  # fmt: skip


def _nationalities(content: Content) -> list[Group]:
    """Masculine and feminine, Russian and foreign words of a nationality are one group."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    labels: dict[str, Mapping[str, str]] = {}
    for person_id, value in _named(content, "nationalities"):
        term = code_term("nationality", value)
        if key := term.term_id if term else normal(value):
            members[key].append(person_id)
            labels.setdefault(key, _labels("nationality", key) if term else _both(key))
    return _sorted_groups(
        Group("nationalities", group_slug(key), labels[key], content.sorted_persons(persons))
        for key, persons in members.items()
    )


def _occupations(content: Content, codings: Mapping[str, Coding]) -> list[Group]:
    """The major groups; beneath each the posts as lists write them, where several share one."""
    members: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for person_id, value in _named(content, "occupations"):
        if coding := codings[value]:
            members[coding[0]][normal(value.rpartition(":")[2])].append(person_id)
    return _sorted_groups(
        Group("occupations", group_slug(key), _labels("occupation", key),
              content.sorted_persons([i for persons in posts.values() for i in persons]),
              _posts(content, posts))
        for key, posts in members.items()
    )  # fmt: skip


def _posts(content: Content, posts: Mapping[str, Sequence[str]]) -> list[tuple[str, Sequence[str]]]:
    """Posts that several share, the commonest first; then all others together."""
    shared = sorted((post for post in posts if len(posts[post]) >= FEWEST_OF_A_POST),
                    key=lambda post: (-len(posts[post]), post))  # fmt: skip
    others = [i for post in posts.keys() - set(shared) for i in posts[post]]
    parts = [(post, content.sorted_persons(posts[post])) for post in shared]
    return [*parts, *([("", content.sorted_persons(others))] if others else [])]


def _labels(vocabulary: str, term_id: str) -> Mapping[str, str]:
    return {language: label(vocabulary, term_id, language) for language in ("en", "ru")}


def _both(label: str) -> Mapping[str, str]:
    """A label that is the same in every language: as the lists write it."""
    return {"en": label, "ru": label}


def _commonest(counts: Counter[str]) -> str:
    return min(counts, key=lambda label: (-counts[label], label))


def _sorted_groups(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (sort_key(group.labels["ru"]), group.slug))


def _streets(content: Content, codings: Mapping[str, Coding]) -> list[Group]:
    houses: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for person_id, residence in _named(content, "addresses"):
        if coding := codings[residence]:
            street, house, key = coding
            houses[key][house.casefold()].append(person_id)
            labels[key][street] += 1
    return _sorted_groups(
        Group(
            "addresses", group_slug(key), _both(_commonest(labels[key])),
            content.sorted_persons([i for persons in parts.values() for i in persons]),
            [(house, content.sorted_persons(parts[house]))
             for house in sorted(parts, key=_house_order)],
        )
        for key, parts in houses.items()
    )  # fmt: skip


def _house_order(house: str) -> tuple[int, str]:
    number = re.match(r"\d{1,9}", house)
    return (int(number[0]) if number else 10**9, house)


def _days(content: Content) -> dict[str, Sequence[str]]:
    days: defaultdict[str, list[str]] = defaultdict(list)
    for person_id, person in content.persons.items():
        if person["death_date"] and _DAY.fullmatch(person["death_date"]):
            days[person["death_date"]].append(person_id)
    return {day: days[day] for day in sorted(days)}


def _make_nearby(
    sections: Mapping[str, Sequence[Group]], days: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, tuple[str, Sequence[str]]]]:
    nearby: defaultdict[str, dict[str, tuple[str, Sequence[str]]]] = defaultdict(dict)
    ground_of = {i: group for group in sections["burial-grounds"] for i in group.persons}
    for day, persons in days.items():
        together: defaultdict[Any, list[str]] = defaultdict(list)
        for person_id in persons:
            if person_id in ground_of:
                together[ground_of[person_id].slug].append(person_id)
        for members in together.values():
            for person_id in members:
                nearby[person_id]["day"] = (day_page(day), members)
    for group in sections["addresses"]:
        for house, housemates in group.parts:
            for person_id in housemates if house else ():
                nearby[person_id]["house"] = (group.page, housemates)
    return nearby
