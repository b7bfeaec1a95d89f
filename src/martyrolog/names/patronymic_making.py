"""Patronymics made of a father's name, in Russian, Ukrainian or Belarusian.

When to use: for a father whose name is known and whose child's patronymic is looked for. What
always holds: what follows no rule is data (`data/patronymic_forms.yaml`), the commonest form of
the counted table comes before the rule. It deliberately makes none of a name in another script.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from martyrolog.names.given import given_name_class, languages_of_form
from martyrolog.names.patronymic_forms import form_rules
from martyrolog.names.scripts import clean_name, script_of

_CHILD = {"m": 0, "f": 1}
_DAUGHTERS_END = re.compile("(?<=[ое]в)ич$")


class Counted(NamedTuple):
    """The counted table: fathers and counts by patronymic, sons' patronymics by father."""

    fathers: dict[str, str]
    counts: dict[str, int]
    sons: dict[str, str]


@cache
def counted_patronymics() -> Counted:
    """The table `data/patronymics.csv`, in lower case, the commoner of two rows first."""
    text = files("martyrolog.names").joinpath("data/patronymics.csv").read_text(encoding="utf-8")
    found = Counted({}, {}, {})
    for row in csv.DictReader(text.splitlines()):
        name = plain(row["patronymic"])
        found.fathers.setdefault(name, row["father"])
        found.counts.setdefault(name, int(row["count"]))
        if row["sex"] == "m":
            found.sons.setdefault(plain(row["father"]), row["patronymic"])
    return found


def plain(name: str) -> str:
    """A name as it is looked up: in lower case, «ё» as «е»."""
    return clean_name(name).casefold().replace("ё", "е")


def patronymic_of(
    given_name: str,
    sex: Literal["m", "f"] = "m",
    *,
    language: Literal["ru", "uk", "be"] = "ru",
) -> str:
    """The patronymic that a father's given name makes.

    Args:
        given_name: The father's name in Cyrillic, as the language spells it; for Russian a
            Ukrainian or Belarusian form does too (Микола: Николаевич).
        sex: Of the child.
        language: Of the patronymic: Russian, Ukrainian (Миколайович) or Belarusian.

    Returns:
        The usual form, else the form by rule; '' for an empty name or one that is not in Cyrillic
        (John, Ahmed): which Russian name it would have been read as is not known.

    Example:
        >>> patronymic_of("Пётр"), patronymic_of("Илья", "f")
        ('Петрович', 'Ильинична')
        >>> patronymic_of("Микола", "f", language="uk")
        'Миколаївна'
    """
    father = clean_name(given_name)
    if script_of(father) != "cyrillic":
        return ""
    irregular = _irregular(language).get(plain(father))
    if irregular:
        return irregular[_CHILD[sex]]
    if language != "ru":
        return _by_rule(father, sex, language)
    counted = counted_patronymics().sons.get(plain(father))
    if counted and (sex == "m" or _DAUGHTERS_END.search(counted)):
        return counted if sex == "m" else _DAUGHTERS_END.sub("на", counted)
    russian = russian_form(father)
    return _by_rule(father, sex, "ru") if russian == father else patronymic_of(russian, sex)


@cache
def _irregular(language: str) -> dict[str, tuple[str, str]]:
    forms = form_rules()["irregular"][language]
    return {plain(father): (son, daughter) for father, (son, daughter) in forms.items()}


def _by_rule(father: str, sex: str, language: str) -> str:
    for end, *children in form_rules()["rules"][language]:
        if re.search(end, father):
            return re.sub(end, children[_CHILD[sex]], father, count=1)
    return ""


def russian_form(given_name: str) -> str:
    """The common Russian form of a name that Ukrainian or Belarusian spell so and Russian does not.

    A name of several classes (Олекса, Ян) stays as it is.

    Example:
        >>> russian_form("Микола"), russian_form("Шлема")
        ('Николай', 'Шлема')
    """
    names = given_name_class(given_name)
    if len(names) != 1:
        return given_name
    spelt = languages_of_form(given_name, names[0]).keys()
    return names[0] if spelt & {"uk", "be"} and "ru" not in spelt else given_name
