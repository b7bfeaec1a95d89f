"""The declared fields and their comparison levels, read once from ``levels.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from math import log2
from typing import Any

from martyrolog.yaml_text import parse_yaml

MISSING = -1
"""Level of a field where either record has no value: neutral."""

_MISSING_LABEL = {"en": "missing in one of the two", "ru": "нет в одной из записей"}


@dataclass(frozen=True)
class Level:
    """One comparison level.

    Attributes:
        level: Its number, 0 for the strongest disagreement.
        name: Its name in the code, such as ``same_key``.
        label: What it means, by language.
        group: Levels among which its shares are counted; see ``levels.yaml``.
        m: Prior share of the pairs of one person that show it.
        u: Prior share of the pairs of two unrelated persons that show it.
        kin: Prior share of the pairs of two relatives that show it.
        m_at_most: What no estimate of m may exceed.
        kin_at_most: What no estimate of kin may exceed.
        terms: Whether rare values weigh more here.
        elsewhere: Whether values of other fields make it.
    """

    level: int
    name: str
    label: Mapping[str, str]
    group: str
    m: float
    u: float
    kin: float
    m_at_most: float
    kin_at_most: float
    terms: bool
    elsewhere: bool

    @property
    def bits(self) -> float:
        """log2(m / u) of the priors."""
        return log2(self.m / self.u)


@dataclass(frozen=True)
class Field:
    """One compared field and its levels, in the order of their numbers.

    Attributes:
        name: Column of the record; ``level_NAME`` is its column of the match.
        label: What the field is called, by language.
        levels: Its levels; empty where the field is not compared yet.
        counts_for: Field whose comparison makes an agreement of this one count nothing.
    """

    name: str
    label: Mapping[str, str]
    levels: tuple[Level, ...]
    counts_for: str | None

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The levels of each group, in the order of their first level."""
        found: dict[str, list[int]] = {}
        for level in self.levels:
            found.setdefault(level.group, []).append(level.level)
        return tuple(tuple(levels) for levels in found.values())

    def number(self, name: str) -> int:
        """The number of the level of that name.

        Raises:
            KeyError: the field has no such level.
        """
        for level in self.levels:
            if level.name == name:
                return level.level
        raise KeyError(name)


def _field(name: str, declared: Mapping[str, Any], scale: list[Mapping[str, Any]]) -> Field:
    levels = tuple(
        Level(
            level=entry["level"],
            name=entry["name"],
            group=entry.get("group", ""),
            label={language: entry[language] for language in ("en", "ru")},
            m=float(declared["m"][entry["name"]]),
            u=float(declared["u"][entry["name"]]),
            kin=float(declared["kin"][entry["name"]]),
            m_at_most=float(declared.get("m_at_most", {}).get(entry["name"], 1.0)),
            kin_at_most=float(declared.get("kin_at_most", {}).get(entry["name"], 1.0)),
            terms=entry["name"] in declared["terms"],
            elsewhere=entry.get("elsewhere", False),
        )
        for entry in scale
    )  # fmt: skip
    label = {language: declared[language] for language in ("en", "ru")}
    return Field(name, label, levels, declared.get("counts_for"))


def _load() -> Mapping[str, Field]:
    source = resources.files(__name__.rpartition(".")[0]) / "levels.yaml"
    with source.open(encoding="utf-8") as stream:
        data = parse_yaml(stream.read())
    return {
        name: _field(name, declared, data["scales"][declared["scale"]])
        for name, declared in data["fields"].items()
    }


FIELDS: Mapping[str, Field] = _load()
"""Every compared field by its name, in the order of the columns of the match."""


def field_label(field: str, language: str = "en") -> str:
    """What a field is called.

    >>> field_label("birth_date")
    'day of birth'
    """
    return FIELDS[field].label[language]


def reached_elsewhere(field: str, level: int) -> bool:
    """Whether values of other fields make a comparison level, such as a surname among other names.

    Args:
        field: Name of a compared field, or of another column, which has no levels.
        level: Its level; ``MISSING`` where none is known.
    """
    return field in FIELDS and level != MISSING and FIELDS[field].levels[level].elsewhere


def level_label(field: str, level: int, language: str = "en") -> str:
    """What a comparison level means, in words.

    Args:
        field: Name of a compared field.
        level: Its level; ``MISSING`` for a value that either record lacks.
        language: ``en`` or ``ru``.

    Raises:
        KeyError: no such field.
        IndexError: no such level.

    >>> level_label("surname", 5)
    'one surname in two spellings'
    """
    if level == MISSING:
        return _MISSING_LABEL[language]
    return FIELDS[field].levels[level].label[language]
