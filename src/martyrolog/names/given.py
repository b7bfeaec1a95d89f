"""Given names: classes of equivalents, initials, and the comparison of two given names.

When to use: to compare the given names of two records, or to know that Иван, Jan and Johann may
be one man. What always holds: what is omitted is neutral, an initial agrees or contradicts but
never equals. The equivalents are data (`data/given_names.yaml`); it deliberately guesses no class
for a name that stands in no class.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from martyrolog.names.agreement import Outcomes, Traits, compare, comparer
from martyrolog.names.contraction import contraction
from martyrolog.names.fold import Keys, fold_many
from martyrolog.names.memo import folded, warm
from martyrolog.names.pairs import CompareCodes, Int8Array, compare_distinct
from martyrolog.names.scripts import clean_name, script_of
from martyrolog.names.unnamed import is_unnamed
from martyrolog.yaml_text import parse_yaml

SIMILAR_CUT_OFF = 0.80
"""From this similarity of folded forms on two given names count as a misspelling of each other."""


class GivenNameAgreement(IntEnum):
    """How two given names agree, the strongest agreement first; values as in `*_many` arrays."""

    EQUAL = 0  #: one name in any spelling
    EQUIVALENT = 1  #: forms of one name (Иван, Johann; Ваня), or a shared part of a double name
    SIMILAR = (
        2  #: folded forms at least SIMILAR_CUT_OFF alike, and not two common names (Мария, Марина)
    )
    INITIAL = 3  #: an initial that fits
    OMITTED = 4  #: one or both are missing, or say so («не указано»): neutral
    CONTRADICTED = 5  #: different names, or an initial that does not fit


def compare_given_names(left: str, right: str) -> GivenNameAgreement:
    """Compare two given names, or initials, in any script; an empty one is omitted.

    Example:
        >>> compare_given_names("Иван", "Johann").name
        'EQUIVALENT'
    """
    return GivenNameAgreement(compare(_traits(left), _traits(right), _OUTCOMES))


def compare_given_names_many(lefts: Sequence[str], rights: Sequence[str]) -> Int8Array:
    """`compare_given_names` for pairs; distinct pairs are compared once.

    Returns:
        Values of GivenNameAgreement, dtype int8, shape (len(lefts),).

    Raises:
        ValueError: If the sequences differ in length.
    """
    return compare_distinct(lefts, rights, given_name_comparer)


def given_name_comparer(values: Sequence[str]) -> CompareCodes:
    """`compare_given_names` of pairs of numbers of values, prepared once for all values.

    Args:
        values: Distinct given names.
    """
    warm(values)
    warm(values, "given_name")
    return comparer(values, _traits, _OUTCOMES)


_OUTCOMES = Outcomes.of(
    GivenNameAgreement,
    forms=GivenNameAgreement.EQUIVALENT,
    near=GivenNameAgreement.SIMILAR,
    cut_off=SIMILAR_CUT_OFF,
)


def _traits(name: str) -> Traits:
    """Forms of one name: of one class, or a double name (Шлема-Мордко) and one of its parts."""
    parts = _parts(name)
    keys = folded(name, "given_name")
    return Traits(
        keys=() if is_unnamed(name) else folded(name),
        equal=(keys,),
        forms=(
            given_name_class(name),
            {key for part in parts for key in folded(part, "given_name")},
            {found for part in parts for found in given_name_class(part)},
        ),
        near=keys,
        heads=initial_heads(name),
        initial=is_initial(name),
        common=is_common(name),
    )


def _parts(name: str) -> list[str]:
    return [part for part in clean_name(name).replace("-", " ").split() if folded(part)]


@lru_cache(maxsize=200_000)
def given_name_class(name: str) -> tuple[str, ...]:
    """The classes of equivalent given names that a name belongs to.

    Args:
        name: A given name in any script and spelling, a diminutive or a foreign form, or a
            contraction (Ал-др, Конст.), which has the classes of all names that it may stand for.

    Returns:
        Common Russian forms ('Иван',) that name the classes, several where the name is shared
        (Саша), in the order of the data; () for a name that stands in no class.
    """
    classes = _classes()
    plain = _plain(name)
    exact = classes.by_form.get(plain) or classes.by_form.get(plain.rstrip("."))
    if exact:
        return exact
    if pattern := contraction(name):
        meant = (found for form, found in classes.by_form.items() if pattern.fullmatch(form))
        return tuple(dict.fromkeys(each for found in meant for each in found))
    whole = _classes_of_keys(folded(name, "given_name"))
    # Antonas names Антон: its ending is dropped where the whole word stands in no class.
    return whole or _classes_of_keys(folded(name))


def _classes_of_keys(keys: Keys) -> tuple[str, ...]:
    found = (_classes().by_key.get(key, ()) for key in keys)
    return tuple(dict.fromkeys(name for names in found for name in names))


def _plain(name: str) -> str:
    return clean_name(name).casefold().replace("ё", "е")


@dataclass(frozen=True)
class _Classes:
    by_form: dict[str, tuple[str, ...]]
    by_key: dict[str, tuple[str, ...]]
    sex: dict[str, str]


@cache
def given_name_entries() -> tuple[dict[str, Any], ...]:
    """The entries of `data/given_names.yaml`."""
    text = files("martyrolog.names").joinpath("data/given_names.yaml").read_text(encoding="utf-8")
    return tuple(parse_yaml(text))


def entry_forms(entry: dict[str, Any]) -> list[str]:
    """Every form of a class: its name, the equivalents of all languages, the short forms."""
    foreign = [form for forms in entry["forms"].values() for form in forms]
    return [entry["name"], *foreign, *entry["short"]]


@cache
def _classes() -> _Classes:
    by_form: dict[str, dict[str, None]] = defaultdict(dict)
    by_key: dict[str, dict[str, None]] = defaultdict(dict)
    forms = [(form, entry["name"]) for entry in given_name_entries() for form in entry_forms(entry)]
    for (form, name), keys in zip(forms, fold_many([form for form, _ in forms]), strict=True):
        by_form[_plain(form)][name] = None
        # The likeliest reading alone: the second of Jane is that of Ян.
        for key in keys[:1]:
            by_key[key][name] = None
    return _Classes(
        by_form={form: tuple(names) for form, names in by_form.items()},
        by_key={key: tuple(names) for key, names in by_key.items()},
        sex={entry["name"]: entry["sex"] for entry in given_name_entries()},
    )


def form_of_class(name: str, class_name: str) -> str:
    """What a form is within a class of given names.

    Args:
        name: A form, in any spelling.
        class_name: The class, by its common Russian form.

    Returns:
        The first language that lists the form (ISO 639-1), 'short' for a diminutive, 'ru' for the
        common form itself; '' where the class does not list it in so many letters.
    """
    return next(iter(languages_of_form(name, class_name)), "")


def languages_of_form(name: str, class_name: str) -> dict[str, None]:
    """All that `form_of_class` may say of a form, in the order of the data; none if not listed."""
    plain = _plain(name)
    if plain == _plain(class_name):
        return {"ru": None}
    entry = next(entry for entry in given_name_entries() if entry["name"] == class_name)
    listed = {**entry["forms"], "short": entry["short"]}
    return {kind: None for kind, forms in listed.items() if plain in map(_plain, forms)}


COMMON_COUNT = 50
"""A name counted at least so often in `data/given_name_counts.csv` is no misspelling of another."""


@cache
def _counted() -> dict[str, tuple[str, int]]:
    """Sex and count by given name, from the counted table; the commoner sex where both occur."""
    text = files("martyrolog.names").joinpath("data/given_name_counts.csv").read_text("utf-8")
    known: dict[str, tuple[str, int]] = {}
    for row in csv.DictReader(text.splitlines()):
        known.setdefault(_plain(row["given_name"]), (row["sex"], int(row["count"])))
    return known


def is_common(name: str) -> bool:
    """Whether a name is common enough to be no misspelling: in a class, or counted so often."""
    return bool(given_name_class(name)) or _counted().get(_plain(name), ("", 0))[1] >= COMMON_COUNT


@cache
def _common_by_key() -> dict[str, tuple[str, int]]:
    """Sex and count of the common given names by key, for those in other scripts (Gaik)."""
    common = {name: row for name, row in _counted().items() if row[1] >= COMMON_COUNT}
    by_key: dict[str, tuple[str, int]] = {}
    for name, keys in zip(common, fold_many(list(common)), strict=True):
        by_key.setdefault(keys[0], common[name])
    return by_key


def _counted_row(name: str) -> tuple[str, int] | None:
    """Sex and count of a counted name; the key is asked only for a name in another script."""
    known = _counted().get(_plain(name))
    if known or script_of(name) == "cyrillic":
        return known
    return next((_common_by_key()[key] for key in folded(name) if key in _common_by_key()), None)


def is_given_name(name: str) -> bool:
    """Whether a word is a known given name: in a class, or in the counted table."""
    return bool(given_name_class(name)) or _counted_row(name) is not None


@lru_cache(maxsize=200_000)
def sex_of_given_name(name: str) -> str | None:
    """'m' or 'f' where the given name says it, None for a name of both or of neither."""
    sexes = {_classes().sex[found] for found in given_name_class(name)}
    counted = _counted_row(name)
    if not sexes and counted is not None:
        sexes = {counted[0]}
    return sexes.pop() if len(sexes) == 1 else None


@lru_cache(maxsize=200_000)
def is_initial(name: str) -> bool:
    """Whether a name is written as an initial: `М.`, `Ye`, `М`, `J.-B.`, `Дж.`."""
    text = clean_name(name)
    if text.endswith("."):
        return len(text.rstrip(". ")) <= 4
    return len(text) == 1 or (
        len(text) == 2 and text.lower() in _initial_table() and text[0].isupper()
    )


@cache
def _initial_table() -> dict[str, list[str]]:
    text = files("martyrolog.names").joinpath("data/initials.yaml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = parse_yaml(text)
    return table


@lru_cache(maxsize=200_000)
def initial_heads(name: str) -> frozenset[str]:
    """What the keys of a given name, patronymic or initial may begin with.

    A key that begins with y (й) counts with the vowel behind it: я, ю and ё are letters of their
    own. A full name has the letter it is written with (Иосиф fits И.) and the heads of the Russian
    forms of its class (Иосиф fits О., for Осип).
    """
    text = clean_name(name).rstrip(". ").lower()
    if is_initial(name) and text in _initial_table():
        return frozenset(_initial_table()[text])
    keys = set(folded(text))
    if text and not is_initial(name):
        for form in (text, *_russian_forms(name)):
            keys.update(folded(form), folded(form[0]))
    return frozenset(_head(key) for key in keys)


def _russian_forms(name: str) -> list[str]:
    return [form for found in given_name_class(name) for form in _russian_forms_of_class()[found]]


@cache
def _russian_forms_of_class() -> dict[str, list[str]]:
    forms: dict[str, list[str]] = defaultdict(list)
    for entry in given_name_entries():
        forms[entry["name"]] += [entry["name"], *entry["forms"].get("ru", ())]
    return forms


def _head(key: str) -> str:
    if key.startswith("dj"):
        return "dj"
    return key[:2] if key[0] == "y" and len(key) > 1 else key[0]
