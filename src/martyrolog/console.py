"""What the command line shows: progress on stderr; results on stdout, for people or as JSON."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from martyrolog.messages import text
from martyrolog.progress import Item


class ConsoleProgress:
    """Progress bars on stderr where it is a terminal, one line a step where it is not."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._console = Console(stderr=True, highlight=False)

    def track(self, items: Iterable[Item], *, label: str, total: int | None) -> Iterator[Item]:
        """Yield the items under a bar."""
        described = text(label, self._language)
        if not self._console.is_terminal:
            yield from items
            self._console.print(Text(described))
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                   TimeElapsedColumn())  # fmt: skip
        with Bars(*columns, console=self._console) as bars:
            yield from bars.track(items, description=described, total=total)

    def say(self, label: str, **values: object) -> None:
        """One line on stderr."""
        self._console.print(Text(text(label, self._language, **values)))


def show_json(value: object) -> None:
    """One JSON value on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def show_line(key: str, language: str, **values: object) -> None:
    """One message on stdout."""
    Console(highlight=False, soft_wrap=True).print(Text(text(key, language, **values)))


def show_rows(
    headings: Sequence[str], rows: Iterable[Sequence[object]], language: str, *, last: bool = False
) -> None:
    """A table on stdout.

    Args:
        headings: Message keys of the columns.
        rows: Cells; numbers stand to the right, grouped in the manner of the language.
        language: ``en`` or ``ru``.
        last: The last row is a total and is set off.
    """
    cells = [list(row) for row in rows]
    numeric = [bool(cells) and isinstance(cells[0][i], int) for i in range(len(headings))]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key, right in zip(headings, numeric, strict=True):
        table.add_column(text(key, language), justify="right" if right else "left",
                         overflow="fold")  # fmt: skip
    for number, row in enumerate(cells):
        style = "bold" if last and number == len(cells) - 1 else None
        table.add_row(*(Text(_cell(cell, language)) for cell in row), style=style)
    Console(highlight=False).print(table)


def show_rules(rules: Sequence[Mapping[str, Any]], language: str) -> None:
    """What each blocking rule brings; with a truth, how many true pairs."""
    names = [name for name in ("pairs", "pairs_alone", "links", "links_alone", "true", "true_alone")
             if rules and rules[0].get(name) is not None]  # fmt: skip
    rows = [[row["rule"], *(round(row[name]) for name in names)] for row in rules if row["pairs"]]
    show_rows([f"cli.heading_{name}" for name in ("rule", *names)], rows, language)
    show_line("cli.rules_note", language)


def _cell(cell: object, language: str) -> str:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return text("cli.number", language, number=cell)
    return "" if cell is None else str(cell)


def show_error(message: str) -> None:
    """One message on stderr."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(Text(message))


def as_json(value: Any) -> Any:
    """Dataclasses, paths and Arrow rows as plain JSON values."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: as_json(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
