"""Points of article 58 of the criminal code of the RSFSR (1926), as lists write them.

«58-10, 58-11», «58-2, 7, 8, 11», «58 п. 10 ч. 1», «ст. 58-1 "а"», «58-10-11» are read to their
points. Articles of other codes (54 of the Ukrainian, 63-76 of the Belarusian SSR) are not: their
numbers mean other things.
"""

from __future__ import annotations

import re
from functools import lru_cache

POINTS = frozenset([f"58-{n}" for n in range(1, 15)] + ["58-1а", "58-1б", "58-1в", "58-1г"])

_ARTICLE = re.compile(
    r"(?<!\d)58(?!\d)(?P<rest>[^;:()а-яё]*(?:(?:п|ч|ст|и|пп|\"?[абвг]\"?)\b[^;:()а-яё]*)*)"
)
_PART = re.compile(r"ч(?:аст[ьи])?\.?\s*[12]|[12]\s*ч\b\.?|(?<!\d)17(?!\d)")
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)\s*[-\"«']*\s*([абвг])?(?![а-яё])")


@lru_cache(maxsize=65_536)
def article_points(text: str) -> tuple[str, ...]:
    """Give the points of article 58 that a text names, in their order, each once.

    Example:
        >>> article_points("по ст. 58-2, 10 ч.1, 11 УК РСФСР"), article_points('58-1 "а"')
        (('58-2', '58-10', '58-11'), ('58-1а',))
    """
    folded = text.casefold().replace("ё", "е")
    points: dict[str, None] = {}
    for match in _ARTICLE.finditer(folded):
        rest = _PART.sub(" ", match["rest"])
        for number, letter in _NUMBER.findall(rest):
            if number != "58" and 1 <= int(number) <= 14:
                points.setdefault(f"58-{int(number)}{letter if int(number) == 1 else ''}")
    return tuple(points)


def names_article_58(text: str) -> bool:
    """True when the text names article 58, with or without a point."""
    return _ARTICLE.search(text.casefold()) is not None
