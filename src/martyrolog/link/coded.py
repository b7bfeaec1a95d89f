"""Columns of texts as Arrow dictionaries: every distinct text once, every row a number.

Reading and cleaning look at distinct texts only; the rows stay numbers.
"""

from collections.abc import Callable

import pyarrow as pa


def coded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    """A column of texts as numbers of its distinct texts; a missing text has no number."""
    return column.combine_chunks().dictionary_encode()


def changed(
    column: pa.DictionaryArray, change: Callable[[pa.StringArray], pa.StringArray]
) -> pa.DictionaryArray:
    """Every text changed, once per distinct text.

    Args:
        column: Texts.
        change: Gives a text, or null, for each distinct text.
    """
    made = change(column.dictionary).dictionary_encode()
    return pa.DictionaryArray.from_arrays(made.indices.take(column.indices), made.dictionary)
