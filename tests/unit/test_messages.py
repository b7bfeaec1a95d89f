import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import martyrolog.messages
from martyrolog.errors import MartyrologError
from martyrolog.messages import text

FOLDER = Path(martyrolog.messages.__file__).parent
AREAS = sorted(path.stem for path in (FOLDER / "en").glob("*.yaml"))
PLURALS = {"en": {"one", "other"}, "ru": {"one", "few", "many", "other"}}


def entries(language: str, area: str) -> dict[str, object]:
    loaded = yaml.safe_load((FOLDER / language / f"{area}.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def placeholders(entry: object) -> set[str]:
    texts = entry.values() if isinstance(entry, dict) else [entry]
    return {name for item in texts for _, name, _, _ in string.Formatter().parse(str(item)) if name}


def every_class(kind: type[MartyrologError]) -> Iterator[type[MartyrologError]]:
    for child in kind.__subclasses__():
        yield child
        yield from every_class(child)


def test_both_languages_have_the_same_areas() -> None:
    assert sorted(path.stem for path in (FOLDER / "ru").glob("*.yaml")) == AREAS


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_have_the_same_keys_placeholders_and_all_plural_forms(area: str) -> None:
    english, russian = entries("en", area), entries("ru", area)
    assert english.keys() == russian.keys()
    for key in english:
        assert placeholders(english[key]) == placeholders(russian[key]), key
        for language, entry in (("en", english[key]), ("ru", russian[key])):
            if isinstance(entry, dict):
                assert set(entry) == PLURALS[language], (language, key)


@pytest.mark.parametrize(
    ("count", "expected"), [(1, "1 строка"), (3, "3 строки"), (11, "11 строк"), (21, "21 строка")]
)
def test_russian_plurals_follow_the_number(count: int, expected: str) -> None:
    assert text("core.rows", "ru", count=count) == expected


def test_numbers_are_grouped_in_the_manner_of_the_language() -> None:
    assert text("core.rows", "en", count=11789) == "11,789 rows"
    assert text("core.rows", "ru", count=11789) == "11\N{NO-BREAK SPACE}789 строк"


def test_a_text_that_is_not_there_is_a_defect() -> None:
    with pytest.raises(KeyError):
        text("core.no_such_text")


def test_every_error_has_an_exit_code_of_its_own() -> None:
    codes = [kind.exit_code for kind in every_class(MartyrologError)]
    assert len(set(codes)) == len(codes)
    assert not {0, 1, 2} & set(codes)
