"""The sex of a record."""

from itertools import product

import pyarrow as pa

from martyrolog import names
from martyrolog.link.sexes import normal_sexes, with_sexes_of_names


def _column(*values: str | None) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(values, pa.string())])


def test_words_for_the_sex_become_letters() -> None:
    written = _column("Male", " Ж ", "муж.", "?", None)
    assert normal_sexes(written).to_pylist() == ["m", "f", "m", None, None]


def test_the_name_says_it_where_the_file_does_not() -> None:
    parts = _column("Петрова", "Петрова", None), _column("Анна", "Анна", None), _column(*[None] * 3)
    assert with_sexes_of_names(_column(None, "m", None), *parts).to_pylist() == ["f", "m", None]


def test_part_by_part_says_what_the_whole_name_says() -> None:
    rows = list(
        product(
            ["Шевченко", "Петрова", "Лапа", None],
            ["Саша", "Мария", "И.", "Иван", None],
            ["Ивановна", "П.", "Гасан оглы", "Кузьмич", None],
        )
    )
    parts = [_column(*part) for part in zip(*rows, strict=True)]
    found = with_sexes_of_names(_column(*[None] * len(rows)), *parts)
    whole = [names.sex_of(*(part or "" for part in row)) for row in rows]
    assert found.to_pylist() == whole
