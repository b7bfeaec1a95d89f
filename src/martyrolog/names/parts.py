"""The parts of a full name.

When to use: where a source writes the whole name in one field. What leaves: a NameParts. What
always holds: the parts are as the source spells them, only cleaned, and a word that finds no place
stands in `other_names`. It deliberately reads no dates.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import Literal

from martyrolog.names.given import is_common, is_given_name, is_initial, sex_of_given_name
from martyrolog.names.patronymics import (
    count_of,
    ends_like_patronymic,
    is_daughters,
    is_patronymic,
)
from martyrolog.names.scripts import clean_name
from martyrolog.names.sex import NameParts, part_rules, sex_of

COMMON_PATRONYMIC = 2_000
"""From this count in `data/patronymics.csv` on a word behind a given name is no surname."""

NameOrder = Literal["surname_first", "given_first"]

_BRACKET = re.compile(r"[(\[{](?P<name>[^()\[\]{}]*)[)\]}]")
_INITIALS = re.compile(r"(?<=\.)-?(?=[^\W\d_])")
_QUOTES = re.compile('[«»"“”„]')


@lru_cache(maxsize=200_000)
def split_name(text: str, *, order: NameOrder | None = None) -> NameParts:
    """Split a full name in any order into its parts.

    Args:
        text: `Surname Given Patronymic`, `Given Patronymic Surname`, `Surname, G. P.`,
            `Lenin (Ulyanov), Vladimir I.`, Turkic, Chinese, Korean and monastic names. Titles are
            no name. Of one who took vows, `Серафим (Чичагов Леонид)`, the name in the world is
            the name and the other one of `other_names`; where only the surname in the world is
            told, `Серафим (Чичагов)`, the monastic name is the given name.
        order: What the source always does; None finds it from the words.

    Returns:
        The parts; all empty for a text without letters.

    Example:
        >>> split_name("Ленин (Ульянов) Владимир Ильич").other_names
        ('Ульянов',)
    """
    said = _not_said().sub(" ", clean_name(text))
    return _in_the_world(said, order) or _split(said, order)


def _split(text: str, order: NameOrder | None) -> NameParts:
    main, others = _take_aliases(text)
    before, _, after = (part.strip() for part in main.partition(","))
    after = "" if after[:1].isdigit() else after  # a year of birth
    words, father = _without_father(_words(before))
    if father := father or _father_behind(after):
        parts = replace(_by_words(words, order), patronymic=father)
    elif _is_whole(words):
        parts = _by_words(words, order)
        others += [word for word in _words(after) if word[0].isupper()]
    elif before and _words(after):
        parts = _after_comma(before, after)
    else:
        parts = _by_words(_words(before or after), order)
    parts = replace(parts, other_names=(*parts.other_names, *others))
    return replace(parts, sex=sex_of(parts))


@cache
def _monastic() -> re.Pattern[str]:
    world = part_rules()["in_the_world"]
    return re.compile(
        rf"(?P<name>[^(),]+?)(?:\s*\((?:{world})?(?P<told>[^()]+)\)|[\s,]+{world}(?P<said>[^(),]+))"
        r"(?P<behind>.*)",
        re.IGNORECASE,
    )


def _in_the_world(text: str, order: NameOrder | None) -> NameParts | None:
    """Parts of «архимандрит Серафим (Чичагов)», where one given name has a full name behind it."""
    match = _monastic().fullmatch(text)
    if match is None:
        return None
    told = (match["told"] or match["said"]).strip()
    names = _words(match["name"])
    if len(names) != 1 or not _is_vowed(match["name"], names[0]) or _alias_word().match(told):
        return None
    behind, others = _take_aliases(match["behind"])
    if behind and not match["behind"].lstrip().startswith(","):  # Мария (Сидорова) Ивановна
        return None
    others = [*(word for word in _words(behind) if word[0].isupper()), *others]
    world = _words(told)
    if len(world) == 1 and not _is_given_name(told) and not _is_patronymic(told):
        parts = NameParts(world[0], names[0], other_names=tuple(others), confidence=0.8)
    else:
        parts = _split(told, order)
        parts = replace(parts, other_names=(*parts.other_names, names[0], *others))
    return replace(parts, sex=sex_of(parts)) if parts.surname and parts.given_name else None


def _is_vowed(written: str, name: str) -> bool:
    """Whether a single word may be a monastic name: a given name, or one behind a title."""
    return _is_given_name(name) or any(_is_title(word) for word in written.split())


@cache
def _alias() -> re.Pattern[str]:
    words = "|".join(part_rules()["alias_words"])
    return re.compile(
        rf"(?:^|[\s,;–—-]+)(?:{words})(?=[\s:])[\s:]+(?P<name>[^,;()]+)", re.IGNORECASE
    )


@cache
def _alias_word() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(part_rules()['alias_words'])})[\s:]+", re.IGNORECASE)


def _take_aliases(text: str) -> tuple[str, list[str]]:
    """Take aliases out of the name: those in brackets, and those after words such as «он же»."""
    others: list[str] = []

    def take(match: re.Match[str]) -> str:
        told = (_alias_word().sub("", part.strip()) for part in re.split("[,;]", match["name"]))
        names = (_without_titles(name.strip(' .:«»"')) for name in told)
        others.extend(name for name in names if _may_be_name(name))
        return " "

    def take_said(match: re.Match[str]) -> str:
        behind = _name_behind_alias(match)
        if not behind:
            return take(match)
        others.append(match["name"].split()[0])
        return f" {behind} "

    text = _alias().sub(take_said, _BRACKET.sub(take, text))
    text = _QUOTES.sub(" ", text)
    return re.sub(r"\s+,", ",", re.sub(r"\s+", " ", text)).strip(" ,;"), others


def _name_behind_alias(match: re.Match[str]) -> str:
    """«Иван Иванович» of «Петров он же Сидоров Иван Иванович», where no comma parts them."""
    before, words = match.string[: match.start()].split(), match["name"].split()
    apart = "," in match.group() or len(before) != 1 or len(words) < 2
    if apart or _is_given_name(before[0]):
        return ""
    named = _is_patronymic(words[-1]) or _is_given_name(words[-1])
    return " ".join(words[1:]) if named else ""


@cache
def _not_said() -> re.Pattern[str]:
    alone = "|".join(part_rules()["not_said_alone"])
    whole = rf"(?<![^\s(\[])[(\[]?(?:{alone})[)\]]?(?![^\s,)\]])"
    return re.compile("|".join([*part_rules()["not_said"], whole]), re.IGNORECASE)


def _may_be_name(text: str) -> bool:
    """A bracket may hold a year, «(1899 г.р.)», which is no other name."""
    return any(map(str.isalpha, text)) and not text[0].isdigit()


def _words(text: str) -> list[str]:
    words = _INITIALS.sub(" ", text.replace(",", " ")).split()
    words = [word.strip("-–—") for word in words if any(map(str.isalpha, word))]
    words = [word for word in words if not word[0].isdigit()]  # «2-й» of two namesakes, a year
    words = [word for word in words if not _is_title(word)]
    while len(words) > 1 and (words[0] if len(words) < 4 else words[0].lower()) in _titles():
        words = words[1:]
    return _join_turkic(words)


def _without_titles(name: str) -> str:
    """Пётр of «епископ Пётр»; a name that is nothing but a title stays."""
    return " ".join(word for word in name.split() if not _is_title(word)) or name


def _is_title(word: str) -> bool:
    return word.lower() in _always_titles()


@cache
def _always_titles() -> frozenset[str]:
    return frozenset([*part_rules()["clergy"], *part_rules()["honorifics"]])


@cache
def _titles() -> frozenset[str]:
    return frozenset(part_rules()["titles"])


def _is_whole(words: list[str]) -> bool:
    """Surname, given name and patronymic or initial: what a comma parts from them is no name."""
    return len(words) > 2 and (any(map(_is_patronymic, words[1:])) or is_initial(words[-1]))


def _without_father(words: list[str]) -> tuple[list[str], str]:
    """Cut «s. Józefa i Marii» from «Kowalski Jan s. Józefa i Marii»; '' where no father is said."""
    for at in range(2, len(words) - 1):
        said = words[at].islower() and words[at].rstrip(".") in part_rules()["child_of"]
        if said and not is_initial(words[at + 1]):
            return words[:at], words[at + 1]
    return words, ""


def _father_behind(text: str) -> str:
    """The father's name of «syn Piotra» behind the comma; '' where there is none."""
    word, _, father = text.partition(" ")
    said = word.lower().rstrip(".") in part_rules()["child_of"] and " " not in father
    return father.strip() if said and not is_initial(father) else ""


