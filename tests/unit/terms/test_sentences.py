"""Sentences: what befell a person afterwards is no part of what he was sentenced to."""

import pytest

from martyrolog.terms import code_term

CODED = [
    ("ум.в 1936", "died"),
    ("10 лет ИТЛ. Умер 1.1.40 в тюрьме № 0", "camp"),
    ("10 лет лишения свободы, умер в г. Энске, в тюрьме", "imprisonment"),
    ("умер в тюрьме", "died"),
    ("умер под следствием", "died-during-investigation"),
    ("умер в тюрьме во время следствия", "died-during-investigation"),
    ("снята с учета 1956", "released"),
    ("снят с учёта спецпоселения", "released"),
    ("снят с работы", "dismissal"),
    ("освобожден по реабилитирующим обстоятельствам (более 6 мес. под стражей)", "case-dropped"),
    ("ВМН, наказание снижено до 8 лет", "death-commuted"),
    ("расстрел отменен", "death-commuted"),
    ("приговор к расстрелу отменён, 15 лет", "death-commuted"),
    ("ВМН, расстрелян, приговор отменен", "death"),
    ("ВМН, приговор отменен за отсутствием состава преступления", "death"),
    ("10 лет лишения свободы. Умер в псих. больнице", "imprisonment"),
    ("умер в псих. больнице", "died"),
    ("27 ноября 1963 г", None),
    ("10 ГЛС", "imprisonment"),
    ("3 ГЛС", "imprisonment"),
    ("6 ГЛС и 1 ГПП", "imprisonment"),
    ("1 год 6 мес", "years"),
    ("полтора года", "years"),
    ("спецпоселение, ум.в 1931", "special-settlement"),
    ("умер, находясь под следствием", "died-during-investigation"),
]


@pytest.mark.parametrize(("text", "term_id"), CODED)
def test_a_sentence_is_told_from_what_came_after_it(text: str, term_id: str | None) -> None:
    code = code_term("sentence", text)
    assert (code and code.term_id) == term_id


def test_time_in_custody_is_no_length_of_a_sentence() -> None:
    code = code_term(
        "sentence", "освобожден по реабилитирующим обстоятельствам (6 мес. под стражей)"
    )
    assert code is not None
    assert code.years is None


def test_a_death_left_out_of_the_sentence_stays_in_the_rest() -> None:
    code = code_term("sentence", "10 лет лишения свободы. Умер в Энске")
    assert code is not None
    assert (code.years, code.rest) == (10, "10 лет лишения свободы. Умер в Энске")
