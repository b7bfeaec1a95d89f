"""Rows as records: names, sex, dates, roles, and what is rejected."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from martyrolog.read.reading import ReadList

from .sources import read, rows_of, written


def one(tmp_path: Path, headings: str, cells: str, **raw: object) -> dict[str, Any]:
    (row,) = rows_of(read(written(tmp_path, "l.csv", f"{headings}\n{cells}\n"), raw))
    return row


def rejected(found: ReadList) -> list[tuple[str, str | None]]:
    return [(row["reason"], row["detail"]) for row in found.rejects]


def test_a_full_name_is_split_and_tells_the_sex(tmp_path: Path) -> None:
    row = one(tmp_path, "ФИО,Год рождения", "Тухачевский Михаил Николаевич,1893")
    assert [row[name] for name in ("surname", "given_name", "patronymic", "sex")] == [
        "Тухачевский",
        "Михаил",
        "Николаевич",
        "m",
    ]


def test_aliases_of_the_name_stand_before_the_other_names_of_the_list(tmp_path: Path) -> None:
    row = one(tmp_path, "Name;Alias", "Lenin (Ulyanov), Vladimir I.;Karpov")
    assert row["other_names"] == "Ulyanov; Karpov"


def test_the_sex_of_the_list_goes_before_that_of_the_name(tmp_path: Path) -> None:
    assert one(tmp_path, "Фамилия,Пол", "Иванов,ж")["sex"] == "f"
    assert one(tmp_path, "Фамилия,Пол", "Иванов,?")["sex"] == "m"
    assert one(tmp_path, "Фамилия,Имя", "Шевченко,А.")["sex"] is None


def test_a_date_is_kept_three_ways(tmp_path: Path) -> None:
    row = one(tmp_path, "Surname,Died", "Yakir,12.06.1937")
    assert row["death_date"] == "1937-06-12"
    assert row["death_date_earliest"] == row["death_date_latest"] == date(1937, 6, 12)
    assert row["death_date_verbatim"] == "12.06.1937"


@pytest.mark.parametrize("text", ["31.02.1938", "неразборчиво", "1" * 500])
def test_a_date_that_cannot_be_keeps_its_text_alone(tmp_path: Path, text: str) -> None:
    row = one(tmp_path, "Surname,Died", f"Yakir,{text}")
    assert row["death_date_verbatim"] == text
    assert row["death_date"] is row["death_date_earliest"] is None


def test_the_manner_of_dates_is_that_of_the_profile(tmp_path: Path) -> None:
    raw = {"dates": {"order": "mdy"}, "dates_of": {"birth_date": {"order": "dmy"}}}
    row = one(tmp_path, "Surname,Born,Died", "Yakir,03.08.1896,06.12.1937", **raw)
    assert (row["birth_date"], row["death_date"]) == ("1896-08-03", "1937-06-12")


def test_the_role_is_that_of_the_row_else_of_the_list(tmp_path: Path) -> None:
    path = written(tmp_path, "l.csv", "Surname,Role\nUlrikh,судья\nYakir,\nX,jester\n")
    rows = rows_of(read(path, role="defendant"))
    assert [row["role"] for row in rows] == ["judge", "defendant", "defendant"]
    assert rows[2]["unverified"] == ["role"]


def test_verbatim_and_locator_say_where_a_record_stands(tmp_path: Path) -> None:
    row = one(tmp_path, "Surname,Shoe size", "Yakir,44")
    assert json.loads(row["verbatim"]) == {"Surname": "Yakir", "Shoe size": "44"}
    assert (row["file"], row["page"], row["row"]) == ("l.csv", None, 2)


def test_a_row_that_describes_nobody_is_rejected_and_kept(tmp_path: Path) -> None:
    found = read(written(tmp_path, "l.csv", "Surname,Note,x\nYakir,a,b\n,only a note,c\n"))
    assert rejected(found) == [("read.nothing_known", None)]
    assert "only a note" in found.rejects[0]["verbatim"]
    assert found.rows == found.kept + len(found.rejects) == 2


def test_a_person_without_a_name_is_a_record(tmp_path: Path) -> None:
    assert one(tmp_path, "Surname,Born", ",1893")["birth_date"] == "1893"


def test_constants_alone_describe_nobody(tmp_path: Path) -> None:
    raw = {"columns": {"surname": "s"}, "constants": {"fate": "executed"}}
    path = written(tmp_path, "l.csv", "s,x\n,1\nYakir,2\n")
    assert rejected(read(path, raw)) == [("read.nothing_known", None)]


def test_required_fields_are_required(tmp_path: Path) -> None:
    path = written(tmp_path, "l.csv", "Surname,Born\nYakir,\nPutna,1893\n")
    found = read(path, {"required": ["surname", "birth_date"]})
    assert rejected(found) == [("read.required_missing", "birth_date")]


def test_a_name_of_ten_thousand_letters_is_rejected(tmp_path: Path) -> None:
    found = read(written(tmp_path, "l.csv", f"Surname,Born\n{'я' * 10_000},1893\n"))
    assert rejected(found) == [("read.oversize_name", "10000")]


def test_undecodable_bytes_in_a_name_reject_the_row_elsewhere_mark_the_field(
    tmp_path: Path,
) -> None:
    good = "Якир,Иона,командарм\n".encode() * 30
    content = (
        "Фамилия,Имя,Профессия\n".encode() + good + b"Put\xffna,V,army\nPutna,V,ar\xffmy\n" + good
    )
    found = read(written(tmp_path, "l.csv", content))
    assert rejected(found) == [("read.undecodable", "\\xff")]
    (marked,) = [row for row in rows_of(found) if row["unverified"]]
    assert (marked["occupation"], marked["unverified"]) == ("ar\\xffmy", ["occupation"])


def test_a_name_without_letters_is_kept_as_written(tmp_path: Path) -> None:
    assert one(tmp_path, "Name,Born", "???,1893")["surname"] == "???"
