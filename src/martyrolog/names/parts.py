"""The parts of a full name.

When to use: where a source writes the whole name in one field. What leaves: a NameParts. What
always holds: no letter of the name is lost, what has no place stands in `other_names`; the parts
are as the source spells them, only cleaned. It deliberately reads no dates or titles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from martyrolog.names.given import is_given_name, is_initial, sex_of_given_name
from martyrolog.names.patronymics import is_patronymic
from martyrolog.names.scripts import clean_name

NameOrder = Literal["surname_first", "given_first"]

_ALIAS_WORDS = (
    r"он же|она же|известен как|известна как|настоящая фамилия|наст\. ?фам\.?|псевдоним|псевд\.?|"
    r"партийная кличка|кличка|урожд[её]нная|урожд\.?|рожд[её]нная|рожд\.?|в девичестве|девичья фамилия|"
    r"дев\.|по мужу|по первому мужу|в монашестве|в миру|в схиме|во крещении|в иночестве|"
    r"він же|вона же|уроджена|née|nee|né|born|alias|a\.k\.a\.|aka|geb\.|geborene|recte|vel|z domu|"
    r"real name|also known as|dit|dite"
)
_ALIAS = re.compile(rf"(?:^|[\s,;]+)(?:{_ALIAS_WORDS})[\s:]+(?P<name>[^,;()]+)", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[{](?P<name>[^()\[\]{}]*)[)\]}]")
_ALIAS_WORD = re.compile(rf"^(?:{_ALIAS_WORDS})[\s:]+", re.IGNORECASE)
_INITIALS = re.compile(r"(?<=\.)(?=[^\W\d_])")
_TURKIC = re.compile(
    r"^[-\s]*(оглы|оглу|огли|кызы|кизи|гызы|улы|углы|oglu|oğlu|ogly|qizi|qızı|kyzy|gizi)$",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    ["фон", "ван", "де", "дер", "ден", "дю", "ла", "ле", "да", "ди", "тер", "von", "van", "de", "der", "den", "du", "la", "le", "da", "di", "ter", "zu", "бен", "ибн", "ibn", "ben"]
)
_SURNAME_ENDING = re.compile(
    r"(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|цкий|ская|цкая|ской|енко|швили|дзе|ян|янц|юк|чук|"
    r"ых|их|ман|берг|штейн|айте|ене|ов[аы]|"
    r"ov|ev|in|ova|eva|ina|sky|skii|skiy|ski|skaya|skaia|enko|shvili|dze|ian|yan|yuk|chuk|man|berg|stein|"
    r"off|eff|ow|ew)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NameParts:
    """A name in parts, each '' where it is not given.

    Attributes:
        surname: The family name, as spelt.
        given_name: The given name or its initial; of several, all with spaces.
        patronymic: The patronymic or its initial, Turkic `оглы` included.
        other_names: Aliases, maiden and monastic names, and words that found no place.
        sex: 'm', 'f', or None where the name does not say.
        confidence: 1.0 where patronymic, comma or initials fix the order, .8 where a given name
            does, .5 where only the position does.
    """

    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    other_names: tuple[str, ...] = ()
    sex: str | None = None
    confidence: float = 0.0


@lru_cache(maxsize=200_000)
def split_name(text: str, *, order: NameOrder | None = None) -> NameParts:
    """Split a full name in any order into its parts.

    Args:
        text: `Surname Given Patronymic`, `Given Patronymic Surname`, `Surname, G. P.`,
            `Lenin (Ulyanov), Vladimir I.`, Turkic, Asian and monastic names.
        order: What the source always does; None finds it from the words.

    Returns:
        The parts; all empty for a text without letters.

    Example:
        >>> split_name("Ленин (Ульянов) Владимир Ильич").other_names
        ('Ульянов',)
    """
    main, others = _take_aliases(clean_name(text))
    before, comma, after = (part.strip() for part in main.partition(","))
    if comma and before and after:
        parts = _after_comma(before, after)
    else:
        parts = _by_words(_words(before or after), order)
    parts = replace(parts, other_names=(*parts.other_names, *others))
    return replace(parts, sex=sex_of(parts))


def _take_aliases(text: str) -> tuple[str, list[str]]:
    """Take aliases out of the name: those in brackets, and those after words such as «он же»."""
    others: list[str] = []

    def take(match: re.Match[str]) -> str:
        name = _ALIAS_WORD.sub("", match["name"].strip()).strip(' .,;:«»"')
        if name:
            others.append(name)
        return " "

    text = _BRACKET.sub(take, text)
    text = _ALIAS.sub(take, text)
    return re.sub(r"\s+,", ",", re.sub(r"\s+", " ", text)).strip(" ,;"), others


def _words(text: str) -> list[str]:
    words = _INITIALS.sub(" ", text.replace(",", " ")).split()
    words = [word for word in words if any(letter.isalpha() for letter in word)]
    return _join_turkic(words)


def _join_turkic(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and _TURKIC.match(word):
            joined[-1] += " " + word
        else:
            joined.append(word)
    return joined


def _after_comma(before: str, after: str) -> NameParts:
    given, patronymic, rest = _given_and_patronymic(_words(after))
    return NameParts(before, given, patronymic, tuple(rest), None, 1.0)


def _given_and_patronymic(words: list[str]) -> tuple[str, str, list[str]]:
    """The words behind a surname: the patronymic is what looks like one, or the second initial."""
    place = next((i for i, word in enumerate(words) if i and _is_patronymic(word)), None)
    if place is not None:
        return " ".join(words[:place]), words[place], words[place + 1 :]
    if len(words) == 2 and is_initial(words[1]):
        return words[0], words[1], []
    if len(words) >= 2 and all(is_initial(word) for word in words):
        return words[0], words[1], words[2:]
    return " ".join(words), "", []


def _is_patronymic(word: str) -> bool:
    return bool(_TURKIC.search(word.rpartition(" ")[2])) or is_patronymic(word)


def _by_words(words: list[str], order: NameOrder | None) -> NameParts:
    if not words:
        return NameParts()
    if len(words) == 1:
        return _single(words[0])
    surname_first, confidence = _order(words, order)
    if surname_first:
        size = _surname_size(words)
        surname, rest = " ".join(words[:size]), words[size:]
    else:
        size = _surname_size_at_end(words)
        surname, rest = " ".join(words[-size:]), words[:-size]
    given, patronymic, extra = _given_and_patronymic(rest)
    return NameParts(surname, given, patronymic, tuple(extra), None, confidence)


def _single(word: str) -> NameParts:
    if is_given_name(word) and not _SURNAME_ENDING.search(word):
        return NameParts(given_name=word, confidence=0.5)
    return NameParts(surname=word, confidence=0.5)


def _surname_size(words: list[str]) -> int:
    """Words of a surname at the beginning: particles belong to the word behind them."""
    size = 1
    while size < len(words) - 1 and words[size - 1].lower() in _PARTICLES:
        size += 1
    return size


def _surname_size_at_end(words: list[str]) -> int:
    size = 1
    while size < len(words) - 1 and words[-size - 1].lower() in _PARTICLES:
        size += 1
    return size


def _order(words: list[str], order: NameOrder | None) -> tuple[bool, float]:
    """Whether the surname stands first, and how sure that is."""
    if order is not None:
        return order == "surname_first", 1.0
    if is_initial(words[-1]) or is_initial(words[0]):
        return not is_initial(words[0]), 1.0
    patronymics = [i for i, word in enumerate(words) if _is_patronymic(word)]
    if len(words) >= 3 and patronymics:
        return _order_by_patronymic(words, patronymics)
    return _order_by_given_name(words)


def _order_by_patronymic(words: list[str], places: list[int]) -> tuple[bool, float]:
    """Given Patronymic Surname has the patronymic inside, Surname Given Patronymic at the end.

    A surname may itself look like a patronymic (Мойсей Соломонович Урицкий, Абрамович Пётр
    Иванович): then the given name decides.
    """
    last = len(words) - 1
    if places == [last]:
        return True, 1.0
    if last not in places:
        return False, 1.0
    return is_given_name(words[-2]) and not _is_patronymic(words[-2]), 0.8


def _order_by_given_name(words: list[str]) -> tuple[bool, float]:
    first, last = is_given_name(words[0]), is_given_name(words[-1])
    if first != last:
        return last, 0.8
    first_surname = bool(_SURNAME_ENDING.search(words[0]))
    last_surname = bool(_SURNAME_ENDING.search(words[-1]))
    if first_surname != last_surname:
        return first_surname, 0.8
    return True, 0.5


_FEMALE_SURNAME = re.compile(
    r"(?:[оеё]ва|ина|ына|[сц]кая|ая|яя|айте|ене|ova|eva|[sc]ka[yij]a|aya)$", re.IGNORECASE
)
_MALE_SURNAME = re.compile(
    r"(?:[оеё]в|ин|ын|[сц]кий|[сц]кой|ый|ий|ov|ev|sk[iy]{1,2}|off|ow|ew)$", re.IGNORECASE
)
_FEMALE_PATRONYMIC = re.compile(
    r"(?:овна|евна|ична|ivna|ovna|evna|ichna|кызы|кизи|гызы|qizi|kyzy|gizi)$", re.IGNORECASE
)
_MALE_PATRONYMIC = re.compile(
    r"(?:[оеьаи]?вич|ич|ыч|[oe]vich|[oe]wi[ct]z|[oe]witsch|ich|ič|оглы|оглу|oglu|ogly|uly|улы)$",
    re.IGNORECASE,
)


def sex_of(
    name: NameParts | str, given_name: str = "", patronymic: str = ""
) -> Literal["m", "f"] | None:
    """The sex that a name says: by the patronymic, else the given name, else the surname's ending.

    Args:
        name: The parts of a name, or its surname.
        given_name: Where `name` is a surname.
        patronymic: Where `name` is a surname.

    Returns:
        'm', 'f', or None where the name does not say (Шевченко А. И.).
    """
    parts = name if isinstance(name, NameParts) else NameParts(name, given_name, patronymic)
    if not is_initial(parts.patronymic):
        if _FEMALE_PATRONYMIC.search(parts.patronymic):
            return "f"
        if _MALE_PATRONYMIC.search(parts.patronymic):
            return "m"
    if parts.given_name and not is_initial(parts.given_name):
        sex = sex_of_given_name(parts.given_name) or sex_of_given_name(parts.given_name.split()[0])
        if sex:
            return "m" if sex == "m" else "f"
    if _FEMALE_SURNAME.search(parts.surname):
        return "f"
    return "m" if _MALE_SURNAME.search(parts.surname) else None


def initials(parts: NameParts) -> str:
    """The initials of given name and patronymic: 'М. Н.', '' where neither is given."""
    words = [word for name in (parts.given_name, parts.patronymic) for word in name.split()[:1]]
    return " ".join(_initial(word) for word in words)


def _initial(word: str) -> str:
    return (
        word if word.endswith(".") else "-".join(part[:1].upper() + "." for part in word.split("-"))
    )
