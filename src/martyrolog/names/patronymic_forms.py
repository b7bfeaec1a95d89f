"""The forms of a patronymic: cases, languages, double ones.

When to use: by `patronymics`, before anything is folded. What always holds: a nominative of
Russian stays as it is; what is changed is only what the fold has no rule for. The rules are data
(`data/patronymic_forms.yaml`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from martyrolog.names.contraction import contraction
from martyrolog.names.scripts import clean_name
from martyrolog.names.unnamed import is_unnamed
from martyrolog.yaml_text import parse_yaml

_BETWEEN = re.compile(r"([\s-]+)")


@cache
def form_rules() -> dict[str, Any]:
    """The words and rules of `data/patronymic_forms.yaml`."""
    source = files("martyrolog.names").joinpath("data/patronymic_forms.yaml")
    rules: dict[str, Any] = parse_yaml(source.read_text(encoding="utf-8"))
    return rules


@cache
def _steps(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rules = form_rules()[name]
    return tuple((re.compile(pattern, re.IGNORECASE), to) for pattern, to in rules)


def _first(name: str, text: str) -> str:
    """The text after the first of some rules that is found in it."""
    for pattern, to in _steps(name):
        changed, count = pattern.subn(to, text)
        if count:
            return changed
    return text


@lru_cache(maxsize=200_000)
def nominative(patronymic: str) -> str:
    """A patronymic in its nominative: Иванович for Ивановича, Ивановна for Ивановны.

    Args:
        patronymic: In Cyrillic; one in another script is returned as it is, cleaned.
    """
    return _first("nominative", clean_name(patronymic))


@lru_cache(maxsize=200_000)
def plain_form(patronymic: str) -> str:
    """The form of a patronymic that is folded: in the nominative, of a spelling the fold knows.

    Returns:
        '' for what is no name; Иванович for Іванівна and Ivanivna; else the nominative.

    Example:
        >>> plain_form("Миколаївни"), plain_form("Ивановны"), plain_form("б/о")
        ('Миколаевич', 'Ивановна', '')
    """
    return "" if is_unnamed(patronymic) else _first("son", nominative(patronymic))


def double_parts(patronymic: str) -> tuple[str, ...]:
    """The names of a double patronymic, such as Мордко-Янкелевич; () for one of a single name.

    A contraction (Ив-ч) is single.
    """
    words = tuple(_BETWEEN.split(patronymic)[::2])
    return words if len(words) > 1 and all(words) and contraction(patronymic) is None else ()
