"""Dates within a longer text: where a date begins and ends, and what it says.

For prose entries and phrases («Тройка НКВД 11 июня 1931 г.»), where ``parse_date`` would rightly
refuse the whole. Only dates with a year of four digits, or a numeric day with one of two, are
found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from martyrolog.dates.parse import parse_date
from martyrolog.dates.tokens import month_names
from martyrolog.dates.value import DateValue


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date found in a text: characters ``start`` to ``end`` (exclusive), and its value."""

    start: int
    end: int
    value: DateValue


@cache
def _pattern() -> re.Pattern[str]:
    months = _any_of(month_names())
    year = r"\d{4}(?:\s?(?:гг?\b\.?|год[ау]?\b|р\b\.?|roku\b|r\.))?"
    word = r"(?:(?:ок\.|около|до|после|не ранее|не позднее|начал[ое]|конц?е?ц?|середин[ае])\s+)?"
    night = r"(?:в ночь (?:на|со? \d{1,2} на)\s+)?"
    return re.compile(
        rf"(?<![\w.])(?:{night}{word}(?:\d{{1,2}}(?:\s?(?:-|–|или|и)\s?\d{{1,2}})?\s+)?(?:{months})\b\.?\s*,?\s*{year}"
        rf"|(?:{months})\s\d{{1,2}},\s\d{{4}}"
        rf"|{night}\d{{1,2}}[./]\s?(?:\d{{1,2}}|[IVXІХ]{{1,4}})[./]\s?\d{{4}}(?:\s?г\b\.?)?"
        rf"|\d{{1,2}}\.\d{{1,2}}\.\d{{2}}(?!\d)(?:\s?г\b\.?)?"
        rf"|\d{{4}}-\d{{2}}-\d{{2}}|{word}(?:1[789]|20)\d{{2}}(?:\s?[-–/]\s?(?:1[89]|20)?\d{{2}})?"
        r"(?!\d)(?:\s?(?:гг?\b\.?|год[ау]?\b))?)",
        re.IGNORECASE,
    )


def _any_of(names: Iterable[str]) -> str:
    """An expression for any of many names, the longest first; sorted by their first letter.

    Python tries the branches one by one: thirty letters instead of three hundred names.
    """
    by_letter: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        by_letter.setdefault(name[0], []).append(re.escape(name[1:]))
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in sorted(by_letter.items()))


def find_dates(text: str) -> list[FoundDate]:
    """Find the dates of a text in their order; those that ``parse_date`` refuses are left out.

    Example:
        >>> [(found.start, found.value.edtf) for found in find_dates("Тройка НКВД 11 июня 1931 г.")]
        [(12, '1931-06-11')]
    """
    found = []
    for match in _pattern().finditer(text):
        value = parse_date(match.group())
        if value.edtf is not None:
            found.append(FoundDate(match.start(), match.end(), value))
    return found
