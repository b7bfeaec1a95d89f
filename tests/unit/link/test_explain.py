"""Explanations of a pair."""

import pytest

from martyrolog.errors import LinkError
from martyrolog.link.constraints import make_constraints
from martyrolog.link.explain import Explainer, explain_pair, make_explainer
from martyrolog.link.linkage import Judgements, Linkage, link_records
from martyrolog.progress import SILENT
from tests.unit.link.build import record_table, records_of

ROWS = [
    {"surname": "Тухачевский", "given_name": "Михаил", "birth_date": "1893"},
    {"surname": "Tukhachevsky", "given_name": "M.", "birth_date": "16.02.1893"},
    {"surname": "Якир", "given_name": "Иона", "death_date": "12.06.1937"},
    {"surname": "Якир", "given_name": "Иона", "death_date": "30.10.1938"},
]


@pytest.fixture(scope="module")
def linkage() -> Linkage:
    return link_records(records_of(ROWS), threshold=0.95, judgements=Judgements(), progress=SILENT)


@pytest.fixture(scope="module")
def explainer(linkage: Linkage) -> Explainer:
    constraints = make_constraints(linkage.records, [])
    return make_explainer(record_table(ROWS), linkage.records, linkage.model, constraints)


def test_the_parts_add_up_to_the_weight_that_the_run_gave(
    linkage: Linkage, explainer: Explainer
) -> None:
    ids = linkage.records.ids.to_pylist()
    for at, weight in enumerate(linkage.weights.tolist()):
        left, right = ids[linkage.pairs.left[at]], ids[linkage.pairs.right[at]]
        found = explain_pair(explainer, right, left)
        assert (found.record_id_left, found.record_id_right) == (left, right)
        assert found.weight == pytest.approx(weight, abs=1e-5)
        assert sum(part.weight for part in found.parts) == pytest.approx(found.weight)
        assert found.probability == pytest.approx(linkage.probabilities[at], abs=1e-5)


def test_the_prior_comes_first_and_relatives_never_speak_for_it(explainer: Explainer) -> None:
    parts = {part.field: part for part in explain_pair(explainer, "r0", "r1").parts}
    assert list(parts)[:2] == ["prior", "surname"]
    assert parts["kin"].weight <= 0


@pytest.mark.parametrize(
    ("language", "meaning", "words"),
    [("en", "two spellings", "Тухачевский = Tukhachevsky"), ("ru", "разных написаниях", "Тухач")],
)
def test_every_field_says_why_in_words(
    explainer: Explainer, language: str, meaning: str, words: str
) -> None:
    parts = {part.field: part for part in explain_pair(explainer, "r0", "r1", language).parts}
    assert meaning in parts["surname"].meaning
    assert words in parts["surname"].words
    assert (parts["surname"].left, parts["surname"].right) == ("Тухачевский", "Tukhachevsky")
    assert parts["death_date"].words == ""
    assert all(part.label for part in parts.values())


def test_two_records_that_were_never_compared_are_explained_too(explainer: Explainer) -> None:
    found = explain_pair(explainer, "r0", "r2")
    assert found.probability < 1e-4
    assert found.apart == ()


def test_what_keeps_two_records_apart_is_named(explainer: Explainer) -> None:
    assert explain_pair(explainer, "r2", "r3").apart == ("two_deaths",)


@pytest.mark.parametrize(("left", "right"), [("r0", "r9"), ("r0", "r0")])
def test_a_record_that_is_not_there_or_stands_twice_is_refused(
    explainer: Explainer, left: str, right: str
) -> None:
    with pytest.raises(LinkError, match=right):
        explain_pair(explainer, left, right)
