"""Graded similarity of two names on their folded forms.

When to use: where one key or another is not the question but how near two spellings are. What
always holds: symmetric, 0 to 1, 1 for names that share a key, the same on every engine. It
deliberately applies no hidden cut-off: a low value is a low value.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from martyrolog.names.distance import key_similarity
from martyrolog.names.fold import NameKind
from martyrolog.names.given import given_name_class
from martyrolog.names.memo import folded, warm
from martyrolog.names.pairs import check_lengths
from martyrolog.names.patronymics import father_classes

Float64Array = npt.NDArray[np.float64]


def similarity(left: str, right: str, *, kind: NameKind = "any") -> float:
    """How alike two names are once folded.

    Args:
        left: A name in any script and spelling.
        right: Another.
        kind: 'surname' folds gender endings first; 'given_name' and 'patronymic' see equivalents
            (Иван, Johann) as the same.

    Returns:
        1.0 for names that share a key, else less; 0.0 where either is empty.
    """
    return float(similarity_many([left], [right], kind=kind)[0])


def similarity_many(
    lefts: Sequence[str], rights: Sequence[str], *, kind: NameKind = "any"
) -> Float64Array:
    """`similarity` for pairs; each distinct value is folded once.

    Returns:
        float64, shape (len(lefts),), 0 to 1.

    Raises:
        ValueError: If the sequences differ in length.
    """
    check_lengths(lefts, rights)
    warm(lefts, kind)
    warm(rights, kind)
    known: dict[tuple[str, str], float] = {}
    for pair in zip(lefts, rights, strict=True):
        if pair not in known:
            known[pair] = _graded(pair, kind)
    values = (known[pair] for pair in zip(lefts, rights, strict=True))
    return np.fromiter(values, dtype=np.float64, count=len(lefts))


def _graded(pair: tuple[str, str], kind: NameKind) -> float:
    value = key_similarity(folded(pair[0], kind), folded(pair[1], kind))
    if value < 1.0 and kind in ("given_name", "patronymic") and _equivalent(pair, kind):
        return 1.0
    return value


def _equivalent(pair: tuple[str, str], kind: NameKind) -> bool:
    classes = given_name_class if kind == "given_name" else father_classes
    return bool(set(classes(pair[0])) & set(classes(pair[1])))
