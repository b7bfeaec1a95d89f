"""The lists of the embedded collection say only what has a source or was checked."""

import csv
import re
from importlib import resources
from pathlib import Path

import pytest

from martyrolog.archive import Archive, open_archive
from martyrolog.dates.edtf import parse_edtf
from martyrolog.tables import LIST_KINDS, STANDARD_FIELDS, TABLES

from .counts import counts
from .expectation import expectation

FOLDER = Path(str(resources.files("martyrolog.collections") / "great_purge"))
FATES = {"", "executed", "executed 1953-56", "died in custody", "killed in prison", "suicide",
         "natural", "assassinated", "murdered abroad", "survived"}  # fmt: skip
REFERENCES = (
    ("trial_id", "trials"), ("cohort_id", "cohorts"), ("office_id", "offices"),
    ("body_id", "bodies"), ("parent_id", "bodies"), ("successor_id", "bodies"),
)  # fmt: skip
ENGLISH = ("trial-defendants", "trial-benches", "accused-not-tried")
NAMES = {"surname", "given_name", "patronymic"}

Row = dict[str, str]


def archive() -> Archive:
    return open_archive(FOLDER)


def rows_of(list_id: str) -> list[Row]:
    with (FOLDER / "lists" / f"{list_id}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def person_lists() -> list[str]:
    return [source.id for source in archive().settings.list if source.kind == "person"]


LISTS = [source.id for source in archive().settings.list]


def marked(row: Row) -> set[str]:
    return set(filter(None, row["unverified"].split(";")))


def label(row: Row) -> str:
    return row.get("full_name") or next(iter(row.values()))


@pytest.mark.parametrize("list_id", LISTS)
def test_columns_are_standard_ones(list_id: str) -> None:
    kind = archive().source_lists[list_id].kind
    known = set(STANDARD_FIELDS) | {"full_name"} if kind == "person" else set(
        TABLES[LIST_KINDS[kind]].names)  # fmt: skip
    assert set(rows_of(list_id)[0]) <= known | {"unverified"}


@pytest.mark.parametrize("list_id", LISTS)
def test_a_cell_without_source_is_empty_or_marked_or_checked(list_id: str) -> None:
    identifying = {"full_name", "note", "unverified", "sources", "kind", "role"}
    for row in rows_of(list_id):
        if row["sources"]:
            continue
        bare = {column for column, value in row.items()
                if value and column not in identifying | marked(row)
                and not re.fullmatch(r"(name|title)_(en|ru)|\w+_id", column)}  # fmt: skip
        assert bare == set(), label(row)


@pytest.mark.parametrize("list_id", LISTS)
def test_every_row_has_a_source_or_unverified_cells(list_id: str) -> None:
    assert [label(row) for row in rows_of(list_id) if not row["sources"] and not marked(row)] == []


@pytest.mark.parametrize("list_id", LISTS)
def test_only_cells_that_are_filled_are_marked_unverified(list_id: str) -> None:
    for row in rows_of(list_id):
        assert {column for column in marked(row) - NAMES if not row[column]} == set(), label(row)


@pytest.mark.parametrize("list_id", LISTS)
def test_dates_are_edtf(list_id: str) -> None:
    for row in rows_of(list_id):
        for column, value in row.items():
            if value and (column.endswith("_date") or column in {"held_from", "held_to", "period"}):
                parse_edtf(value)


@pytest.mark.parametrize("list_id", LISTS)
def test_ids_refer_to_rows_that_exist(list_id: str) -> None:
    for column, target in REFERENCES:
        known = {row[column if column in row else "body_id"] for row in rows_of(target)}
        if column == "trial_id":
            known |= {row["trial_id"] for row in rows_of("provincial-trials")}
        used = {row[column] for row in rows_of(list_id) if row.get(column)}
        assert used <= known, column


def test_fates_are_of_the_vocabulary() -> None:
    assert {row.get("fate", "") for list_id in person_lists() for row in rows_of(list_id)} <= FATES


def test_names_and_notes_keep_the_script_of_their_list() -> None:
    for list_id in person_lists():
        foreign = "[А-я]" if list_id in ENGLISH else "[A-Za-z]"
        for row in rows_of(list_id):
            # a list in Latin letters gives the name as documents write it among the other names
            others = "" if list_id in ENGLISH else row.get("other_names", "")
            text = " ".join((row["full_name"], others, row.get("position", "")))
            assert not re.search(foreign, text), (list_id, text)


def test_every_defendant_has_a_name_in_cyrillic_too() -> None:
    for row in rows_of("trial-defendants"):
        assert re.search("[А-я] [А-я]", row["other_names"]), label(row)


def test_a_list_declared_free_of_duplicates_names_nobody_twice() -> None:
    for source in archive().settings.list:
        if source.duplicate_free:
            for person, rows in expectation().persons.items():
                assert sum(row.list_id == source.id for row in rows) <= 1, (source.id, person)


def test_there_are_at_least_sixty_links_between_lists() -> None:
    assert len(expectation().links) >= 60


def test_trials_have_as_many_defendants_as_they_say() -> None:
    defendants = [row["trial_id"] for row in rows_of("trial-defendants")]
    for trial in rows_of("trials"):
        assert defendants.count(trial["trial_id"]) == int(trial["defendants"])


def test_the_published_total_is_the_sum_of_its_years() -> None:
    value = {(row["measure"], row["period"], row["scope"]): int(row["value"])
             for row in rows_of("published-figures")}  # fmt: skip
    table = "cases of state security organs (MVD table)"
    years = [value["sentenced to death", year, table] for year in ("1937", "1938")]
    assert years == [353_074, 328_618]
    assert value["sentenced to death", "1937/1938", "sum"] == sum(years) == 681_692


def test_persons_said_to_be_born_before_1910_are() -> None:
    for list_id in set(person_lists()) - {"namesakes"}:
        for row in rows_of(list_id):
            years = re.findall(r"\d{4}", row.get("birth_date", ""))
            assert all(int(year) < 1910 for year in years), (list_id, label(row))


def test_every_list_says_why_its_persons_are_historical_and_what_it_misses() -> None:
    for source in archive().settings.list:
        assert source.misses.en, source.id
        assert source.misses.ru, source.id
        assert source.kind != "person" or source.historical is not None, source.id


def test_the_page_of_the_collection_gives_the_numbers_that_are_counted() -> None:
    page = Path(__file__).parents[3] / "docs" / "explanation" / "great-purge-collection.md"
    said = " ".join(page.read_text(encoding="utf-8").split())
    found = {name: f"{number:,}" for name, number in counts().items()}
    for words in (
        "({persons} persons in {rows of persons} rows)",
        "{persons in several lists} persons stand in more than one list",
        "their rows make {links between lists} links between lists",
        "Of the {filled cells} filled cells (names, notes and sources not counted) {marked} are",
        "| {rows of trials}, {rows of provincial-trials}, {rows of bodies}, {rows of offices},",
        "| {rows of office-holders} | Russian | office holder |",
    ):
        assert words.format_map(found) in said, words


def test_each_trial_says_its_purpose_and_its_audience_or_that_there_was_none() -> None:
    for row in rows_of("trials"):
        assert all(row[f"{name}_{language}"] for name in ("purpose", "audience")
                   for language in ("en", "ru")), label(row)  # fmt: skip
    for row in rows_of("provincial-trials"):
        assert row["purpose_en"], label(row)
        assert row["purpose_ru"], label(row)


def test_seats_of_a_body_are_offices() -> None:
    offices = {row["office_id"] for row in rows_of("offices")}
    seats = {seat for row in rows_of("bodies") for seat in row["seats"].split(";") if seat}
    assert seats
    assert seats <= offices
