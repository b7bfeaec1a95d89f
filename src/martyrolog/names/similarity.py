"""Graded similarity of two names on their folded forms.

When to use: where one key or another is not the question but how near two spellings are. What
always holds: symmetric, 0 to 1, 1 for names that share a key, the same on every engine. It
deliberately applies no hidden cut-off: a low value is a low value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from martyrolog.names.distance import Float64Array, key_similarities, key_texts
from martyrolog.names.fold import Keys, NameKind, fold_many
from martyrolog.names.given import given_name_class
from martyrolog.names.memo import folded, warm
from martyrolog.names.pairs import coded
from martyrolog.names.patronymics import father_classes
from martyrolog.names.small_sets import Codes, small_sets


def similarity(
    left: str,
    right: str,
    *,
    kind: NameKind = "any",
    language: str | None = None,
    exact: bool = False,
) -> float:
    """How alike two names are once folded.

    Args:
        left: A name in any script and spelling.
        right: Another.
        kind: 'surname' folds gender endings first; 'given_name' and 'patronymic' see equivalents
            (Иван, Johann) as the same.
        language: A hint how Latin spellings read, as in `fold`.
        exact: Compare the names as they are spelt, case aside: no fold, no equivalents.

    Returns:
        1.0 for names that share a key, else less; 0.0 where either is empty.
    """
    found = similarity_many([left], [right], kind=kind, language=language, exact=exact)
    return float(found[0])


def similarity_many(
    lefts: Sequence[str],
    rights: Sequence[str],
    *,
    kind: NameKind = "any",
    language: str | None = None,
    exact: bool = False,
) -> Float64Array:
    """`similarity` for pairs; each distinct value is folded once.

    Returns:
        float64, shape (len(lefts),), 0 to 1.

    Raises:
        ValueError: If the sequences differ in length.
    """
    values, left, right = coded(lefts, rights)
    compare = similarity_comparer(values, kind=kind, language=language, exact=exact)
    return compare(left, right)


def similarity_comparer(
    values: Sequence[str],
    *,
    kind: NameKind = "any",
    at_least: float = 0.0,
    language: str | None = None,
    exact: bool = False,
) -> Callable[[Codes, Codes], Float64Array]:
    """`similarity` of pairs of numbers of values, prepared once.

    Args:
        values: Distinct names.
        kind: As in `similarity`.
        at_least: A similarity under which the answer may be 0.0 instead, where that is all the
            caller needs to know: most pairs of two different names are then decided at once.
        language: As in `similarity`.
        exact: As in `similarity`.
    """
    keys = small_sets(_keys(values, kind, language, exact))
    texts = key_texts(keys)
    if exact or kind not in ("given_name", "patronymic"):
        return lambda left, right: key_similarities(
            keys, left, right, at_least=at_least, texts=texts
        )
    classes_of = given_name_class if kind == "given_name" else father_classes
    classes = small_sets([classes_of(value) for value in values])

    def compare(left: Codes, right: Codes) -> Float64Array:
        alike = key_similarities(keys, left, right, at_least=at_least, texts=texts)
        return np.where(classes.meet(left, right), 1.0, alike)

    return compare


def _keys(values: Sequence[str], kind: NameKind, language: str | None, exact: bool) -> list[Keys]:
    """Keys as of `fold_many`; those without a hint are kept for other comparisons."""
    if language is not None or exact:
        return fold_many(values, kind=kind, language=language, exact=exact)
    warm(values, kind)
    return [folded(value, kind) for value in values]
