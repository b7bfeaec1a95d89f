"""Who cannot be one person."""

import numpy as np
import pytest

from martyrolog.link.constraints import make_constraints
from tests.unit.link.build import Row, records_of

FATHER = {
    "surname": "Муралов",
    "given_name": "Николай",
    "patronymic": "Иванович",
    "birth_date": "1877",
}


def _apart(
    left: Row, right: Row, *, different: bool = False, free: frozenset[str] = frozenset()
) -> bool:
    records = records_of([left, right], free)
    constraints = make_constraints(records, [(1, 0)] if different else [])
    one, other = np.array([0], np.int32), np.array([1], np.int32)
    found = bool(constraints.contradict(one, other)[0])
    assert found == bool(constraints.contradict(other, one)[0])
    return found


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        ("1938-07-29", "1938-08-19", True),
        ("1938-07-29", "1938-07-29", False),
        ("1938-07-29", "1938-07-28", False),
        ("1938-07-29", "1938", False),
        ("1938-07-29", "1937", False),
        ("1938-07-29", "", False),
    ],
)
def test_two_days_of_death_that_no_slip_explains_are_two_persons(
    left: str, right: str, apart: bool
) -> None:
    assert _apart({"death_date": left}, {"death_date": right}) is apart


@pytest.mark.parametrize(
    ("left", "right", "apart"),
    [
        (("1938-07-29", "1938-07-29"), ("1938-07-29", "1938-08-19"), False),
        (("1938-07-29", ""), ("1938-07-29", "1938-08-19"), False),
        (("1938-07-29", "1938-07-29"), ("", "1938-08-19"), False),
        (("1938-07-29", "1938-07-29"), ("1938-08-19", "1938-08-19"), True),
        (("1938-07-29", "1938-08-01"), ("1938-07-29", "1938-08-19"), True),
        (("1938-07-29", ""), ("1938-07", "1938-08-19"), False),
    ],
)
def test_a_day_of_sentence_written_for_that_of_death_keeps_nobody_apart(
    left: tuple[str, str], right: tuple[str, str], apart: bool
) -> None:
    rows = [
        {"sentence_date": sentence, "death_date": death or sentence}
        for sentence, death in (left, right)
    ]
    assert _apart(*rows) is apart


def test_contradicting_patronymics_with_different_births_are_two_persons() -> None:
    brother = {**FATHER, "patronymic": "Петрович"}
    assert _apart(FATHER, {**brother, "birth_date": "1886"})
    assert not _apart(FATHER, brother)
    assert not _apart(FATHER, {**FATHER, "birth_date": "1886"})
    assert not _apart(FATHER, {**brother, "patronymic": "", "birth_date": "1886"})


def test_two_rows_of_a_list_that_names_nobody_twice_are_two_persons() -> None:
    rows = {"list_id": "court"}, {"list_id": "court"}
    assert _apart(*rows, free=frozenset({"court"}))
    assert not _apart(*rows)
    assert not _apart(
        {"list_id": "court"}, {"list_id": "other"}, free=frozenset({"court", "other"})
    )


def test_what_people_judged_to_be_different_stays_apart() -> None:
    assert _apart({}, {}, different=True)


def test_records_without_contradicting_values_share_a_signature() -> None:
    records = records_of([FATHER, FATHER, {**FATHER, "birth_date": "1886"}])
    signatures = make_constraints(records, []).signatures()
    assert signatures[0] == signatures[1] != signatures[2]


def test_judged_records_and_rows_of_duplicate_free_lists_have_signatures_of_their_own() -> None:
    records = records_of([FATHER, FATHER, FATHER])
    assert len(set(make_constraints(records, [(0, 1)]).signatures().tolist())) == 3
    free = records_of([FATHER, FATHER], frozenset({"list"}))
    assert len(set(make_constraints(free, []).signatures().tolist())) == 2


def test_no_records_have_no_signatures() -> None:
    assert make_constraints(records_of([]), []).signatures().tolist() == []
