"""Strata, each fitted for itself, and their total from added draws.

Persons of one stratum share more of what decides whether a list holds them; a pooled fit mixes
strata that lists reach differently. A stratum that cannot be estimated enters the total with its
observed count alone, and the total then is a lower bound that names it.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

import numpy as np
import numpy.typing as npt

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.result import Estimate, Reason, Status, interval
from martyrolog.estimate.running import fit_model

Floats = npt.NDArray[np.float64]
Stratum = tuple[Mapping[str, str], CaptureCounts]

TOTAL_DRAWS = 4000
ONE_LIST_SHORT = 3
SLOW_MODELS = ("lcmcr",)
CLASSICAL = ("chapman", "chao", "loglinear")


def fit_strata(
    model: str,
    strata: Sequence[Stratum],
    whole: CaptureCounts,
    *,
    level: float = 0.95,
    seed: int = 0,
    options: Mapping[str, Any] | None = None,
    workers: int = 1,
) -> list[Estimate]:
    """Fit one model to every stratum and add them up.

    Args:
        model: Name of the model.
        strata: Column to value, and counts; in a fixed order.
        whole: All strata as one table, for the comparison.
        level: Probability of the intervals.
        seed: Each stratum gets a seed of its own from it.
        options: Further arguments of the model.
        workers: Processes for models that take seconds; the result does not depend on it.

    Returns:
        One estimate a stratum, then the total, whose stratum is empty and whose details hold the
        unstratified fit for comparison.
    """
    seeds = [int(s) for s in np.random.SeedSequence(seed).generate_state(len(strata) + 1)]
    tables = [*(counts for _, counts in strata), whole]
    call = _Fit(model, level, dict(options or {}))
    if workers > 1 and model in SLOW_MODELS and len(tables) > 1:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            fitted = list(pool.map(call, tables, seeds))
    else:
        fitted = [call(table, one) for table, one in zip(tables, seeds, strict=True)]
    named = [_flag(replace(estimate, stratum=dict(stratum)))
             for estimate, (stratum, _) in zip(fitted, strata, strict=False)]  # fmt: skip
    return [*named, add_strata(named, pooled=fitted[-1], seed=seed)]


class _Fit:
    """One model with its settings, to be sent to another process."""

    def __init__(self, model: str, level: float, options: Mapping[str, Any]) -> None:
        self._model = model
        self._level = level
        self._options = options

    def __call__(self, counts: CaptureCounts, seed: int) -> Estimate:
        return fit_model(self._model, counts, level=self._level, seed=seed, options=self._options)


def _flag(estimate: Estimate) -> Estimate:
    if len(estimate.lists) >= ONE_LIST_SHORT:
        return estimate
    reason = Reason("estimate.few_lists_in_stratum", {"found": len(estimate.lists)})
    return replace(estimate, reasons=(*estimate.reasons, reason))


def add_strata(strata: Sequence[Estimate], *, pooled: Estimate, seed: int = 0) -> Estimate:
    """The total: draws added, refused strata by their observed count.

    Args:
        strata: One model's estimates, each with its stratum.
        pooled: The same model on all strata as one table.
        seed: Of the order in which draws are added.
    """
    good = [one for one in strata if one.draws is not None]
    refused = [one for one in strata if one.draws is None]
    total = replace(
        pooled,
        n_observed=sum(one.n_observed for one in strata),
        seconds=sum(one.seconds for one in strata),
        settings={**pooled.settings, "strata": len(strata)},
        mean=None, median=None, lower=None, upper=None, rhat=None, ess_bulk=None, ess_tail=None,
        draws=None, stratum={}, details={"pooled": _numbers(pooled)},
    )  # fmt: skip
    if not good:
        reasons = (Reason("estimate.no_stratum", {"found": len(strata)}),)
        return replace(total, status=_common_status(refused), reasons=reasons)
    observed = sum(one.n_observed for one in refused)
    draws = observed + _added([one.draws for one in good if one.draws is not None], seed)
    low, high = interval(draws, pooled.level)
    classical = pooled.model in CLASSICAL
    mean, median = _sum_of(good, "mean", observed), _sum_of(good, "median", observed)
    return replace(
        total,
        status=_total_status(strata),
        mean=mean,
        median=median if classical else float(np.median(draws)),
        lower=low,
        upper=high,
        draws=draws[None],
        rhat=_extreme(good, "rhat", max),
        ess_bulk=_extreme(good, "ess_bulk", min),
        ess_tail=_extreme(good, "ess_tail", min),
        reasons=_total_reasons(refused, observed),
        details={"pooled": _numbers(pooled), **_compared(draws, pooled, seed)},
    )


def _added(draws: Sequence[Floats], seed: int) -> Floats:
    """Sums of one draw a stratum, in independent order."""
    total = np.zeros(TOTAL_DRAWS)
    for stream, one in zip(np.random.SeedSequence(seed).spawn(len(draws)), draws, strict=True):
        flat = one.ravel()
        rng = np.random.default_rng(stream)
        rounds = -(-TOTAL_DRAWS // len(flat))
        mixed = np.concatenate([rng.permutation(flat) for _ in range(rounds)])
        total += mixed[:TOTAL_DRAWS]
    return total


def _total_status(strata: Sequence[Estimate]) -> Status:
    return "estimated" if all(one.status == "estimated" for one in strata) else "lower_bound"


def _common_status(refused: Sequence[Estimate]) -> Status:
    found = {one.status for one in refused}
    return found.pop() if len(found) == 1 else "not_identified"


def _sum_of(strata: Sequence[Estimate], name: str, observed: int) -> float | None:
    values = [getattr(one, name) for one in strata]
    return None if None in values else float(observed + sum(values))


def _extreme(
    strata: Sequence[Estimate], name: str, choose: Callable[[list[float]], float]
) -> float | None:
    values = [getattr(one, name) for one in strata if getattr(one, name) is not None]
    return choose(values) if values else None


def _total_reasons(refused: Sequence[Estimate], observed: int) -> tuple[Reason, ...]:
    if not refused:
        return ()
    names = "; ".join(stratum_name(one.stratum) for one in refused)
    return (Reason("estimate.strata_refused", {"strata": names, "observed": observed}),)


def stratum_name(stratum: Mapping[str, str]) -> str:
    """A stratum in one line, such as ``sex=f, year=1937``."""
    return ", ".join(f"{column}={value}" for column, value in stratum.items())


def _numbers(estimate: Estimate) -> dict[str, Any]:
    names = ("status", "median", "lower", "upper")
    return {name: getattr(estimate, name) for name in names}


def _compared(draws: Floats, pooled: Estimate, seed: int) -> dict[str, Any]:
    """How often the total exceeds the pooled fit, both as if independent: a rough test."""
    if pooled.draws is None:
        return {}
    other = np.random.default_rng(seed).choice(pooled.draws.ravel(), TOTAL_DRAWS)
    above = float((draws > other).mean())
    return {"pooled_p_value": round(2 * min(above, 1 - above), 4)}
