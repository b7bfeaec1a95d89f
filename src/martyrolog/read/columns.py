"""Which column of a plain table is which field, by its name in English or Russian.

``columns.yaml`` holds the names by which a field is known; the field's own name is always one of
them. Names are compared without case, spaces, punctuation and ё/е. A name that is in no catalogue
is never guessed: the column stays in the verbatim text and is reported.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from martyrolog.read.profile import profile_fields
from martyrolog.yaml_text import parse_yaml


@cache
def _catalogue() -> Mapping[str, Any]:
    source = resources.files(__package__) / "columns.yaml"
    with source.open(encoding="utf-8") as stream:
        loaded: Mapping[str, Any] = parse_yaml(stream.read())
    return loaded


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold().replace("ё", "е"))


@cache
def _known_names(kind: str) -> Mapping[str, tuple[str, int]]:
    """Plain name to field and the name's place in the catalogue of that field."""
    names: dict[str, tuple[str, int]] = {}
    for field in profile_fields(kind):
        for place, name in enumerate((field, *_catalogue()["names"].get(field, ()))):
            names.setdefault(_plain(str(name)), (field, place))
    return names


def field_of(heading: str, kind: str) -> str | None:
    """The field that a heading names, or None.

    >>> field_of("Дата рождения", "person")
    'birth_date'
    """
    return _known_names(kind).get(_plain(heading), (None, 0))[0]


def match_columns(headings: Iterable[str], kind: str) -> dict[str, str]:
    """Heading to field, for the headings that are known.

    Of two columns for one field the one whose name stands first in the catalogue counts, so that
    the order of columns decides nothing. A column ``Name`` beside a column ``Surname`` is the given
    name, alone it is the full name.

    Args:
        headings: Headings in the order of the list.
        kind: Kind of the list: decides which fields there are.
    """
    best: dict[str, tuple[int, str]] = {}
    for heading in headings:
        field, place = _known_names(kind).get(_plain(heading), ("", 0))
        if field:
            best[field] = min(best.get(field, (place, heading)), (place, heading))
    fields = {field: heading for field, (_, heading) in best.items()}
    matched = {heading: field for field, heading in fields.items()}
    if "surname" in fields and "full_name" in fields and "given_name" not in fields:
        matched[fields["full_name"]] = "given_name"
    return matched


@cache
def known_values(field: str) -> Mapping[str, str]:
    """Value as lists write it (in small letters) to the value of the record, such as муж to m.

    What says only that nothing is known, such as «не указано», is '' where the field has no term
    for it.
    """
    unsaid = _catalogue()["unsaid"]
    known = dict.fromkeys(unsaid["texts"], "") if field in unsaid["fields"] else {}
    known |= {
        str(written): value
        for value, variants in _catalogue()["values"].get(field, {}).items()
        for written in (value, *variants)
    }
    return known
