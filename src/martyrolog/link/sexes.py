"""The sex of a record: as the file writes it, or as the name says it."""

from collections.abc import Callable
from functools import cache
from importlib import resources

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog import names
from martyrolog.link.coded import coded
from martyrolog.names.memo import warm
from martyrolog.yaml_text import parse_yaml

Read = Callable[[str], str | None]


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
    read = _by_value(coded(written), lambda word: known.get(word.strip().lower()))
    return pa.chunked_array([read])


def with_sexes_of_names(
    sexes: pa.ChunkedArray,
    surnames: pa.ChunkedArray,
    given_names: pa.ChunkedArray,
    patronymics: pa.ChunkedArray,
) -> pa.ChunkedArray:
    """Sexes completed by ``m`` or ``f`` where the name says it.

    As ``names.sex_of`` of the whole name, of which each part is read once per distinct value, if a
    row needs it: the patronymic decides before the given name, and this before the surname.
    """
    known = sexes.combine_chunks()
    known = _completed(known, patronymics, lambda patronymic: names.sex_of("", "", patronymic))
    for kind in ("any", "given_name"):  # as a batch, before each is asked for
        warm(coded(given_names).dictionary.to_pylist(), kind)
    known = _completed(known, given_names, lambda given_name: names.sex_of("", given_name))
    return pa.chunked_array([_completed(known, surnames, names.sex_of)])


def _completed(known: pa.Array, part: pa.ChunkedArray, read: Read) -> pa.Array:
    """What is known, else what a part of the name says, which is asked only there."""
    column = coded(part)
    lacking = pc.if_else(pc.is_null(known), column.indices, pa.scalar(None, column.indices.type))
    asked = column.dictionary.take(pc.unique(lacking).drop_null())
    needed = pa.DictionaryArray.from_arrays(
        pc.index_in(column.dictionary, asked).take(lacking), asked
    )
    return pc.coalesce(known, _by_value(needed, read))


def _by_value(column: pa.DictionaryArray, read: Read) -> pa.Array:
    """What each value says, read once per distinct value."""
    said = pa.array([read(value) for value in column.dictionary.to_pylist()], pa.string())
    return said.take(column.indices)
