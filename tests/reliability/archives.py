"""A small archive whose lists overlap, and the fingerprint of everything that a build makes."""

import csv
import io
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from martyrolog.provenance import hash_file

SURNAMES = ("Иванов", "Петров", "Абрамсон", "Тухачевский", "Гринько", "Шварц", "Каменев", "Ягода")
GIVEN = ("Иван", "Пётр", "Николай", "Григорий", "Лев", "Яков", "Анна", "Мария")
PATRONYMICS = ("Иванович", "Петрович", "Львович", "Яковлевич", "Николаевич")

SETTINGS = """
[archive]
id = "small"
title = { en = "Small", ru = "Малый" }
"""

LIST = """
[[list]]
id = "{name}"
file = "lists/{name}.csv"
title = {{ en = "{name}" }}
historical = {{ reason = "constructed persons", author = "test", date = "2026-01-01" }}
"""


def make_archive(folder: Path, *, rows: int = 300, order: int | None = None) -> Path:
    """Two overlapping lists of constructed persons, seeded; ``order`` shuffles the rows."""
    rng = random.Random(1937)
    persons = [
        (rng.choice(SURNAMES) + rng.choice(("", "ский", "енко")), rng.choice(GIVEN),
         rng.choice(PATRONYMICS), f"{rng.randint(1870, 1915)}", f"{rng.randint(1, 28)}.11.1937")
        for _ in range(rows)
    ]  # fmt: skip
    lists = {"one": persons, "two": rng.sample(persons, rows // 3) + persons[:3]}
    (folder / "lists").mkdir(parents=True)
    settings = SETTINGS
    for name, chosen in lists.items():
        shuffled = list(chosen)
        if order is not None:
            random.Random(order).shuffle(shuffled)
        (folder / "lists" / f"{name}.csv").write_text(_csv(shuffled), encoding="utf-8")
        settings += LIST.format(name=name)
    (folder / "archive.toml").write_text(settings, encoding="utf-8")
    return folder


def _csv(persons: Sequence[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["surname", "given_name", "patronymic", "birth_date", "death_date"])
    writer.writerows(persons)
    return text.getvalue()


def start_build(folder: Path, **environment: str) -> subprocess.Popen[bytes]:
    """``martyrolog build`` in a process of its own, on a fixed day."""
    return subprocess.Popen(
        [sys.executable, "-m", "martyrolog", "build", "--dir", str(folder)],
        env={**os.environ, "SOURCE_DATE_EPOCH": "1790000000", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def build(folder: Path, **environment: str) -> None:
    """Build and insist that it ended well."""
    process = start_build(folder, **environment)
    shown, _ = process.communicate(timeout=120)
    assert process.returncode == 0, shown.decode()


def fingerprint(folder: Path) -> dict[str, str]:
    """Every derived table, every published file, every hand-kept log, by its hash.

    Left out is what only saves a later run some work: it tells of the runs before, and after a run
    that had nothing to publish it is not there.
    """
    paths = [
        path
        for part in ("build", "releases", "hand")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file()
        and path.name not in {"run.json", ".lock", "pages.json"}
        and path.relative_to(folder).parts[:2] != ("build", "cache")
    ]
    return {str(path.relative_to(folder)): hash_file(path) for path in paths}
