"""Coded phrases as a table: what ``martyrolog terms code`` prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyarrow as pa

from martyrolog.terms.code import TermCode, code_term


def code_file_table(vocabulary_name: str, texts: Sequence[str]) -> pa.Table:
    """Code phrases, one a text, to a vocabulary.

    Returns:
        Columns ``text``, ``term_id``, ``label_en``, ``label_ru``, ``detail`` (years, articles,
        date), ``equivalent`` (the points of article 58 of the RSFSR that articles of other
        republics are), ``rest`` (the phrase without its dates), a row a text; null but ``text``
        where no term matches, ``equivalent`` also where none is known.

    Raises:
        KeyError: There is no such vocabulary.
    """
    codes = [code_term(vocabulary_name, text) for text in texts]
    columns = {
        name: pa.array([None if code is None else value(code) for code in codes], pa.string())
        for name, value in _COLUMNS.items()
    }
    return pa.table({"text": pa.array(texts, pa.string()), **columns})


_COLUMNS: dict[str, Callable[[TermCode], str | None]] = {
    "term_id": lambda code: code.term_id,
    "label_en": lambda code: code.label_en,
    "label_ru": lambda code: code.label_ru,
    "detail": lambda code: code.detail,
    "equivalent": lambda code: ", ".join(code.equivalents) or None,
    "rest": lambda code: code.rest,
}
