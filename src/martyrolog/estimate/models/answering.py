"""How every model answers: the same fields, the empty lists named, the time taken."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.result import Estimate, Reason, Status

Floats = npt.NDArray[np.float64]

LEAST_OVERLAP = 7
"""Persons in two lists or more that a table needs, else there is no number.

From so many on the bias of Chapman's estimate is negligible (Robson and Regier 1964; Seber 1982,
The estimation of animal abundance, 3.1); below it intervals of all models hold less than they say,
or say next to nothing (``benchmarks/estimate/small_tables.py``; docs/decisions/0011).
"""
NO_WIDTH = 1e-9


@dataclass(frozen=True, eq=False)
class Answering:
    """What an answer needs from the beginning of a fit.

    Attributes:
        model: Name of the model.
        counts: The table without its empty lists.
        level: Probability of the interval.
        settings: As plain JSON values.
        empty_lists: Lists that hold nobody; every answer names them.
        started: Reading of the clock.
    """

    model: str
    counts: CaptureCounts
    level: float
    settings: Mapping[str, Any]
    empty_lists: tuple[str, ...]
    started: float

    @classmethod
    def begin(cls, model: str, counts: CaptureCounts, level: float, **settings: Any) -> "Answering":
        """Start the clock and leave empty lists out."""
        started = time.perf_counter()
        used = counts.without_empty_lists() if counts.empty_lists else counts
        return cls(model, used, level, settings, counts.empty_lists, started)

    def refuse(
        self,
        status: Status,
        *reasons: Reason,
        details: Mapping[str, Any] | None = None,
        **diagnostics: float,
    ) -> Estimate:
        """No number, and why; rhat, ess_bulk and ess_tail where there are chains."""
        return self._make(status=status, reasons=reasons, details=details or {}, **diagnostics)

    def give(
        self,
        status: Status,
        draws: Floats | None,
        *reasons: Reason,
        mean: float,
        median: float,
        ends: tuple[float, float],
        details: Mapping[str, Any] | None = None,
        **diagnostics: float,
    ) -> Estimate:
        """Numbers: never below the persons observed; diagnostics where there are chains.

        An interval without any width is no estimate but the end of what the model can say: it is
        refused. A lower bound may be the number observed and nothing more.
        """
        least = float(self.counts.n_observed)
        if status == "estimated" and max(ends[1], least) - max(ends[0], least) < NO_WIDTH * least:
            return self.refuse("not_identified", Reason("estimate.no_width"), *reasons,
                               details=details, **diagnostics)  # fmt: skip
        return self._make(
            status=status,
            reasons=reasons,
            details=details or {},
            mean=max(mean, least),
            median=max(median, least),
            lower=max(ends[0], least),
            upper=max(ends[1], least),
            draws=None if draws is None else np.maximum(draws, least),
            **diagnostics,
        )

    def needs_lists(self, least: int, most: int | None = None) -> Estimate | None:
        """A refusal where there are too few or too many lists that hold somebody, or few overlap.

        Without any person in two lists nothing ties what was seen to what was missed; with fewer
        than ``LEAST_OVERLAP`` too little does.
        """
        found = self.counts.n_lists
        if found < least:
            values = {"found": found, "least": least}
            return self.refuse("too_few_lists", Reason("estimate.too_few_lists", values))
        if most is not None and found > most:
            values = {"found": found, "most": most}
            return self.refuse("too_many_lists", Reason("estimate.too_many_lists", values))
        shared = int(self.counts.frequencies[1:].sum())
        if shared == 0:
            return self.refuse("not_identified", Reason("estimate.no_overlap"))
        if shared < LEAST_OVERLAP:
            few = {"shared": shared, "least": LEAST_OVERLAP, "observed": self.counts.n_observed}
            return self.refuse("not_identified", Reason("estimate.too_few_persons", few))
        return None

    def _make(self, *, reasons: tuple[Reason, ...], **fields: Any) -> Estimate:
        if self.empty_lists:
            named = {"lists": ", ".join(self.empty_lists)}
            reasons = (*reasons, Reason("estimate.empty_lists", named))
        return Estimate(
            model=self.model,
            lists=self.counts.lists,
            n_observed=self.counts.n_observed,
            level=self.level,
            settings=dict(self.settings),
            reasons=reasons,
            seconds=time.perf_counter() - self.started,
            **fields,
        )


def central(level: float) -> tuple[float, float]:
    """Probabilities of the ends of the central interval."""
    return (1 - level) / 2, (1 + level) / 2


def spread_quantiles(draws: int, seed: int) -> Floats:
    """Evenly spread probabilities in random order: a confidence distribution as draws.

    The order makes draws of different strata independent when they are added.
    """
    even = (np.arange(draws) + 0.5) / draws
    return np.random.default_rng(seed).permutation(even)
