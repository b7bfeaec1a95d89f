"""Running text: entries between separators, and the fields that patterns take out of an entry."""

import re
from collections.abc import Iterator

from martyrolog.read.profile import Patterns
from martyrolog.read.row import Row, cleaned, shown

MAX_ENTRY = 10_000
"""Characters of an entry; a longer one is rejected and kept. The longest real one has 1,467."""


def prose_rows(text: str, separator: str) -> Iterator[Row]:
    """The entries of a text, counted from 1; what is empty between two separators is no entry.

    Args:
        text: The file, decoded.
        separator: Regular expression; ``^`` and ``$`` match at line ends.
    """
    number = 0
    for entry in _split(text.replace("\r\n", "\n"), separator):
        stripped = entry.strip()
        if not stripped:
            continue
        number += 1
        if len(stripped) > MAX_ENTRY:
            yield Row(
                None,
                number,
                text=shown(stripped),
                problem="read.oversize_cell",
                detail=str(len(stripped)),
            )
        else:
            yield Row(None, number, text=shown(stripped))


def _split(text: str, separator: str) -> Iterator[str]:
    # not re.split(): a group in the separator would come out as an entry
    begin = 0
    for match in re.finditer(separator, text, re.MULTILINE):
        yield text[begin : match.start()]
        begin = match.end()
    yield text[begin:]


def fields_in(text: str, patterns: Patterns) -> dict[str, str]:
    """The fields that the steps of a profile find in a text.

    Each step tries its alternatives in order; the first that is found fills those of its named
    groups that no earlier step has filled, and what it matched is cut out of the text unless the
    step keeps it. A step that finds nothing costs nothing: its fields stay empty.

    Args:
        text: An entry, or the cell that holds it. White space within lines is evened out first.
        patterns: Steps of the reading profile.
    """
    rest = "\n".join(filter(None, map(cleaned, text.split("\n"))))
    found: dict[str, str] = {}
    for alternatives, keep in patterns.compiled:
        match = next(filter(None, (each.search(rest) for each in alternatives)), None)
        if match is None:
            continue
        for field, value in match.groupdict().items():
            stripped = " ".join((value or "").split("\n")).strip(" ,;:")
            if stripped and field not in found:
                found[field] = stripped
        if not keep:
            rest = f"{rest[: match.start()]} {rest[match.end() :]}".strip(" ,;\n")
    return found
