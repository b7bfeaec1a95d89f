"""Cutting the text of a date into marked tokens.

Each token gets one letter (``Token.mark``), so that the parser can match whole shapes by regular
expressions over a short string of marks:

    n  number of one or two digits     Y  number of four digits     m  month     R  Roman month
    S  season   / - ( )  themselves    V  «by another account»    o w  old, new style
    other letters: see ``MARKS`` (a word's kind in words.yaml)

Words are looked up case-folded, «ё» as «е»; a word of mixed scripts, or a Latin one among Cyrillic
words, is tried with its Latin look-alikes made Cyrillic, then the other way round; a word of five
letters or more may differ from a month's name by one letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from martyrolog.yaml_text import parse_yaml

MARKS = {
    "approximate": "~", "uncertain": "?", "before": "B", "after": "A", "until": "T", "from": "F",
    "not": "N", "not_before": "E", "not_after": "L", "between": "W", "and": "&",
    "and_of_between": "a", "or": "|", "year": "y", "years": "z", "quarter": "Q", "half": "H",
    "first": "1", "second": "2",
    "third": "3", "fourth": "4", "decade": "D", "century": "C", "unknown": "U", "part": "p",
    "noise": "", "ten_days": "k", "days": "i", "last": "l",
    "tens": "j", "night_before": "g", "night_between": "G",
}  # fmt: skip
ROMAN = {
    numeral: number
    for number, numeral in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
         "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"], 1)
}  # fmt: skip
_LOOKALIKE = str.maketrans("aceopxykmthbi", "асеорхукмтнві")
_LATIN_LOOKALIKE = str.maketrans("асеорхукмтві", "aceopxykmtbi")
_LATIN_AMONG_CYRILLIC = re.compile(r"\b[aceopxykmthb]+\b(?!\.)")  # «c. 1893» is circa
_CYRILLIC = re.compile("[а-яіў]")
_TO_ROMAN = str.maketrans("іхv", "ixv")
_TOKEN = re.compile(
    r"(?P<number>\d+)(?:['’-]?(?P<tail>[^\W\d_]{1,3})(?!\w))?"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>[-–—−/()~?\x02-\x04]|\.{2,3}|…)|[\s.,;:«»\"“”\[\]*'’]+|(?P<other>.)"
)


_LONG_DASHES = "–—−"
_GERMAN_PART = re.compile(r"([^\W\d_]{3,}?)(dekade|hälfte)\b")
_SIGNS = {"–": "-", "—": "-", "−": "-", "…": "-", "..": "-", "...": "-",
          "\x02": "V", "\x03": "o", "\x04": "w"}  # fmt: skip
_STYLES = {"old_style": " \x03 ", "new_style": " \x04 "}
_TO_ROUND = str.maketrans("[]", "()")


class Token(NamedTuple):
    """A piece of the text: its mark, its number and how many digits it had.

    The number is 0 for what has none; of a dash, 1 for a long one.
    """

    mark: str
    value: int
    digits: int = 0


def marks_of(tokens: Iterable[Token]) -> str:
    """The marks of tokens as one text, over which shapes are matched."""
    return "".join([token.mark for token in tokens])


@cache
def _vocabulary() -> dict[str, Any]:
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    vocabulary: dict[str, Any] = parse_yaml(text)
    return vocabulary


@cache
def _words() -> dict[str, Token]:
    words: dict[str, Token] = {}
    vocabulary = _vocabulary()
    for kind, listed in vocabulary["kinds"].items():
        for word in listed:
            words.setdefault(word, Token(MARKS[kind], 0))
    for number, listed in vocabulary["seasons"].items():
        words.update(dict.fromkeys(listed, Token("S", number)))
    for number, listed in vocabulary["months"].items():
        words.update(dict.fromkeys(listed, Token("m", number)))
    return words


def month_named(word: str) -> int | None:
    """Give the number of the month that a word names in full or abbreviated, ``None`` if none."""
    token = _words().get(word.casefold().replace("ё", "е"))
    return token.value if token is not None and token.mark == "m" else None


@cache
def month_names() -> frozenset[str]:
    """All names and abbreviations of months, case-folded, «ё» as «е»."""
    return frozenset(word for word, token in _words().items() if token.mark == "m")


@cache
def _phrases() -> re.Pattern[str]:
    phrases = _vocabulary()["phrases"]
    return re.compile(
        "|".join(f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in phrases.items())
    )


@cache
def _accounts() -> re.Pattern[str]:
    return re.compile("|".join(_vocabulary()["accounts"]))


@cache
def _pieces_of_phrases() -> tuple[str, ...]:
    """Pieces of which every phrase holds one: looking for them costs less than the phrases."""
    return tuple(_vocabulary()["pieces_of_phrases"])


_ROMAN_JANUARY = re.compile(r"(?<!\d)((?:0?[1-9]|[12]\d|3[01])\s+)[iі](?=\s+\d{4}(?!\d))")
"""«3 I 1938»: between a day and a year «I» joins nothing, it is the month."""


def tokenize(text: str) -> list[Token]:
    """Cut a date's text into tokens.

    Words of no kind are marked ``x``; noise words («в», «род.») are left out.
    """
    folded = text.casefold().replace("ё", "е").replace("\xa0", " ")
    if "i" in folded or "і" in folded:
        folded = _ROMAN_JANUARY.sub(r"\g<1>.01.", folded)
    if " " in folded:
        folded = _accounts().sub(" \x02 ", folded)
    if "dekade" in folded or "hälfte" in folded:
        folded = _GERMAN_PART.sub(r"\2 \1", folded)  # «dritte Märzdekade»
    if _CYRILLIC.search(folded):
        folded = _LATIN_AMONG_CYRILLIC.sub(_as_cyrillic, folded)
    tokens: list[Token] = []
    if any(piece in folded for piece in _pieces_of_phrases()):
        tokens, folded = _cut_phrases(folded)
    for match in _TOKEN.finditer(folded):
        if match.lastgroup is not None:  # a space or a stop
            tokens += _tokens_of(match)
    return _with_first_numeral(tokens)


def _as_cyrillic(match: re.Match[str]) -> str:
    """A word that a Latin keyboard left among Cyrillic ones: the «c» of «c 12 ноября»."""
    cyrillic = match.group().translate(_LOOKALIKE)
    return cyrillic if cyrillic in _words() else match.group()


def _cut_phrases(folded: str) -> tuple[list[Token], str]:
    """Take the phrases out: their tokens go in front, calendar styles stay where they stand.

    Square brackets around a date in its other style become round ones: «17 February [O.S. 5
    February] 1890».
    """
    front: list[Token] = []

    def leave(match: re.Match[str]) -> str:
        kind = str(match.lastgroup)
        if kind not in _STYLES and MARKS[kind]:
            front.append(Token(MARKS[kind], 0))
        return _STYLES.get(kind, " ")

    left = _phrases().sub(leave, folded)
    return front, left.translate(_TO_ROUND) if "\x03" in left or "\x04" in left else left


def _with_first_numeral(tokens: list[Token]) -> list[Token]:
    """Read the «I» of «I квартал» as a numeral, elsewhere it is the Polish or Ukrainian «and»."""
    if not {"Q", "H", "k"} & set(marks_of(tokens)):
        return tokens
    one = Token("R", 1)
    start = sum(token.mark == "F" for token in tokens[:1])
    if tokens[start].mark == "&":  # «I–III квартал», «с I по III квартал»
        tokens = [*tokens[:start], one, *tokens[start + 1 :]]
    return [
        one if token.mark == "&" and following is not None and following.mark in "QHk" else token
        for token, following in zip_longest(tokens, tokens[1:])
    ]


def _tokens_of(match: re.Match[str]) -> Sequence[Token]:
    kind, found = match.lastgroup, match.group()
    if kind == "word":
        # No numeral of three letters or more is a word too.
        token = _word(found, len(found) <= 2 and _stands_as_numeral(match))
        return (token,) if token.mark else ()
    if kind == "sign":
        return (Token(_SIGNS.get(found, found), int(found in _LONG_DASHES)),)
    if kind == "other":
        return (Token("x", 0),)
    return _number(match["number"], match["tail"], "-" in found)


@lru_cache(maxsize=65_536)
def _number(digits: str, tail: str | None, joined: bool) -> Sequence[Token]:
    mark = "n" if len(digits) <= 2 else "Y" if len(digits) == 4 else "x"
    number = Token(mark, int(digits) if len(digits) < 9 else 0, len(digits))
    if not tail:
        return [number]
    kinds = _tails().get(tail, ())
    if "decade" in kinds and (len(digits) == 4 or number.value in range(10, 100, 10)):
        return [number, Token("D", 0)]
    if "ordinal" in kinds:
        return [number]
    if kinds:
        return [number, Token(MARKS[kinds[0]], 0)]
    word = _word(tail, numeral=True)
    joint = [Token("-", 0)] if joined else []
    return [number, *joint, word] if word.mark else [number]


@cache
def _tails() -> dict[str, tuple[str, ...]]:
    tails: dict[str, tuple[str, ...]] = {}
    for kind, listed in _vocabulary()["tails"].items():
        for tail in listed:
            tails[tail] = (*tails.get(tail, ()), kind)
    return tails


def _stands_as_numeral(match: re.Match[str]) -> bool:
    """A lone «i», «c», «v» beside a full stop, dash or slash is a numeral, not a word."""
    text, start, end = match.string, match.start(), match.end()
    return text[max(0, start - 1) : start] in tuple("./-") or text[end : end + 1] in tuple("./-")


@lru_cache(maxsize=65_536)
def _word(word: str, numeral: bool) -> Token:
    known = _words().get(word)
    roman = ROMAN.get(word.translate(_TO_ROMAN))
    if roman and (known is None or numeral):
        return Token("R", roman)
    if known is not None:
        return known
    cyrillic = word.translate(_LOOKALIKE)
    if cyrillic != word and _CYRILLIC.search(word):
        found = _word(cyrillic, numeral)
        latin = word.translate(_LATIN_LOOKALIKE)
        return found if found.mark != "x" or _CYRILLIC.search(latin) else _word(latin, numeral)
    return _misspelt_month(word) or Token("x", 0)


def _misspelt_month(word: str) -> Token | None:
    """The month whose name differs from the word by one letter; ``None`` if none or several do."""
    if len(word) < 5:
        return None
    near = {
        token
        for name, token in _words().items()
        if token.mark == "m" and len(name) >= 5 and OSA.distance(word, name, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None
