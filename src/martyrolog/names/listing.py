"""Names as tables: what `martyrolog names pairs` and `martyrolog names keys` print.

When to use: to measure the fold on pairs or lists of one's own.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from martyrolog.names.fold import NameKind, fold_many
from martyrolog.names.similarity import similarity_many


def pairs_table(lefts: Sequence[str], rights: Sequence[str], *, kind: NameKind = "any") -> pa.Table:
    """Pairs with their agreement.

    Returns:
        Columns `left`, `right` (text), `same_key` (int8; 1 where the keys intersect), `similarity`
        (float64, 0 to 1).

    Raises:
        ValueError: If the sequences differ in length.
    """
    similarities = similarity_many(lefts, rights, kind=kind)
    left_keys, right_keys = fold_many(lefts, kind=kind), fold_many(rights, kind=kind)
    same = [
        int(not set(one).isdisjoint(other))
        for one, other in zip(left_keys, right_keys, strict=True)
    ]
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
