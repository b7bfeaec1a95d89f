"""The words that say what a name names: guberniya, uezd, village, street, house.

Data: ``units.yaml``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from martyrolog.places.normal import plain
from martyrolog.yaml_text import parse_yaml


@cache
def _units() -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath("units.yaml").read_text(encoding="utf-8")
    return {
        group: {plain(word): kind for kind, listed in kinds.items() for word in [*listed]}
        for group, kinds in parse_yaml(text).items()
        if isinstance(kinds, dict) and group != "compounds"
    }


@cache
def noise_words() -> frozenset[str]:
    """Words left out in front of names («в», «бывш.»)."""
    text = files(__package__).joinpath("units.yaml").read_text(encoding="utf-8")
    return frozenset(parse_yaml(text)["noise"])


@cache
def _compounds() -> tuple[tuple[str, str], ...]:
    text = files(__package__).joinpath("units.yaml").read_text(encoding="utf-8")
    kinds = parse_yaml(text)["compounds"]
    return tuple((beginning, kind) for kind, listed in kinds.items() for beginning in listed)


@lru_cache(maxsize=65_536)
def province_unit(word: str) -> str | None:
    """Give the unit of a province that a word says alone or in a compound («облсуд», «губЧК»)."""
    found = unit_of("province", word)
    if found is None:
        folded = plain(word)
        found = next((kind for begin, kind in _compounds() if folded.startswith(begin)), None)
    return found


@lru_cache(maxsize=65_536)
def unit_of(group: str, word: str) -> str | None:
    """Give the kind that a word says, ``None`` if it is no word of the group.

    Args:
        group: ``province``, ``district``, ``settlement``, ``street`` or ``house``.
        word: A word in any case, without full stop.
    """
    return _units()[group].get(plain(word))
