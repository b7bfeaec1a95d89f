r"""A row as it stands in a file, before anyone asks what it means.

Every format reader gives :class:`Row` objects, in the order of the file, and loses nothing: what it
cannot take apart becomes a row with a ``problem``. Control characters that no storage carries (NUL,
lone surrogates) are shown as ``\x00`` or ``\ud800`` by :func:`shown`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MAX_CELL = 1_000_000
"""Characters in one cell or entry; a longer one is rejected and kept."""

MAX_CELLS = 2_000
"""Cells in one row; more are rejected and kept."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        page: Sheet, table or heading under which it stands.
        number: Row, line or entry within the file or the sheet, counted from 1.
        cells: Heading to cell in the file's order; None for running text and unreadable rows.
        text: The text of a prose entry, or of a row that could not be taken apart.
        context: What stands around the row and is no part of it (context of an HTML entry).
        problem: Message key of the reason why it cannot be read, or None.
        detail: What exactly was found.
    """

    page: str | None
    number: int
    cells: Mapping[str, str] | None = None
    text: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None
    detail: str | None = None

    @property
    def verbatim(self) -> str:
        """What the list says: the text, or the cells as a JSON object in the file's order."""
        if self.cells is None:
            return self.text
        return json.dumps(self.cells, ensure_ascii=False, separators=(", ", ": "))

    @property
    def verbatim_kind(self) -> str:
        """``text`` or ``cells``."""
        return "text" if self.cells is None else "cells"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that has been opened: what it is, and its rows, each given once."""

    format: str
    encoding: str
    rows: Iterator[Row]
    broken: bool = False
    """Some bytes of the file could not be decoded; they are shown as ``\\xNN`` in their rows."""


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def shown(text: str) -> str:
    """The text with NUL and lone surrogates written as escapes; all other letters as they are."""
    if _UNSTORABLE.search(text) is None:
        return text
    return _UNSTORABLE.sub(
        lambda match: (
            f"\\x{ord(match[0]):02x}" if match[0] == "\x00" else f"\\u{ord(match[0]):04x}"
        ),
        text,
    )


_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
"""Controls, soft hyphens, zero-width and bidi signs, tags: nothing that a reader of a list sees."""

_INVISIBLES = re.compile(f"[{_INVISIBLE}]+")
_SPACES = re.compile(r"\s+")
_UNCLEAN = re.compile(rf"[{_INVISIBLE}]|[^\S ]|  ")


def cleaned(text: str) -> str:
    """A cell as a value: runs of white space are one space, invisible and bidi controls are gone.

    The verbatim text keeps them.
    """
    if _UNCLEAN.search(text) is None:
        return text.strip()
    return _SPACES.sub(" ", _INVISIBLES.sub("", text)).strip()


def named_headings(cells: list[str]) -> list[str]:
    """Headings that are all different and none empty, made from a row of cells.

    An empty one becomes ``column 3``, a second ``Name`` becomes ``Name (2)``.
    """
    repeats: dict[str, int] = {}
    for number, cell in enumerate(cells, start=1):
        heading = wanted = cleaned(cell) or f"column {number}"
        while heading in repeats:
            repeats[wanted] += 1
            heading = f"{wanted} ({repeats[wanted]})"
        repeats[heading] = 1
    return list(repeats)
