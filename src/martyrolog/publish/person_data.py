"""A person for machines: JSON with all rows of the page, and JSON-LD (schema.org).

JSON keeps the rows of the tables without empty cells; why records are joined stands in words on the
page alone. JSON-LD says less: schema.org has no place for statements that contradict one another,
so it holds the preferred values and the sources.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from martyrolog.publish.content import Row, live_url
from martyrolog.publish.events import in_order_of_life
from martyrolog.publish.site import Site

_ISO = re.compile(r"\d{4}(-\d{2}){0,2}")


def person_json(site: Site, person_id: str) -> bytes:
    """All published rows about a person."""
    content = site.content
    pairs = [*content.of("possibly_same", "person_id_left", person_id),
             *content.of("possibly_same", "person_id_right", person_id)]  # fmt: skip
    related = [*content.of("relation", "person_id_left", person_id),
               *content.of("relation", "person_id_right", person_id)]  # fmt: skip
    value = {
        "archive": site.release.settings.archive.id,
        "person": _filled(content.persons[person_id]),
        "statement": _all(content.of("statement", "person_id", person_id)),
        "event": _all(in_order_of_life(content.of("event", "person_id", person_id))),
        "record": _all(content.records_of.get(person_id, ())),
        "trial_party": _all(content.of("trial_party", "person_id", person_id)),
        "tenure": _all(content.of("tenure", "person_id", person_id)),
        "membership": _all(content.of("membership", "person_id", person_id)),
        "possibly_same": _all(pairs),
        "relation": _all(related),
    }
    return _bytes({name: found for name, found in value.items() if found})


def person_jsonld(site: Site, person_id: str) -> bytes:
    """The preferred values in the vocabulary of schema.org."""
    person = site.content.persons[person_id]
    preferred = {row["field"]: row["value"]
                 for row in site.content.of("statement", "person_id", person_id)
                 if row["preferred"]}  # fmt: skip
    names = [name for name in (person["name_cyrillic"], person["name_latin"]) if name]
    records = site.content.records_of.get(person_id, ())
    lists = [site.content.lists[i] for i in person["list_ids"] if i in site.content.lists]
    value: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": f"urn:martyrolog:{site.release.settings.archive.id}:{person_id}",
        "identifier": person_id,
        "name": next(iter(names), None),
        "alternateName": names[1:],
        "familyName": person["surname"],
        "givenName": person["given_name"],
        "additionalName": person["patronymic"],
        "gender": {"m": "Male", "f": "Female"}.get(person["sex"] or ""),
        "birthDate": _iso(person["birth_date"]),
        "deathDate": _iso(person["death_date"]),
        "birthPlace": _place(preferred.get("birth_place")),
        "deathPlace": _place(preferred.get("death_place")),
        "nationality": preferred.get("nationality"),
        "jobTitle": preferred.get("occupation"),
        "sameAs": sorted({live_url(row["source_url"]) for row in records} - {""}),
        "subjectOf": [_work(row) for row in lists],
    }
    return _bytes({name: found for name, found in value.items() if found})


def _work(row: Row) -> dict[str, Any]:
    work = {"@type": "CreativeWork", "name": row["title_en"] or row["title_ru"],
            "publisher": row["publisher"], "url": live_url(row["url"]),
            "license": row["licence"]}  # fmt: skip
    return {name: found for name, found in work.items() if found}


def _place(name: str | None) -> dict[str, str] | None:
    return {"@type": "Place", "name": name} if name else None


def _iso(edtf: str | None) -> str | None:
    """A day, month or year; schema.org has no uncertain dates."""
    return edtf if edtf and _ISO.fullmatch(edtf) else None


def _all(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [_filled(row) for row in rows]


def _filled(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, "", [])}


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def _bytes(value: object) -> bytes:
    return (_JSON.encode(value) + "\n").encode()
