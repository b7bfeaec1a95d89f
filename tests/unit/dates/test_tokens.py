"""The pieces that announce a phrase: without one of them no phrase is looked for."""

import re
from importlib.resources import files

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from martyrolog.dates.tokens import tokenize

VOCABULARY = yaml.safe_load(
    files("martyrolog.dates").joinpath("words.yaml").read_text(encoding="utf-8")
)
PHRASES = [pattern for listed in VOCABULARY["phrases"].values() for pattern in listed]


@given(data=st.data(), pattern=st.sampled_from(PHRASES))
@settings(max_examples=300, deadline=None)
def test_every_phrase_that_a_pattern_allows_is_announced_by_a_piece(
    data: st.DataObject, pattern: str
) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    assert any(piece in text for piece in VOCABULARY["pieces_of_phrases"])


def test_the_marks_of_a_text_are_in_its_order_phrases_but_styles_first() -> None:
    assert [token.mark for token in tokenize("8 сентября 1883 г. ст. ст.")] == list("nmYyo")
    assert [(token.mark, token.value) for token in tokenize("I квартал 1938")] == [
        ("R", 1), ("Q", 0), ("Y", 1938)
    ]  # fmt: skip
