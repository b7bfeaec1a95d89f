"""The length of a sentence in years: «10 лет ИТЛ», «ИТЛ-10», «на пять лет», «1 год 6 мес.».

Months under investigation or in custody are no sentence and are left out.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

_YEARS = re.compile(
    r"(?<![\d.-])(\d{1,2}(?:[.,]5)?)\)?(?:\s*\(\w+\))?[\s-]*(?:-?(?:х|ти|и|ми|летн\w*)\s)?\s*"
    r"(?:лет|год\w*|рок(?:и|[іу]в)|гад(?:оў|ы)|[гл]лс\b|г(?:\.|\b)|л(?:\.|\b)|years?\b|lat\b)"
    r"(?:\.?\s*и?\s*(\d{1,2})\s*мес)?"
)
_BEHIND = re.compile(
    r"(?:итл|лагер\w+|л/св?|тюрьмы|лишени\w+ свободы|на|сроком)[\s:-]+(\d{1,2})(?![\d.])"
)
_MONTHS = re.compile(r"(?<!\d)(\d{1,2})\s*мес")
_CUSTODY = re.compile(
    r"(?:\d+\s*(?:год\w*|лет|г\b\.?)\s*)?(?:\d+\s*мес\w*\.?)?\s*под\s+(?:следств|страж)\w*"
)


@cache
def _number_words() -> dict[str, float]:
    text = files(__package__).joinpath("numbers.yaml").read_text(encoding="utf-8")
    return {word: number for number, listed in yaml.safe_load(text).items() for word in listed}


@cache
def _in_words() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(" + "|".join(_number_words()) + r")\s*(?:лет|год)")


def years_of(text: str) -> float | None:
    """Give the first length of a sentence in a text, in years; ``None`` where there is none.

    Example:
        >>> years_of("к 10 годам ИТЛ"), years_of("1 год 6 месяцев"), years_of("ВМН")
        (10.0, 1.5, None)
    """
    folded = _CUSTODY.sub(" ", text.casefold().replace("ё", "е"))
    if match := _YEARS.search(folded):
        return float(match[1].replace(",", ".")) + int(match[2] or 0) / 12
    if match := _in_words().search(folded):
        return float(_number_words()[match[1]])
    if match := _MONTHS.search(folded):
        return int(match[1]) / 12
    if match := _BEHIND.search(folded):
        return float(match[1])
    return None
