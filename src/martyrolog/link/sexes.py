"""The sex of a record: as the file writes it, or as the name says it."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

import yaml

from martyrolog import names


@cache
def _written() -> dict[str, str]:
    source = resources.files("martyrolog.link") / "sexes.yaml"
    declared = yaml.safe_load(source.read_text(encoding="utf-8"))
    return {str(word): sex for sex, words in declared.items() for word in words}


def normal_sexes(written: Sequence[str | None]) -> list[str | None]:
    """``m``, ``f``, or None for a word that ``sexes.yaml`` does not know.

    >>> normal_sexes(["Male", "ж", None])
    ['m', 'f', None]
    """
    known = _written()
    return [known.get(word.strip().lower()) if word else None for word in written]


def sexes_of_names(
    surnames: Sequence[str | None],
    given_names: Sequence[str | None],
    patronymics: Sequence[str | None],
) -> list[str | None]:
    """``m`` or ``f`` where the name says it; each distinct name is looked at once."""
    found: dict[tuple[str, str, str], str | None] = {}
    sexes = []
    for parts in zip(surnames, given_names, patronymics, strict=True):
        name = (parts[0] or "", parts[1] or "", parts[2] or "")
        if name not in found:
            found[name] = names.sex_of(*name)
        sexes.append(found[name])
    return sexes
