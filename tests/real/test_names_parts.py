"""Full names of real memorial lists fall into parts."""

import csv
from pathlib import Path

from martyrolog.names import split_name


def test_full_names_of_the_moscow_list_fall_into_three_parts(data_dir: Path) -> None:
    path = data_dir / "moscow-shot" / "second-edition.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = [row["fio"].strip() for row in csv.DictReader(file, delimiter=";")]
    plain = [name for name in names if len(name.split()) == 3 and "(" not in name]
    assert len(plain) > 600
    parts = [split_name(name) for name in plain]
    # The list writes Surname Given Patronymic throughout.
    kept = [
        (one.surname, one.given_name, one.patronymic) == tuple(name.split())
        for one, name in zip(parts, plain, strict=True)
    ]
    assert sum(kept) / len(kept) >= 0.98
    assert sum(one.sex is not None for one in parts) / len(parts) >= 0.98
