"""Shared words of free texts."""

import numpy as np

from martyrolog.link.words import WordsLevel, compare_words, word_vectors

TEXTS = [
    "г. москва",
    "г. тверь",
    "москва",
    "с. покровское",
    "с. пакровское",
    "дер. покровское",
    "...",
]


def _level(left: str, right: str) -> WordsLevel:
    vectors = word_vectors(TEXTS, np.full(len(TEXTS), 100))
    at = [np.array([TEXTS.index(text)], np.int32) for text in (left, right)]
    level = compare_words(vectors, at[0], at[1])[0]
    assert level == compare_words(vectors, at[1], at[0])[0]
    return WordsLevel(int(level))


def test_a_word_of_every_text_in_common_means_little() -> None:
    assert _level("г. москва", "г. тверь") in (WordsLevel.DIFFERENT, WordsLevel.SHARED)
    assert _level("г. москва", "с. покровское") == WordsLevel.DIFFERENT


def test_a_text_within_the_other_is_contained() -> None:
    assert _level("москва", "г. москва") == WordsLevel.CONTAINED


def test_a_typing_error_is_seen() -> None:
    assert _level("с. покровское", "с. пакровское") >= WordsLevel.SHARED


def test_a_text_without_a_word_equals_only_itself() -> None:
    assert _level("...", "...") == WordsLevel.EQUAL
    assert _level("...", "москва") == WordsLevel.DIFFERENT
