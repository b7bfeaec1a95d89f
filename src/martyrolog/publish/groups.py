"""Groups to browse persons by: burial grounds, addresses, days, nationalities, occupations.

A group holds the persons whose preferred statement gives its value; values that differ only in
letter case, ё, spaces or a final stop are one group, named as most lists name it. Occupations are
grouped by their first telling word (`occupations.yaml`), for lists write them at length. Groups say
nothing beyond the lists: a spelling that is really another one stays a group of its own.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from martyrolog.names import sort_key
from martyrolog.publish.addresses import parse_address
from martyrolog.publish.content import Content
from martyrolog.publish.paths import group_page, group_slug

SECTIONS: Mapping[str, str] = {
    "burial-grounds": "burial_place", "addresses": "residence",
    "nationalities": "nationality", "occupations": "occupation",
}  # fmt: skip
"""Section of the site and the field it groups."""
FIELD_SECTION = {field: section for section, field in SECTIONS.items()}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class Group:
    """Persons who share a value: what it is called, its page, who they are.

    Attributes:
        parts: Persons of each part of the group, such as the houses of a street, in order.
        sort: What the group is sorted by: the label, of a street its name without the kind.
    """

    section: str
    slug: str
    label: str
    persons: Sequence[str]
    parts: Sequence[tuple[str, Sequence[str]]] = ()
    sort: str = ""

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


def make_groups(content: Content) -> Groups:
    """The groups of the persons published."""
    sections = {
        "burial-grounds": _by_value(content, "burial-grounds", normal),
        "addresses": _streets(content),
        "nationalities": _by_value(content, "nationalities", normal),
        "occupations": _by_value(content, "occupations", _first_word),
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


def normal(value: str) -> str:
    """The value without differences of letter case, ё, spaces and a final stop."""
    return " ".join(value.casefold().replace("ё", "е").split()).rstrip(" .;,")


def day_page(day: str) -> str:
    """The page of a day, ISO 8601."""
    return f"days/{day[:4]}/{day[5:]}.html"


@cache
def _occupation_words() -> tuple[frozenset[str], int]:
    text = files("martyrolog.publish").joinpath("occupations.yaml").read_text(encoding="utf-8")
    found = yaml.safe_load(text)
    return frozenset(found["before"]), found["fewest"]


def _first_word(value: str) -> str:
    """The first word of an occupation that says something; '' where there is none."""
    before, _ = _occupation_words()
    words = (normal(word) for word in _WORD.findall(value.rpartition(":")[2]))
    return next((word for word in words if len(word) > 2 and word not in before), "")


def _by_value(content: Content, section: str, key_of: Callable[[str], str]) -> list[Group]:
    members: defaultdict[str, list[str]] = defaultdict(list)
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for person_id, value in content.preferred(SECTIONS[section]).items():
        if person_id in content.persons and (key := key_of(value)):
            members[key].append(person_id)
            labels[key][key if key_of is _first_word else value.strip(" .;,")] += 1
    fewest = _occupation_words()[1] if key_of is _first_word else 1
    return _sorted_groups(
        Group(section, group_slug(key), _commonest(labels[key]), content.sorted_persons(persons))
        for key, persons in members.items()
        if len(persons) >= fewest
    )


def _commonest(counts: Counter[str]) -> str:
    return min(counts, key=lambda label: (-counts[label], label))


def _sorted_groups(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (sort_key(group.sort or group.label), group.slug))


def _streets(content: Content) -> list[Group]:
    houses: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for person_id, residence in content.preferred("residence").items():
        address = parse_address(residence)
        if address and person_id in content.persons:
            houses[address.street_key][address.house].append(person_id)
            labels[address.street_key][address.street] += 1
    return _sorted_groups(
        Group(
            "addresses", group_slug(key), _commonest(labels[key]),
            content.sorted_persons([i for persons in parts.values() for i in persons]),
            [(house, content.sorted_persons(parts[house]))
             for house in sorted(parts, key=_house_order)],
            key,
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
