"""How far apart the keys of two names are.

When to use: inside the comparisons of this package. It knows keys only, no names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import JaroWinkler, Levenshtein

from martyrolog.names.fold import Keys
from martyrolog.yaml_text import parse_yaml


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