def _join_turkic(words: list[str]) -> list[str]:
    """Join «Гасан оглы» and «Зейнал Заде», of which either is one part of a name."""
    joined: list[str] = []
    for word in words:
        suffix = word.lower() in part_rules()["surname_suffixes"]
        if joined and (suffix or _is_turkic_word(word.strip("-"))):
            joined[-1] += " " + word
        else:
            joined.append(word)
    return joined


def _is_turkic_word(word: str) -> bool:
    return any(word.lower() in words for words in part_rules()["turkic_patronymic"].values())


def _is_patronymic(word: str) -> bool:
    return _is_turkic_patronymic(word) or is_patronymic(word)


def _is_turkic_patronymic(word: str) -> bool:
    last = re.split(r"[\s-]", word)[-1]
    return last != word and _is_turkic_word(last)


def _after_comma(before: str, after: str) -> NameParts:
    given, patronymic, rest = _given_and_patronymic(_words(after))
    return NameParts(before, given, patronymic, tuple(rest), None, 1.0)


def _given_and_patronymic(words: list[str]) -> tuple[str, str, list[str]]:
    """The words beside a surname: the patronymic is what looks like one, or the second initial.

    One that stands first is before the given name, or has none («Иванов ? Иванович»).
    """
    places = [i for i, word in enumerate(words) if i and _is_patronymic(word)]
    places += [i for i, word in enumerate(words) if i and ends_like_patronymic(word)]
    if len(words) == 2 and words[1].lower().endswith(("ич", "ыч", "ich", "ych")):
        places.append(1)
    if places:
        place = places[0]
        return " ".join(words[:place]), words[place], words[place + 1 :]
    if words and _is_patronymic(words[0]) and not _is_given_name(words[0]):  # Алиев Аббас-оглы Али
        return " ".join(words[1:]), words[0], []
    if len(words) >= 2 and is_initial(words[1]):
        return words[0], words[1], words[2:]
    return " ".join(words), "", []


