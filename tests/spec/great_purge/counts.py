"""What docs/explanation/great-purge-collection.md says in numbers, counted from the lists.

    python -m tests.spec.great_purge.counts

prints it; `test_collection_data.py` holds the page to it.
"""

import csv
from importlib import resources
from pathlib import Path

from tests.spec.great_purge.expectation import expectation

UNCOUNTED = {"full_name", "surname", "given_name", "patronymic", "other_names", "name_en",
             "name_ru", "title_en", "title_ru", "note", "sources", "unverified"}  # fmt: skip
"""Names, notes and sources: no facts that a text could confirm. Nor is what is said in Russian once
more another fact."""


def rows() -> dict[str, list[dict[str, str]]]:
    """The rows of each list of the embedded collection."""
    folder = Path(str(resources.files("martyrolog.collections") / "great_purge" / "lists"))
    found = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


def counts() -> dict[str, int]:
    """Rows, persons, links and cells."""
    lists, expected = rows(), expectation()
    cells = marked = 0
    for row in (row for some in lists.values() for row in some):
        filled = {name for name, value in row.items() if value and name not in UNCOUNTED
                  and name.removesuffix("_ru") not in row.keys() - {name}}  # fmt: skip
        cells += len(filled)
        marked += len(filled & set(row["unverified"].split(";")))
    in_lists = [{row.list_id for row in found} for found in expected.persons.values()]
    return {
        "persons": len(expected.persons),
        "rows of persons": sum(len(found) for found in expected.persons.values()),
        "persons in several lists": sum(len(found) > 1 for found in in_lists),
        "links between lists": len(expected.links), "filled cells": cells, "marked": marked,
        **{f"rows of {name}": len(found) for name, found in lists.items()},
    }  # fmt: skip


if __name__ == "__main__":
    for name, number in counts().items():
        print(f"{name:40}{number:6,}")  # noqa: T201 - this is its result
