"""From the phrase of a list to a term of a vocabulary, with what else the phrase says.

Dates are taken out first, so that «в 1937 г.» never stands in the way of a pattern; a term of
years is read for sentences, points of article 58 for charges, years of membership for parties. The
rest of the phrase, in which a place may stand («по Саратовской обл.»), is given back for the
gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from martyrolog.dates import DateValue, find_dates
from martyrolog.terms.articles import (
    Article,
    article_points,
    names_article_58,
    republic_articles,
)
from martyrolog.terms.duration import years_of
from martyrolog.terms.vocabulary import (
    OTHER_ARTICLE,
    Days,
    Term,
    folded,
    longest_first,
    vocabulary,
    words_of,
)

_PREPOSITION = re.compile(r"(?:^|\s)(?:в|во|от|с)\s*$", re.IGNORECASE)
_DEATH = re.compile(
    r"\b(?:ум(?:ер\w*|ёр|\.)|скончал\w*|погиб\w*|помер\w*)(?!.*следств).*",
    re.IGNORECASE | re.DOTALL,
)
_IN_TEXT_ORDER = frozenset(
    {"occupation"}
)  # «слесарь завода»: the post is named before the employer

_BY_THEIR_DATE = frozenset({"charge", "fate"})  # a decree; an execution after Stalin's death

MAX_PHRASE = 1_000
"""Characters of a phrase; a longer text is none and is not coded. The longest real one has 311."""


@dataclass(frozen=True, slots=True)
class TermCode:
    """A phrase coded to a term.

    Attributes:
        vocabulary: Name of the vocabulary.
        term_id: Identifier of the term.
        label_en: English label.
        label_ru: Russian label.
        years: Length of a sentence in years; ``None`` where none is said.
        date: The first date of the phrase, ``None`` where it has none.
        articles: Points of article 58 and articles of other republics, for charges.
        equivalents: The points of article 58 that articles of other republics are, where known.
        rest: The phrase without its dates, in which a place may be named.
    """

    vocabulary: str
    term_id: str
    label_en: str
    label_ru: str
    years: float | None = None
    date: DateValue | None = None
    articles: tuple[str, ...] = ()
    equivalents: tuple[str, ...] = ()
    rest: str = ""

    @property
    def detail(self) -> str:
        """What the phrase adds to the term: years, articles, date (EDTF)."""
        years = f"{self.years:g}" if self.years is not None else ""
        date = self.date.edtf or "" if self.date else ""
        return "; ".join(part for part in (years, ", ".join(self.articles), date) if part)


def code_term(vocabulary_name: str, text: str) -> TermCode | None:
    """Code a phrase to the first term that it matches.

    Args:
        vocabulary_name: One of ``VOCABULARIES``.
        text: The phrase as written.

    Returns:
        The code; ``None`` when no term matches, the text is empty or longer than ``MAX_PHRASE``.

    Raises:
        KeyError: There is no such vocabulary.

    Example:
        >>> code = code_term("sentence", "к 10 годам ИТЛ")
        >>> code.term_id, code.years
        ('camp', 10.0)
    """
    codes = code_terms(vocabulary_name, text, most=1)
    return codes[0] if codes else None


@lru_cache(maxsize=131_072)
def code_terms(vocabulary_name: str, text: str, *, most: int | None = None) -> tuple[TermCode, ...]:
    """Code a phrase to all terms it matches.

    They stand in the order of the vocabulary; nationalities, occupations and articles in that of
    the text.

    Args:
        vocabulary_name: One of ``VOCABULARIES``.
        text: The phrase as written.
        most: Stop after so many.

    Raises:
        KeyError: There is no such vocabulary.
    """
    vocabulary(vocabulary_name)  # an unknown name is refused whatever the text
    if not text.strip() or len(text) > MAX_PHRASE:
        return ()
    found_dates = find_dates(text)
    rest = text
    for found in reversed(found_dates):
        rest = f"{_PREPOSITION.sub('', rest[: found.start])} {rest[found.end :]}"
    date = found_dates[0].value if found_dates else None
    said = rest
    if vocabulary_name == "sentence":  # «10 лет ИТЛ. Умер в тюрьме» is no sentence to prison
        said = _DEATH.sub("", rest).strip(" ,.;") or rest
    charge = vocabulary_name == "charge"
    points, others = (article_points(rest), republic_articles(rest)) if charge else ((), ())
    articles = (*points, *(article.number for article in others))
    equivalents = tuple(dict.fromkeys(a.equivalent for a in others if a.equivalent))
    years = years_of(said) if vocabulary_name == "sentence" else None
    matched = _matching(vocabulary_name, folded(said), folded(text), date, points, others, most)
    return tuple(
        TermCode(
            vocabulary_name, term.term_id, term.label_en, term.label_ru, years, date, articles,
            equivalents, rest,
        )
        for term in matched[:most]
    )  # fmt: skip


def _matching(
    name: str,
    rest: str,
    whole: str,
    date: DateValue | None,
    points: tuple[str, ...],
    others: tuple[Article, ...],
    most: int | None,
) -> Sequence[Term]:
    terms = vocabulary(name)
    if name == "nationality":
        written = longest_first(name).findall(whole)
        return [terms[term_id] for term_id in dict.fromkeys(words_of(name)[w] for w in written)]
    if points or any(article.is_listed for article in others):
        return [terms[key] for key in dict.fromkeys((*points, *(a.term_id for a in others)))]
    if name == "charge" and names_article_58(rest):
        return [terms["58"]]
    if name in _IN_TEXT_ORDER:
        return _in_text_order(terms, rest)
    days = _days(date) if any(term.dated for term in terms.values()) else None
    in_rest = _in_order(name, rest, days, most)
    if in_rest and name not in _BY_THEIR_DATE:
        return in_rest
    found = {term.term_id for term in (*in_rest, *_in_order(name, whole, days, most))}
    if others:
        found = found - {OTHER_ARTICLE} | {article.term_id for article in others}
    in_either = [term for key, term in terms.items() if key in found]
    return in_either or [term for term in terms.values() if term.find_otherwise(rest)]


def _days(date: DateValue | None) -> Days | None:
    if date is None or date.earliest is None or date.latest is None:
        return None
    return date.earliest, date.latest


@lru_cache(maxsize=65_536)
def _in_order(name: str, text: str, days: Days | None, most: int | None) -> tuple[Term, ...]:
    """The first terms of a vocabulary that match a text: without its dates it is seen again."""
    matching = (term for term in vocabulary(name).values() if term.find(text, days))
    return tuple(islice(matching, most))


def _in_text_order(terms: dict[str, Term], text: str) -> list[Term]:
    """Terms by the place of their first match; those that match only ``otherwise`` come last.

    Of «завод № 24: слесарь» the part behind the colon comes first.
    """
    employer, colon, post = text.rpartition(":")
    parts = [post, employer] if colon else [text]
    found: dict[str, Term] = {}
    for search in (Term.find, Term.find_otherwise):
        for part in parts:
            hits = [(hit.start(), term) for term in terms.values() if (hit := search(term, part))]
            hits.sort(key=lambda hit: hit[0])  # a stable sort: ties in the order of the vocabulary
            found |= {term.term_id: term for _, term in hits if term.term_id not in found}
    return list(found.values())
