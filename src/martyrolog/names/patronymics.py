"""Patronymics: the father's name in them, and the comparison of two patronymics.

When to use: to compare the patronymics of two records. What always holds: what is omitted is
neutral, what is contradicted is evidence against; gender, case and language (Ивановны, Іванівна,
Іванавіч) of the ending are no difference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cache, lru_cache

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
from martyrolog.names.patronymic_forms import double_parts, form_rules, plain_form
from martyrolog.names.patronymic_making import counted_patronymics, plain, russian_form
from martyrolog.names.scripts import clean_name, script_of

VARIANT_CUT_OFF = 0.80
"""From this similarity of their stems on two patronymics count as variants (a misspelling)."""

# Endings of a patronymic's key: -ович, -евич, -ич, -овна, -евна, -ична, -инична, Turkic words.
_KEY_ENDING = re.compile(
    "(?:(?:ov|ev|av)?iq|(?:ov|ev|av)na|in?iqna|iqna| (?:ogl[iu]|ul[iu]|kizi|gizi|dze))$"
)
_VOWELS_AT_END = re.compile("[aeiouy]+$")
_CYRILLIC_ENDING = re.compile(
    r"(?:(?P<soft>ь?)(?P<full>ев[иі]ч|е[вў]на)|(?P<hard>[оа]в[иі]ч|[оа][вў]на)"
    r"|(?P<short>[иі]ч|ыч|[иі]н[иі]чна|[иі]чна))$"
)
_DAUGHTER = re.compile("(?:[ое]вна|инична|..[ії]вна|..[оае]ўна|.інічна)$")
_TURKIC = re.compile(
    r"[\s-]+(оглы|оглу|огли|кызы|кизи|гызы|угли|улы|oglu|oğlu|ogly|ogli|qizi|qızı|kyzy|gizi)$"
)


class PatronymicAgreement(IntEnum):
    """How two patronymics agree, the strongest agreement first; values as in `*_many` arrays."""

    EQUAL = 0  #: the same father's name in any spelling, script, gender or case
    #: equivalents (Иоганнович, Иванович), a part of a double one, contractions, misspellings
    VARIANT = 1
    INITIAL = 2  #: an initial that fits
    OMITTED = 3  #: one or both are missing, or say so («не указано»): neutral
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
    warm(map(plain_form, values))
    for kind in ("any", "given_name"):  # as batches, before each is asked for
        warm(counted_patronymics().fathers.values(), kind)
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
    keys = folded(plain_form(name))
    ending = "full" if any(_FULL_ENDING.search(key) for key in keys[:1]) else "short"
    bare = stems(name)
    return Traits(
        keys=keys,
        equal=(keys, [f"{stem} {ending}" for stem in bare]),
        forms=(bare, father_classes(name), _of_parts(name)),
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


def _of_parts(name: str) -> frozenset[str]:
    """The stem, of a double patronymic (Мордко-Янкелевич) the stems of its parts."""
    form = plain_form(name)
    return frozenset(stem for part in double_parts(form) or (form,) for stem in stems(part))


@lru_cache(maxsize=200_000)
def stems(patronymic: str) -> tuple[str, ...]:
    """The father's name inside the keys of a patronymic: `ivan` of Иванович, Iwanowitsch, Ивановна.

    Returns:
        One stem a key, without its final vowels; () for an empty patronymic.
    """
    bare = (_KEY_ENDING.sub("", key) for key in folded(plain_form(patronymic)))
    return tuple(dict.fromkeys(_VOWELS_AT_END.sub("", stem) or stem for stem in bare))


@cache
def _father_by_stem() -> dict[str, str]:
    """Fathers by the stem of their patronymics, the commonest first: Львов- and Яковл- included."""
    fathers: dict[str, str] = {}
    table = counted_patronymics().fathers
    for name, keys in zip(table, fold_many(list(table)), strict=True):
        bare = _KEY_ENDING.sub("", keys[0]) if keys else ""
        fathers.setdefault(_VOWELS_AT_END.sub("", bare), table[name])
    return fathers


@cache
def _form_by_stem() -> dict[str, str]:
    """Cyrillic forms of the classes by the stem of their keys: Шлема for Шлемович.

    The names of the classes come first: Алексей, and not the Georgian Алекси, for Алексеевич.
    """
    men = [entry for entry in given_name_entries() if entry["sex"] == "m"]
    forms = [entry["name"] for entry in men] + [
        form for entry in men for form in entry_forms(entry)
    ]
    forms = [form for form in forms if script_of(form) == "cyrillic"]
    by_stem: dict[str, str] = {}
    for form, keys in zip(forms, fold_many(forms), strict=True):
        by_stem.setdefault(_VOWELS_AT_END.sub("", keys[0]), form)
    return by_stem


@cache
def _told_fathers() -> dict[str, str]:
    """Fathers by patronymics that are formed by no rule."""
    irregular = form_rules()["irregular"]["ru"]
    told = {plain(child): father for father, forms in irregular.items() for child in forms}
    return told | {plain(child): father for child, father in form_rules()["fathers"].items()}


@lru_cache(maxsize=200_000)
def father_name(patronymic: str) -> str:
    """The father's given name that a patronymic names, in its Russian form.

    Args:
        patronymic: In any script and case: Иванович, Ивановны, Іванівна, Iwanowitsch, Кузьмич,
            Гасан оглы.

    Returns:
        The name (Иван); of a double patronymic both (Хаим-Мордко); for an unknown Cyrillic
        patronymic the name by rule; '' where the text is no patronymic, is an initial, or is
        unknown in another script.

    Example:
        >>> father_name("Львовна")
        'Лев'
    """
    text = plain_form(patronymic)
    if is_initial(text):
        return ""
    turkic = _TURKIC.search(text.lower())
    if turkic:
        return text[: turkic.start()].title()
    return russian_form(_father_known(text)) or _double_father(text) or _father_by_rule(text)


def _father_known(text: str) -> str:
    """The father that the tables know by the patronymic, or by the stem of its key."""
    known = _told_fathers().get(plain(text)) or counted_patronymics().fathers.get(plain(text), "")
    if given_name_class(known):
        return known
    known = next(filter(None, (_form_by_stem().get(stem) for stem in stems(text))), known)
    if known or not any(_KEY_ENDING.search(key) for key in folded(text)):
        return known
    return next((name for stem in stems(text) if (name := _father_by_stem().get(stem))), "")


def _double_father(text: str) -> str:
    """Хаим-Мордко of Хаим-Мордкович, of which the last name alone has the ending."""
    *others, last = double_parts(text) or ("",)
    father = father_name(last) if others else ""
    between = " " if " " in text else "-"
    return between.join([*(other.title() for other in others), father]) if father else ""


# What stands behind a father's last letter before -евич; most consonants were soft.
_SOFT_END = dict.fromkeys("аеиоуэ", "й") | dict.fromkeys("гкхжшчщц", "")


def _father_by_rule(patronymic: str) -> str:
    lowered = patronymic.lower()
    ending = _CYRILLIC_ENDING.search(lowered)
    if script_of(patronymic) != "cyrillic" or ending is None or ending.start() < 2:
        return ""
    stem = lowered[: ending.start()]
    if ending["full"]:
        stem += "ий" if ending["soft"] else _SOFT_END.get(stem[-1], "ь")
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
    known = counted_patronymics().fathers.items()
    return tuple(dict.fromkeys(father for name, father in known if pattern.fullmatch(name)))


def ends_like_patronymic(word: str) -> bool:
    """Whether a word has a full ending of a patronymic, whoever the father: Убайдуллаевич.

    A surname may have it too (Абрамович): only the word's place tells. A word that may be an
    adjective (Духовной) is none.
    """
    if word.lower().endswith(("вной", "вною")):
        return False
    return any(_FULL_ENDING.search(key) for key in folded(plain_form(word)))


def is_patronymic(word: str) -> bool:
    """Whether a word is a known patronymic, or ends like one and names a known father."""
    form = plain_form(word)
    if plain(form) in counted_patronymics().fathers or ("-" in word and _fathers_contracted(word)):
        return True
    return (
        ends_like_daughter(word)
        or (
            any(_KEY_ENDING.search(key) for key in folded(form))
            and any(stem in _father_by_stem() for stem in stems(word))
        )
        or (ends_like_patronymic(word) and any(stem in _form_by_stem() for stem in stems(word)))
    )


def ends_like_daughter(word: str) -> bool:
    """Whether a word ends as daughters' patronymics alone do, Ukrainian and Belarusian too."""
    return bool(_DAUGHTER.search(clean_name(word).lower()))


def is_daughters(word: str) -> bool:
    """Whether a word is a daughter's patronymic: nobody's surname."""
    by_key = any(key.endswith("na") for key in folded(word)[:1])
    return ends_like_daughter(word) or (by_key and is_patronymic(word))


def count_of(patronymic: str) -> int:
    """How often the counted table has a patronymic, 0 for one that it lacks."""
    return counted_patronymics().counts.get(plain(patronymic), 0)
