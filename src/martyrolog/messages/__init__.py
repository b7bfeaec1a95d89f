"""Texts for users, in English and Russian, from the catalogues beside this file.

Use :func:`text` wherever something is shown to a person: command line, errors, published pages.
A catalogue is one YAML file an area (``en/read.yaml``, ``ru/read.yaml``): flat keys, placeholders
in braces. A text that depends on a number is a mapping of plural forms (CLDR names: ``one``,
``few``, ``many``, ``other``), chosen by the argument ``count``. Both languages have the same keys
(a test checks it). This module does not guess a language: the caller passes it.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from martyrolog.yaml_text import parse_yaml

LANGUAGES = ("en", "ru")


@cache
def catalogue(language: str, area: str) -> Mapping[str, Any]:
    """The texts of one area in one language.

    Args:
        language: ``en`` or ``ru``.
        area: File name without its ending, such as ``read``.

    Returns:
        Key to text, or to plural forms.
    """
    source = resources.files(__name__) / language / f"{area}.yaml"
    with source.open(encoding="utf-8") as stream:
        loaded = parse_yaml(stream.read())
    return loaded or {}


def text(key: str, language: str = "en", /, **values: object) -> str:
    """The text of ``area.key`` with its placeholders filled.

    Args:
        key: ``area.key``, such as ``read.no_such_file``.
        language: ``en`` or ``ru``.
        values: Placeholders. ``count`` also chooses the plural form. Whole numbers are
            grouped in the manner of the language (12,345 / 12 345).

    Raises:
        KeyError: no such key, or a placeholder is missing: a defect of the program, not of input.

    >>> text("core.rows", "en", count=1)
    '1 row'
    """
    area, _, name = key.partition(".")
    entry = catalogue(language, area)[name]
    if isinstance(entry, Mapping):
        entry = entry[_plural_form(language, values.get("count"))]
    shown = {name: _shown(value, language) for name, value in values.items()}
    return str(entry).format_map(shown)


@cache
def _plural_rule(language: str) -> Any:
    from babel import Locale  # half of the start-up time of a command that shows no plural

    return Locale.parse(language).plural_form


def _plural_form(language: str, count: object) -> str:
    if not isinstance(count, int):
        raise KeyError("a text with plural forms needs a whole number 'count'")
    return str(_plural_rule(language)(count))


def _shown(value: object, language: str) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        separator = "," if language == "en" else "\N{NO-BREAK SPACE}"
        return f"{value:,}".replace(",", separator)
    return value
