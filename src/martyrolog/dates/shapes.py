"""The shapes of dates over marked tokens: one day in two styles, directions, ranges, alternatives.

Used by ``parse``. A part that only one end of a range says («2-9 March 1938») completes the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from martyrolog.dates.partial import (
    DateError,
    Partial,
    complete,
    give_century,
    read_partial,
    to_edtf,
    to_gregorian,
)
from martyrolog.dates.tokens import Token, marks_of

# Shapes of two dates, over the string of marks; {l} and {r} are the dates.
_DIRECTIONS = [
    (re.compile("(?:NB|A|E)([^&-]+?)[&-]?(?:NA|NT|B|L|T)(.+)"), "{l}/{r}"),
    (re.compile("F?([^BTAFN]+?)-?T(.+)"), "{l}/{r}"),
    (re.compile("W(.+?)[&a-](.+)"), "{l}/{r}"),
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
_MONTH_BEFORE_DAYS = re.compile("([WF]?)mn[-/T&|a]nY")
_DAYS_JOINED_TO_MONTH = re.compile("n[-/|&]n(?:/[mR][-/]?|[mR][-/])[nY]")
_WINTER_OF_TWO_YEARS = re.compile("S(Y)[-/](?:Y|n)[yz]*")


@dataclass(frozen=True, slots=True)
class Manner:
    """How the list writes dates.

    Attributes:
        order: ``dmy``, ``mdy`` or ``ymd``.
        julian: The profile says that days before the civil change are old style.
        old_style: The text itself says so.
        century: First year of the century of two-digit years.
    """

    order: str
    julian: bool
    old_style: bool
    century: int | None


def without_outer_brackets(tokens: list[Token]) -> list[Token]:
    """Leave out brackets around the whole date, and empty ones: «(1937)», «1922 (ок.)»."""
    marks = marks_of(tokens)
    if "(" not in marks:
        return tokens
    if marks.startswith("(") and marks.endswith(")") and marks.count("(") == 1:
        return tokens[1:-1]
    empty = marks.find("()")
    return tokens if empty < 0 else tokens[:empty] + tokens[empty + 2 :]


def read_tokens(tokens: list[Token], manner: Manner) -> tuple[str, str | None]:
    """Read tokens as EDTF: two styles, directions, one date, alternatives, a range, in this order.

    Returns:
        EDTF, and the problem that leaves it standing (``dates.calendars_disagree``) or ``None``.

    Raises:
        DateError: The tokens have no shape of a date, or there is no such date.
    """
    tokens = day_first(_without_opening(_decade_marked(tokens)))
    marks = marks_of(tokens)
    styles = _IN_BRACKETS.fullmatch(marks) if "(" in marks else None
    if styles:
        return _read_bracketed(tokens, styles, manner)
    if marks.count("V") == 1:
        at = marks.index("V")
        return _two_accounts(tokens[:at], tokens[at:], [], manner), None
    if ("Q" in marks or "H" in marks) and _MONTHS_OF_PART.fullmatch(marks.rstrip("yz")):
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


def _read_part_of_year(tokens: list[Token], manner: Manner) -> str:
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


def day_first(tokens: list[Token]) -> list[Token]:
    """«March 11-12, 1938» as «11-12 March 1938», «11-12/XI-37» as «11-12 XI 37»."""
    marks = marks_of(tokens)
    if match := _MONTH_BEFORE_DAYS.fullmatch(marks):
        at = match.end(1)
        return [*tokens[:at], *tokens[at + 1 : at + 4], tokens[at], tokens[at + 4]]
    if _DAYS_JOINED_TO_MONTH.fullmatch(marks):
        return [*tokens[:3], *(token for token in tokens[3:] if token.mark not in "-/")]
    return tokens


def _decade_marked(tokens: list[Token]) -> list[Token]:
    """«Années 1930», «1930 гг.»: years in the plural that end in 0 are the decade."""
    if marks_of(tokens) in ("zY", "Yz"):
        year = next(token for token in tokens if token.mark == "Y")
        if year.value % 10 == 0:
            return [year, Token("D", 0)]
    return tokens


def _without_opening(tokens: list[Token]) -> list[Token]:
    """Leave out «в», «р.» and the like in front of the date."""
    start = 0
    while start < len(tokens) and tokens[start].mark in "Cyz-/":
        start += 1
    return tokens[start:] if start else tokens


def _read_plain(tokens: list[Token], marks: str, manner: Manner) -> tuple[str, str | None]:
    point = None if _is_pair(tokens, marks) else read_partial(tokens, manner.order)
    if point is not None:
        return write_one(point, manner), None
    for sign, written in (("|", "[{}]"), ("&", "{{{}}}"), ("/", "[{}]")):
        if sign in marks:
            members = _split(tokens, sign)
            if len(members) < 2 and sign != "/":
                raise DateError("dates.unreadable")  # «I2.11.1937»: a digit read as «and»
            if sign == "/" and len(members) == 2:
                return _two_styles(members, manner)
            dates = [_write([m], "{l}", manner, like=members[-1]) for m in members]
            _refuse_backward(members, dates)
            return written.format(",".join(dates)), None
    if "-" in marks:
        halves = _halves(tokens, manner.order)
        if halves:
            return _write(halves, "{l}/{r}", manner), None
    raise DateError("dates.unreadable")


def _refuse_backward(members: list[list[Token]], dates: list[str]) -> None:
    """«11.12 or 13.01.1938»: the year that the first leaves unsaid is not that of the last."""
    yearless = (marks_of(member) in ("nn", "nm", "nR", "m", "R") for member in members)
    if any(no_year and day > dates[-1] for no_year, day in zip(yearless, dates, strict=True)):
        raise DateError("dates.end_before_start")


def _is_pair(tokens: list[Token], marks: str) -> bool:
    """Tell «1937-38» and «2-20.1938» from one date whose parts are joined by a dash."""
    if "&" in marks or "|" in marks or ("z" in marks and "-" in marks):
        return True
    numbers = [t for t in tokens if t.mark not in "yzp-/"]
    shape = marks_of(numbers)
    if shape not in ("Yn", "nnY") or marks[1] not in "-/" or marks in ("n/n/Y", "n-n-Y"):
        return False
    # nobody writes a month behind a long dash: «1905–07» is 1905 to 1907
    long_dash = shape == "Yn" and bool(tokens[1].value)
    return numbers[1].value > (min(12, numbers[0].value % 100) if long_dash else 12)


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


def _partial(tokens: list[Token], manner: Manner) -> Partial:
    partial = read_partial(_without_opening(tokens), manner.order)
    if partial is None:
        raise DateError("dates.unreadable")
    return partial


def _write(
    ends: list[list[Token]], written: str, manner: Manner, like: list[Token] | None = None
) -> str:
    """Write the one or two dates, each completed by what only the other says."""
    partials = [_partial(end, manner) for end in ends]
    others = partials[::-1] if like is None else [_partial(like, manner)]
    dates = []
    for partial, other in zip(partials, others, strict=True):
        if partial.day is not None and partial.month is None and other.year and not other.month:
            partial = Partial(year=partial.day, short_year=True)
        dates.append(write_one(complete(partial, other), manner, like=other))
    return written.format(l=dates[0], r=dates[-1])


def write_one(partial: Partial, manner: Manner, like: Partial | None = None) -> str:
    """Write one date as EDTF: century and calendar settled.

    Raises:
        DateError: There is no such day, or its century cannot be told.
    """
    partial = give_century(partial, manner.century, like)
    if manner.old_style or manner.julian:
        partial = to_gregorian(partial, always=manner.old_style)
    return to_edtf(partial)


def _read_bracketed(
    tokens: list[Token], match: re.Match[str], manner: Manner
) -> tuple[str, str | None]:
    """«12 (24) November 1893», «30 October (12 November) 1899»: one day in two styles."""
    before, inside, after = (tokens[slice(*match.span(i))] for i in (1, 2, 3))
    if any(t.mark == "V" for t in inside):
        return _two_accounts(before, inside, after, manner), None
    if not before:
        return read_tokens(inside + after, manner)
    if after and _may_be_date(inside + after, manner.order):
        return _two_styles([before, inside + after], manner)
    return _two_styles([before + after, inside], manner)


def _two_accounts(
    first: list[Token], other: list[Token], after: list[Token], manner: Manner
) -> str:
    """«3 December (by other accounts February) 1914»: what two sources say, as a set.

    Only where the year stands behind the bracket does the other account share the day: behind a
    whole date a month or a year alone is all that it says.
    """
    shared = after if any(t.mark in "nY" for t in after) else []
    left = _partial(first + shared, manner)
    right = _partial([t for t in other if t.mark != "V"], manner)
    if shared and right.day is None and right.year is None:
        right = right._replace(day=left.day)
    right = complete(right, left)
    dates = {write_one(left, manner, like=right), write_one(right, manner, like=left)}
    return f"[{','.join(sorted(dates))}]" if len(dates) > 1 else dates.pop()


def _two_styles(members: list[list[Token]], manner: Manner) -> tuple[str, str | None]:
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
