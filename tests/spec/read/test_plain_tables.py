"""Reading by example: small lists in, records and rejects out. Shown in the documentation."""

from pathlib import Path

import pytest

from martyrolog.read import read_file

Rows = list[dict[str, object]]

EXAMPLES: dict[str, tuple[str, Rows, Rows]] = {
    "a full name is split, a date is kept three ways": (
        "ФИО;Дата рождения;Расстрелян\nТухачевский Михаил Николаевич;16.02.1893;12.06.1937\n",
        [
            {
                "surname": "Тухачевский",
                "given_name": "Михаил",
                "patronymic": "Николаевич",
                "sex": "m",
                "birth_date": "1893-02-16",
                "death_date": "1937-06-12",
                "death_date_verbatim": "12.06.1937",
            }
        ],
        [],
    ),
    "a day that cannot be stays as text": (
        "Surname,Given name,Died\nPutna,Vitovt,31.02.1938\n",
        [{"surname": "Putna", "death_date": None, "death_date_verbatim": "31.02.1938"}],
        [],
    ),
    "identical rows stay two records": (
        "Surname,Born\nIvanov,1890\nIvanov,1890\n",
        [{"surname": "Ivanov", "occurrence": 1}, {"surname": "Ivanov", "occurrence": 2}],
        [],
    ),
    "a row with too many cells is kept as a reject": (
        "Surname,Born\nYakir,1896\nPutna,1893,a,b\n",
        [{"surname": "Yakir"}],
        [{"reason": "read.ragged_row", "detail": "4 > 2", "row": 3}],
    ),
    "a row that names nobody is kept as a reject": (
        "Surname,Born,Note\nYakir,1896,\n,,see page 5\n",
        [{"surname": "Yakir"}],
        [{"reason": "read.nothing_known", "row": 3}],
    ),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_plain_table_is_read_as_the_example_shows(example: str, tmp_path: Path) -> None:
    text, records, rejects = EXAMPLES[example]
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    tables = read_file(path)
    found = sorted(tables["record"].to_pylist(), key=lambda row: row["row"])
    for rows, expected in ((found, records), (tables["reject"].to_pylist(), rejects)):
        shown = [
            {name: row[name] for name in wanted} for row, wanted in zip(rows, expected, strict=True)
        ]
        assert shown == expected
