"""In which convention a Latin spelling writes a name: what an explanation of a match names.

When to use: to say in words why two spellings agree (`Jeschow = Ежов: German spelling`). What
always holds: a convention is named only where it writes every letter of the name so, and no other
does as well; else the answer is neutral. The conventions are data (`data/spelling.yaml`). It
deliberately says nothing of pairs that do not agree, nor of names in the same script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from martyrolog.names.fold import fold, possible_languages
from martyrolog.names.scripts import clean_name, script_of
from martyrolog.yaml_text import parse_yaml

LATIN = "latin"
"""What is answered where several conventions write a name so, or none does."""

_DOUBLE = re.compile(r"([^\W\d_aeiouyаеёиоуыэюя])\1")
_BETWEEN = re.compile(r"[\s\-‐-―.,;:'`´ʹʺʼʻ‘’′]+")
_SYLLABIC = ("zh", "ja")  # read by their syllables, not by letters


@dataclass(frozen=True)
class _Convention:
    """How one convention writes Cyrillic letters; the fields are those of the data."""

    letters: dict[str, list[str]]
    own: re.Pattern[str]
    never: re.Pattern[str] | None
    ending: str
    only_own: bool


@cache
def _conventions() -> dict[str, _Convention]:
    source = files("martyrolog.names").joinpath("data/spelling.yaml").read_text(encoding="utf-8")
    rules = parse_yaml(source)
    return {
        name: _Convention(
            letters=rules["letters"] | row["letters"],
            own=re.compile(row["own"]),
            never=re.compile(row["never"]) if "never" in row else None,
            ending=row.get("ending", ""),
            only_own=row.get("only_own", False),
        )
        for name, row in rules["conventions"].items()
    }


def spelling_convention(latin: str, other: str) -> str:
    """The convention whose spelling makes a Latin name agree with a name in another script.

    Args:
        latin: A name in Latin letters.
        other: The same name in another script; only of Cyrillic a convention can be told.

    Returns:
        'en' (ALA-LC and BGN too), 'de', 'fr', 'pl', 'cs' (Czech, Croatian, Baltic, ISO 9), 'lv',
        'lt', 'fi', 'et', 'zh' or 'ja' where that one writes the name so and, of several that
        might, it alone with something of its own (`-nen`, `sch`); else 'latin'. '' where the
        scripts are the same, where the other is not Cyrillic, or no reading agrees.

    Example:
        >>> spelling_convention("Jeschow", "Ежов"), spelling_convention("Iwanow", "Иванов")
        ('de', 'latin')
    """
    if script_of(latin) != "latin" or script_of(other) != "cyrillic":
        return ""
    keys = set(fold(other))
    agreeing = [one for one in possible_languages(latin) if keys & set(fold(latin, language=one))]
    if not agreeing and keys.isdisjoint(fold(latin)):
        return ""
    writing = [name for name in _conventions() if _writes(name, latin, other)]
    writing = writing or [name for name in _SYLLABIC if name in agreeing]
    return _the_one(writing, latin, other)


def own_convention(latin: str) -> str:
    """The only convention of which a Latin spelling has something of its own; '' for none.

    Example:
        >>> own_convention("Schukow"), own_convention("Ivanov")
        ('de', '')
    """
    word = clean_name(latin).lower()
    found = [name for name, one in _conventions().items() if one.own.search(word)]
    return found[0] if len(found) == 1 else ""


def _the_one(writing: list[str], latin: str, other: str) -> str:
    """The only one of some conventions, or the only one that has something of its own there."""
    if len(writing) == 1:
        return writing[0]
    own = [name for name in writing if name in _conventions() and _has_own(name, latin, other)]
    return own[0] if len(own) == 1 else LATIN


def _has_own(name: str, latin: str, other: str) -> bool:
    convention = _conventions()[name]
    if convention.own.search(clean_name(latin).lower()):
        return True
    spelt = _pattern(name, _plain(other)) + convention.ending
    return bool(convention.ending and re.fullmatch(spelt, _plain(latin)))


def _writes(name: str, latin: str, other: str) -> bool:
    """Whether a convention writes each letter of a Cyrillic name as the Latin one does."""
    convention = _conventions()[name]
    if convention.never and convention.never.search(clean_name(latin).lower()):
        return False
    ending = f"(?:{convention.ending})?" if convention.ending else ""
    if not re.fullmatch(_pattern(name, _plain(other)) + ending, _plain(latin)):
        return False
    return not convention.only_own or _has_own(name, latin, other)


def _plain(name: str) -> str:
    """In lower case, words apart by one space, double consonants single."""
    return _DOUBLE.sub(r"\1", _BETWEEN.sub(" ", clean_name(name).lower()).strip())


@lru_cache(maxsize=10_000)
def _pattern(name: str, other: str) -> str:
    """What a convention may write for a plain Cyrillic name, as a regular expression."""
    letters = _conventions()[name].letters
    return " ".join("".join(_pieces(word, letters)) for word in other.split(" "))


def _pieces(word: str, letters: dict[str, list[str]]) -> list[str]:
    pieces, at = [], 0
    while at < len(word):
        size = 2 if word[at : at + 2] in letters or _ends(word, at) in letters else 1
        letter = _ends(word, at) if _ends(word, at) in letters else word[at : at + size]
        spelt = letters.get(letter, [letter])
        pieces.append("(?:" + "|".join(re.escape(_DOUBLE.sub(r"\1", one)) for one in spelt) + ")")
        at += size
    return pieces


def _ends(word: str, at: int) -> str:
    """The last two letters of a word as the data name them; '' before them."""
    return word[at:] + "$" if at == len(word) - 2 else ""
