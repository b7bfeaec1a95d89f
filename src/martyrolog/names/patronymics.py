"""Patronymics: from the father's name and back, and the comparison of two patronymics.

When to use: to compare the patronymics of two records. What always holds: what is omitted is
neutral, what is contradicted is evidence against; the gender of the ending is no difference.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from martyrolog.names.agreement import Outcomes, Traits, compare, comparer
from martyrolog.names.contraction import contraction
from martyrolog.names.fold import fold_many
from martyrolog.names.given import (
    entry_forms,
    given_name_class,
    given_name_entries,
    initial_heads,
    is_common,
    is_initial,
)
from martyrolog.names.memo import folded, warm
from martyrolog.names.pairs import CompareCodes, Int8Array, compare_distinct
from martyrolog.names.scripts import clean_name, script_of

VARIANT_CUT_OFF = 0.80
"""From this similarity of their stems on two patronymics count as variants (a misspelling)."""

# Endings of a patronymic's key: -ович, -евич, -ич, -овна, -евна, -ична, -инична, Turkic words.
_KEY_ENDING = re.compile(
    "(?:(?:ov|ev|av)?iq|(?:ov|ev|av)na|in?iqna|iqna| (?:ogl[iu]|ul[iu]|kizi|gizi|dze))$"
)
_VOWELS_AT_END = re.compile("[aeiouy]+$")
_CYRILLIC_ENDING = re.compile(
    r"(?:(?P<soft>ь?)(?P<full>евич|евна)|(?P<hard>ович|овна)|(?P<short>ич|ыч|инична|ична))$"
)
_TURKIC = re.compile(
    r"[\s-]+(оглы|оглу|огли|кызы|кизи|гызы|угли|улы|oglu|oğlu|ogly|ogli|qizi|qızı|kyzy|gizi)$"
)


class PatronymicAgreement(IntEnum):
    """How two patronymics agree, the strongest agreement first; values as in `*_many` arrays."""

    EQUAL = 0  #: the same father's name in any spelling, script or gender
    VARIANT = 1  #: equivalents (Иоганнович, Иванович), contractions, misspellings
    INITIAL = 2  #: an initial that fits
    OMITTED = 3  #: one or both are missing: neutral
    CONTRADICTED = 4  #: different fathers: evidence against


def compare_patronymics(left: str, right: str) -> PatronymicAgreement:
    """Compare two patronymics, or initials, in any script; an empty one is omitted.

    Example:
        >>> compare_patronymics("Ивановна", "I.").name
        'INITIAL'
    """
    return PatronymicAgreement(compare(_traits(left), _traits(right), _OUTCOMES))


def compare_patronymics_many(lefts: Sequence[str], rights: Sequence[str]) -> Int8Array:
    """`compare_patronymics` for pairs; distinct pairs are compared once.

    Returns:
        Values of PatronymicAgreement, dtype int8, shape (len(lefts),).

    Raises:
        ValueError: If the sequences differ in length.
    """
    return compare_distinct(lefts, rights, patronymic_comparer)


def patronymic_comparer(values: Sequence[str]) -> CompareCodes:
    """`compare_patronymics` of pairs of numbers of values, prepared once for all values.

    Args:
        values: Distinct patronymics.
    """
    warm(values)
    for kind in ("any", "given_name"):  # as batches, before each is asked for
        warm(_table().father.values(), kind)
    fathers = [father_name(value) for value in values]
    warm(fathers)
    warm(fathers, "given_name")
    return comparer(values, _traits, _OUTCOMES)


_OUTCOMES = Outcomes.of(
    PatronymicAgreement,
    forms=PatronymicAgreement.VARIANT,
    near=PatronymicAgreement.VARIANT,
    cut_off=VARIANT_CUT_OFF,
)


def _traits(name: str) -> Traits:
    """One stem is one patronymic, unless one is contracted (Иваныч) and the other not.

    Карлович is no misspelling of Карпович: both name a common father.
    """
    ending = "full" if _has_full_ending(name) else "short"
    bare = stems(name)
    return Traits(
        keys=folded(name),
        equal=(folded(name), [f"{stem} {ending}" for stem in bare]),
        forms=(bare, father_classes(name)),
        near=bare,
        heads=_heads(name),
        initial=is_initial(name),
        common=is_common(father_name(name)),
    )


def _heads(name: str) -> frozenset[str]:
    heads = initial_heads(name)
    if not is_initial(name):
        for father in father_classes(name):
            heads |= initial_heads(father)
    return heads


_FULL_ENDING = re.compile("[oea]v(?:iq|na)$")


def _has_full_ending(patronymic: str) -> bool:
    return any(_FULL_ENDING.search(key) for key in folded(patronymic)[:1])


@lru_cache(maxsize=200_000)
def stems(patronymic: str) -> tuple[str, ...]:
    """The father's name inside the keys of a patronymic: `ivan` of Иванович, Iwanowitsch, Ивановна.

    Returns:
        One stem a key, without its final vowels; () for an empty patronymic.
    """
    bare = (_KEY_ENDING.sub("", key) for key in folded(patronymic))
    return tuple(dict.fromkeys(_VOWELS_AT_END.sub("", stem) or stem for stem in bare))


class _Table(NamedTuple):
    father: dict[str, str]
    patronymic: dict[tuple[str, str], str]


@cache
def _table() -> _Table:
    text = files("martyrolog.names").joinpath("data/patronymics.csv").read_text(encoding="utf-8")
    father: dict[str, str] = {}
    patronymic: dict[tuple[str, str], str] = {}
    for row in csv.DictReader(text.splitlines()):
        father.setdefault(_plain(row["patronymic"]), row["father"])
        patronymic.setdefault((_plain(row["father"]), row["sex"]), row["patronymic"])
    return _Table(father, patronymic)


def _plain(name: str) -> str:
    return clean_name(name).casefold().replace("ё", "е")


@cache
def _father_by_stem() -> dict[str, str]:
    """Fathers by the stem of their patronymics, the commonest first: Львов- and Яковл- included."""
    fathers: dict[str, str] = {}
    table = _table().father
    for name, keys in zip(table, fold_many(list(table)), strict=True):
        bare = _KEY_ENDING.sub("", keys[0]) if keys else ""
        fathers.setdefault(_VOWELS_AT_END.sub("", bare), table[name])
    return fathers


@cache
def _form_by_stem() -> dict[str, str]:
    """Cyrillic forms of the classes by the stem of their keys: Шлема for Шлемович."""
    forms = [
        form
        for entry in given_name_entries()
        for form in entry_forms(entry)
        if entry["sex"] == "m" and script_of(form) == "cyrillic"
    ]
    by_stem: dict[str, str] = {}
    for form, keys in zip(forms, fold_many(forms), strict=True):
        by_stem.setdefault(_VOWELS_AT_END.sub("", keys[0]), form)
    return by_stem


@lru_cache(maxsize=200_000)
def father_name(patronymic: str) -> str:
    """The father's given name that a patronymic names, in its Russian form.

    Args:
        patronymic: In any script: Иванович, Ивановна, Iwanowitsch, Кузьмич, Гасан оглы.

    Returns:
        The name (Иван); for an unknown Cyrillic patronymic the name by rule; '' where the text
        is no patronymic, is an initial, or is unknown in another script.

    Example:
        >>> father_name("Львовна")
        'Лев'
    """
    text = clean_name(patronymic)
    if is_initial(text):
        return ""
    turkic = _TURKIC.search(text.lower())
    if turkic:
        return text[: turkic.start()].title()
    known = _table().father.get(_plain(text), "")
    if given_name_class(known):
        return known
    known = next(filter(None, (_form_by_stem().get(stem) for stem in stems(text))), known)
    if known or not any(_KEY_ENDING.search(key) for key in folded(text)):
        return known
    found = (_father_by_stem().get(stem, "") for stem in stems(text))
    return next(filter(None, found), "") or _father_by_rule(text)


def _father_by_rule(patronymic: str) -> str:
    lowered = patronymic.lower()
    ending = _CYRILLIC_ENDING.search(lowered)
    if script_of(patronymic) != "cyrillic" or ending is None or ending.start() < 2:
        return ""
    stem = lowered[: ending.start()]
    if ending["full"]:
        after_vowel = stem[-1] in "аеиоуэ"
        stem += "ий" if ending["soft"] else "й" if after_vowel else "ь"
    elif ending["short"]:
        stem += "а"
    return stem.capitalize()


@lru_cache(maxsize=200_000)
def father_classes(patronymic: str) -> tuple[str, ...]:
    """The classes (see `given_name_class`) of the father's name; () where it is unknown.

    A contraction (Ив-ч) has those of all fathers whom it may name.
    """
    if meant := _fathers_contracted(patronymic):
        return tuple(dict.fromkeys(each for name in meant for each in given_name_class(name)))
    father = father_name(patronymic)
    if father:
        return given_name_class(father)
    # A bare father's name in the patronymic's place (Mikael for Микаелович).
    return () if is_initial(patronymic) else given_name_class(patronymic)


def _fathers_contracted(patronymic: str) -> tuple[str, ...]:
    """The fathers of all patronymics of which the text may be a contraction, as in Вас-вич."""
    pattern = contraction(patronymic)
    if pattern is None:
        return ()
    known = _table().father.items()
    return tuple(dict.fromkeys(father for name, father in known if pattern.fullmatch(name)))


def patronymic_of(given_name: str, sex: Literal["m", "f"] = "m") -> str:
    """The Russian patronymic that a father's given name makes.

    Args:
        given_name: The father's name in Cyrillic.
        sex: Of the child.

    Returns:
        The commonest form in the table, else the form by rule; '' for an empty name or one that
        is not in Cyrillic.

    Example:
        >>> patronymic_of("Пётр"), patronymic_of("Илья", "f")
        ('Петрович', 'Ильинична')
    """
    known = _table().patronymic.get((_plain(given_name), sex))
    if known:
        return known
    return _patronymic_by_rule(clean_name(given_name), sex)


def _patronymic_by_rule(father: str, sex: str) -> str:
    if script_of(father) != "cyrillic":
        return ""
    male = sex == "m"
    if father.endswith("ий"):
        return father[:-2] + ("ьевич" if male else "ьевна")
    if father.endswith(("й", "ь")):
        return father[:-1] + ("евич" if male else "евна")
    if father.endswith(("а", "я")):
        return father[:-1] + ("ич" if male else "ична")
    if father.endswith(("е", "и", "у", "ю", "э", "ы")):
        return father + ("евич" if male else "евна")
    return father.removesuffix("о") + ("ович" if male else "овна")


def ends_like_patronymic(word: str) -> bool:
    """Whether a word has a full ending of a patronymic, whoever the father: Убайдуллаевич.

    A surname may have it too (Абрамович): only the word's place tells.
    """
    return any(_FULL_ENDING.search(key) for key in folded(word))


def is_patronymic(word: str) -> bool:
    """Whether a word is a known patronymic, or ends like one and names a known father."""
    if _plain(word) in _table().father or ("-" in word and _fathers_contracted(word)):
        return True
    lowered = clean_name(word).lower()
    if lowered.endswith(("овна", "евна", "инична")):
        return True
    return any(_KEY_ENDING.search(key) for key in folded(word)) and any(
        stem in _father_by_stem() for stem in stems(word)
    )
