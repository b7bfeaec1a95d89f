"""Levenshtein distance of texts held as arrays of letters.

Myers, A fast bit-vector algorithm for approximate string matching based on dynamic programming,
JACM 46 (1999), in the form of Hyyrö (2003): a word of 64 bits holds a column of the table.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from martyrolog.link.compiled.decorators import compiled, counted_nothing

LONGEST = 64
"""Letters of a text that are compared; where both are longer, they count as alike."""


class Letters(NamedTuple):
    """Texts as letters, one after another.

    Attributes:
        letters: uint16, numbers of letters.
        starts: Where the letters of each text begin; one more than there are texts.
        marks: For each text, bits of the letters it holds; two letters may have one bit.
        alphabet: How many different letters there are.
    """

    letters: NDArray[np.uint16]
    starts: NDArray[np.int64]
    marks: NDArray[np.uint64]
    alphabet: int


def as_letters(texts: list[str]) -> Letters:
    """Texts as arrays of letters."""
    points = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    distinct, letters = np.unique(points, return_inverse=True)
    starts = np.concatenate([[0], np.cumsum([len(text) for text in texts], dtype=np.int64)])
    numbers = letters.astype(np.uint16)
    marks = _marks(numbers, starts.astype(np.int64))
    return Letters(numbers, starts.astype(np.int64), marks, max(len(distinct), 1))


@compiled
def _marks(letters: NDArray[np.uint16], starts: NDArray[np.int64]) -> NDArray[np.uint64]:
    marks = np.zeros(len(starts) - 1, np.uint64)
    for text in range(len(marks)):
        for at in range(starts[text], starts[text + 1]):
            marks[text] |= np.uint64(1) << np.uint64(letters[at] % 64)
    return marks


@counted_nothing
def most_similar(texts: Letters, one: int, other: int) -> float:
    """What :func:`similarity` is at most, by the lengths and the letters of two texts.

    Every letter that only one of them holds takes an edit, so their distance is at least the larger
    number of such letters.
    """
    length = texts.starts[one + 1] - texts.starts[one]
    length_other = texts.starts[other + 1] - texts.starts[other]
    longest = max(length, length_other)
    if min(length, length_other) > LONGEST or longest == 0:
        return 1.0
    apart = texts.marks[one] ^ texts.marks[other]
    mine, others = bits_set(apart & texts.marks[one]), bits_set(apart & texts.marks[other])
    return 1.0 - max(mine, others, abs(length - length_other)) / longest


@counted_nothing
def bits_set(marks: np.uint64) -> np.int64:
    """How many bits are set."""
    marks -= (marks >> np.uint64(1)) & np.uint64(0x5555555555555555)
    marks = (marks & np.uint64(0x3333333333333333)) + (
        (marks >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    marks = (marks + (marks >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((marks * np.uint64(0x0101010101010101)) >> np.uint64(56))


@counted_nothing
def similarity(texts: Letters, one: int, other: int, scratch: NDArray[np.uint64]) -> float:
    """1 - distance / letters of the longer text; 1 where both have more than ``LONGEST`` letters.

    Args:
        texts: ``Letters``.
        one: Number of a text.
        other: Number of another.
        scratch: uint64 zeros, as many as the alphabet has letters; zeros again afterwards.
    """
    begin, end = texts.starts[one], texts.starts[one + 1]
    begin_other, end_other = texts.starts[other], texts.starts[other + 1]
    if end - begin > end_other - begin_other:
        begin, end, begin_other, end_other = begin_other, end_other, begin, end
    short, long = end - begin, end_other - begin_other
    if short > LONGEST:
        return 1.0
    if short == 0:
        return 1.0 if long == 0 else 0.0
    for at in range(short):
        scratch[texts.letters[begin + at]] |= np.uint64(1) << np.uint64(at)
    positive, negative = ~np.uint64(0), np.uint64(0)
    last = np.uint64(1) << np.uint64(short - 1)
    distance = short
    for at in range(begin_other, end_other):
        match = scratch[texts.letters[at]]
        diagonal = (((match & positive) + positive) ^ positive) | match | negative
        up = negative | ~(diagonal | positive)
        down = diagonal & positive
        if up & last:
            distance += 1
        if down & last:
            distance -= 1
        up = (up << np.uint64(1)) | np.uint64(1)
        down = down << np.uint64(1)
        positive = down | ~(diagonal | up)
        negative = up & diagonal
    for at in range(begin, end):
        scratch[texts.letters[at]] = np.uint64(0)
    return 1.0 - distance / long
