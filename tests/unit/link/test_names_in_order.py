"""Given names and patronymics that a row has exchanged."""

import pyarrow as pa
import pytest

from martyrolog.link.columns import encode_records
from martyrolog.link.names_in_order import with_names_in_order


def _turned(given: str | None, patronymic: str | None) -> tuple[str | None, str | None]:
    table = pa.table({"record_id": ["a"], "given_name": pa.array([given], pa.string()),
                      "patronymic": pa.array([patronymic], pa.string())})  # fmt: skip
    row = with_names_in_order(table).to_pylist()[0]
    return row["given_name"], row["patronymic"]


@pytest.mark.parametrize(
    ("given", "patronymic"),
    [("Яковлевич", "Анатолий"), ("Moiseyevich", "Sergey"), ("Алексеевна", "Елена")],
)
def test_exchanged_names_are_turned_round(given: str, patronymic: str) -> None:
    assert _turned(given, patronymic) == (patronymic, given)


@pytest.mark.parametrize(
    ("given", "patronymic"),
    [
        ("Анатолий", "Яковлевич"),
        ("Анатолий", "Яков"),  # no patronymic at all: nothing says which is which
        ("Яковлевич", "Петрович"),
        ("Яковлевич", None),
        ("Яковлевич", ""),
        (None, "Анатолий"),
    ],
)
def test_all_other_names_stay(given: str | None, patronymic: str | None) -> None:
    assert _turned(given, patronymic) == (given, patronymic)


def test_records_are_encoded_in_order_and_a_table_without_the_columns_is_no_trouble() -> None:
    rows = {"record_id": ["a", "b"], "given_name": ["Яковлевич", "Анатолий"],
            "patronymic": ["Анатолий", "Яковлевич"]}  # fmt: skip
    texts = encode_records(pa.table(rows)).texts
    assert texts["given_name"].values == ["Анатолий"]
    assert texts["patronymic"].values == ["Яковлевич"]
    del rows["patronymic"]
    assert len(encode_records(pa.table(rows)).texts["given_name"].values) == 2


def test_a_nationality_is_one_value_in_every_language_and_gender() -> None:
    said = ["латыш", "латышка", "Latvian", "неизвестного племени", None]
    rows = {"record_id": list("abcde"), "nationality": said}
    found = encode_records(pa.table(rows)).texts["nationality"]
    assert found.values == ["latvian", "неизвестного племени"]
    assert found.codes.tolist() == [0, 0, 0, 1, -1]
