"""Texts as values, and what no storage carries."""

import json

import pytest

from martyrolog.read.row import Row, cleaned, shown


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("  Якир \t Иона\n", "Якир Иона"),
        ("Як\u200bир", "Якир"),
        ("\u202eЯкир\u202c", "Якир"),
        ("Тухачев\u00adский", "Тухачевский"),
        ("Якир\u00a0Иона", "Якир Иона"),
        ("\ufeffЯкир", "Якир"),
        ("Якир\x07", "Якир"),
        ("Jérôme é", "Jérôme é"),
        ("", ""),
    ],
)
def test_a_value_has_no_invisible_signs_and_single_spaces(text: str, value: str) -> None:
    assert cleaned(text) == value


def test_nul_and_lone_surrogates_are_shown() -> None:
    assert shown("a\x00b\udc80") == "a\\x00b\\udc80"


def test_verbatim_cells_keep_the_order_of_the_file() -> None:
    row = Row(None, 1, {"z": "1", "a": "я"})
    assert list(json.loads(row.verbatim)) == ["z", "a"]
    assert "я" in row.verbatim
    assert row.verbatim_kind == "cells"
