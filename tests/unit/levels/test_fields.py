"""The declared comparison levels."""

import pytest

from martyrolog.levels import FIELDS, MISSING, field_label, level_label, reference_page
from martyrolog.tables import TABLES


def test_every_level_column_of_the_match_is_a_declared_field_in_the_same_order() -> None:
    columns = [name for name in TABLES["match"].names if name.startswith("level_")]
    assert columns == [f"level_{name}" for name in FIELDS]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("share", ["m", "u", "kin"])
def test_the_prior_shares_of_a_group_of_levels_sum_to_one(field: str, share: str) -> None:
    for group in FIELDS[field].groups:
        total = sum(getattr(FIELDS[field].levels[level], share) for level in group)
        assert total == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("field", FIELDS)
def test_levels_are_numbered_from_zero_and_none_is_impossible(field: str) -> None:
    levels = FIELDS[field].levels
    assert [level.level for level in levels] == list(range(len(levels)))
    assert all(min(level.m, level.u, level.kin) > 0 for level in levels)


def test_agreement_weighs_for_and_contradiction_against_in_every_field() -> None:
    for field in FIELDS.values():
        if field.levels:
            assert field.levels[-1].m > field.levels[-1].u
            assert field.levels[0].m < field.levels[0].u


def test_relatives_share_surname_and_village_but_not_name_and_day_of_birth() -> None:
    surname, given = FIELDS["surname"].levels[-1], FIELDS["given_name"].levels[-1]
    born = FIELDS["birth_date"].levels[-1]
    assert surname.kin > 100 * surname.u
    assert given.kin < given.u
    assert given.kin_at_most < given.m
    assert born.kin_at_most < born.m / 10


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_level_has_words_in_both_languages(language: str) -> None:
    for name, field in FIELDS.items():
        assert field_label(name, language)
        for level in field.levels:
            assert level_label(name, level.level, language)
        assert level_label(name, MISSING, language)


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(IndexError):
        level_label("sex", 2)
    with pytest.raises(KeyError):
        FIELDS["sex"].number("similar")


def test_the_reference_page_has_a_row_for_every_level() -> None:
    page = reference_page()
    for name, field in FIELDS.items():
        section = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
        assert section.count("\n| ") == (len(field.levels) + 2 if field.levels else 0)
