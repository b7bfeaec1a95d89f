"""From the text of a date to its value.

Read with ``parse_date``; ``parse_dates`` for a column. What always holds: the verbatim text is
kept; no day, month or year is given that the text does not give; what cannot be read is named as a
problem and never guessed; no clock is read. Text around a date («arrested», a place) makes it
unreadable: cutting the date out of prose is the reader's work (``find_dates`` helps).

How directions are written: «after X» ``X/..``, «before X» ``../X``, «not before X» ``[X..]``, «not
after X» ``[..X]``, «from X to Y» ``X/Y``, «X or Y» ``[X,Y]``, «X and Y» ``{X,Y}``. The bounds
include X itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from martyrolog.dates.edtf import Bounds, bounds
from martyrolog.dates.partial import (
    DateError,
    Partial,
    complete,
    give_century,
    read_partial,
    to_edtf,
    to_gregorian,
)
from martyrolog.dates.tokens import Token, month_named, tokenize
from martyrolog.dates.value import DateValue

_EDTF_SHAPE = re.compile(
    r"\.\.\s*/\s*[0-9X].*|/[0-9X].*|[\[{][0-9X.?~%, -]+[\]}]|\.\.[0-9]{4}"
    r"|[?~%]?[0-9X]{4}[?~%]?(-[?~%]?[0-9X]{2}[?~%]?){0,2}(/[0-9X.?~%-]*)?"
)
_PLAIN_DAY = re.compile(
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?:\.(?P<month>0?[1-9]|1[0-2])\.|\s(?P<name>[^\W\d_]+)\s)"
    r"(?P<year>\d{4})(?:\s?г(?:\.|ода)?)?"
)
_ISO_MONTH = re.compile(r"\d{4}-\d{2}")

# Shapes of two dates, over the string of marks; {l} and {r} are the dates.
_DIRECTIONS = [
    (re.compile("(?:NB|A|E)([^&-]+?)[&-]?(?:NA|NT|B|L|T)(.+)"), "{l}/{r}"),
    (re.compile("F?([^BTAFN]+?)-?T(.+)"), "{l}/{r}"),
    (re.compile("W(.+?)[&-](.+)"), "{l}/{r}"),
]
_ONE_SIDED = [
    (re.compile("(?:NB|E)(.+)"), "[{l}..]"),
    (re.compile("(?:NA|L)(.+)"), "[..{l}]"),
    (re.compile("[BT](.+)"), "../{l}"),
    (re.compile("[AF](.+)"), "{l}/.."),
]
_DIRECTION_MARKS = frozenset("NBAELTFW")
_IN_BRACKETS = re.compile(r"([^()]*)\(([^()]+)\)([^()]*)")
_MONTHS_OF_PART = re.compile("[nR1234][QH]-?[Yn]|Q[n1234][Yn]|Y-?Q[n1234]|[Y][nR1234][QH]")
_WINTER_OF_TWO_YEARS = re.compile("S(Y)[-/](?:Y|n)[yz]*")


def parse_dates(
    texts: Iterable[str],
    *,
    order: str = "dmy",
    calendar: str = "gregorian",
    century: int | None = None,
) -> list[DateValue]:
    """Read a column of dates; equal texts are read once. Arguments as of ``parse_date``."""
    read: dict[str, DateValue] = {}
    values = []
    for text in texts:
        value = read.get(text)
        if value is None:
            value = parse_date(text, order=order, calendar=calendar, century=century)
            read[text] = value
        values.append(value)
    return values


@lru_cache(maxsize=65_536)
def parse_date(
    text: str,
    *,
    order: str = "dmy",
    calendar: str = "gregorian",
    century: int | None = None,
) -> DateValue:
    """Read a date as books of memory write it, or EDTF.

    Args:
        text: The date alone, in Russian, Ukrainian, Belarusian, Polish, German, French, English or
            EDTF.
        order: ``dmy``, ``mdy`` or ``ymd``: the order of purely numeric dates in this list.
        calendar: ``julian`` when the list's profile says its days before 14 February 1918 are old
            style: full days are converted. A style that the text itself names is heeded always.
        century: First year of the century of two-digit years, such as 1900; ``None`` reads 17-56
            as 1917-1956 and refuses the others.

    Returns:
        The value; see ``DateValue.problem`` for what could not be read. Never raises for a text.

    Raises:
        ValueError: ``order`` or ``calendar`` is not one of the words above.

    Example:
        >>> parse_date("ок. 1893 г.").edtf, parse_date("31.02.1938").problem
        ('1893~', 'dates.no_such_day')
    """
    if order not in ("dmy", "mdy", "ymd") or calendar not in ("gregorian", "julian"):
        raise ValueError(f"unknown order {order!r} or calendar {calendar!r}")
    try:
        edtf, problem = _read(text, _Manner(order, calendar == "julian", False, century))
        earliest, latest = _sound_bounds(edtf)
    except DateError as error:
        return DateValue(text, None, None, None, error.args[0])
    return DateValue(text, edtf, earliest, latest, problem)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How the list writes dates; ``old_style`` is said by the text itself."""

    order: str
    julian: bool
    old_style: bool
    century: int | None


