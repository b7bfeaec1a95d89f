"""What holds for every name, whatever a source wrote."""

from collections import Counter

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from martyrolog.names import (
    clean_name,
    compare_given_names,
    compare_patronymics,
    fold,
    fold_many,
    fold_surname,
    index_letter,
    similarity,
    similarity_many,
    sort_key,
    split_name,
    to_latin,
)
from martyrolog.names.rules import load_rules
from martyrolog.names.sex import part_rules

CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўѣѳѵ"
LATIN = "abcdefghijklmnopqrstuvwxyzšžčćśźżłńąęóäöüßéèïâûëěāēņşğı"
words = st.text(alphabet=CYRILLIC, min_size=1, max_size=12) | st.text(
    alphabet=LATIN, min_size=1, max_size=12
)
# The first call reads the rules, which takes longer than an example may.
unhurried = settings(deadline=None, max_examples=60)
TITLES = {word for kind in ("clergy", "titles", "honorifics") for word in part_rules()[kind]}
CHILD_OF = {*part_rules()["child_of"]}
names = st.lists(words, min_size=1, max_size=3).map(" ".join)
anything = st.text(max_size=30)


@unhurried
@given(anything)
def test_no_text_makes_an_exception_and_keys_hold_only_letters(text: str) -> None:
    for keys in (fold(text), fold_surname(text)):
        assert len(keys) <= load_rules()["max_keys"]
        assert len(set(keys)) == len(keys)
        assert all(
            key.replace(" ", "").isalpha() and key.isascii() and key.islower() for key in keys
        )
    split_name(text)
    to_latin(text)
    sort_key(text)
    index_letter(text, "latin")


@unhurried
@given(anything)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)


@unhurried
@given(names)
def test_letter_case_and_invisible_characters_change_no_key(name: str) -> None:
    if "ß" not in name and "ı" not in name:
        assert fold(name.upper()) == fold(name)
    assert fold("\u200b".join(name)) == fold(name)
    assert fold(clean_name(name)) == fold(name)


@unhurried
@given(st.lists(names, max_size=12))
def test_a_key_depends_on_the_name_alone_and_not_on_its_batch(batch: list[str]) -> None:
    assert fold_many(batch) == [fold(name) for name in batch]
    assert fold_many(batch[::-1])[::-1] == fold_many(batch)


@unhurried
@given(names, names)
def test_similarity_is_symmetric_and_one_exactly_where_keys_meet(left: str, right: str) -> None:
    value = similarity(left, right)
    assert 0.0 <= value <= 1.0
    assert value == similarity(right, left)
    if fold(left) and fold(right):
        assert (value == 1.0) == bool(set(fold(left)) & set(fold(right)))


@unhurried
@given(st.lists(st.tuples(names, names), min_size=1, max_size=10))
def test_pairs_in_any_order_have_the_same_similarity(pairs: list[tuple[str, str]]) -> None:
    lefts, rights = [a for a, _ in pairs], [b for _, b in pairs]
    forward = similarity_many(lefts, rights, kind="given_name")
    backward = similarity_many(lefts[::-1], rights[::-1], kind="given_name")
    assert np.array_equal(forward, backward[::-1])


@unhurried
@given(names, names)
def test_comparisons_are_symmetric(left: str, right: str) -> None:
    assert compare_given_names(left, right) is compare_given_names(right, left)
    assert compare_patronymics(left, right) is compare_patronymics(right, left)


@unhurried
@given(st.lists(words, min_size=1, max_size=6).map(" ".join))
def test_splitting_loses_no_word_but_a_title(text: str) -> None:
    assume(CHILD_OF.isdisjoint(text.split()))  # «s. Józefa i Marii» gives the father alone
    parts = split_name(text)
    kept = " ".join((parts.surname, parts.given_name, parts.patronymic, *parts.other_names)).split()
    cleaned = [word for word in clean_name(text).split() if any(map(str.isalpha, word))]
    lost = Counter(cleaned) - Counter(kept)
    assert not Counter(kept) - Counter(cleaned)
    assert all(word.lower() in TITLES for word in lost)
