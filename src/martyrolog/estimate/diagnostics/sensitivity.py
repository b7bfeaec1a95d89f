"""How far an estimate hangs on one list."""

from collections.abc import Callable

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.result import Estimate

LEAST_LISTS = 3


def leave_one_list_out(
    counts: CaptureCounts, fit: Callable[[CaptureCounts], Estimate]
) -> list[tuple[str, Estimate]]:
    """Estimate without each list in turn.

    Args:
        counts: At least four lists, so that three remain; with fewer nothing is done.
        fit: One model with its settings.

    Returns:
        The list left out, and the estimate from the others. Persons whom only that list holds are
        then among the unseen.
    """
    if counts.n_lists <= LEAST_LISTS:
        return []
    return [
        (left, fit(counts.with_lists([name for name in counts.lists if name != left])))
        for left in counts.lists
    ]
