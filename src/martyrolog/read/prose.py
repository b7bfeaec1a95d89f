"""Running text: entries between separators, and the fields that patterns take out of an entry."""

import re
from collections.abc import Iterator, Mapping, Sequence

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
    groups that no earlier step has filled (or adds to them, where the profile joins the field), and
    what it matched is cut out of the text unless the step keeps it. A step that finds nothing costs
    nothing: its fields stay empty.

    Args:
        text: An entry, or the cell that holds it. White space within lines is evened out first.
        patterns: Steps of the reading profile.
    """
    found: dict[str, str] = {}
    for _ in _looks(evened(text), patterns, found):
        pass
    return found


def unread_spans(text: str, patterns: Patterns) -> list[tuple[int, int]]:
    """The characters of :func:`evened` text that no slot took, as start and end (exclusive).

    Taken is what a step with a named group matched, the words that introduce the value included.
    Spans of white space and punctuation only are left out.

    Args:
        text: An entry.
        patterns: Steps of the reading profile.
    """
    whole = evened(text)
    places = list(range(len(whole)))
    free = bytearray(b"x" * len(whole))
    for match, cuts in _looks(whole, patterns, {}):
        if match.re.groupindex:
            for place in places[match.start() : match.end()]:
                if place >= 0:
                    free[place : place + 1] = b"-"
        if cuts:
            cut = [*places[: match.start()], -1, *places[match.end() :]]
            before, after = _uneven_ends(_cut(match))
            places = cut[before : len(cut) - after]
    return [each.span() for each in re.finditer(b"x+", free) if _SAYS.search(whole, *each.span())]


_SAYS = re.compile(r"\w")
_ENDS = " ,;\n"


def evened(text: str) -> str:
    """The text as steps see it: lines without white space at their ends, and none empty."""
    return "\n".join(filter(None, map(cleaned, text.split("\n"))))


def _looks(
    rest: str, patterns: Patterns, found: dict[str, str]
) -> Iterator[tuple[re.Match[str], bool]]:
    """What each step finds in the text, and whether it is cut out; fills the fields on the way."""
    for step in patterns.compiled:
        text = found.get(step.within, "") if step.within else rest
        match = _first(step.find, text) if text else None
        if match is None:
            continue
        _fill(found, match, patterns.join)
        if not step.within:
            yield match, not step.keep
            if not step.keep:
                rest = _cut(match).strip(_ENDS)


def _first(expressions: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    for each in expressions:
        match = each.search(text)
        if match is not None:
            return match
    return None


def _fill(found: dict[str, str], match: re.Match[str], join: Mapping[str, str]) -> None:
    for field, value in match.groupdict().items():
        stripped = " ".join((value or "").split("\n")).strip(" ,;:")
        if not stripped:
            continue
        if field not in found:
            found[field] = stripped
        elif field in join:
            found[field] += join[field] + stripped


def _cut(match: re.Match[str]) -> str:
    return f"{match.string[: match.start()]} {match.string[match.end() :]}"


def _uneven_ends(text: str) -> tuple[int, int]:
    """How many characters stripping takes away at the beginning and at the end."""
    if not text.strip(_ENDS):
        return len(text), 0
    return len(text) - len(text.lstrip(_ENDS)), len(text) - len(text.rstrip(_ENDS))
