"""Estimates for a bare file of capture histories, without an archive."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from martyrolog.errors import EstimateError
from martyrolog.estimate.result import Estimate
from martyrolog.estimate.running import SLOW_MODELS, chosen_models
from martyrolog.estimate.strata import fit_strata
from martyrolog.estimate.table_file import COUNT, read_histories

LIMITED = "dga"


def estimate_file(
    path: Path,
    *,
    model: str = "all",
    strata: Sequence[str] = (),
    level: float = 0.95,
    seed: int = 0,
    count: str = COUNT,
    time_limit: float = 60,
    most_unseen: str = "",
) -> list[Estimate]:
    """Estimate from a file.

    Args:
        path: CSV with a 0/1 column per list and ``count``.
        model: Name of a model, or ``all``.
        strata: Columns whose values divide the table.
        level: Probability of the intervals.
        seed: Everything random follows from it.
        count: Column of the numbers of persons.
        time_limit: Seconds of wall time after which a fit of latent classes that has not converged
            is refused.
        most_unseen: For dga: take as known that no more are unseen in a table. A whole number, or
            a multiple of the persons observed, such as ``12n``; '' for no such limit.

    Returns:
        For each model one estimate; with strata one a stratum and then the total.

    Raises:
        EstimateError: the file, the model, the level or the limit is wrong.
    """
    models = chosen_models(model)
    own: dict[str, dict[str, Any]] = {name: {"time_limit": time_limit} for name in SLOW_MODELS}
    if most_unseen:
        if LIMITED not in models:
            raise EstimateError("estimate.limit_of_dga", model=model)
        own[LIMITED] = _limit(most_unseen)
    table = read_histories(path, strata=strata, count=count)
    found: list[Estimate] = []
    for name in models:
        found += fit_strata(name, table.strata, table.counts, level=level, seed=seed,
                            options=own.get(name, {}), workers=os.cpu_count() or 1)  # fmt: skip
    return found


def _limit(text: str) -> dict[str, Any]:
    """Options of dga for ``5000`` or ``12n``."""
    times = re.fullmatch(r"(\d{1,6}(?:\.\d{1,6})?)n", text, re.ASCII)
    if times and float(times[1]) > 0:
        return {"most_unseen_times": float(times[1])}
    if re.fullmatch(r"\d{1,12}", text, re.ASCII):
        return {"most_unseen": int(text)}
    raise EstimateError("estimate.wrong_limit", found=text)
