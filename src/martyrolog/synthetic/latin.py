"""Latin spellings of Russian names after four schools: English, German, French, Polish.

The tables stand in ``data/spellings.yaml``, written for this benchmark: were they those of
``martyrolog.names``, a table would be tested against itself.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import numpy as np
import yaml

from martyrolog.synthetic.drawing import Texts, texts
from martyrolog.synthetic.recipe import DATA


@cache
def _schools() -> Mapping[str, tuple[list[tuple[re.Pattern[str], str]], Mapping[str, str]]]:
    loaded: Mapping[str, Any] = yaml.safe_load(
        (DATA / "spellings.yaml").read_text(encoding="utf-8")
    )
    return {
        name: ([(re.compile(pattern), latin) for pattern, latin in school["rules"]],
               school["letters"])
        for name, school in loaded.items()
    }  # fmt: skip


@lru_cache(maxsize=1_000_000)
def spell(school: str, text: str) -> str:
    """A text in Latin letters.

    Args:
        school: english, german, french or polish.
        text: In Cyrillic; other characters stay.

    Example:
        >>> [spell(school, "Хрущёв") for school in ("english", "german", "french", "polish")]
        ['Khrushchev', 'Chruschtschjow', 'Khrouchtchioff', 'Chruszczjow']
    """
    rules, letters = _schools()[school]
    return " ".join(_spell_word(word, rules, letters) for word in text.split(" "))


def _spell_word(
    word: str, rules: list[tuple[re.Pattern[str], str]], letters: Mapping[str, str]
) -> str:
    latin = word.lower()
    for pattern, replacement in rules:
        latin = pattern.sub(replacement, latin)
    latin = "".join([letters.get(letter, letter) for letter in latin])
    return latin[:1].upper() + latin[1:] if word[:1].isupper() else latin


def spell_column(column: Texts, schools: np.ndarray[Any, Any]) -> Texts:
    """A column in Latin letters, each text after the school of its row; None stays."""
    return texts([None if text is None else spell(school, text)
                  for text, school in zip(column, schools.tolist(), strict=True)])  # fmt: skip
