"""What a model answers: an estimate with its interval and diagnostics, or a refusal with reasons.

A number that was refused is None; it is never replaced by a guess. A reason is a message key with
its values, so that it can be read in English and Russian.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from martyrolog.messages import text

Status = Literal[
    "estimated",
    "lower_bound",
    "not_converged",
    "not_identified",
    "does_not_exist",
    "too_few_lists",
    "too_many_lists",
]

Draws = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Reason:
    """Why a number was refused, or what a reader of it has to know.

    Attributes:
        key: Message key ``estimate.NAME``.
        values: Its placeholders.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def render(self, language: str = "en") -> str:
        """The sentence in one language."""
        return text(self.key, language, **self.values)


@dataclass(frozen=True, eq=False)
class Estimate:
    """One model's answer for one table.

    Attributes:
        model: chapman, chao, loglinear, dga or lcmcr.
        lists: Names of the lists used; empty ones are left out.
        n_observed: Persons in at least one list.
        mean: Mean of N; for the classical models their point estimate. None: refused.
        median: Median of N; for the classical models their point estimate.
        lower: Lower end of the central interval.
        upper: Upper end.
        level: Probability of the interval, such as 0.95.
        status: estimated, lower_bound (N is at least that), or why there is no number.
        rhat: Rank-normalised split R-hat of the number of the unseen; None without chains.
        ess_bulk: Bulk effective sample size.
        ess_tail: Tail effective sample size.
        stratum: Column to value; empty for the whole table.
        reasons: Refusals and warnings, in order of weight.
        seconds: Wall time.
        settings: Everything needed to repeat it, as plain JSON values.
        draws: Shape (chains, draws): posterior draws of N, for the classical models draws of their
            confidence distribution; None where refused.
        details: What a model wants to show besides, as plain JSON values.
    """

    model: str
    lists: tuple[str, ...]
    n_observed: int
    status: Status
    level: float = 0.95
    mean: float | None = None
    median: float | None = None
    lower: float | None = None
    upper: float | None = None
    rhat: float | None = None
    ess_bulk: float | None = None
    ess_tail: float | None = None
    stratum: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    seconds: float = 0.0
    settings: Mapping[str, Any] = field(default_factory=dict)
    draws: Draws | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    def without_mean(self) -> "Estimate":
        """The same answer where the mean cannot be given."""
        return replace(self, mean=None)

    def as_json(self, language: str = "en") -> dict[str, Any]:
        """Plain JSON values; reasons as sentences, draws left out."""
        numbers = ("mean", "median", "lower", "upper", "level", "rhat", "ess_bulk", "ess_tail")
        return {
            "model": self.model,
            "lists": list(self.lists),
            "n_observed": self.n_observed,
            **{name: getattr(self, name) for name in numbers},
            "status": self.status,
            "stratum": dict(self.stratum),
            "reasons": [reason.render(language) for reason in self.reasons],
            "seconds": round(self.seconds, 3),
            "settings": dict(self.settings),
            "details": dict(self.details),
        }

    def to_arviz(self) -> dict[str, dict[str, Draws]]:
        """The draws as ``arviz.from_dict`` takes them: group, variable, (chain, draw).

        Raises:
            ValueError: the estimate was refused, so it has no draws.
        """
        if self.draws is None:
            raise ValueError(f"{self.model}: no draws, the status is {self.status}")
        return {"posterior": {"N": self.draws, "n0": self.draws - self.n_observed}}


def interval(draws: Draws, level: float) -> tuple[float, float]:
    """Ends of the central interval that holds ``level`` of the draws."""
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
