"""The expected persons of the embedded collection, read from expected.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("expected.yaml")


@dataclass(frozen=True)
class ExpectedRow:
    """A row of a list: the name as written, and cells that tell it where the name does not."""

    list_id: str
    name: str
    cells: tuple[tuple[str, str], ...]

    def matches(self, list_id: str, verbatim: Mapping[str, str]) -> bool:
        """Whether a row of a list is this one."""
        return (list_id == self.list_id and verbatim["full_name"] == self.name
                and all(verbatim[column] == value for column, value in self.cells))  # fmt: skip


@dataclass(frozen=True)
class Expectation:
    """Persons by label, and what is said of them."""

    persons: Mapping[str, tuple[ExpectedRow, ...]]
    victims: tuple[str, ...]
    not_victims: tuple[str, ...]
    apart: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def links(self) -> list[tuple[ExpectedRow, ExpectedRow]]:
        """All pairs of rows of one person that stand in different lists."""
        pairs = (pair for rows in self.persons.values() for pair in combinations(rows, 2))
        return [(left, right) for left, right in pairs if left.list_id != right.list_id]


def expectation() -> Expectation:
    """Read expected.yaml."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Expectation(
        persons={person["label"]: tuple(_row(row) for row in person["rows"])
                 for person in raw["persons"]},
        victims=tuple(raw["victims"]),
        not_victims=tuple(raw["not_victims"]),
        apart=tuple((entry["why"], tuple(entry["persons"])) for entry in raw["apart"]),
    )  # fmt: skip


def _row(raw: Mapping[str, Any]) -> ExpectedRow:
    cells = tuple((key, value) for key, value in raw.items() if key not in {"list", "name"})
    return ExpectedRow(raw["list"], raw["name"], cells)
