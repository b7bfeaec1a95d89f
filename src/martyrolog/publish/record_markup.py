"""The sources of a person as sections of the page: each record verbatim, its place and marks.

In Python, not in a template, because there is one for each record and language. Always holds: every
value passes ``escape``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from martyrolog.publish.content import script_language
from martyrolog.publish.markup import cell_items, escape
from martyrolog.publish.voice import Voice


def record_sections(records: Iterable[Mapping[str, Any]], voice: Voice, home: str) -> Markup:
    """The records of a person, each a section.

    Args:
        records: What the page of a person shows of each.
        voice: The language.
        home: The way from the page to the root of its language.
    """
    return Markup("".join(_section(row, voice, home) for row in records))  # noqa: S704 - escaped


def _section(record: Mapping[str, Any], voice: Voice, home: str) -> str:
    source, number = record["source"], record["number"]
    return (
        f'<section class="record" id="source-{number}" tabindex="-1">\n'
        f'<h3><span class="number">{number}</span> <a href="{escape(home + source["page"])}"'
        f' lang="{escape(source["language"])}">{escape(source["title"])}</a></h3>\n'
        f"{_place(record, voice)}{_verbatim(record, voice)}{_notes(record, voice)}"
        f"{_steps(record, voice, home)}</section>\n"
    )


def _place(record: Mapping[str, Any], voice: Voice) -> str:
    named = f"{voice.t('named_as', role=record['role'])} · " if record["role"] else ""
    live = ""
    if record["live"]:
        label = voice.t("live_source" if record["own_live"] else "live_source_list")
        accessed = record["source"]["accessed"]
        live = (
            f' · <a class="external" href="{escape(record["live"])}"'
            f' rel="external noopener noreferrer">{escape(label)}'
            '<span aria-hidden="true"> ↗</span></a>'
        ) + (f" {escape(voice.t('accessed', date=accessed))}" if accessed else "")
    return f'<p class="quiet">{escape(named)}{escape(record["locator"])}{live}</p>\n'


def _verbatim(record: Mapping[str, Any], voice: Voice) -> str:
    if record["hidden"]:
        return f'<p class="quiet">{escape(voice.t("verbatim_hidden"))}</p>\n'
    if record["cells"]:
        label = escape(voice.t("verbatim"))
        return f'<dl class="cells" aria-label="{label}">\n{cell_items(record["cells"])}</dl>\n'
    return f"<blockquote>{_bdi(record['text'])}</blockquote>\n"


def _notes(record: Mapping[str, Any], voice: Voice) -> str:
    lines = [
        f"{escape(voice.t(key))} {_bdi(record[name])}"
        for name, key in (("archival", "archival_reference"), ("sources", "citation"))
        if record[name]
    ]
    if record["unverified"]:
        columns = ", ".join(record["unverified"])
        lines.append(escape(voice.t("unverified_columns", columns=columns)))
    return "".join(f'<p class="small">{line}</p>\n' for line in lines)


def _steps(record: Mapping[str, Any], voice: Voice, home: str) -> str:
    links = "".join(
        f'<a href="{escape(home + record[step])}">{escape(voice.t(f"{step}_in_list"))}</a>'
        for step in ("previous", "next")
        if record[step]
    )
    return f'<p class="step">{links}</p>\n' if links else ""


def _bdi(text: str) -> str:
    return f'<bdi lang="{script_language(text)}">{escape(text)}</bdi>'
