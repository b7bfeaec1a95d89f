"""Articles of the criminal codes, as lists write them.

Points of article 58 of the RSFSR (1926): «58-10, 58-11», «58-2, 7, 8, 11», «58 п. 10 ч. 1»,
«ст. 58-1 "а"», «58-10-11». Articles of the republics with a code of their own: «54-10 УК УССР»,
«63-1, 72б, 76 УК БССР»; `codes.yaml` says which point of article 58 each is, where that is known.
Articles that name no code are read only where their number leaves no doubt: 58, and 54-1 to 54-14.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from martyrolog.yaml_text import parse_yaml

POINTS = frozenset([f"58-{n}" for n in range(1, 15)] + ["58-1а", "58-1б", "58-1в", "58-1г"])
MOST_POINT = 14
UKRAINE = "ua"

_REST = r"(?P<rest>[^;:()а-яё]*(?:(?:п|ч|и|пп|\"?[абвг]\"?)\b[^;:()а-яё]*)*)"
# «Закона от 25.12.58» and «58 г.» are years
_ARTICLE_58 = re.compile(r"(?<!\d)(?<!\d\.\d\.)(?<!\d\.\d\d\.)58(?!\d)(?!\s*г\b)" + _REST)
_ARTICLE_54 = re.compile(r"(?<!\d)(?<!\d\.\d\.)(?<!\d\.\d\d\.)54(?!\d)(?!\s*г\b)" + _REST)
_PART = re.compile(r"ч(?:аст[ьи])?\.?\s*[12]|(?<![\d-])[12]\s*ч\b\.?|(?<!\d)17(?!\d)")
_OTHER_POINT = re.compile(r"(?<![\d-])(?!5[48])(?:1[5-9]|[2-9]\d|1\d\d)-\d{1,2}(?!\d)")  # «73-1»
_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(?!\d)\s*[-\"«']*\s*([абвг])?(?![а-яё])")
_TERM_OF_YEARS = re.compile(
    r"(?<![-\d])(?!5[48])\d{1,2}\s*(?:-?(?:х|ти|и|ми)\s)?\s*(?:лет|год|мес|[лг]\.)"
)
_RUN = r"(?:(?:ст|част)\w*|[чпи]\b|пп\b|[абвг]\b|i+\b|[\d\s,.\-\"«»'])*"
_REPUBLIC = re.compile(r"ср")
_NUMBERS = re.compile(r"(?<![\d-])\d{1,3}(?:-\d{1,3})*")


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the code of a republic.

    Attributes:
        code: The code's identifier in `codes.yaml`.
        number: The article, such as '54-10' or '72'.
        term_id: Its term in the vocabulary of charges, or that of the code.
        equivalent: The point of article 58 of the RSFSR; '' where none is known.
    """

    code: str
    number: str
    term_id: str
    equivalent: str

    @property
    def is_listed(self) -> bool:
        """True for an article of `codes.yaml`, of the chapter of counter-revolutionary crimes."""
        return self.number in codes()[self.code].articles


@dataclass(frozen=True, slots=True)
class Code:
    """A criminal code: its names in both languages, and its articles with what they are in 58."""

    code_id: str
    name_en: str
    name_ru: str
    pattern: re.Pattern[str]
    articles: dict[str, str]


@cache
def codes() -> dict[str, Code]:
    """Give the codes of the republics by their identifiers."""
    text = files(__package__).joinpath("codes.yaml").read_text(encoding="utf-8")
    return {
        row["id"]: Code(
            row["id"], row["en"], row["ru"],
            re.compile(_RUN + r"\s*(?:ук\W{0,3})?(?<!\w)(?:" + "|".join(row["names"]) + r")\b"),
            {number: point or "" for number, point in row["articles"].items()},
        )
        for row in parse_yaml(text)
    }  # fmt: skip


