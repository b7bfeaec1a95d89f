"""Why the records of a person are taken for one, and what speaks for another being the same."""

from collections.abc import Mapping
from typing import Any

from martyrolog.publish.content import Content, Row
from martyrolog.publish.links import compared_fields, fields_in_words
from martyrolog.publish.site import Site
from martyrolog.publish.voice import Voice

OPEN = 2  # links that are shown unfolded; more of them would be longer than the page


def joined(
    site: Site, voice: Voice, person_id: str, number_of: Mapping[str, int]
) -> dict[str, Any]:
    """The links that hold a person together, field by field, in words.

    Args:
        site: Content and languages.
        voice: The language.
        person_id: Whose.
        number_of: The number of each source on the page.

    Returns:
        ``links``: ``left`` and ``right`` (numbers of sources), ``fields``, ``open``; ``otherwise``:
        whether something else than these links joins some of the records.
    """
    links = site.content.links_of.get(person_id, ())
    shown = [
        {
            "left": min(number_of[link["record_id_left"]], number_of[link["record_id_right"]]),
            "right": max(number_of[link["record_id_left"]], number_of[link["record_id_right"]]),
            "fields": _in_words(site.content, link, voice),
            "open": len(links) <= OPEN,
        }
        for link in links
    ]
    shown.sort(key=lambda link: (link["left"], link["right"]))
    return {"links": shown, "otherwise": len(links) + 1 < len(number_of)}


def doubtful_in_words(content: Content, pair: Row, voice: Voice) -> list[dict[str, str]]:
    """What the strongest pair of records of two persons says, field by field.

    Args:
        content: The published rows.
        pair: A row of ``possibly_same``.
        voice: The language.
    """
    link = match_of(content, pair)
    return _in_words(content, link, voice) if link else []


def match_of(content: Content, pair: Row) -> Row | None:
    """The row of ``match`` that a row of ``possibly_same`` rests on."""
    found = content.of("match", "record_id_left", pair["record_id_left"])
    return next((row for row in found if row["record_id_right"] == pair["record_id_right"]), None)


def doubt_inputs(content: Content, pair: Row) -> list[Any]:
    """All that `doubtful_in_words` shows of a pair, in any language."""
    link = match_of(content, pair)
    return [link, [compared_fields(content.records[pair[f"record_id_{side}"]])
                   for side in ("left", "right")]] if link else []  # fmt: skip


def _in_words(content: Content, link: Row, voice: Voice) -> list[dict[str, str]]:
    left, right = (content.records[link[f"record_id_{side}"]] for side in ("left", "right"))
    return fields_in_words(link, left, right, voice.language)
