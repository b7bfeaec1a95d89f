"""Profiles are found and checked before any list is opened."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from martyrolog.errors import ListError
from martyrolog.read.loading import check_profile, load_profile
from martyrolog.read.profile import Profile

from .sources import written


@pytest.mark.parametrize(
    ("raw", "where", "key", "nearest"),
    [
        ({"colums": {}}, "top", "colums", "columns"),
        ({"dialect": {"delimeter": ";"}}, "dialect", "delimeter", "delimiter"),
        ({"columns": {"surnme": "x"}}, "columns", "surnme", "surname"),
        ({"constants": {"fat": "x"}}, "constants", "fat", "fate"),
        ({"required": ["birth_dat"]}, "required", "birth_dat", "birth_date"),
        ({"patterns": {"steps": [{"find": "(?P<part>x)"}]}}, "patterns", "part", "party"),
    ],
)
def test_an_unknown_key_names_the_nearest_known_one(
    raw: Mapping[str, object], where: str, key: str, nearest: str
) -> None:
    with pytest.raises(ListError) as refused:
        check_profile(raw, "profiles/moscow.yaml")
    assert refused.value.key == "read.profile_unknown_key"
    assert refused.value.values == {
        "profile": "profiles/moscow.yaml",
        "where": where,
        "key": key,
        "nearest": nearest,
    }


def test_an_unknown_key_of_a_column_names_the_nearest_known_one() -> None:
    with pytest.raises(ListError, match=r"'optinal'\. Did you mean 'optional'"):
        check_profile({"columns": {"surname": {"source": "x", "optinal": True}}}, "p")


@pytest.mark.parametrize(
    "raw",
    [
        {"format": "docx"},
        {"dialect": {"delimiter": "ab"}},
        {"patterns": {"steps": [{"find": "("}]}},
        {"patterns": {"steps": [{"find": "(?&nowhere)"}]}},
        {"patterns": {"fragments": {"a": "(?&a)"}, "steps": [{"find": "(?&a)"}]}},
        {"prose": {"separator": "["}},
        {"role": "jester"},
        {"columns": {"surname": []}},
        {"dates": {"century": 19}},
    ],
)
def test_a_wrong_value_is_one_clear_message(raw: Mapping[str, object]) -> None:
    with pytest.raises(ListError) as refused:
        check_profile(raw, "p")
    assert refused.value.key == "read.profile_wrong_value"
    assert refused.value.render("ru")


def test_the_archive_s_own_profile_goes_before_the_built_in_one(tmp_path: Path) -> None:
    written(tmp_path, "memorial-entry.yaml", "title: own")
    assert load_profile("memorial-entry", tmp_path).title == "own"
    assert load_profile("memorial-entry").title != "own"


@pytest.mark.parametrize("name", ["no-such", "../secret", "/etc/passwd", "a/b"])
def test_a_missing_profile_names_those_that_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(ListError, match="memorial-entry"):
        load_profile(name, tmp_path)


@pytest.mark.parametrize("content", ["a: [", "- x", "just text", "!!python/object:os.system {}"])
def test_what_is_no_yaml_mapping_is_one_clear_message(tmp_path: Path, content: str) -> None:
    written(tmp_path, "own.yaml", content)
    with pytest.raises(ListError) as refused:
        load_profile("own", tmp_path)
    assert refused.value.key == "read.profile_syntax"


def test_a_profile_may_build_on_another_and_take_away(tmp_path: Path) -> None:
    written(tmp_path, "base.yaml", "encoding: cp1251\nsource_url: 'https://e.org/{id}'\n"
            "dialect: {delimiter: ';', header_row: 2}\n")  # fmt: skip
    written(tmp_path, "own.yaml", "extends: base\nsource_url:\ndialect: {header_row: 1}\n")
    own = load_profile("own", tmp_path)
    assert (own.encoding, own.source_url) == ("cp1251", "")
    assert (own.dialect.delimiter, own.dialect.header_row) == (";", 1)


def test_profiles_that_build_on_one_another_are_refused(tmp_path: Path) -> None:
    written(tmp_path, "a.yaml", "extends: b")
    written(tmp_path, "b.yaml", "extends: a")
    with pytest.raises(ListError, match="extends itself"):
        load_profile("a", tmp_path)


def test_a_list_of_trials_has_fields_of_its_own() -> None:
    assert check_profile({"columns": {"court": "c"}}, "p", "trial").columns["court"].source == (
        "c",
    )
    with pytest.raises(ListError):
        check_profile({"columns": {"surname": "c"}}, "p", "trial")


def test_the_empty_profile_is_the_plain_table() -> None:
    assert load_profile("plain-table").model_copy(update={"title": ""}) == Profile()
