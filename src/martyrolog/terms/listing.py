"""Coded phrases as a table: what ``martyrolog terms code`` prints."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from martyrolog.terms.code import code_term


def code_file_table(vocabulary_name: str, texts: Sequence[str]) -> pa.Table:
    """Code phrases, one a text, to a vocabulary.

    Returns:
        Columns ``text``, ``term_id``, ``label_en``, ``label_ru``, ``detail`` (years, articles,
        date), ``rest`` (the phrase without its dates), a row a text; null but ``text`` where no
        term matches.

    Raises:
        KeyError: There is no such vocabulary.
    """
    codes = [code_term(vocabulary_name, text) for text in texts]
    columns = {
        name: pa.array(
            [None if code is None else getattr(code, name) for code in codes], pa.string()
        )
        for name in ("term_id", "label_en", "label_ru", "detail", "rest")
    }
    return pa.table({"text": pa.array(texts, pa.string()), **columns})
