"""The shapes of dates over marked tokens: one day in two styles, directions, ranges, alternatives.

Used by ``parse``. A part that only one end of a range says («2-9 March 1938») completes the other.
"""

from __future__ import annotations

import re
from dataclasses import replace

from martyrolog.dates.edtf import bounds
from martyrolog.dates.manner import Manner, write_one
from martyrolog.dates.partial import (
    TWO_DIGIT_YEARS,
    DateError,
    Partial,
    complete,
    give_century,
    read_partial,
    to_edtf,
    to_gregorian,
)
from martyrolog.dates.parts import read_part
from martyrolog.dates.tokens import Token, marks_of

# Shapes of two dates, over the string of marks; {first} and {last} are the first and the last date
# that they say: a quarter, and a month of the old style, have two themselves.
_DIRECTIONS = [
    (re.compile("(?:NB|A|E)([^&-]+?)[&-]?(?:NA|NT|B|L|T)(.+)"), "{first}/{last}"),
    (re.compile("F?([^BTAFN]+?)-?T(.+)"), "{first}/{last}"),
    (re.compile("W(.+?)[&a-](.+)"), "{first}/{last}"),
]
_ONE_SIDED = [
    (re.compile("(?:NB|E)(.+)"), "[{first}..]"),
    (re.compile("(?:NA|L)(.+)"), "[..{last}]"),
    (re.compile("[BT](.+)"), "../{last}"),
    (re.compile("[AF](.+)"), "{first}/.."),
]
_DIRECTION_MARKS = frozenset("NBAELTFW")
_IDLE_BRACKETS = re.compile(r"\([ow]*\)|\(\|[^()]+\)")
_IN_BRACKETS = re.compile(r"([^()]*)\(([^()]+)\)([^()]*)")
_CENTURIES = re.compile("RC?-RC+")
_YEARS_OF_DECADE = re.compile("z(?:Y|nD?)(?:RC?)?|[Yn]z(?:RC?)?")
_MONTH_BEFORE_DAYS = re.compile("([WF]?)mn[-/T&|a]nY")
_DAYS_JOINED_TO_MONTH = re.compile("n[-/|&]n(?:/[mR][-/]?|[mR][-/])[nY]")
_WINTER_OF_TWO_YEARS = re.compile("S(Y)[-/](?:Y|n)[yz]*")
_STYLES = frozenset("ow")


def without_outer_brackets(tokens: list[Token]) -> list[Token]:
    """Leave out brackets around the whole date, around «or», a style alone, and empty ones.

    «(1937)», «12 ноября 1937 (или 1938)», «8 сентября 1883 (ст. ст.)», «1922 (ок.)».
    """
    marks = marks_of(tokens)
    if "(" not in marks:
        return tokens
    if marks.startswith("(") and marks.endswith(")") and marks.count("(") == 1:
        return tokens[1:-1]
    if match := _IDLE_BRACKETS.search(marks):
        return [t for i, t in enumerate(tokens) if i not in (match.start(), match.end() - 1)]
    return tokens


def without_styles(tokens: list[Token], manner: Manner) -> tuple[list[Token], Manner]:
    """Take «old style» and «new style» out of one date, and into the manner."""
    styles = _STYLES & set(marks_of(tokens))
    if not styles:
        return tokens, manner
    if len(styles) == 1:
        old = "o" in styles
        manner = replace(manner, old_style=old, julian=manner.julian and old)
    return [t for t in tokens if t.mark not in _STYLES], manner


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
    if ("Q" in marks or "H" in marks) and (part := read_part(tokens, marks, manner)):
        return part, None
    if _WINTER_OF_TWO_YEARS.fullmatch(marks) and tokens[0].value == 24:
        return f"{tokens[1].value}-12/{tokens[1].value + 1}-02", None
    if _CENTURIES.fullmatch(marks):
        first, last = (t.value - 1 for t in tokens if t.mark == "R")
        return f"{first:02}XX/{last:02}XX", None
    directed = not _DIRECTION_MARKS.isdisjoint(marks)
    for shape, written in (*_DIRECTIONS, *_ONE_SIDED) if directed else ():
        match = shape.fullmatch(marks)
        if match:
            ends = [tokens[slice(*match.span(i + 1))] for i in range(len(match.groups()))]
            return _write(ends, written, manner), None
    return _read_plain(tokens, marks, manner)


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
    """«Années 1930», «1930 гг.», «lata 30.»: years in the plural that end in 0 are the decade."""
    years = next((token for token in tokens if token.mark in "nY"), None)
    if years and _YEARS_OF_DECADE.fullmatch(marks_of(tokens)) and years.value % 10 == 0:
        return [years, Token("D", 0), *(token for token in tokens if token.mark in "RC")]
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
            return _write_set(members, written, manner), None
    if "-" in marks:
        halves = _halves(tokens, manner.order)
        if halves:
            return _write(halves, "{first}/{last}", manner), None
    raise DateError("dates.unreadable")


def _write_set(members: list[list[Token]], written: str, manner: Manner) -> str:
    """Write alternatives, each completed by the one behind it.

    «12 или 13 ноября 1937 или 1938» is two days or any of 1938: its last member is a year and says
    nothing of the first.
    """
    partials = [_partial(member, manner) for member in members]
    behind = partials[-1]
    dates: list[str] = []
    for partial in reversed(partials):
        if _is_number_before_year(partial, behind):
            raise DateError("dates.unreadable")
        whole = _completed(partial, behind)
        date = write_one(whole, manner, like=behind)
        if partial.year is None and dates and date > dates[0]:
            # «11.12 or 13.01.1938»: the year that the first leaves unsaid is not that of the last
            raise DateError("dates.end_before_start")
        dates.insert(0, date)
        behind = whole
    return _joined(dates, written)


