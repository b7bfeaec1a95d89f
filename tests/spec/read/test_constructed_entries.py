"""Books of memory in five languages, Memorial's and Moscow's entries, all of them constructed."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from martyrolog.read import load_profile, read_file
from martyrolog.read.prose import evened, unread_spans
from martyrolog.read.reading import ListFile, Reading, read_source

MOSCOW = Path(__file__).parents[3] / "examples" / "moscow" / "profiles"
SOURCES = ("constructed_entries.yaml", "varied_entries.yaml")
CASES = [
    pytest.param(profile, entry, id=f"{source.partition('_')[0]}-{profile}-{number}")
    for source in SOURCES
    for profile, entries in yaml.safe_load(
        Path(__file__).with_name(source).read_text(encoding="utf-8")
    ).items()
    for number, entry in enumerate(entries, start=1)
]


@pytest.mark.parametrize(("profile", "entry"), CASES)
def test_a_constructed_entry_is_read_as_shown(
    profile: str, entry: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "book.txt"
    path.write_text(entry["text"], encoding="utf-8")
    (record,) = read_file(path, profile)["record"].to_pylist()
    assert {name: record[name] for name in entry["record"]} == entry["record"]


@pytest.mark.parametrize(("profile", "entry"), CASES)
def test_no_word_of_a_constructed_entry_is_left_but_those_shown(
    profile: str, entry: dict[str, Any]
) -> None:
    text = evened(entry["text"])
    spans = unread_spans(entry["text"], load_profile(profile).patterns)
    assert [text[begin:end].strip(" .,;") for begin, end in spans] == entry.get("unread", [])


def test_a_sentence_that_no_step_knows_stands_in_no_field(tmp_path: Path) -> None:
    text = (
        "Sample, Ivan, born 1890 in Inventia, Russian, accountant. Of him no photograph is known. "
        "Arrested 12 November 1937."
    )
    path = tmp_path / "book.txt"
    path.write_text(text, encoding="utf-8")
    (record,) = read_file(path, "book-of-memory-en")["record"].to_pylist()
    assert (record["occupation"], record["arrest_date"]) == ("accountant", "1937-11-12")
    assert record["verbatim"] == text


@pytest.mark.parametrize(
    ("name", "verb", "sex"),
    [
        ("Взорик Бела Мориц", "Рассстрелян", "m"),
        ("Ван Пример", "Рассстреляна", "f"),
        ("Взоревич Примера Образцовна", "Рассстрелян", "f"),
        ("Взорова (Образцова) Примера Никитична (Ника)", "Рассстрелян", "f"),
    ],
)
def test_the_verb_says_the_sex_unless_a_patronymic_does(
    name: str, verb: str, sex: str, tmp_path: Path
) -> None:
    path = tmp_path / "street.htm"
    about = f"род. 1900, г. Выдумск, венгр, б/п, токарь. Адрес: Выдуманная ул. {verb} 1.02.1938."
    path.write_text(f'<p class="pers">{name}, {about}</p>', encoding="cp1251")
    profile = load_profile("moscow-shot", MOSCOW)
    found = read_source([ListFile(path, path.name)], Reading("moscow-shot", profile))
    (record,) = (row for chunk in found.entries for row in chunk.to_pylist())
    assert (record["sex"], record["death_date"]) == (sex, "1938-02-01")
