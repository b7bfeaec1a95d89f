from pathlib import Path

import pytest

from martyrolog.archive import Archive
from martyrolog.errors import QueryError
from martyrolog.progress import SILENT
from martyrolog.publish import STAGE, search_persons
from martyrolog.publish.search import is_near, parse_query
from martyrolog.tables import make_table, write_table
from tests.unit.publish.build import archive_at, record, tables_of

REDIRECT = {"person_id": "pold", "to_person_ids": ["p2"]}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    made = archive_at(tmp_path_factory.mktemp("search"))
    people = [
        ("p1", "Ежов", "Николай", "Иванович", "1895", "1940"),
        ("p2", "Иванов", "Владимир", "Иванович", "1893", "1938"),
        ("p3", "Иванов", "Василий", "Иванович", "1885", "1938"),
        ("p4", "Тухачевский", "Михаил", "Николаевич", "1893", "1937"),
        ("p5", "Иванова", "Мария", "Петровна", "1900", "1937"),
        ("p6", "Ягода", "Генрих", "Григорьевич", "1891", "1938"),
        ("p7", "Юров", "Юрий", "Юрьевич", "1891", "1938"),
    ]
    persons = {
        i: [record(f"r{i}", surname=a, given_name=b, patronymic=c, birth_date=d, death_date=e)]
        for i, a, b, c, d, e in people
    }
    persons["p6"].append(record("ralias", surname="Ягода", other_names="Иегуда", death_date="1938"))
    for name, table in tables_of(persons).items():
        write_table(made.build, name, table)
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Ежов", ["p1"]), ("Ezhov", ["p1"]), ("Yezhov", ["p1"]), ("Jeschow", ["p1"]),
        ("ежов", ["p1"]), ("Ежов Николай", ["p1"]), ("Николай Ежов", ["p1"]),
        ("N. I. Yezhov", ["p1"]), ("Ежов Н.И.", ["p1"]), ("Ежов П.", []),
        ("Тухачевскй", ["p4"]), ("Тухочевский", ["p4"]), ("Tuhacevskij", ["p4"]),
        ("Tukhachevsky", ["p4"]), ("Toukhatchevski", ["p4"]), ("Туха", ["p4"]),
        ("Иванов В. И.", ["p3", "p2"]), ("Иванов В. И. 1893", ["p2", "p3"]),
        ("Иванов Владимир", ["p2"]), ("Иванова Мария", ["p5"]), ("Иегуда", ["p6"]),
        ("Yurov Y. Y.", ["p7"]), ("Кузнецов", []), ("Николай", []),
    ],
)  # fmt: skip
def test_a_person_is_found_in_any_spelling_by_initials_and_year(
    archive: Archive,
    query: str,
    expected: list[str],
) -> None:
    assert [row["person_id"] for row in search_persons(archive, query)] == expected


def test_a_query_without_a_word_is_refused(archive: Archive) -> None:
    with pytest.raises(QueryError):
        search_persons(archive, "1937 !")


def test_the_limit_keeps_the_best(archive: Archive) -> None:
    assert [row["person_id"] for row in search_persons(archive, "Иванов 1893", 1)] == ["p2"]


def test_a_query_is_taken_apart_into_words_initials_and_years() -> None:
    query = parse_query("Иванов-Петров Н.И. 1893")
    assert (query.words, query.initials, query.years) == (
        ["Иванов", "Петров"],
        ["н", "и"],
        ["1893"],
    )


def test_two_letters_may_differ_in_long_keys_only() -> None:
    assert is_near("tuhaqevski", "tuhoqivski")
    assert not is_near("ejov", "ekof")
    assert is_near("ejov", "jeov")


def test_search_needs_no_release(archive: Archive) -> None:
    assert not list(Path(archive.releases).iterdir())


def test_a_release_answers_until_something_it_is_made_of_is_newer(tmp_path: Path) -> None:
    made = archive_at(tmp_path)
    old, new = (tables_of({i: [record(f"r{i}", surname=name, death_date="1938")]})
                for i, name in (("p1", "Ежов"), ("p2", "Ежова")))  # fmt: skip
    for name, table in old.items():
        write_table(made.build, name, table)
    STAGE.run(made, old, SILENT)
    (made.build / "record.parquet").unlink()  # a search in the release does not need it
    assert [row["person_id"] for row in search_persons(made, "Ежов")] == ["p1"]
    for name, table in new.items():
        write_table(made.build, name, table)
    assert [row["person_id"] for row in search_persons(made, "Ежов")] == ["p2"]
    STAGE.run(made, new, SILENT)
    changed = {**new, "redirect": make_table("redirect", [REDIRECT])}
    STAGE.run(made, changed, SILENT)  # its table of persons is the file of the release before
    (made.build / "record.parquet").unlink()
    assert [row["person_id"] for row in search_persons(made, "Ежов")] == ["p2"]
