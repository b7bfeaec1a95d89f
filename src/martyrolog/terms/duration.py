"""The length of a sentence in years: «10 лет ИТЛ», «ИТЛ-10», «сроком на пять лет», «6 месяцев», "15 years"."""

from __future__ import annotations

import re

_NUMBER_WORDS = {
    "один": 1, "одного": 1, "два": 2, "двух": 2, "три": 3, "трех": 3, "трем": 3, "четыре": 4, "четырех": 4,
    "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7, "семи": 7, "восемь": 8, "восьми": 8,
    "девять": 9, "девяти": 9, "десять": 10, "десяти": 10, "пятнадцать": 15, "пятнадцати": 15,
    "двадцать": 20, "двадцати": 20,
}  # fmt: skip
_YEARS = re.compile(
    r"(?<![\d.-])(\d{1,2}(?:[.,]5)?)(?:\s*\(\w+\))?[\s-]*(?:-?(?:х|ти|и|ми|летн\w*)\s)?\s*(?:лет|год|г(?:\.|\b)|л(?:\.|\b)|years?\b)"
)
_IN_WORDS = re.compile(r"(?<!\w)(" + "|".join(_NUMBER_WORDS) + r")\s+(?:лет|год)")
_BEHIND = re.compile(r"(?:итл|лагер\w+|л/св?|тюрьмы|лишени\w+ свободы|на|сроком)[\s:-]+(\d{1,2})(?![\d.])")
_MONTHS = re.compile(r"(?<!\d)(\d{1,2})\s*мес")


def years_of(text: str) -> float | None:
    """Give the first length of a sentence in a text, in years; ``None`` where there is none.

    Example:
        >>> years_of("к 10 годам ИТЛ"), years_of("6 месяцев"), years_of("ВМН")
        (10.0, 0.5, None)
    """
    folded = text.casefold().replace("ё", "е")
    if match := _YEARS.search(folded):
        return float(match[1].replace(",", "."))
    if match := _IN_WORDS.search(folded):
        return float(_NUMBER_WORDS[match[1]])
    if match := _MONTHS.search(folded):
        return int(match[1]) / 12
    if match := _BEHIND.search(folded):
        return float(match[1])
    return None
