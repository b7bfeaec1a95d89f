"""The site as pages know it: content, release and languages; and what a page is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from martyrolog.publish.content import Content, Row, collation, live_url, script_language
from martyrolog.publish.paths import item_page
from martyrolog.publish.release_info import ReleaseInfo
from martyrolog.publish.voice import Voice

_YEAR = re.compile(r"(\d{4})(?:-.*)?")


@dataclass(frozen=True)
class Page:
    """One page: where it stands in its language, which template shows which values.

    Attributes:
        path: Relative to the root of the language, ending in a file name.
        template: Name of the template.
        title: Title without the name of the archive.
        values: What the template shows.
        live: Live source that the middle link of the bar leads to; '' for the list of sources.
        lists: Identifiers of the lists that the page rests on, for its list of sources.
    """

    path: str
    template: str
    title: str
    values: Mapping[str, Any]
    live: str = ""
    lists: Sequence[str] = ()


@dataclass(frozen=True, eq=False)  # one for each person and language: compared by identity
class Entry:
    """A person as a line in a list of persons."""

    person_id: str
    page: str
    name: str
    language: str
    other_name: str
    other_language: str
    years: str
    fate: str


@dataclass(frozen=True, eq=False)
class Site:
    """What all pages share."""

    content: Content
    release: ReleaseInfo
    voices: Mapping[str, Voice]
    _entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    _orders: dict[str, Mapping[str, int]] = field(default_factory=dict)

    @cached_property
    def languages(self) -> Sequence[str]:
        """The languages of the site; the first one stands at its root."""
        return tuple(self.voices)

    def folder(self, language: str) -> str:
        """The folder of a language: '' for the first, else such as ``ru/``."""
        return "" if language == self.languages[0] else f"{language}/"

    def entry(self, person_id: str, voice: Voice) -> Entry:
        """A person as a line in a list; made once for each language."""
        key = (person_id, voice.language)
        if key not in self._entries:
            self._entries[key] = self._make_entry(self.content.persons[person_id], voice)
        return self._entries[key]

    def entries(self, person_ids: Sequence[str], voice: Voice) -> list[Entry]:
        """Persons as lines, each once, in the order of the names shown."""
        order = self.order(voice)
        shown = {i for i in person_ids if i in order}
        return [self.entry(i, voice) for i in sorted(shown, key=order.__getitem__)]

    def order(self, voice: Voice) -> Mapping[str, int]:
        """The place of every person in the order of the names that a language shows first."""
        if voice.language not in self._orders:
            script: Literal["cyrillic", "latin"] = "latin" if voice.language == "en" else "cyrillic"
            order = sorted(
                self.content.persons,
                key=lambda i: (
                    collation(self.entry(i, voice).name, script),
                    self.content.position[i],
                ),
            )
            self._orders[voice.language] = {i: place for place, i in enumerate(order)}
        return self._orders[voice.language]

    def _make_entry(self, person: Row, voice: Voice) -> Entry:
        latin = (person["name_latin"], "ru-Latn" if person["name_latin_derived"] else "en")
        cyrillic = (person["name_cyrillic"] or "", "ru")
        first, second = (latin, cyrillic) if voice.language == "en" else (cyrillic, latin)
        if not first[0]:
            first, second = second, first
        if not first[0]:  # lists of which only the names are lost
            first = (voice.t("nameless"), voice.language)
        return Entry(
            person["person_id"], self.content.page_of(person["person_id"]), first[0],
            first[1], "" if second[0] == first[0] else second[0], second[1],
            lifespan(person, voice), voice.term("fate", person["fate"]),
        )  # fmt: skip

    def source(self, list_id: str, voice: Voice) -> dict[str, str]:
        """A source list as it is named and linked on other pages."""
        row = self.content.lists[list_id]
        title = voice.either(row["title_en"], row["title_ru"])
        return {
            "list_id": list_id, "title": title, "language": script_language(title),
            "page": list_page(list_id), "url": live_url(row["url"]),
            "accessed": voice.date(row["accessed"]),
        }  # fmt: skip


def list_page(list_id: str) -> str:
    """The page of a source list."""
    return item_page("lists", list_id)


def short_year(edtf: str | None, voice: Voice) -> str:
    """The year of a date, or the date in short where no single year is meant."""
    if not edtf:
        return ""
    plain = _YEAR.fullmatch(edtf)
    if plain and "/" not in edtf:
        return plain[1]
    return voice.short_date(edtf)


def lifespan(person: Row, voice: Voice) -> str:
    """Years of birth and death, such as ``1893–1937``; '' where both are unknown."""
    born, died = (short_year(person[name], voice) for name in ("birth_date", "death_date"))
    if born and died:
        return f"{born}–{died}"
    return voice.t("born", year=born) if born else voice.t("died", year=died) if died else ""
