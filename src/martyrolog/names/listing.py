"""Names as tables: what `martyrolog names pairs` and `martyrolog names keys` print.

When to use: to measure the fold on pairs or lists of one's own.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from martyrolog.names.fold import NameKind, fold_many
from martyrolog.names.memo import warm
from martyrolog.names.pairs import check_lengths
from martyrolog.names.similarity import similarity_many


def pairs_table(lefts: Sequence[str], rights: Sequence[str], *, kind: NameKind = "any") -> pa.Table:
    """Pairs with their agreement.

    Returns:
        Columns `left`, `right` (text), `same_key` (int8; 1 where the keys intersect), `similarity`
        (float64, 0 to 1).

    Raises:
        ValueError: If the sequences differ in length.
    """
    check_lengths(lefts, rights)
    keys = warm([*lefts, *rights], kind)
    same = [
        int(not set(keys[left]).isdisjoint(keys[right]))
        for left, right in zip(lefts, rights, strict=True)
    ]
    similarities = similarity_many(lefts, rights, kind=kind)
    return pa.table(
        {
            "left": pa.array(lefts, pa.string()),
            "right": pa.array(rights, pa.string()),
            "same_key": pa.array(same, pa.int8()),
            "similarity": pa.array(similarities, pa.float64()),
        }
    )


def keys_table(names: Sequence[str], *, kind: NameKind = "any") -> pa.Table:
    """Names with their keys.

    Returns:
        Columns `name` (text), `keys` (the keys, likeliest first, joined by '|'; '' for none).
    """
    keys = ["|".join(found) for found in fold_many(names, kind=kind)]
    return pa.table({"name": pa.array(names, pa.string()), "keys": pa.array(keys, pa.string())})