def _sound_bounds(edtf: str | None) -> Bounds:
    try:
        return bounds(edtf)
    except ValueError as error:
        backward = edtf is not None and "/" in edtf
        raise DateError("dates.end_before_start" if backward else "dates.no_such_day") from error


def _read(text: str, manner: _Manner) -> tuple[str | None, str | None]:
    """Give EDTF and the problem that leaves EDTF standing (disagreeing calendars)."""
    stripped = text.strip()
    day = _plain_day(stripped) if manner.order == "dmy" else None
    if day is not None:
        return _write_one(day, manner), None
    if _EDTF_SHAPE.fullmatch(stripped) and not _is_range_of_years(stripped):
        return _read_edtf(stripped), None
    tokens = tokenize(text)
    marks = "".join(t.mark for t in tokens)
    if not marks.strip("U?N-y/"):
        return None, None
    old, new = "o" in marks, "w" in marks
    if old != new:
        manner = replace(manner, old_style=old, julian=manner.julian and old)
    qualifier = {(True, False): "~", (False, True): "?", (True, True): "%"}.get(
        ("~" in marks, "?" in marks), ""
    )
    tokens = [t for t in tokens if t.mark not in "ow~?"]
    edtf, problem = _read_tokens(_without_outer_brackets(tokens), manner)
    return _qualified(edtf, qualifier), problem


def _plain_day(text: str) -> Partial | None:
    """Read «12.11.1899» and «12 ноября 1899 г.», most of all dates, without cutting into tokens."""
    match = _PLAIN_DAY.fullmatch(text)
    if match is None:
        return None
    month = int(match["month"]) if match["month"] else month_named(match["name"])
    return None if month is None else Partial(int(match["year"]), month, int(match["day"]))


def _is_range_of_years(text: str) -> bool:
    """Tell «1937-38», two years in every list, from the EDTF quarters and halves 25-41."""
    if not _ISO_MONTH.fullmatch(text):
        return False
    return int(text[-2:]) > max(24, int(text[2:4]))


def _read_edtf(text: str) -> str:
    edtf = re.sub(r"\s", "", text)
    if edtf.startswith("/"):
        edtf = ".." + edtf
    if edtf.endswith("/"):
        edtf += ".."
    if re.fullmatch(r"\.\.\d{4}", edtf):
        edtf = f"../{edtf[2:]}"
    return edtf


def _qualified(edtf: str, qualifier: str) -> str:
    """Put the qualifier behind each date of the expression."""
    if not qualifier:
        return edtf
    return re.sub(r"[0-9X]{4}(?:-[0-9X]{2}){0,2}", rf"\g<0>{qualifier}", edtf)


def _without_outer_brackets(tokens: list[Token]) -> list[Token]:
    marks = "".join(t.mark for t in tokens)
    if marks.startswith("(") and marks.endswith(")") and marks.count("(") == 1:
        return tokens[1:-1]
    empty = marks.find("()")
    return tokens if empty < 0 else tokens[:empty] + tokens[empty + 2 :]


def _read_tokens(tokens: list[Token], manner: _Manner) -> tuple[str, str | None]:
    """Try the shapes in their order: two styles, directions, one date, alternatives, a range."""
    tokens = _without_opening(tokens)
    marks = "".join(t.mark for t in tokens)
    styles = _IN_BRACKETS.fullmatch(marks)
    if styles:
        return _read_bracketed(tokens, styles, manner)
    months = _MONTHS_OF_PART.fullmatch(marks.rstrip("yz"))
    if months:
        return _read_part_of_year(tokens, manner), None
    if _WINTER_OF_TWO_YEARS.fullmatch(marks) and tokens[0].value == 24:
        return f"{tokens[1].value}-12/{tokens[1].value + 1}-02", None
    directed = not _DIRECTION_MARKS.isdisjoint(marks)
    for shape, written in (*_DIRECTIONS, *_ONE_SIDED) if directed else ():
        match = shape.fullmatch(marks)
        if match:
            ends = [tokens[slice(*match.span(i + 1))] for i in range(len(match.groups()))]
            return _write(ends, written, manner), None
    return _read_plain(tokens, marks, manner)


def _read_part_of_year(tokens: list[Token], manner: _Manner) -> str:
    """«I квартал 1938» and «первая половина 1938» as the first to the last of their months."""
    length = 3 if any(t.mark == "Q" for t in tokens) else 6
    numbers = [t for t in tokens if t.mark in "nR1234Y"]
    numbers.sort(key=lambda t: t.digits == 4 or (t.digits == 2 and t.value > 4))
    which = numbers[0].value or int(numbers[0].mark)
    year = give_century(
        Partial(numbers[1].value, short_year=numbers[1].digits < 4), manner.century
    ).year
    if not 1 <= which <= 12 // length:
        raise DateError("dates.unreadable")
    return f"{year}-{(which - 1) * length + 1:02}/{year}-{which * length:02}"


