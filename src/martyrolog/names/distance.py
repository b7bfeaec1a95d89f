"""How far apart the keys of two names are.

When to use: inside the comparisons of this package. It knows keys only, no names.
"""

from __future__ import annotations

from rapidfuzz.distance import JaroWinkler, Levenshtein

from martyrolog.names.fold import Keys


def key_similarity(left: Keys, right: Keys) -> float:
    """The best similarity over the keys of two names.

    The mean of normalised Levenshtein and Jaro-Winkler similarity, which orders pairs better than
    either (docs/decisions/0003-name-fold.md).
    """
    best = 0.0
    for one in left:
        for other in right:
            if one == other:
                return 1.0
            value = Levenshtein.normalized_similarity(one, other)
            best = max(best, (value + JaroWinkler.similarity(one, other)) / 2)
    return best
