"""Strata, each fitted for itself, and their total from added draws.

Persons of one stratum share more of what decides whether a list holds them; a pooled fit mixes
strata that lists reach differently. A stratum that cannot be estimated enters the total with its
observed count alone, and the total then is a lower bound that names it. Where such strata hold more
than half of the persons there is no total: it would be a count with the interval of a few. Whatever
must be known of a stratum's number must be known of the total.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.result import Estimate, Reason, Status, interval
from martyrolog.estimate.running import Task, fit_many

Floats = npt.NDArray[np.float64]
Stratum = tuple[Mapping[str, str], CaptureCounts]
Divided = tuple[Sequence[Stratum], CaptureCounts]
"""Strata, none where a table is not divided; and all of them as one table."""

TOTAL_DRAWS = 4000
ONE_LIST_SHORT = 3
WITHOUT_EXTRAS: Mapping[str, Mapping[str, Any]] = {"dga": {"sweep": False}}
"""Options for strata: other priors are tried for all persons as one table, not for each stratum."""
CLASSICAL = ("chapman", "chao", "loglinear")
LEAST_ESTIMATED = 0.5
"""Share of the persons that the strata with a number must hold, else there is no total."""
FOR_ALL = ("two_lists", "contained_list", "is_lower_bound", "nobody_in_exactly_two",
           "selection_ignored", "mean_undetermined", "limited_unseen")  # fmt: skip
"""Warnings of strata that hold for a total with them; a total carries each once."""
TWO_LISTS = ("estimate.two_lists", "estimate.two_lists_in_strata")
"""Warnings of which every number from two lists carries one."""


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
        One estimate a stratum, then the total, whose stratum is empty and whose details are those
        of the unstratified fit, with its numbers for comparison. Without strata only the whole.
    """
    parts = fit_parts(model, [(strata, whole)], level=level, seed=seed, options=options,
                      workers=workers)[0]  # fmt: skip
    return parts.with_total(seed)


@dataclass(frozen=True)
class Parts:
    """One model on one divided table.

    Attributes:
        strata: Each with its stratum; empty where the table is not divided.
        pooled: All of them as one table.
    """

    strata: tuple[Estimate, ...]
    pooled: Estimate

    @property
    def refused(self) -> dict[str, Estimate]:
        """Strata without a number, by their names."""
        return {stratum_name(one.stratum): one for one in self.strata if one.draws is None}

    def refusing(self, refused: Mapping[str, Estimate]) -> "Parts":
        """The same with more strata refused: those named, for the reasons given there."""
        strata = (_refused_as(one, refused.get(stratum_name(one.stratum))) for one in self.strata)
        return replace(self, strata=tuple(strata))

    def with_total(self, seed: int) -> list[Estimate]:
        """The strata and then their total; without strata the whole alone."""
        if not self.strata:
            return [self.pooled]
        return [*self.strata, add_strata(self.strata, pooled=self.pooled, seed=seed)]


def _refused_as(one: Estimate, other: Estimate | None) -> Estimate:
    if other is None or one.draws is None:
        return one
    return replace(one, status=other.status, reasons=other.reasons, mean=None, median=None,
                   lower=None, upper=None, draws=None)  # fmt: skip


def fit_parts(
    model: str,
    tables: Sequence[Divided],
    *,
    level: float = 0.95,
    seed: int = 0,
    options: Mapping[str, Any] | None = None,
    workers: int = 1,
) -> list[Parts]:
    """One model on several divided tables, such as draws of one clustering, not added up.

    A stratum has the same seed in each of them, and equal tables are fitted once. Arguments as in
    :func:`fit_strata`.
    """
    of_strata = WITHOUT_EXTRAS.get(model, {})
    tasks = [Task(counts, _seed_of(stratum, seed), of_strata if stratum else {})
             for strata, whole in tables for stratum, counts in (*strata, ({}, whole))]  # fmt: skip
    fitted = iter(fit_many(model, tasks, level=level, options=options or {}, workers=workers))
    found = []
    for strata, _ in tables:
        named = [_flag(replace(next(fitted), stratum=dict(stratum))) for stratum, _ in strata]
        found.append(Parts(tuple(named), next(fitted)))
    return found


def _seed_of(stratum: Mapping[str, str], seed: int) -> int:
    """A seed that depends on the stratum's name alone, not on what other strata there are."""
    if not stratum:
        return seed
    own = np.random.SeedSequence([seed, crc32(stratum_name(stratum).encode())])
    return int(own.generate_state(1)[0])


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

    Returns:
        ``estimated`` where all strata are; ``lower_bound`` where some are not; without a number
        where those that are hold less than half of the persons.
    """
    good = [one for one in strata if one.draws is not None]
    refused = [one for one in strata if one.draws is None]
    total = replace(
        pooled,
        n_observed=sum(one.n_observed for one in strata),
        seconds=sum(one.seconds for one in strata),
        settings={**pooled.settings, "strata": len(strata)},
        mean=None, median=None, lower=None, upper=None, rhat=None, ess_bulk=None, ess_tail=None,
        draws=None, stratum={}, details={**pooled.details, "pooled": _numbers(pooled)},
    )  # fmt: skip
    if not good:
        reasons = (Reason("estimate.no_stratum", {"found": len(strata)}),)
        return replace(total, status=_common_status(refused), reasons=reasons)
    observed = sum(one.n_observed for one in refused)
    if observed > (1 - LEAST_ESTIMATED) * total.n_observed:
        few = {"observed": observed, "all": total.n_observed}
        return replace(total, status="not_identified", reasons=(
            Reason("estimate.mostly_refused", few), *_total_reasons(good, refused, observed),
        ))  # fmt: skip
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
        reasons=_total_reasons(good, refused, observed),
        details={**total.details, **_compared(draws, pooled, seed)},
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


def _total_reasons(
    good: Sequence[Estimate], refused: Sequence[Estimate], observed: int
) -> tuple[Reason, ...]:
    """Warnings of the strata that enter with a number, then the names of those that do not."""
    said = {key: [one for one in good if key in _keys(one)]
            for key in (f"estimate.{name}" for name in FOR_ALL)}  # fmt: skip
    found = [_for_total(key, warned, len(good)) for key, warned in said.items() if warned]
    if refused:
        named = {"strata": _names(refused), "observed": observed}
        found.append(Reason("estimate.strata_refused", named))
    return tuple(found)


def _keys(estimate: Estimate) -> set[str]:
    return {reason.key for reason in estimate.reasons}


def _for_total(key: str, warned: Sequence[Estimate], all_good: int) -> Reason:
    """One warning of the total for those of its strata."""
    if key == "estimate.two_lists" and len(warned) < all_good:
        return Reason("estimate.two_lists_in_strata", {"strata": _names(warned)})
    if key == "estimate.limited_unseen":
        limits = [one.settings["most_unseen"] for one in warned]
        return Reason("estimate.limited_unseen_in_strata",
                      {"least": min(limits), "most": max(limits)})  # fmt: skip
    return next(reason for one in warned for reason in one.reasons if reason.key == key)


def _names(strata: Sequence[Estimate]) -> str:
    return "; ".join(stratum_name(one.stratum) for one in strata)


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
