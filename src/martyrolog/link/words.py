"""How far two free texts share their words: places, addresses, occupations.

:func:`word_vectors` turns distinct texts into weighted words once; :func:`compare_words` compares
pairs of them on whole arrays. A word counts by its rarity, so that «губ.» and «обл.» in common mean
little and a village's name much; words are cut to ``STEM`` letters, so that an ending does not
separate them. Knows no place and no occupation: it serves where the values are not coded.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from scipy import sparse

STEM = 5
"""Letters of a word that are compared."""

CONTAINED = 0.9
"""Share of the rarer text's weight that the other must hold to contain it."""

SHARED = 0.25
"""Cosine from which words are partly shared."""

SAME = 0.999
"""Cosine from which all words are the same."""

TYPING = 0.75
"""Levenshtein similarity of whole texts from which they are partly the same."""

LONGEST = 1_000
"""Letters from the beginning of a text whose typing is compared; the longest real one has 514."""

_WORD = re.compile(r"[^\W_]+")


class WordsLevel(IntEnum):
    """How two texts agree in their words; a higher value is closer agreement."""

    DIFFERENT = 0
    SHARED = 1
    CONTAINED = 2
    EQUAL = 3


@dataclass(frozen=True)
class WordVectors:
    """Distinct texts as weighted words: texts x words, each weighted by rarity."""

    texts: NDArray[np.object_]
    weights: sparse.csr_matrix
    lengths: NDArray[np.float64]


def word_vectors(texts: list[str], counts: NDArray[np.int64]) -> WordVectors:
    """Weighted words of distinct texts.

    Args:
        texts: Distinct plain texts.
        counts: Number of records with each text.
    """
    stems = [sorted({word[:STEM] for word in _WORD.findall(text)}) for text in texts]
    number = {stem: at for at, stem in enumerate(sorted({s for found in stems for s in found}))}
    columns = np.array([number[stem] for found in stems for stem in found], dtype=np.int64)
    rows = np.repeat(np.arange(len(texts)), [len(found) for found in stems])
    frequency = np.bincount(columns, weights=counts[rows], minlength=max(len(number), 1))
    total = max(float(counts.sum()), 1.0)
    rarity = np.log1p(total / np.maximum(frequency, 1.0))
    weights = sparse.csr_matrix(
        (rarity[columns], (rows, columns)), shape=(len(texts), len(frequency))
    )
    lengths = np.asarray(weights.multiply(weights).sum(axis=1), dtype=float).ravel()
    begun = np.array([text[:LONGEST] for text in texts], dtype=object)
    return WordVectors(begun, weights, lengths)


def compare_words(
    vectors: WordVectors, left: NDArray[np.int32], right: NDArray[np.int32]
) -> NDArray[np.int8]:
    """``WordsLevel`` of pairs of texts.

    Args:
        vectors: The distinct texts.
        left: Numbers of texts.
        right: Numbers of texts, as many.
    """
    common = vectors.weights[left].multiply(vectors.weights[right])
    shared = np.asarray(common.sum(axis=1), dtype=float).ravel()
    shorter = np.minimum(vectors.lengths[left], vectors.lengths[right])
    product = np.sqrt(vectors.lengths[left] * vectors.lengths[right])
    level = np.zeros(len(left), dtype=np.int8)
    typed = process.cpdist(
        vectors.texts[left], vectors.texts[right],
        scorer=Levenshtein.normalized_similarity, dtype=np.float32, workers=1,
    )  # fmt: skip
    level[(shared >= SHARED * product) & (shared > 0) | (typed >= TYPING)] = WordsLevel.SHARED
    level[(shared >= CONTAINED * shorter) & (shared > 0)] = WordsLevel.CONTAINED
    level[(shared >= SAME * product) & (shared > 0) | (left == right)] = WordsLevel.EQUAL
    return level