@lru_cache(maxsize=65_536)
def article_points(text: str) -> tuple[str, ...]:
    """Give the points of article 58 of the RSFSR that a text names, in their order, each once.

    Example:
        >>> article_points("по ст. 58-2, 10 ч.1, 11 УК РСФСР"), article_points('58-1 "а"')
        (('58-2', '58-10', '58-11'), ('58-1а',))
    """
    rest, _ = _parted(_folded(text))
    return tuple(f"58-{point}" for point in _points(_ARTICLE_58, 58, rest))


@lru_cache(maxsize=65_536)
def republic_articles(text: str) -> tuple[Article, ...]:
    """Give the articles of the codes of other republics, in their order, each once.

    Example:
        >>> [(a.number, a.equivalent) for a in republic_articles("65, 72а УК БССР")]
        [('65', ''), ('72', '58-10')]
        >>> [a.term_id for a in republic_articles("54-10 ч. 1")]
        ['ua-54-10']
    """
    rest, runs = _parted(_folded(text))
    numbers = [(code, number) for code, run in runs for number in _numbers(code, run)]
    if "рсфср" not in rest:
        unnamed = [match[0] for match in _ARTICLE_54.finditer(rest) if match["rest"][:1] == "-"]
        numbers += [(UKRAINE, f"54-{n}") for run in unnamed for n in _points(_ARTICLE_54, 54, run)]
    return tuple(_article(code, number) for code, number in dict.fromkeys(numbers))


def names_article_58(text: str) -> bool:
    """True when the text names article 58 of the RSFSR, with or without a point."""
    rest, _ = _parted(_folded(text))
    return _ARTICLE_58.search(rest) is not None


def article_term_id(code: str, number: str) -> str:
    """The term of an article that `codes.yaml` lists; that of the code for any other."""
    return f"{code}-{number}" if number in codes()[code].articles else f"code-{code}"


def _article(code: str, number: str) -> Article:
    return Article(
        code, number, article_term_id(code, number), codes()[code].articles.get(number, "")
    )


def _folded(text: str) -> str:
    return _TERM_OF_YEARS.sub(" ", text.casefold().replace("ё", "е"))


def _parted(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text without what stands before the name of a republic's code, and those runs."""
    runs: list[tuple[int, str, str]] = []
    if not _REPUBLIC.search(text):
        return text, []
    for code in codes().values():
        runs += [(m.start(), code.code_id, m[0]) for m in code.pattern.finditer(text)]
        text = code.pattern.sub(lambda match: " " * len(match[0]), text)
    return text, [(code_id, run) for _, code_id, run in sorted(runs)]


def _points(article: re.Pattern[str], number: int, text: str) -> list[str]:
    """Points of an article that is written with points, such as «10» and «1а»."""
    points: dict[str, None] = {}
    for match in article.finditer(text):
        rest = _OTHER_POINT.sub(" ", _PART.sub(" ", match["rest"]))
        for point, letter in _NUMBER.findall(rest):
            if int(point) != number and 1 <= int(point) <= MOST_POINT:
                points.setdefault(f"{int(point)}{letter if int(point) == 1 else ''}")
    return list(points)


def _numbers(code: str, run: str) -> list[str]:
    """The articles in what stands before a code's name."""
    if code == UKRAINE and (named := _ARTICLE_54.search(run)):
        points = _points(_ARTICLE_54, 54, run[named.start() :])
        return [f"54-{point}" for point in points] or ["54"]
    found: dict[str, None] = {}
    for match in _NUMBERS.finditer(_PART.sub(" ", run)):
        listed = _listed(match[0].split("-"), codes()[code].articles)
        if listed or len(match[0]) > 1:  # a single digit is a part or an item, not an article
            found.update(dict.fromkeys(listed or [match[0]]))
    return list(found)


def _listed(parts: list[str], known: Container[str]) -> list[str]:
    """The known articles in «72-74» or «24-63-1», where 24 says that it was aid to 63-1."""
    found = []
    while parts:
        whole = "-".join(parts[:2])
        taken = whole if whole in known else parts[0]
        if taken in known:
            found.append(taken)
        parts = parts[1 + (taken == whole and len(parts) > 1) :]
    return found
