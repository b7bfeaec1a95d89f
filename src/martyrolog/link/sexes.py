"""The sex of a record: as the file writes it, or as the name says it."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

import yaml

from martyrolog import names
from martyrolog.names.memo import warm


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


def with_sexes_of_names(
    sexes: Sequence[str | None],
    surnames: Sequence[str | None],
    given_names: Sequence[str | None],
    patronymics: Sequence[str | None],
) -> list[str | None]:
    """Sexes completed by ``m`` or ``f`` where the name says it; each distinct name is read once."""
    warm({name for name in given_names if name})
    found: dict[tuple[str, str, str], str | None] = {}
    completed = []
    for sex, *parts in zip(sexes, surnames, given_names, patronymics, strict=True):
        name = (parts[0] or "", parts[1] or "", parts[2] or "")
        if sex is None and name not in found:
            found[name] = names.sex_of(*name)
        completed.append(sex or found[name])
    return completed
