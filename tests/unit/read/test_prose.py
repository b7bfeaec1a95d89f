"""Prose entries and the fields in them."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from martyrolog.read.prose import MAX_ENTRY, evened, fields_in, prose_rows, unread_spans

from .sources import profile, read, rows_of, written

ENTRY = "Якир Иона Эммануилович, 1896 г., командарм. Расстрелян 12.06.1937"
STEPS = [
    {"find": r"\. Расстрелян (?P<death_date>[\d.]+)$"},
    {"find": [r"^(?P<full_name>[^,]+), (?P<birth_date>\d{4}) г\.", r"^(?P<full_name>[^,]+)"]},
    {"find": r"(?P<occupation>.+)"},
]


def fields(text: str, steps: object = STEPS, **more: object) -> dict[str, str]:
    return fields_in(text, profile({"patterns": {"steps": steps, **more}}).patterns)


def test_steps_take_an_entry_apart() -> None:
    assert fields(ENTRY) == {
        "full_name": "Якир Иона Эммануилович",
        "birth_date": "1896",
        "occupation": "командарм",
        "death_date": "12.06.1937",
    }


def test_a_step_that_finds_nothing_moves_no_other_slot() -> None:
    assert fields("Якир Иона Эммануилович, командарм") == {
        "full_name": "Якир Иона Эммануилович",
        "occupation": "командарм",
    }


def test_the_first_alternative_that_is_found_counts() -> None:
    steps = [{"find": [r"x(?P<note>\d)", r"(?P<note>\d)"]}]
    assert fields("1 x2", steps) == {"note": "2"}


def test_a_field_that_is_filled_stays() -> None:
    steps = [{"find": r"(?P<note>a)"}, {"find": r"(?P<note>b)"}]
    assert fields("a b", steps) == {"note": "a"}


def test_a_step_may_leave_the_text_for_later_ones() -> None:
    steps = [
        {"find": r"(?P<birth_date>\d{4})", "keep": True},
        {"find": r"born (?P<note>.+)"},
    ]
    assert fields("born 1896 in Kishinev", steps)["note"] == "1896 in Kishinev"


def test_fragments_are_put_in() -> None:
    steps = [{"find": r"^(?P<occupation>.+?), (?P<nationality>(?&nationality))(?=,|$)"}]
    assert fields("слесарь, белорус", steps)["nationality"] == "белорус"
    assert fields("ab", [{"find": "(?P<note>(?&own))"}], fragments={"own": ["b", "c"]}) == {
        "note": "b"
    }


def test_entries_stand_between_separators_and_empty_ones_are_none() -> None:
    assert [(row.number, row.text) for row in prose_rows("a\n---\n\n---\nb\n", "^---$")] == [
        (1, "a"),
        (2, "b"),
    ]


def test_an_entry_without_end_is_kept_as_a_problem() -> None:
    (row,) = prose_rows("x" * (MAX_ENTRY + 1), "---")
    assert row.problem == "read.oversize_cell"
    assert len(row.text) == MAX_ENTRY + 1


def test_prose_is_read_with_its_verbatim_text(tmp_path: Path) -> None:
    raw = {"format": "text", "patterns": {"steps": STEPS}}
    path = written(tmp_path, "book.txt", f"{ENTRY}\n\nПутна Витовт Казимирович, 1893 г.")
    first, second = rows_of(read(path, raw))
    assert (first["surname"], first["patronymic"], first["death_date"]) == (
        "Якир",
        "Эммануилович",
        "1937-06-12",
    )
    assert first["verbatim"] == ENTRY
    assert (second["row"], second["birth_date"]) == (2, "1893")


def test_a_step_may_look_into_what_another_found() -> None:
    steps = [
        {"find": r"Приговор: (?P<sentence>[^\n]+)"},
        {"find": r"Воркута (?P<imprisonment_place>\d)", "within": "release_date"},
        {"find": r"ИТЛ\. (?P<imprisonment_place>\w+)", "within": "sentence"},
    ]
    assert fields("Приговор: 5 лет ИТЛ. Воркута\nВоркута 7", steps) == {
        "sentence": "5 лет ИТЛ. Воркута",
        "imprisonment_place": "Воркута",
    }


def test_several_findings_of_a_field_are_joined_where_the_profile_says_so() -> None:
    steps = [{"find": r"(?P<note>a\d)"}, {"find": r"(?P<note>b\d)"}]
    assert fields("b2 a1", steps, join={"note": "; "}) == {"note": "a1; b2"}
    assert fields("b2 a1", steps) == {"note": "a1"}


UNREAD = [
    {"find": "x"},
    {"find": r"Арестован (?P<arrest_date>\d+)"},
    {"find": r"^(?P<occupation>[а-я]+)", "keep": True},
    {"find": r"(?P<note>\d)", "within": "arrest_date"},
]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("слесарь\nАрестован 1937", []),
        ("слесарь, остаток. Арестован 1937", [", остаток. "]),
        ("x Арестован 1937 И еще", ["x ", " И еще"]),  # a step without a field takes nothing
        ("  слесарь  ...  ", []),
        ("Ещё", ["Ещё"]),
        ("", []),
    ],
)
def test_what_no_slot_took_is_told(text: str, left: list[str]) -> None:
    whole = evened(text)
    spans = unread_spans(text, profile({"patterns": {"steps": UNREAD}}).patterns)
    assert [whole[start:end] for start, end in spans] == left


@given(st.text("аб x1937\n.,Арестован ", max_size=60))
def test_what_is_left_and_what_is_taken_is_the_whole_text(text: str) -> None:
    """Without steps everything that says something is left; spans are apart and in their order."""
    whole = evened(text)
    none = unread_spans(text, profile({"patterns": {"steps": []}}).patterns)
    assert none == ([(0, len(whole))] if re.search(r"\w", whole) else [])
    some = unread_spans(text, profile({"patterns": {"steps": UNREAD}}).patterns)
    ends = [place for span in some for place in span]
    assert ends == sorted(set(ends))
    assert all(0 <= start < end <= len(whole) for start, end in some)
