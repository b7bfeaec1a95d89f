"""The vocabularies, read from the YAML files of ``vocabularies/``.

Each is an ordered list of terms with labels in English and Russian (SKOS: ``prefLabel``) and what
lists write for them: ``words`` (whole phrases, matched exactly) or ``match`` (regular expressions
over folded text). The order is part of the vocabulary: the first term that matches is the answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from martyrolog.yaml_text import parse_yaml

VOCABULARIES = (
    "arresting_body", "charge", "fate", "nationality", "occupation", "party",
    "rehabilitating_body", "role", "sentence", "sentencing_body",
)  # fmt: skip
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its identifier within the vocabulary, its labels, and what lists write for it."""

    term_id: str
    label_en: str
    label_ru: str
    words: frozenset[str]
    pattern: re.Pattern[str] | None


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
    terms = {entry["id"]: _term(entry) for entry in _read(f"vocabularies/{name}.yaml")}
    if name == "charge":
        points = [_term({"id": key, **entry}) for key, entry in _read("articles.yaml").items()]
        terms = {term.term_id: term for term in points} | terms
    return terms


def _term(entry: dict[str, Any]) -> Term:
    patterns = entry.get("match", [])
    pattern = re.compile("|".join(f"(?:{one})" for one in patterns)) if patterns else None
    words = frozenset(str(word) for word in entry.get("words", []))
    return Term(str(entry["id"]), str(entry["en"]), str(entry["ru"]), words, pattern)


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