def _is_number_before_year(partial: Partial, behind: Partial) -> bool:
    """«1 or 1938»: no two-digit year, as the 17 of «17 or 1918» is, and no day of a month."""
    bare = partial.day is not None and partial.month is None and behind.month is None
    return bare and partial.day not in TWO_DIGIT_YEARS


def _joined(dates: list[str], written: str) -> str:
    """Write a set; where one of its dates has a first and a last day, all that the set spans."""
    if not any("/" in date for date in dates):
        return written.format(",".join(dates))
    ends = [end for date in dates for end in bounds(date)]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        raise DateError("dates.unreadable")
    return f"{min(known)}/{max(known)}"


def _is_pair(tokens: list[Token], marks: str) -> bool:
    """Tell «1937-38» and «2-20.1938» from one date whose parts are joined by a dash."""
    if "&" in marks or "|" in marks or ("z" in marks and "-" in marks):
        return True
    numbers = [t for t in tokens if t.mark not in "yzp-/"]
    bare = marks.rstrip("yz")
    if bare in ("n-nY", "n-nn") and 0 < numbers[0].value < numbers[1].value <= 12:
        return True  # «07-08.1937»: July and August, which hold the 7th of August too
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


def _write(ends: list[list[Token]], written: str, manner: Manner) -> str:
    """Write the one or two dates, each completed by what only the other says."""
    if any(t.mark in "QH" for end in ends for t in end):
        dates = [read_tokens(end, manner)[0] for end in ends]
    else:
        partials = [_partial(end, manner) for end in ends]
        dates = [
            write_one(_completed(partial, other), manner, like=other)
            for partial, other in zip(partials, partials[::-1], strict=True)
        ]
    return written.format(first=dates[0].partition("/")[0], last=dates[-1].rpartition("/")[2])


def _completed(partial: Partial, other: Partial) -> Partial:
    """Complete a date by another; a bare number is a year beside a year, a month beside a month."""
    if partial.day is not None and partial.month is None:
        if other.year and not other.month:
            partial = Partial(year=partial.day, short_year=True)
        elif other.month and other.day is None:
            partial = Partial(month=partial.day)
    return complete(partial, other)


def _read_bracketed(
    tokens: list[Token], match: re.Match[str], manner: Manner
) -> tuple[str, str | None]:
    """«12 (24) November 1893», «30 October (12 November) 1899»: one day in two styles."""
    before, inside, after = (tokens[slice(*match.span(i))] for i in (1, 2, 3))
    if any(t.mark == "V" for t in inside):
        return _two_accounts(before, inside, after, manner), None
    if not before:
        return read_tokens(*without_styles(inside + after, manner))
    after = [t for t in after if t.mark not in _STYLES]  # of the whole, which has both
    if after and _may_be_date([t for t in inside if t.mark not in _STYLES] + after, manner.order):
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
    return _joined(sorted(dates), "[{}]") if len(dates) > 1 else dates.pop()


def _two_styles(members: list[list[Token]], manner: Manner) -> tuple[str, str | None]:
    """Give the Gregorian one of two days that are one day; both as a set where they are not.

    A style that the text gives to one of them leaves the other the other style.
    """
    styles = [next((t.mark for t in member if t.mark in _STYLES), "") for member in members]
    left, right = (_partial([t for t in m if t.mark not in _STYLES], manner) for m in members)
    if left.day and not left.month and right.year and not right.month:
        left, right, styles = right, left, styles[::-1]
    if right.day and not right.month and left.year and not left.month:
        right = Partial(year=right.day, short_year=True)
    yearless = left.year is None
    left, right = complete(left, right), complete(right, left)
    left = give_century(left, manner.century, right)
    right = give_century(right, manner.century, left)
    if yearless and left.is_day and (left.month, right.month) == (12, 1):
        left = left._replace(year=left.figures()[0] - 1)  # «25 December (6 January) 1898»
    if not (left.is_day and right.is_day):
        dates = [
            write_one(partial, replace(manner, old_style=style == "o", julian=False))
            for partial, style in ((left, styles[0]), (right, styles[1]))
        ]
        return _joined(dates, "[{}]"), None
    if "o" not in styles and "w" not in styles:
        return _one_day_or_both(left, right)
    old_first = styles[0] == "o" or styles[1] == "w"
    old, new = (left, right) if old_first else (right, left)
    days = sorted((to_edtf(to_gregorian(old, always=True)), to_edtf(new)))
    if days[0] == days[1]:
        return days[0], None
    return f"[{','.join(days)}]", "dates.calendars_disagree"


def _one_day_or_both(left: Partial, right: Partial) -> tuple[str, str | None]:
    """Two days of which the text does not say which is old style."""
    for old, new in ((left, right), (right, left)):
        if to_edtf(to_gregorian(old, always=True)) == to_edtf(new):
            return to_edtf(new), None
    days = sorted((left.to_date(), right.to_date()))
    problem = "dates.calendars_disagree" if (days[1] - days[0]).days > 1 else None
    return f"[{days[0]},{days[1]}]", problem
