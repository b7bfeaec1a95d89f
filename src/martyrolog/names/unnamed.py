"""What a source writes in the place of a name that is not known: «не указано», «б/о».

When to use: before two given names or patronymics are compared. What always holds: only a value
that is nothing else counts (`data/unnamed.yaml`). Surnames are not looked at.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from martyrolog.yaml_text import parse_yaml


@cache
def _unnamed() -> frozenset[str]:
    source = files("martyrolog.names").joinpath("data/unnamed.yaml")
    return frozenset(parse_yaml(source.read_text(encoding="utf-8")))


def is_unnamed(value: str) -> bool:
    """Whether a value only says that a name is not known.

    Example:
        >>> is_unnamed("Не указано."), is_unnamed("Нестор")
        (True, False)
    """
    return value.strip(' .?[]()«»"').casefold() in _unnamed()
