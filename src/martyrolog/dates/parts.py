"""Quarters and halves of years, decades and centuries: «I квартал 1938», «2-я пол. 1930-х».

Used by ``shapes``. A part is the first to the last of its months or years.
"""

from __future__ import annotations

import re

from martyrolog.dates.manner import Manner, in_style
from martyrolog.dates.partial import DateError, Partial, give_century, read_partial
from martyrolog.dates.tokens import Token

_MONTHS_OF_PART = re.compile("[nR1234][QH]-?[Yn]|Q[n1234][Yn]|Y-?Q[n1234]|[Y][nR1234][QH]")
_YEARS_OF_PART = re.compile("[nR1234l][QH](?:[nY]D|[Rn]C|R)")
_QUARTERS = re.compile("F?([nR])[-&T]([nR])Q[yz]*(Y)[yz]*")


def read_part(tokens: list[Token], marks: str, manner: Manner) -> str | None:
    """A quarter or half of a year, a decade or a century; ``None`` for any other shape.

    Raises:
        DateError: It has no such part: «5-й квартал».
    """
    bare = marks.rstrip("yz")
    if _MONTHS_OF_PART.fullmatch(bare):
        return in_style(_read_part_of_year(tokens, manner), manner)
    if _YEARS_OF_PART.fullmatch(bare):
        return in_style(_read_part_of_century(tokens, manner), manner)
    if match := _QUARTERS.fullmatch(marks):
        first, last, year = (tokens[match.start(i)].value for i in (1, 2, 3))
        if not 1 <= first < last <= 4:
            raise DateError("dates.unreadable")
        return in_style(f"{year}-{first * 3 - 2:02}/{year}-{last * 3:02}", manner)
    return None


def _read_part_of_century(tokens: list[Token], manner: Manner) -> str:
    """«2-я пол. 1930-х» as 1935 to 1939; «вторая половина XIX в.» as 1850 to 1900.

    Whether a century ends with its hundredth year or the one before, lists do not say: parts of it
    hold both.
    """
    which, kind, of = tokens[:3]
    if any(t.mark == "D" for t in tokens):
        decade = read_partial(tokens[2:], manner.order)
        assert decade is not None
        first, length = int(give_century(decade, manner.century).digits[:3]) * 10, 10
    else:
        first, length = 100 * (of.value - 1), 100
    parts = {"H": 2, "Q": 4}[kind.mark]
    number = parts if which.mark == "l" else _count(which)
    if not 1 <= number <= parts or length % parts or first < 1:
        raise DateError("dates.unreadable")
    part = length // parts
    end = first + number * part - (length == 10)
    return f"{first + (number - 1) * part:04}/{end:04}"


def _read_part_of_year(tokens: list[Token], manner: Manner) -> str:
    """«I квартал 1938» and «первая половина 1938» as the first to the last of their months."""
    length = 3 if any(t.mark == "Q" for t in tokens) else 6
    numbers = [t for t in tokens if t.mark in "nR1234Y"]
    numbers.sort(key=lambda t: t.digits == 4 or (t.digits == 2 and t.value > 4))
    which = _count(numbers[0])
    year = give_century(
        Partial(numbers[1].value, short_year=numbers[1].digits < 4), manner.century
    ).year
    if not 1 <= which <= 12 // length:
        raise DateError("dates.unreadable")
    return f"{year}-{(which - 1) * length + 1:02}/{year}-{which * length:02}"


def _count(token: Token) -> int:
    """The number that a figure, a numeral or a word such as «первая» says."""
    return int(token.mark) if token.mark.isdigit() else token.value
