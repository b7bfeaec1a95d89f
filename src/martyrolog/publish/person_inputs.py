"""What the files of a person are made of, as one hash: while it stays, so do their bytes.

The rows about the person are those of its JSON. Besides them its pages show the lines of others
(namesakes, those of the same day and house, co-defendants), the trials, offices and groups it had a
part in, the lists that name it, the way to the pages of its groups and to its neighbours in a list.
What every page depends on (settings, texts, templates) is not in it: ``release.shared_hash``. A
test changes every column of every table and compares with pages made from nothing.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from martyrolog.provenance import hash_value
from martyrolog.publish.content import Row
from martyrolog.publish.groups import Groups
from martyrolog.publish.pages.joined import doubt_inputs
from martyrolog.publish.pages.person import FACTS, nearby_shown, neighbour, related
from martyrolog.publish.site import Site

LINE = ("name_cyrillic", "name_latin", "name_latin_derived", "birth_date", "death_date")
"""What the line of a person in a list shows."""
LIST = ("list_id", "title_en", "title_ru", "publisher", "url", "licence", "accessed")
"""What a person's files show of a source list; how many rows it has is not among it."""


def inputs_hash(site: Site, groups: Groups, person_id: str, digest: str) -> str:
    """The hash of all that a person's page, JSON and JSON-LD show.

    Args:
        site: Content and languages.
        groups: Groups that the page leads to.
        person_id: Whose.
        digest: SHA-256 of the person's JSON.
    """
    content = site.content
    records = content.records_of.get(person_id, ())
    lists = {*content.persons[person_id]["list_ids"], *(row["list_id"] for row in records)}
    trials = [row["trial_id"] for row in content.of("trial_party", "person_id", person_id)]
    others = [id for kind in ("possibly_same", "relation")
              for id in related(content, kind, person_id)]  # fmt: skip
    doubts = [row for side in ("left", "right")
              for row in content.of("possibly_same", f"person_id_{side}", person_id)]  # fmt: skip
    return hash_value([
        digest,
        content.links_of.get(person_id, ()),
        [doubt_inputs(content, row) for row in doubts],
        _lines(site, others),
        [(kind, page, count, _lines(site, shown))
         for kind, page, count, shown in nearby_shown(site, groups, person_id)],
        [groups.page_of(name, person_id) for name in FACTS],
        [neighbour(site, row, step) for row in records for step in (-1, 1)],
        [[content.lists[i][name] for name in LIST] for i in sorted(lists) if i in content.lists],
        [_trial(site, trial_id) for trial_id in trials],
        [content.one("office", "office_id", row["office_id"])
         for row in content.of("tenure", "person_id", person_id)],
        [content.one("cohort", "cohort_id", row["cohort_id"])
         for row in content.of("membership", "person_id", person_id)],
        [(row, content.one("office", "office_id", row["office_id"]),
          _lines(site, [row["holder_id"]]))
         for row in content.of("event_holder", "person_id", person_id)],
    ])  # fmt: skip


def _lines(site: Site, person_ids: Iterable[str]) -> list[list[Any]]:
    persons = site.content.persons
    return [[id, *(persons[id][name] for name in LINE)] for id in person_ids if id in persons]


@cache
def _trial(site: Site, trial_id: str) -> str:
    """A trial and its defendants: as many as there are, whoever of them a page shows."""
    parties: Iterator[Row] = (
        row for row in site.content.of("trial_party", "trial_id", trial_id)
        if row["role"] == "defendant"
    )  # fmt: skip
    defendants = _lines(site, sorted({row["person_id"] for row in parties}))
    return hash_value([site.content.one("trial", "trial_id", trial_id), defendants])
