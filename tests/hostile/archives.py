"""An archive whose lists are hostile in every format, and whose other tables are hostile too."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from tests.hostile.hostile_rows import (
    ENDINGS,
    MARK,
    MARKUP,
    PATHS,
    PROSE_PROFILE,
    SEED,
    hostile_rows,
    write_hostile_file,
)

SETTINGS = f"""
[archive]
id = "hostile"
title = {{ en = "<script>{MARK}(0)</script>", ru = "Архив </title><{MARK}>" }}
description = {{ en = "\\"><{MARK}>" }}
"""
LIST = """
[[list]]
id = "{name}"
file = "lists/{file}"
kind = "{kind}"
{profile}
title = {{ en = {title} }}
publisher = {title}
covers = {{ en = {title} }}
url = "https://example.org/'onmouseover='x"
historical = {{ reason = "constructed persons", author = "test", date = "2026-01-01" }}
"""
KINDS = {
    "trial": ("trial_id", "name_en", "name_ru", "court", "judges", "start_date", "defendants",
              "sources", "note"),
    "body": ("body_id", "name_en", "name_ru", "kind", "parent_id", "successor_id", "sources"),
    "office": ("office_id", "body_id", "title_en", "title_ru", "sources", "note"),
    "cohort": ("cohort_id", "name_en", "name_ru", "kind", "formed_date", "sources", "note"),
    "operation": ("operation_id", "name_en", "name_ru", "kind", "start_date", "sentenced", "note"),
    "published_figure": ("figure_id", "measure", "period", "scope", "value", "sources", "note"),
}  # fmt: skip
PLANTED = (
    "surname,given_name,patronymic,birth_date,death_date\n"
    "{surname},Поликарп,Евграфович,17.02.1890,03.02.1938\n"
)
"""One person in two lists, the surname once with a Latin letter."""
IDENTIFIERS = (*PATHS, *MARKUP[:6], "t1", "T1", "Т1", "a/b", "x" * 500)


def make_hostile_archive(folder: Path, rows_of_each: int, seed: int = SEED) -> Path:
    """Lists of every format with so many rows each, and lists of trials, bodies and cohorts."""
    for name in ("lists", "profiles"):
        (folder / name).mkdir(parents=True)
    (folder / "profiles" / "prose.yaml").write_text(PROSE_PROFILE, encoding="utf-8")
    settings = SETTINGS
    for number, ending in enumerate(ENDINGS):
        rows = hostile_rows(rows_of_each, seed + number)
        path = write_hostile_file(rows, folder / "lists", ending)
        settings += _list(f"l{number}", path.name, "person", MARKUP[number], ending == "txt")
    for name in ("Иcаев", "Исаев"):
        file = f"planted-{len(set(name) & set('c'))}.csv"
        (folder / "lists" / file).write_text(PLANTED.format(surname=name), encoding="utf-8")
        settings += _list(file.removesuffix(".csv"), file, "person", "planted", False)
    for kind, columns in KINDS.items():
        _write_entries(folder / "lists" / f"{kind}.csv", columns)
        settings += _list(kind.replace("_", "-"), f"{kind}.csv", kind, MARKUP[-1], False)
    (folder / "archive.toml").write_text(settings, encoding="utf-8")
    return folder


def _list(name: str, file: str, kind: str, title: str, prose: bool) -> str:
    profile = 'profile = "prose"' if prose else ""
    return LIST.format(name=name, file=file, kind=kind, profile=profile, title=json.dumps(title))


def _write_entries(path: Path, columns: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        for place, identifier in enumerate(IDENTIFIERS):
            attack = MARKUP[place % len(MARKUP)]
            writer.writerow([identifier, *(attack for _ in columns[1:])])