def _by_words(words: list[str], order: NameOrder | None) -> NameParts:
    if not words:
        return NameParts()
    if len(words) == 1:
        return _single(words[0])
    if len(words) == 2 and _is_turkic_patronymic(words[1]):  # Садык Ахмед улы
        return replace(_single(words[0]), patronymic=words[1])
    if len(words) == 2 and order != "given_first" and _is_without_surname(*words):
        return NameParts(given_name=words[0], patronymic=words[1], confidence=0.8)
    surname_first, confidence = _order(words, order)
    if surname_first:
        size = _surname_size(words)
        surname, rest = words[:size], words[size:]
    else:
        size = _surname_size_at_end(words)
        surname, rest = words[-size:], words[:-size]
    given, patronymic, extra = _given_and_patronymic(rest)
    return NameParts(" ".join(surname), given, patronymic, tuple(extra), None, confidence)


def _is_without_surname(given: str, patronymic: str) -> bool:
    """«Мария Ивановна», «Иван Иванович», but not «Роман Абрамович», who has a surname."""
    if is_initial(given) or not _is_given_name(given):
        return False
    return is_daughters(patronymic) or (
        count_of(patronymic) >= COMMON_PATRONYMIC and sex_of_given_name(given) != "f"
    )


def _single(word: str) -> NameParts:
    surname, hyphen, given = word.partition("-")
    if hyphen and _is_asian(word.split("-")):  # Ким-Де-Бом
        return NameParts(surname, given, confidence=0.8)
    if _is_given_name(word):
        return NameParts(given_name=word, confidence=0.5)
    return NameParts(surname=word, confidence=0.5)


