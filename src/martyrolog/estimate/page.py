"""A page of paragraphs, tables and pictures, as Markdown and as HTML that needs no other file.

Whatever comes from a list is text here, never markup.
"""

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes:
        caption: What it holds.
        headings: One a column.
        rows: Cells as text.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture whose table stands beside it.

    Attributes:
        name: File name without ending.
        svg: The picture.
        alt: What it shows, in words.
    """

    name: str
    svg: str
    alt: str


Block = str | Grid | Picture


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        title: The heading.
        blocks: In order.
        detailed: Whether it shows small numbers, such as those of a stratum or of a set of lists.
    """

    title: str
    blocks: tuple[Block, ...]
    detailed: bool = False


@dataclass(frozen=True)
class Page:
    """The whole page.

    Attributes:
        title: Its heading.
        language: ``en`` or ``ru``.
        sections: In order.
    """

    title: str
    language: str
    sections: tuple[Section, ...]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All pictures, in order."""
        return tuple(b for s in self.sections for b in s.blocks if isinstance(b, Picture))


def as_markdown(page: Page, pictures: str) -> str:
    """The page as Markdown.

    Args:
        page: What it says.
        pictures: Folder of the pictures, as links name it.
    """
    parts = [f"# {_markdown(page.title)}"]
    for section in page.sections:
        parts.append(f"## {_markdown(section.title)}")
        parts += [_markdown_block(block, pictures) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def _markdown_block(block: Block, pictures: str) -> str:
    if isinstance(block, Picture):
        return f"![{_markdown(block.alt)}]({pictures}/{block.name}.svg)"
    if isinstance(block, Grid):
        lines = [_markdown_row(block.headings), "|" + " --- |" * len(block.headings)]
        rows = (_markdown_row(row) for row in block.rows)
        return f"**{_markdown(block.caption)}**\n\n" + "\n".join([*lines, *rows])
    return _markdown(block)


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_markdown(cell).replace("\n", " ") for cell in cells) + " |"


def _markdown(text: str) -> str:
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}") if sign in text else text
    return text


_STYLE = (
    "body{font:1rem/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "color:#111;background:#fff;color-scheme:light dark}"
    "@media screen and (prefers-color-scheme:dark){body{color:#e8e8e8;background:#161616}}"
    "table{border-collapse:collapse;display:block;overflow-x:auto}"
    "table{margin:1rem 0}caption{text-align:left;font-weight:bold}figure{margin:1rem 0}"
    "th,td{border-bottom:1px solid #999;padding:.2rem .6rem;text-align:left;vertical-align:top}"
    "svg{max-width:100%;height:auto}"
)


def as_html(page: Page) -> str:
    """The page as HTML; pictures stand inside."""
    body = "".join(
        f"<section><h2>{html.escape(section.title)}</h2>"
        + "".join(_html_block(block) for block in section.blocks)
        + "</section>"
        for section in page.sections
    )
    title = html.escape(page.title)
    return (
        f'<!doctype html>\n<html lang="{page.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{body}</main></body></html>\n"
    )


def _html_block(block: Block) -> str:
    if isinstance(block, Picture):
        alt = html.escape(block.alt, quote=True)
        return f'<figure role="img" aria-label="{alt}">{block.svg}</figure>'
    if isinstance(block, Grid):
        head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in block.headings)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in block.rows
        )
        caption = html.escape(block.caption)
        top = f"<caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        return f"<table>{top}<tbody>{rows}</tbody></table>"
    return f"<p>{html.escape(block)}</p>"


def as_rows(page: Page) -> list[dict[str, object]]:
    """The page as rows of the table ``estimate_report``."""
    rows: list[dict[str, object]] = []
    for section in page.sections:
        for block in section.blocks:
            rows.append({"language": page.language, "place": len(rows) + 1,
                         "section": section.title, "detailed": section.detailed,
                         **_row(block)})  # fmt: skip
    return rows


def _row(block: Block) -> dict[str, object]:
    if isinstance(block, Picture):
        return {"kind": "picture", "name": block.name, "text": block.alt, "svg": block.svg}
    if isinstance(block, Grid):
        cells = json.dumps([block.headings, *block.rows], ensure_ascii=False)
        return {"kind": "table", "text": block.caption, "cells": cells}
    return {"kind": "text", "text": block}
