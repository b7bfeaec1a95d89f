"""A page of paragraphs, tables and pictures, as Markdown and as HTML that needs no other file.

Whatever comes from a list is text here, never markup.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes:
        headings: One a column.
        rows: Cells as text.
    """

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
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


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
        return "\n".join([*lines, *(_markdown_row(row) for row in block.rows)])
    return _markdown(block)


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_markdown(cell).replace("\n", " ") for cell in cells) + " |"


def _markdown(text: str) -> str:
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}") if sign in text else text
    return text


_STYLE = (
    "body{font:1rem/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "color:#111;background:#fff}"
    "table{border-collapse:collapse;display:block;overflow-x:auto}"
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
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<p>{html.escape(block)}</p>"