def _surname_size(words: list[str]) -> int:
    """Words of a surname at the beginning: particles belong to the word behind them.

    Not to a given name: Дер Пётр Андреевич bears the surname Дер.
    """
    size = 1
    while size < len(words) - 1 and words[size - 1].lower() in part_rules()["particles"]:
        if _is_given_name(words[size]) and list(map(_is_patronymic, words[size + 1 :])) == [True]:
            break
        size += 1
    return size


def _surname_size_at_end(words: list[str]) -> int:
    size = 1
    while size < len(words) - 1 and words[-size - 1].lower() in part_rules()["particles"]:
        size += 1
    return size


def _order(words: list[str], order: NameOrder | None) -> tuple[bool, float]:
    """Whether the surname stands first, and how sure that is."""
    if order is not None:
        return order == "surname_first", 1.0
    if is_initial(words[-1]) or is_initial(words[0]):
        return not is_initial(words[0]), 1.0
    if words[0].lower() in part_rules()["particles"] and not _is_asian(words):
        return True, 0.8
    patronymics = [i for i, word in enumerate(words) if i and _is_patronymic(word)]
    if not patronymics and ends_like_patronymic(words[-1]):
        patronymics = [len(words) - 1]
    if len(words) >= 3 and patronymics:
        return _order_by_patronymic(words, patronymics)
    if _is_asian(words):
        return True, 0.8
    return _order_by_given_name(words)


def _is_asian(words: list[str]) -> bool:
    """A Chinese or Korean surname first, and behind it nothing that is a European given name."""
    asian = part_rules()["asian_surnames"]
    return words[0].lower() in asian and all(len(word) <= 7 for word in words)


def _order_by_patronymic(words: list[str], places: list[int]) -> tuple[bool, float]:
    """Given Patronymic Surname has the patronymic inside, Surname Given Patronymic at the end.

    A surname may itself look like a patronymic (Абрамович): then the given name decides, or a
    first word that ends like a surname.
    """
    last = len(words) - 1
    if places == [last]:
        return True, 1.0
    if last not in places:
        turned = _is_patronymic_second(words)
        return turned, 0.8 if turned else 1.0
    return not _is_given_name(words[0]), 0.8


def _is_patronymic_second(words: list[str]) -> bool:
    """Surname Patronymic Given, as in «Алиев Аббас-оглы Али»: the endings tell it."""
    first, last = words[0], words[-1]
    if _is_given_name(first) or not _ends_like_surname(first) or _ends_like_surname(last):
        return False
    if len(words) != 3 or _is_turkic_patronymic(words[1]):
        return len(words) == 3
    sex = "f" if is_daughters(words[1]) else "m"
    return _is_given_name(last) and sex_of_given_name(last) == sex


def _order_by_given_name(words: list[str]) -> tuple[bool, float]:
    first, last = _is_given_name(words[0]), _is_given_name(words[-1])
    if first != last:
        return last, 0.8
    first_surname, last_surname = _ends_like_surname(words[0]), _ends_like_surname(words[-1])
    if first_surname != last_surname:
        return first_surname, 0.8
    return True, 0.5


def _is_given_name(word: str) -> bool:
    """A known given name, and a common one if it ends like a surname (Андреев is a rare one)."""
    first, hyphen, others = word.partition("-")
    if hyphen and _is_given_name(first) and all(map(is_given_name, others.split("-"))):
        return True  # Анна-Мария, Магомед-Эмин
    return is_given_name(word) and (is_common(word) or not _ends_like_surname(word))


@cache
def _surname_ending() -> re.Pattern[str]:
    return re.compile(part_rules()["surname_ending"].replace(" ", ""), re.IGNORECASE)


def _ends_like_surname(word: str) -> bool:
    return bool(_surname_ending().search(word))
