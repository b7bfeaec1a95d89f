"""How a stage reports that it is getting on, without knowing who watches.

A stage calls :meth:`Progress.track` around its loops; the command line shows bars on stderr, a
notebook or a test shows nothing (:data:`SILENT`). Progress carries counts, never names of persons.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Progress(Protocol):
    """What a stage may tell its watcher."""

    def track(self, items: Iterable[Item], *, label: str, total: int | None) -> Iterator[Item]:
        """Yield the items, showing how many of ``total`` are done under the message ``label``.

        Args:
            items: What the loop runs over.
            label: Message key, such as ``read.progress_files``.
            total: Number of items, None where it is not known before.
        """
        ...

    def say(self, label: str, **values: object) -> None:
        """Show one line of information under the message key ``label``."""
        ...


class Silent:
    """A watcher that shows nothing."""

    def track(self, items: Iterable[Item], *, label: str, total: int | None) -> Iterator[Item]:
        """Yield the items."""
        yield from items

    def say(self, label: str, **values: object) -> None:
        """Show nothing."""


SILENT = Silent()


class Noting:
    """A watcher that passes everything on to another and remembers what was said.

    Attributes:
        said: Message key to its values, of the last line under that key.
    """

    def __init__(self, watcher: Progress) -> None:
        self._watcher = watcher
        self.said: dict[str, dict[str, object]] = {}

    def track(self, items: Iterable[Item], *, label: str, total: int | None) -> Iterator[Item]:
        """Yield the items under the other watcher's eyes."""
        return self._watcher.track(items, label=label, total=total)

    def say(self, label: str, **values: object) -> None:
        """Remember the line and pass it on."""
        self.said[label] = values
        self._watcher.say(label, **values)
