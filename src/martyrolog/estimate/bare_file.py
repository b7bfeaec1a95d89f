"""Estimates for a bare file of capture histories, without an archive."""

import os
from collections.abc import Sequence
from pathlib import Path

from martyrolog.estimate.result import Estimate
from martyrolog.estimate.running import SLOW_MODELS, chosen_models
from martyrolog.estimate.strata import fit_strata
from martyrolog.estimate.table_file import COUNT, read_histories


def estimate_file(
    path: Path,
    *,
    model: str = "all",
    strata: Sequence[str] = (),
    level: float = 0.95,
    seed: int = 0,
    count: str = COUNT,
    time_limit: float = 60,
) -> list[Estimate]:
    """Estimate from a file.

    Args:
        path: CSV with a 0/1 column per list and ``count``.
        model: Name of a model, or ``all``.
        strata: Columns whose values divide the table.
        level: Probability of the intervals.
        seed: Everything random follows from it.
        count: Column of the numbers of persons.
        time_limit: Seconds after which a fit of latent classes that has not converged is refused.

    Returns:
        For each model one estimate; with strata one a stratum and then the total.

    Raises:
        EstimateError: the file, the model or the level is wrong.
    """
    models = chosen_models(model)
    table = read_histories(path, strata=strata, count=count)
    found: list[Estimate] = []
    for name in models:
        options = {"time_limit": time_limit} if name in SLOW_MODELS else {}
        found += fit_strata(name, table.strata, table.counts, level=level, seed=seed,
                            options=options, workers=os.cpu_count() or 1)  # fmt: skip
    return found
