"""How far apart the keys of two names are.

When to use: inside the comparisons of this package. It knows keys only, no names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from martyrolog.names.fold import Keys
from martyrolog.names.small_sets import Codes, SmallSets, member_pairs
from martyrolog.yaml_text import parse_yaml

Float64Array = npt.NDArray[np.float64]
KeyTexts = npt.NDArray[np.object_]

_ROUNDING = 1e-9  # what the sum of a bound may be off


@dataclass(frozen=True)
class _Measure:
    """Weights that sum to 1, and the coarse letters."""

    levenshtein: float
    jaro_winkler: float
    coarse: float
    letters: dict[int, str]


@cache
def _measure() -> _Measure:
    text = files("martyrolog.names").joinpath("data/similarity.yaml").read_text(encoding="utf-8")
    source = parse_yaml(text)
    weights = source["weights"]
    total = sum(weights.values())
    return _Measure(
        **{name: weight / total for name, weight in weights.items()},
        letters=str.maketrans(source["coarse"]),
    )


def coarse_forms(keys: Sequence[str]) -> list[str]:
    """Keys with the letters that sources confuse written as one."""
    letters = _measure().letters
    return [key.translate(letters) for key in keys]


def coarse_needed(similarity: float) -> float:
    """How alike coarse forms must be for keys to be that similar: they bound what letters can do.

    Args:
        similarity: Of two keys, 0 to 1.
    """
    measure = _measure()
    return (similarity - measure.jaro_winkler) / (measure.levenshtein + measure.coarse)


def key_similarity(left: Keys, right: Keys) -> float:
    """The best similarity over the keys of two names, 0 to 1.

    A weighted mean of Levenshtein and Jaro-Winkler similarity of the keys, and of Levenshtein
    similarity of their coarse forms, in which letters that sources confuse are one
    (`data/similarity.yaml`). 1.0 if and only if the names share a key, 0.0 where one has none.
    """
    if not set(left).isdisjoint(right):
        return 1.0
    measure = _measure()
    return max(
        (_one(measure, one, other) for one in left for other in right),
        default=0.0,
    )


def _one(measure: _Measure, left: str, right: str) -> float:
    coarse = Levenshtein.normalized_similarity(
        left.translate(measure.letters), right.translate(measure.letters)
    )
    return (
        measure.levenshtein * Levenshtein.normalized_similarity(left, right)
        + measure.jaro_winkler * JaroWinkler.similarity(left, right)
        + measure.coarse * coarse
    )


def key_texts(keys: SmallSets) -> KeyTexts:
    """The keys as they are and in their coarse forms, two rows."""
    return np.array([keys.texts, coarse_forms(keys.texts)], dtype=object)


def key_similarities(
    keys: SmallSets,
    lefts: Codes,
    rights: Codes,
    *,
    at_least: float = 0.0,
    texts: KeyTexts | None = None,
) -> Float64Array:
    """`key_similarity` of pairs of values, best given distinct.

    Args:
        keys: The keys of each value.
        lefts: Numbers of values.
        rights: As many.
        at_least: A similarity under which the answer may be 0.0 instead: what the coarse forms
            exclude is not looked at further.
        texts: What `key_texts` gives, where it is asked for more than once.

    Returns:
        float64, 0 to 1.
    """
    texts = key_texts(keys) if texts is None else texts
    best = keys.meet(lefts, rights).astype(np.float64)
    apart = np.flatnonzero(best == 0.0)
    pairs = member_pairs(keys.members, lefts[apart], keys.members, rights[apart])
    for rows, left, right in pairs:
        found = _of_keys(texts, left, right, at_least)
        best[apart[rows]] = np.maximum(best[apart[rows]], found)
    return best


def _of_keys(
    texts: KeyTexts,
    left: npt.NDArray[np.int32],
    right: npt.NDArray[np.int32],
    at_least: float,
) -> Float64Array:
    measure = _measure()
    coarse = _levenshtein(texts[1], left, right)
    # a coarse form is never further away than the form itself
    most = measure.jaro_winkler + (measure.levenshtein + measure.coarse) * coarse
    near = np.flatnonzero(most + _ROUNDING >= at_least)
    one, other = left[near], right[near]
    found = np.zeros(len(left), dtype=np.float64)
    found[near] = (
        measure.levenshtein * _levenshtein(texts[0], one, other)
        + measure.jaro_winkler * _jaro_winkler(texts[0], one, other)
        + measure.coarse * coarse[near]
    )
    return found


def _levenshtein(
    texts: KeyTexts, one: npt.NDArray[np.int32], other: npt.NDArray[np.int32]
) -> Float64Array:
    return process.cpdist(texts[one], texts[other], scorer=Levenshtein.normalized_similarity,
                          dtype=np.float64, workers=1)  # fmt: skip


def _jaro_winkler(
    texts: KeyTexts, one: npt.NDArray[np.int32], other: npt.NDArray[np.int32]
) -> Float64Array:
    return process.cpdist(texts[one], texts[other], scorer=JaroWinkler.similarity,
                          dtype=np.float64, workers=1)  # fmt: skip
