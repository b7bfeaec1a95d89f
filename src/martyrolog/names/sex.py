"""The sex that a name says, and the initials of a name.

When to use: on the parts of a name. What always holds: where the name does not say (Шевченко А.И.)
there is no answer; the surname's ending decides last, since Лапа and Кожемяка are men too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from martyrolog.names.given import is_initial, sex_of_given_name
from martyrolog.names.patronymic_forms import nominative
from martyrolog.yaml_text import parse_yaml

Sex = Literal["m", "f"]


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
            or an ending does, .5 where only the position does, 0.0 for no name.
    """

    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    other_names: tuple[str, ...] = ()
    sex: Sex | None = None
    confidence: float = 0.0


@cache
def part_rules() -> dict[str, Any]:
    """The words and endings of `data/parts.yaml`."""
    text = files("martyrolog.names").joinpath("data/parts.yaml").read_text(encoding="utf-8")
    rules: dict[str, Any] = parse_yaml(text)
    return rules


@cache
def ending(kind: str, part: str) -> re.Pattern[str]:
    """The endings of a part ('surname', 'patronymic') that tell 'male' or 'female'."""
    return re.compile(part_rules()[kind][part], re.IGNORECASE)


def sex_of(name: NameParts | str, given_name: str = "", patronymic: str = "") -> Sex | None:
    """The sex that a name says: by the patronymic, else the given name, else the surname's ending.

    Args:
        name: The parts of a name, or its surname.
        given_name: Where `name` is a surname.
        patronymic: Where `name` is a surname.

    Returns:
        'm', 'f', or None where the name does not say.

    Example:
        >>> sex_of("Шевченко", "Саша", "Ивановна")
        'f'
    """
    parts = name if isinstance(name, NameParts) else NameParts(name, given_name, patronymic)
    return (
        _by_patronymic(parts.patronymic)
        or _by_given_name(parts.given_name)
        or _by_ending("surname", parts.surname)
    )


def _by_patronymic(patronymic: str) -> Sex | None:
    if is_initial(patronymic):
        return None
    last = patronymic.lower().replace("-", " ").rpartition(" ")[2]
    for sex, words in part_rules()["turkic_patronymic"].items():
        if last in words:
            return "m" if sex == "m" else "f"
    return _by_ending("patronymic", nominative(patronymic))


def _by_given_name(given_name: str) -> Sex | None:
    if not given_name or is_initial(given_name):
        return None
    sex = sex_of_given_name(given_name) or sex_of_given_name(re.split(r"[\s-]", given_name)[0])
    return None if sex is None else "m" if sex == "m" else "f"


def _by_ending(part: str, word: str) -> Sex | None:
    if ending("female", part).search(word):
        return "f"
    return "m" if ending("male", part).search(word) else None


def initials(parts: NameParts) -> str:
    """The initials of given name and patronymic: 'М. Н.'; '' where neither is given."""
    words = [word for name in (parts.given_name, parts.patronymic) for word in name.split()[:1]]
    return " ".join(_initial(word) for word in words)


def _initial(word: str) -> str:
    if word.endswith("."):
        return word
    return "-".join(part[:1].upper() + "." for part in word.split("-") if part)
