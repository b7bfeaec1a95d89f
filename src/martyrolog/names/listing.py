"""Names as tables: what `martyrolog names pairs` and `martyrolog names keys` print.

When to use: to measure the fold on pairs or lists of one's own.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from martyrolog.names.fold import NameKind, fold_many
from martyrolog.names.pairs import check_lengths
from martyrolog.names.rules import load_rules
from martyrolog.names.similarity import similarity_many


def spelling_languages() -> list[str]:
    """The language hints that the fold knows."""
    return [one for reading in load_rules()["readings"] for one in reading.get("languages", ())]


def pairs_table(
    lefts: Sequence[str],
    rights: Sequence[str],
    *,
    kind: NameKind = "any",
    language: str | None = None,
    exact: bool = False,
) -> pa.Table:
    """Pairs with their agreement.

    Args:
        lefts: Names.
        rights: As many.
        kind: As in `fold_many`.
        language: As in `fold_many`, of both sides.
        exact: As in `fold_many`.

    Returns:
        Columns `left`, `right` (text), `same_key` (int8; 1 where the keys intersect), `similarity`
        (float64, 0 to 1).

    Raises:
        ValueError: If the sequences differ in length.
    """
    check_lengths(lefts, rights)
    left_keys, right_keys = (
        fold_many(side, kind=kind, language=language, exact=exact) for side in (lefts, rights)
    )
    same = [
        int(not set(left).isdisjoint(right))
        for left, right in zip(left_keys, right_keys, strict=True)
    ]
    similarities = similarity_many(lefts, rights, kind=kind, language=language, exact=exact)
    return pa.table(
        {
            "left": pa.array(lefts, pa.string()),
            "right": pa.array(rights, pa.string()),
            "same_key": pa.array(same, pa.int8()),
            "similarity": pa.array(similarities, pa.float64()),
        }
    )


def keys_table(
    names: Sequence[str],
    *,
    kind: NameKind = "any",
    language: str | None = None,
    exact: bool = False,
) -> pa.Table:
    """Names with their keys; arguments as of `fold_many`.

    Returns:
        Columns `name` (text), `keys` (the keys, likeliest first, joined by '|'; '' for none).
    """
    keys = [
        "|".join(found) for found in fold_many(names, kind=kind, language=language, exact=exact)
    ]
    return pa.table({"name": pa.array(names, pa.string()), "keys": pa.array(keys, pa.string())})
