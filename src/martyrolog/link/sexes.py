"""The sex of a record: as the file writes it, or as the name says it."""

from collections.abc import Callable
from functools import cache
from importlib import resources

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog import names
from martyrolog.names.memo import warm
from martyrolog.yaml_text import parse_yaml


@cache
def _written() -> dict[str, str]:
    source = resources.files("martyrolog.link") / "sexes.yaml"
    declared = parse_yaml(source.read_text(encoding="utf-8"))
    return {str(word): sex for sex, words in declared.items() for word in words}


def normal_sexes(written: pa.ChunkedArray) -> pa.ChunkedArray:
    """``m``, ``f``, or null for a word that ``sexes.yaml`` does not know.

    >>> normal_sexes(pa.chunked_array([["Male", "ж", None]])).to_pylist()
    ['m', 'f', None]
    """
    known = _written()
    return _by_value(written, lambda word: known.get(word.strip().lower()))


def with_sexes_of_names(
    sexes: pa.ChunkedArray,
    surnames: pa.ChunkedArray,
    given_names: pa.ChunkedArray,
    patronymics: pa.ChunkedArray,
) -> pa.ChunkedArray:
    """Sexes completed by ``m`` or ``f`` where the name says it.

    As ``names.sex_of`` of the whole name, of which each part is read once per distinct value: the
    patronymic decides before the given name, and this before the surname.
    """
    warm(name for name in pc.unique(given_names).to_pylist() if name)
    return pc.coalesce(
        sexes,
        _by_value(patronymics, lambda patronymic: names.sex_of("", "", patronymic)),
        _by_value(given_names, lambda given_name: names.sex_of("", given_name)),
        _by_value(surnames, names.sex_of),
    )


def _by_value(column: pa.ChunkedArray, read: Callable[[str], str | None]) -> pa.ChunkedArray:
    """What each value says, read once per distinct value."""
    coded = column.combine_chunks().dictionary_encode()
    said = pa.array([read(value) for value in coded.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([said.take(coded.indices)])
