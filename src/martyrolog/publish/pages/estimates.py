"""How many there were: the report of the stage estimate, as it stands in the archive."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from martyrolog.publish.content import Row
from martyrolog.publish.pages.exhibits import TEXT, cell
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

PATH = "estimate/index.html"


def make_pages(site: Site, voice: Voice) -> Iterator[Page]:
    """The page of the report; none where the report is not in this language."""
    rows = sorted(site.content.of("estimate_report", "language", voice.language),
                  key=lambda row: row["place"])  # fmt: skip
    if not rows:
        return
    sections = [
        {"title": title, "blocks": [_block(row) for row in blocks]}
        for title, blocks in groupby(rows, key=lambda row: row["section"])
    ]
    cut = bool(site.content.rows["estimate"]) and not any(row["detailed"] for row in rows)
    yield Page(PATH, "estimate.html", voice.t("how_many"),
               {"sections": sections, "cut": cut},
               lists=list(site.content.lists))  # fmt: skip


def make_pictures(site: Site) -> Iterator[tuple[str, bytes]]:
    """Path and content of every picture of the report."""
    for row in site.content.of("estimate_report", "kind", "picture"):
        if row["language"] in site.languages:
            yield _picture_path(row), row["svg"].encode()


def _picture_path(row: Row) -> str:
    return f"charts/estimate-{row['name']}.svg"


def _block(row: Row) -> dict[str, Any]:
    if row["kind"] == "picture":
        shown: Any = {"path": _picture_path(row), "alt": row["text"], "notes": []}
    elif row["kind"] == "table":
        headings, *lines = json.loads(row["cells"])
        shown = {"caption": row["text"], "headings": [(title, TEXT) for title in headings],
                 "rows": [[cell(text) for text in line] for line in lines]}  # fmt: skip
    else:
        shown = row["text"]
    return {"kind": row["kind"], "shown": shown}
