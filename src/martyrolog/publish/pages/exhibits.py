"""What pages of history are made of: pictures with what they say, tables with their headings."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from martyrolog.publish.content import Row, script_language
from martyrolog.publish.groups import day_page
from martyrolog.publish.paths import slug
from martyrolog.publish.site import Site
from martyrolog.publish.voice import Voice

NUMBER, TEXT = "number", "text"
Cell = dict[str, str]


def picture_path(kind: str, subject: str, language: str) -> str:
    """The file of a picture, relative to the root of the site."""
    name = f"{kind}-{slug(subject)}" if subject else kind
    return f"charts/{name}-{language}.svg"


def make_pictures(site: Site) -> Iterator[tuple[str, bytes]]:
    """Path and content of every picture in the languages of the site."""
    for row in site.content.rows["chart"]:
        if row["language"] in site.languages:
            path = picture_path(row["kind"], row["subject"], row["language"])
            yield path, row["svg"].encode()


def drawn(site: Site) -> bool:
    """Whether pictures were made that need the extra ``charts``."""
    return any(site.content.of("chart", "kind", kind) for kind in ("course", "composition"))


def picture(site: Site, voice: Voice, kind: str, subject: str = "") -> dict[str, Any] | None:
    """A picture for a page: its file, what it shows in words, its numbered marks."""
    for row in site.content.of("chart", "kind", kind):
        if row["subject"] == subject and row["language"] == voice.language:
            notes = row["notes"]
            return {
                "path": picture_path(kind, subject, voice.language), "alt": row["alt"],
                "notes": [notes[i : i + 3] for i in range(0, len(notes), 3)],
            }  # fmt: skip
    return None


def table(voice: Voice, caption: str, headings: Sequence[tuple[str, str]],
          rows: Sequence[Sequence[Cell]]) -> dict[str, Any]:  # fmt: skip
    """A table for a page.

    Args:
        voice: The language.
        caption: Text of what it holds.
        headings: Message key of each column, and ``NUMBER`` or ``TEXT``.
        rows: Cells as :func:`cell` and :func:`number` make them.

    Returns:
        Also ``region``, its name among the regions of the page: whoever shows two tables of one
        caption gives them names of their own.
    """
    return {"caption": caption, "region": caption, "rows": rows,
            "headings": [(voice.t(f"column_{key}"), kind) for key, kind in headings]}  # fmt: skip


def cell(text: str | None, page: str = "", *, mark: str = "") -> Cell:
    """A cell of words, with the page it leads to and what is to be said of it."""
    return {"text": text or "—", "page": page, "kind": TEXT, "mark": mark,
            "language": script_language(text)}  # fmt: skip


def number(voice: Voice, value: float | None) -> Cell:
    """A cell with a number, at most one decimal."""
    return cell(decimal(voice, value)) | {"kind": NUMBER}


def share(voice: Voice, value: float | None, most: float | None = None) -> Cell:
    """A cell with a share in percent, or from one share to another."""
    if value is None:
        return cell("") | {"kind": NUMBER}
    text = decimal(voice, 100 * value)
    if most is not None:
        text += f"–{decimal(voice, 100 * most)}"
    return cell(f"{text}\N{NO-BREAK SPACE}%") | {"kind": NUMBER}


def day(voice: Voice, value: date | None, *, known: Mapping[str, Any] | None = None) -> Cell:
    """A cell with a day, which leads to the page of that day where there is one."""
    if value is None:
        return cell("")
    page = day_page(value.isoformat()) if known and value.isoformat() in known else ""
    return cell(voice.date(value.isoformat()), page)


def month(voice: Voice, value: date | None) -> Cell:
    """A cell with a month."""
    return cell(voice.date(f"{value:%Y-%m}") if value else "")


def span(voice: Voice, first: date | None, last: date | None) -> str:
    """Days from one to another, in words; '' where one is not known."""
    if first is None or last is None:
        return ""
    if first == last:
        return voice.date(first.isoformat())
    return voice.period(first.isoformat(), last.isoformat())


def decimal(voice: Voice, value: float | None) -> str:
    """A number with at most one decimal, grouped in the manner of the language."""
    if value is None:
        return ""
    whole = round(value * 10)
    number = voice.number(abs(whole) // 10)
    sign = "\N{MINUS SIGN}" if whole < 0 else ""
    tenths = abs(whole) % 10
    point = "." if voice.language == "en" else ","
    return f"{sign}{number}{point}{tenths}" if tenths else f"{sign}{number}"


def label(voice: Voice, row: Row, prefix: str = "label") -> str:
    """The name of a group in the language."""
    return voice.either(row[f"{prefix}_en"], row[f"{prefix}_ru"])
