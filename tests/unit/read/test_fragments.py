"""Common fragments of expressions."""

import re

import pytest

from martyrolog.read.fragments import common_fragments, compile_expression


@pytest.mark.parametrize("name", sorted(common_fragments()))
def test_every_fragment_compiles(name: str) -> None:
    assert compile_expression(f"(?&{name})", {})


@pytest.mark.parametrize(
    "text",
    [
        "русский",
        "еврейка",
        "латыш",
        "полька",
        "коми-пермяк",
        "крымский татарин",
        "украинцы",
        "русский (по другим данным - еврей)",
        "китаянка",
        "мари",
    ],
)
def test_nationalities_are_known_in_both_genders(text: str) -> None:
    assert re.fullmatch(compile_expression("(?&nationality)", {}), text)


@pytest.mark.parametrize("text", ["немецкий", "рус", "грекоман", "Русский остров", "полковник"])
def test_words_that_only_begin_so_are_no_nationality(text: str) -> None:
    assert not re.match(compile_expression("(?&nationality)", {}), text)


@pytest.mark.parametrize(
    "text",
    [
        "б/п",
        "член ВКП(б) с 1919",
        "бывший член Бунда",
        "кандидат в члены ВКП(б)",
        "бывший эсер",
        "исключен из ВКП(б) в 1937 г.",
        "член КП Германии",
        "в 1917-1920 член РСДРП",
    ],
)
def test_party_membership_is_known(text: str) -> None:
    assert re.match(compile_expression("(?&party_begin)", {}), text)


@pytest.mark.parametrize("text", ["член коллегии защитников", "член правления", "слесарь"])
def test_other_membership_is_not_party(text: str) -> None:
    assert not re.match(compile_expression("(?&party_begin)", {}), text)
