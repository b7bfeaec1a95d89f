"""Explanations of a pair."""

import pytest

from martyrolog.link.explain import explain_pair
from martyrolog.link.linkage import Judgements, Linkage, link_records
from martyrolog.progress import SILENT
from tests.unit.link.build import records_of

ROWS = [
    {"surname": "Тухачевский", "given_name": "Михаил", "birth_date": "1893"},
    {"surname": "Tukhachevsky", "given_name": "M.", "birth_date": "16.02.1893"},
    {"surname": "Якир", "given_name": "Иона"},
]


@pytest.fixture(scope="module")
def linkage() -> Linkage:
    return link_records(records_of(ROWS), threshold=0.95, judgements=Judgements(), progress=SILENT)


def test_the_parts_add_up_to_the_match_weight(linkage: Linkage) -> None:
    parts = explain_pair(linkage, "r1", "r0")
    assert parts is not None
    assert sum(part.weight for part in parts) == pytest.approx(linkage.weights[0], abs=1e-5)
    assert [part.field for part in parts][:2] == ["prior", "surname"]
    assert parts[-1].field == "kin"
    assert parts[-1].weight <= 0


@pytest.mark.parametrize(
    ("language", "words"), [("en", "two spellings"), ("ru", "разных написаниях")]
)
def test_every_part_has_words(linkage: Linkage, language: str, words: str) -> None:
    parts = explain_pair(linkage, "r0", "r1", language)
    assert parts is not None
    assert words in parts[1].meaning
    assert all(part.label for part in parts)


def test_a_pair_that_was_not_compared_has_no_explanation(linkage: Linkage) -> None:
    assert explain_pair(linkage, "r0", "r2") is None
