"""The vocabularies, read from the YAML files of ``vocabularies/``.

Each is an ordered list of terms with labels in English and Russian (SKOS: ``prefLabel``) and what
lists write for them: ``words`` (whole phrases, matched exactly), ``match`` (regular expressions
over folded text), ``otherwise`` (the same, asked only where no term's ``match`` is found) or
``dated`` (expressions that hold only where the phrase's date lies between two days). The order is
part of the vocabulary: the first term that matches is the answer. An expression begins where a word
begins, so that «плен» is not found in «выступление»; one that may stand within a word begins with
any letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from martyrolog.terms.articles import Code, article_term_id, codes
from martyrolog.yaml_text import parse_yaml

VOCABULARIES = (
    "arresting_body", "charge", "fate", "nationality", "occupation", "party",
    "rehabilitating_body", "role", "sentence", "sentencing_body",
)  # fmt: skip
Days = tuple[date, date]
"""The first and the last day that a date can mean."""

OTHER_ARTICLE = "article-other-code"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Dated:
    """What lists write for a term in a certain time, first and last day."""

    begin: date
    end: date
    pattern: re.Pattern[str]

    def holds(self, days: Days | None) -> bool:
        """True where a date, by its first and last day, lies wholly within the time."""
        return days is not None and self.begin <= days[0] and days[1] <= self.end


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its identifier within the vocabulary, its labels, and what lists write for it."""

    term_id: str
    label_en: str
    label_ru: str
    words: frozenset[str]
    pattern: re.Pattern[str] | None
    otherwise: re.Pattern[str] | None
    dated: Dated | None

    def find(self, text: str, days: Days | None = None) -> re.Match[str] | None:
        """Where the term stands in a folded text that is dated by its first and last day."""
        if self.dated and self.dated.holds(days) and (hit := self.dated.pattern.search(text)):
            return hit
        return self.pattern.search(text) if self.pattern is not None else None

    def find_otherwise(self, text: str) -> re.Match[str] | None:
        """Where a text says the term, if it says no other."""
        return self.otherwise.search(text) if self.otherwise is not None else None


def _read(path: str) -> Any:
    text = files(__package__).joinpath(path).read_text(encoding="utf-8")
    return parse_yaml(text)


@cache
def vocabulary(name: str) -> dict[str, Term]:
    """Give a vocabulary as its terms by identifier, in the order in which they are tried.

    Args:
        name: One of ``VOCABULARIES``.

    Raises:
        KeyError: There is no such vocabulary.
    """
    if name not in VOCABULARIES:
        raise KeyError(f"no vocabulary {name!r}; there are {', '.join(VOCABULARIES)}")
    terms = [_term(entry) for entry in _read(f"vocabularies/{name}.yaml")]
    if name == "charge":
        terms = _with_articles(terms)
    return {term.term_id: term for term in terms}


def _with_articles(words: list[Term]) -> list[Term]:
    """Charges: points of article 58, articles of the republics, words, and last whole codes."""
    points = _read("articles.yaml")
    last = [term.term_id for term in words].index(OTHER_ARTICLE)
    return [
        *(_term({"id": key, **entry}) for key, entry in points.items()),
        *(_article_term(code, number, points) for code in codes().values()
          for number in code.articles),
        *words[:last],
        *(_code_term(code) for code in codes().values()),
        *words[last:],
    ]  # fmt: skip


def _article_term(code: Code, number: str, points: dict[str, Any]) -> Term:
    point = points.get(code.articles[number])
    same_en, same_ru = (f" ({point[lang]})" if point else "" for lang in ("en", "ru"))
    return _term({
        "id": article_term_id(code.code_id, number),
        "en": f"{number} {code.name_en}{same_en}", "ru": f"{number} УК {code.name_ru}{same_ru}",
    })  # fmt: skip


def _code_term(code: Code) -> Term:
    return _term({
        "id": article_term_id(code.code_id, ""),
        "en": f"another article ({code.name_en})", "ru": f"другая статья (УК {code.name_ru})",
    })  # fmt: skip


def _term(entry: dict[str, Any]) -> Term:
    words = frozenset(str(word) for word in entry.get("words", []))
    return Term(
        str(entry["id"]), str(entry["en"]), str(entry["ru"]), words,
        _any_of(entry.get("match", [])), _any_of(entry.get("otherwise", [])), _dated(entry),
    )  # fmt: skip


def _dated(entry: dict[str, Any]) -> Dated | None:
    given: dict[str, Any] = entry.get("dated", {})
    pattern = _any_of(given.get("match", []))
    return Dated(given["begin"], given["end"], pattern) if pattern else None


def _any_of(expressions: list[str]) -> re.Pattern[str] | None:
    if not expressions:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{one})" for one in expressions) + ")")


def label(vocabulary_name: str, term_id: str, lang: str) -> str:
    """Give the label of a term in ``en`` or ``ru``.

    Raises:
        KeyError: No such vocabulary, term or language.

    Example:
        >>> label("fate", "executed", "ru")
        'казнь'
    """
    term = vocabulary(vocabulary_name)[term_id]
    return {"en": term.label_en, "ru": term.label_ru}[lang]


def folded(text: str) -> str:
    """Lower case, «ё» as «е», single spaces: the form over which patterns are matched."""
    return _SPACE.sub(" ", text.casefold().replace("ё", "е")).strip()


@cache
def longest_first(name: str) -> re.Pattern[str]:
    """One expression for all words of a vocabulary, as whole words, the longest tried first."""
    listed = sorted(words_of(name), key=lambda word: (-len(word), word))
    return re.compile(
        r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in listed) + r")(?![\w-])"
    )


@cache
def words_of(name: str) -> dict[str, str]:
    """All words of a vocabulary with their terms; the first listed wins."""
    words: dict[str, str] = {}
    for term in vocabulary(name).values():
        for word in sorted(term.words):
            words.setdefault(word, term.term_id)
    return words
