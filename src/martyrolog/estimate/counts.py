"""Capture histories as counts: which lists hold a person, and how many persons share the answer.

This is all that an estimate ever sees: no name, no date, no record. Always holds of a
:class:`CaptureCounts`: every count is a whole number above zero, every pattern stands once, no
pattern is all zero, the rows are in one order, whatever the order of the input was.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from martyrolog.errors import EstimateError

MOST_LISTS = 60
MOST_PERSONS = 10**12

Patterns = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CaptureCounts:
    """Observed cells of a multiple-list table.

    Make one with :func:`make_counts`, which checks and sorts.

    Attributes:
        patterns: Shape (cells, K): whether a list holds the persons of the cell. A pattern that is
            not there was observed zero times.
        counts: Shape (cells,): persons, each above zero.
        lists: Names of the K lists.
    """

    patterns: Patterns
    counts: Counts
    lists: tuple[str, ...]

    @property
    def n_observed(self) -> int:
        """Persons in at least one list."""
        return int(self.counts.sum())

    @property
    def n_lists(self) -> int:
        """K, empty lists included."""
        return len(self.lists)

    @property
    def list_sizes(self) -> Counts:
        """Shape (K,): persons of each list."""
        return self.counts @ self.patterns

    @property
    def empty_lists(self) -> tuple[str, ...]:
        """Lists that hold nobody."""
        return tuple(
            name for name, size in zip(self.lists, self.list_sizes, strict=True) if not size
        )

    @property
    def frequencies(self) -> Counts:
        """Shape (K,): f_1 .. f_K, persons in exactly i lists."""
        return np.bincount(
            self.patterns.sum(axis=1), weights=self.counts, minlength=self.n_lists + 1
        )[1:].astype(np.int64)

    @property
    def overlaps(self) -> Counts:
        """Shape (K, K): persons in both lists; the diagonal holds the sizes of the lists."""
        patterns = self.patterns.astype(np.int64)
        return (patterns * self.counts[:, None]).T @ patterns

    @property
    def codes(self) -> Counts:
        """Shape (cells,): each pattern as a number, list j counting 2^j; ascending."""
        return self.patterns @ (np.int64(1) << np.arange(self.n_lists, dtype=np.int64))

    def full_table(self) -> Counts:
        """Shape (2^K,): the count of every pattern by its code; entry 0, the unseen, is 0."""
        table = np.zeros(1 << self.n_lists, dtype=np.int64)
        table[self.codes] = self.counts
        return table

    def without_empty_lists(self) -> "CaptureCounts":
        """The same persons without the lists that hold nobody."""
        return self.with_lists([name for name in self.lists if name not in self.empty_lists])

    def with_lists(self, lists: Sequence[str]) -> "CaptureCounts":
        """Only some lists; persons in none of them are no longer observed."""
        columns = [self.lists.index(name) for name in lists]
        patterns = self.patterns[:, columns]
        seen = patterns.any(axis=1)
        return make_counts(patterns[seen], self.counts[seen], lists)


def make_counts(
    patterns: npt.ArrayLike, counts: npt.ArrayLike, lists: Sequence[str]
) -> CaptureCounts:
    """Check and sort capture histories; equal patterns are added, zero counts dropped.

    Args:
        patterns: Shape (rows, K), 0/1 or bool.
        counts: Shape (rows,), whole numbers from 0.
        lists: K names.

    Raises:
        EstimateError: no list, more than 60, a name twice; a pattern that is not 0/1, an all-zero
            pattern, a negative, fractional or missing count, nobody, more than 10^12 persons. Rows
            in messages count from 1.
    """
    names = tuple(lists)
    _check_lists(names)
    cells = np.asarray(patterns, dtype=float).reshape(-1, len(names))
    numbers = np.asarray(counts, dtype=float).reshape(-1)
    _check_rows(cells, numbers, names)
    codes = cells.astype(np.int64) @ (np.int64(1) << np.arange(len(names), dtype=np.int64))
    codes, places = np.unique(codes, return_inverse=True)
    total = np.zeros(len(codes), dtype=np.int64)
    np.add.at(total, places, numbers.astype(np.int64))
    kept = total > 0
    if not kept.any():
        raise EstimateError("estimate.nobody")
    found = (codes[kept, None] >> np.arange(len(names), dtype=np.int64)) & 1
    return CaptureCounts(found.astype(bool), total[kept], names)


def _check_lists(names: tuple[str, ...]) -> None:
    if not names:
        raise EstimateError("estimate.no_lists")
    if len(names) > MOST_LISTS:
        raise EstimateError("estimate.over_lists", found=len(names), most=MOST_LISTS)
    for name in names:
        if names.count(name) > 1:
            raise EstimateError("estimate.list_twice", list_id=name)


def _check_rows(
    cells: npt.NDArray[np.float64], numbers: npt.NDArray[np.float64], names: tuple[str, ...]
) -> None:
    wrong = ~((cells == 0) | (cells == 1))
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise EstimateError("estimate.not_binary", row=int(row) + 1, column=names[column],
                            found=f"{cells[row, column]:g}")  # fmt: skip
    not_whole = ~(np.isfinite(numbers) & (numbers >= 0) & (numbers == np.floor(numbers)))
    if not_whole.any():
        row = int(np.argmax(not_whole))
        raise EstimateError("estimate.wrong_count", row=row + 1, found=f"{numbers[row]:g}")
    unseen = ~cells.any(axis=1) & (numbers > 0)
    if unseen.any():
        raise EstimateError("estimate.all_zero", row=int(np.argmax(unseen)) + 1)
    if numbers.sum() > MOST_PERSONS:
        raise EstimateError("estimate.over_persons", most=MOST_PERSONS)
