"""The form in which names of places are looked up and compared.

Place names stand in any case («в Москве», «г. Москвы») and spelling. ``stem`` takes a word to
lower case, «ё» to «е», Latin letters to plain ones, and cuts a Russian, Ukrainian or Belarusian
case ending, and that of a Polish adjective in -ski; it is a key for look-up, never shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from martyrolog.yaml_text import parse_yaml

_ADJECTIVE = "ск"
_WORD = re.compile(r"[^\W\d_]+(?:[-/'’`][^\W\d_]+)*|\d+")
_LATIN_ADJECTIVE = re.compile(r"(?<=[a-z][szc]k)(?:iego|iej|iemu|im|ich|ie|i|a)$")
_RUSSIAN = re.compile(r"[а-яё\W\d_]*", re.IGNORECASE)
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ʼ": "'", "’": "'", "`": "'"})


@lru_cache(maxsize=65_536)  # the words of places come back again and again
def plain(text: str) -> str:
    """Lower case, «ё» as «е», Latin letters without their marks."""
    folded = text.casefold().translate(_PLAIN).replace("ё", "е")
    if folded.isascii():
        return folded
    parts = unicodedata.normalize("NFD", folded)
    kept = (
        c for i, c in enumerate(parts)
        if not unicodedata.combining(c) or not ("a" <= parts[i - 1] <= "z")
    )  # fmt: skip
    return unicodedata.normalize("NFC", "".join(kept))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Cut the case ending of a word; the parts of a hyphened word each.

    Example:
        >>> stem("Москве"), stem("Лифляндской"), stem("Орехове-Зуеве")
        ('москв', 'лифляндск', 'орехов-зуев')
    """
    return "-".join(_cut(part) for part in plain(word).split("-"))


@cache
def _endings() -> tuple[str, ...]:
    text = files(__package__).joinpath("units.yaml").read_text(encoding="utf-8")
    return tuple(parse_yaml(text)["endings"])


def is_russian(text: str) -> bool:
    """True for a text without letters that Russian does not have."""
    return _RUSSIAN.fullmatch(text) is not None


def _cut(word: str) -> str:
    if word.isascii():
        return _LATIN_ADJECTIVE.sub("", word)
    for ending in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            kept = _ADJECTIVE if ending.startswith(_ADJECTIVE) and len(ending) > 2 else ""
            word = word[: -len(ending)] + kept
            break
    return word.rstrip("ьй") if len(word) > 2 else word


@lru_cache(maxsize=65_536)  # the parts of an address are looked through for several things
def words(text: str) -> tuple[tuple[str, int, int], ...]:
    """Give the words of a text with their places: ``(word, start, end)``."""
    return tuple((m.group(), m.start(), m.end()) for m in _WORD.finditer(text))


def stems(name: str) -> tuple[str, ...]:
    """Give the stems of all words of a name."""
    return tuple(stem(word) for word, _, _ in words(name))