def _without_opening(tokens: list[Token]) -> list[Token]:
    """Leave out «в», «р.» and the like in front of the date."""
    start = 0
    while start < len(tokens) and tokens[start].mark in "Cyz-/":
        start += 1
    return tokens[start:]


def _read_plain(tokens: list[Token], marks: str, manner: _Manner) -> tuple[str, str | None]:
    point = None if _is_pair(tokens, marks) else read_partial(tokens, manner.order)
    if point is not None:
        return _write_one(point, manner), None
    for sign, written in (("|", "[{}]"), ("&", "{{{}}}"), ("/", "[{}]")):
        if sign in marks:
            members = _split(tokens, sign)
            if sign == "/" and len(members) == 2:
                return _two_styles(members, manner)
            dates = [_write([m], "{l}", manner, like=members[-1]) for m in members]
            return written.format(",".join(dates)), None
    if "-" in marks:
        halves = _halves(tokens, manner.order)
        if halves:
            return _write(halves, "{l}/{r}", manner), None
    raise DateError("dates.unreadable")


def _is_pair(tokens: list[Token], marks: str) -> bool:
    """Tell «1937-38» and «2-20.1938» from one date whose parts are joined by a dash."""
    if "&" in marks or "|" in marks or ("z" in marks and "-" in marks):
        return True
    numbers = [t for t in tokens if t.mark not in "yzp-/"]
    shape = "".join(t.mark for t in numbers)
    joined = "-" in marks or "/" in marks
    return joined and shape in ("Yn", "nnY") and numbers[1].value > 12 and marks[1] in "-/"


def _split(tokens: list[Token], sign: str) -> list[list[Token]]:
    members: list[list[Token]] = [[]]
    for token in tokens:
        if token.mark == sign:
            members.append([])
        else:
            members[-1].append(token)
    return [member for member in members if member]


def _halves(tokens: list[Token], order: str) -> list[list[Token]] | None:
    """Cut a range at the one dash on both sides of which a date stands."""
    for at, token in enumerate(tokens):
        if token.mark == "-":
            left, right = tokens[:at], tokens[at + 1 :]
            if _may_be_date(left, order) and _may_be_date(right, order):
                return [left, right]
    return None


def _may_be_date(tokens: list[Token], order: str) -> bool:
    try:
        return bool(tokens) and read_partial(tokens, order) is not None
    except DateError:
        return False


def _partial(tokens: list[Token], manner: _Manner) -> Partial:
    partial = read_partial(_without_opening(tokens), manner.order)
    if partial is None:
        raise DateError("dates.unreadable")
    return partial


def _write(
    ends: list[list[Token]], written: str, manner: _Manner, like: list[Token] | None = None
) -> str:
    """Write the one or two dates, each completed by what only the other says."""
    partials = [_partial(end, manner) for end in ends]
    others = partials[::-1] if like is None else [_partial(like, manner)]
    dates = []
    for partial, other in zip(partials, others, strict=True):
        if partial.day is not None and partial.month is None and other.year and not other.month:
            partial = Partial(year=partial.day, short_year=True)
        dates.append(_write_one(complete(partial, other), manner, like=other))
    return written.format(l=dates[0], r=dates[-1])


def _write_one(partial: Partial, manner: _Manner, like: Partial | None = None) -> str:
    partial = give_century(partial, manner.century, like)
    if manner.old_style or manner.julian:
        partial = to_gregorian(partial, always=manner.old_style)
    return to_edtf(partial)


def _read_bracketed(
    tokens: list[Token], match: re.Match[str], manner: _Manner
) -> tuple[str, str | None]:
    """«12 (24) November 1893», «30 October (12 November) 1899»: one day in two styles."""
    before, inside, after = (tokens[slice(*match.span(i))] for i in (1, 2, 3))
    if not before:
        return _read_tokens(inside + after, manner)
    if after and _may_be_date(inside + after, manner.order):
        return _two_styles([before, inside + after], manner)
    return _two_styles([before + after, inside], manner)


def _two_styles(members: list[list[Token]], manner: _Manner) -> tuple[str, str | None]:
    """Give the Gregorian one of two days that are one day; both as a set where they are not."""
    left, right = (_partial(member, manner) for member in members)
    if left.day and not left.month and right.year and not right.month:
        left, right = right, left
    if right.day and not right.month and left.year and not left.month:
        right = Partial(year=right.day, short_year=True)
    left, right = complete(left, right), complete(right, left)
    left = give_century(left, manner.century, right)
    right = give_century(right, manner.century, left)
    if not (left.is_day and right.is_day):
        return f"[{to_edtf(left)},{to_edtf(right)}]", None
    for old, new in ((left, right), (right, left)):
        if to_edtf(to_gregorian(old, always=True)) == to_edtf(new):
            return to_edtf(new), None
    days = sorted((left.to_date(), right.to_date()))
    problem = "dates.calendars_disagree" if (days[1] - days[0]).days > 1 else None
    return f"[{days[0]},{days[1]}]", problem
