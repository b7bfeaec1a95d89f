"""Scripts of a name: cleaning it, naming its script, romanising it, sorting it.

When to use: before any other work on a name as it stands in a source. What always holds: the
functions are total and pure, an empty text stays empty, `clean_name` is idempotent. It
deliberately does not decide what a name means; `fold` does that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from martyrolog.names.rules import load_rules
from martyrolog.yaml_text import parse_yaml

IndexScript = Literal["cyrillic", "latin"]

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
# most names: composed letters of one script, single spaces; they are as they should be
_CLEAN = re.compile("[а-яёА-ЯЁ.,-]+(?: [а-яёА-ЯЁ.,-]+)*|[A-Za-z.,-]+(?: [A-Za-z.,-]+)*")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")
_MIXED_WORD = re.compile("[A-Za-z\u00c0-\u052f\u1e00-\u1eff]+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def clean_name(text: str) -> str:
    r"""The name without what nobody sees: NFC, no control, zero-width or direction characters.

    Spaces collapse to one. Inside a word that mixes Cyrillic and Latin, letters that merely look
    like those of the other script are written in the script of the rest («Иcаев» with a Latin c).

    Args:
        text: A name as it stands in a source; may be empty.

    Returns:
        The cleaned name; the empty string if nothing is left.

    Example:
        >>> clean_name(" И\u0063аев\u200b  Пётр ")
        'Исаев Пётр'
    """
    if _CLEAN.fullmatch(text):
        return text
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip())
    if _CYRILLIC.search(text) and _LATIN.search(text):
        text = _MIXED_WORD.sub(lambda match: _one_script(match[0]), text)
    return text


@cache
def _lookalikes() -> tuple[dict[str, str], dict[str, str]]:
    lower: dict[str, str] = load_rules()["lookalikes"]
    to_cyrillic = lower | {latin.upper(): letter.upper() for latin, letter in lower.items()}
    return to_cyrillic, {letter: latin for latin, letter in to_cyrillic.items()}


def _one_script(word: str) -> str:
    """Write a word of two scripts in one, where every odd letter looks like one of the other."""
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    if not latin or not cyrillic:
        return word
    to_cyrillic, to_latin = _lookalikes()
    can_cyrillic = all(letter in to_cyrillic for letter in latin)
    can_latin = all(letter in to_latin for letter in cyrillic)
    if can_cyrillic and (len(cyrillic) >= len(latin) or not can_latin):
        return "".join(to_cyrillic.get(letter, letter) for letter in word)
    if can_latin:
        return "".join(to_latin.get(letter, letter) for letter in word)
    return word


def script_of(text: str) -> str:
    """The script of the first letter that belongs to a known one.

    Returns:
        'cyrillic', 'latin', 'georgian', 'armenian', 'hebrew', 'arabic', 'other' for another
        script's letters, or '' where the text has no letter.
    """
    lowered = text.lower()
    found = [
        (match.start(), name)
        for name, pattern in _script_patterns()
        if (match := pattern.search(lowered))
    ]
    if found:
        return min(found)[1]
    return "other" if _WORD.search(text) else ""


@cache
def _script_patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(row["name"], re.compile(row["letters"])) for row in load_rules()["scripts"]]


@cache
def _romanisation() -> dict[str, Any]:
    text = files("martyrolog.names").joinpath("data/romanise.yaml").read_text(encoding="utf-8")
    rules: dict[str, Any] = parse_yaml(text)
    return rules


@lru_cache(maxsize=200_000)
def to_latin(text: str) -> str:
    """Romanise Cyrillic for display, after BGN/PCGN 1947 in its simplified, readable form.

    As in English books: no signs for ь and ъ, `-ский` and `-ый` end in y, ye stands at the
    beginning and after vowels, ё is yo (e after ж, ч, ш, щ). Other scripts stay as they are.

    Example:
        >>> to_latin("Тухачевский Михаил Николаевич")
        'Tukhachevsky Mikhail Nikolayevich'
    """
    return _WORD.sub(lambda match: _romanise_word(match[0]), unicodedata.normalize("NFC", text))


def _romanise_word(word: str) -> str:
    if not _CYRILLIC.search(word):
        return word
    rules = _romanisation()
    latin = word.lower()
    for pattern, replacement in rules["rules"]:
        latin = re.sub(pattern, replacement, latin)
    latin = "".join(rules["letters"].get(letter, letter) for letter in latin)
    if word.isupper() and len(word) > 1:
        return latin.upper()
    return latin[:1].upper() + latin[1:] if word[:1].isupper() else latin


@cache
def _cyrillic_order() -> dict[str, str]:
    return {letter: f"{at:02d}" for at, letter in enumerate(_romanisation()["alphabet"])}


def sort_key(name: str, script: IndexScript = "cyrillic") -> tuple[str, str]:
    """The collation key of a name in the Cyrillic or the Latin alphabetical index.

    Cyrillic: ё sorts with е and only decides between otherwise equal names; й follows и. Latin:
    marks decide last, Cyrillic names are romanised. Names of the other script come after.

    Returns:
        A pair that Python compares: letters first, then what distinguishes equal letters.
    """
    lowered = clean_name(name).lower()
    if script == "latin":
        plain = unicodedata.normalize("NFD", to_latin(lowered).replace("ł", "l").replace("ø", "o"))
        letters = "".join(letter for letter in plain if letter.isalnum() or letter in " -")
        return letters.replace("-", " "), lowered
    letters = "".join(
        _cyrillic_order().get(letter, "~" + letter)
        for letter in lowered.replace("ё", "е")
        if letter.isalnum() or letter == " "
    )
    return letters, lowered.replace("ё", "ея")


def index_letter(name: str, script: IndexScript = "cyrillic") -> str:
    """The letter of the alphabetical index under which a name stands.

    Ё stands under Е. In the Latin index marks are dropped and Cyrillic names are romanised.

    Returns:
        One upper-case letter, or '#' where the name begins with no letter of the script.
    """
    text = clean_name(name)
    text = to_latin(text) if script == "latin" else text
    first = next((letter for letter in text if letter.isalpha()), "")
    if script == "latin":
        first = unicodedata.normalize("NFD", first.replace("Ł", "L").replace("Ø", "O"))[:1].upper()
        return first if first.isascii() and first else "#"
    first = first.upper().replace("Ё", "Е")
    return first if _CYRILLIC.match(first) else "#"
