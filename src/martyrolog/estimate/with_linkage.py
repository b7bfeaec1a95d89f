"""All estimates of an archive: each model on each stratum, with what the linkage leaves open.

The clustering that the archive uses gives the details (model chosen, prior sweep, fit by cell); the
draws of the clustering give the interval. A model that is not among ``draw_models`` is estimated
from the archive's clustering alone, and each of its answers says so.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from martyrolog.archive import EstimateSettings
from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.diagnostics.linkage_errors import (
    MOST_PERSONS,
    with_false_links,
    with_missed_links,
)
from martyrolog.estimate.diagnostics.sensitivity import leave_one_list_out
from martyrolog.estimate.histories import Histories
from martyrolog.estimate.linkage_uncertainty import combine_estimates
from martyrolog.estimate.result import Estimate, Reason
from martyrolog.estimate.running import Task, fit_many, fit_model
from martyrolog.estimate.strata import Parts, fit_parts

FAST_MODELS = ("chapman", "chao", "loglinear", "dga")
"""Models that are fitted again for the sensitivity to lists and links."""
ERROR_SHARES = (0.02, 0.05, 0.1)
"""Missed and false links tried, as a share of the persons in two or more lists."""
CLASSES_TRIED = (5, 20)
"""Greatest numbers of latent classes tried besides that of the model."""
NUMBERS = ("status", "median", "lower", "upper", "n_observed")
REPLICATES_A_DRAW = 250


@dataclass(frozen=True)
class Fitting:
    """How all of them are fitted.

    Attributes:
        asked: Settings of the archive.
        workers: Processes; the numbers do not depend on them.
    """

    asked: EstimateSettings
    workers: int = os.cpu_count() or 1

    def estimates(
        self, model: str, histories: Histories, drawn: Sequence[Histories]
    ) -> list[Estimate]:
        """One model: its strata, if any, and then the whole or the total.

        Args:
            model: One of ``MODELS``.
            histories: The archive's; ``whole`` is there.
            drawn: Those of each draw of the clustering; empty where the links leave nothing open.
        """
        parts = self._fit(model, [histories], {})[0]
        if drawn and model in self.asked.draw_models:
            base = self._over_draws(parts, self._fit(model, drawn, _lighter(model)))
        else:
            base = parts.with_total(self.asked.seed)
            base = [_links_as_known(one) for one in base] if drawn else base
        if histories.whole is not None:
            check = self._with_sensitivity if model in FAST_MODELS else self._with_classes
            base[-1] = check(base[-1], histories.whole)
        return base

    def _fit(
        self, model: str, several: Sequence[Histories], options: Mapping[str, Any]
    ) -> list[Parts]:
        tables = [(one.strata, one.whole) for one in several if one.whole is not None]
        return fit_parts(model, tables, level=self.asked.level, seed=self.asked.seed,
                         options=options, workers=self.workers)  # fmt: skip

    def _over_draws(self, parts: Parts, drawn: Sequence[Parts]) -> list[Estimate]:
        """Strata and total over the draws; a stratum refused in one of them is so in all.

        Else the total would be of other strata in each draw than the report names.
        """
        refused = {name: one for each in (*drawn, parts) for name, one in each.refused.items()}
        several = [one.refusing(refused).with_total(self.asked.seed) for one in drawn]
        base = parts.refusing(refused).with_total(self.asked.seed)
        return [_with_draws(one, several, self.asked.seed) for one in base]

    def _with_classes(self, whole: Estimate, counts: CaptureCounts) -> Estimate:
        """Latent classes with those under other greatest numbers of classes, strata aside."""
        if whole.median is None:
            return whole
        chosen = whole.settings["classes"]
        tasks = [Task(counts, self.asked.seed, {"classes": most}) for most in CLASSES_TRIED]
        fits = fit_many(whole.model, tasks, level=whole.level, workers=self.workers)
        tried = {chosen: whole.details.get("pooled", _numbers(whole)),
                 **{one.settings["classes"]: _numbers(one) for one in fits}}  # fmt: skip
        sweep = [{"classes": most, **tried[most]} for most in sorted(tried)]
        return replace(whole, details={**whole.details, "class_sweep": sweep})

    def _with_sensitivity(self, whole: Estimate, counts: CaptureCounts) -> Estimate:
        """The estimate with those without one list, and those under wrong links, strata aside."""
        found: dict[str, Any] = {}
        lighter = _lighter(whole.model)

        def fit(table: CaptureCounts) -> Estimate:
            return fit_model(whole.model, table, level=whole.level, seed=self.asked.seed,
                             options=lighter)  # fmt: skip

        left_out = [{"list": left, **_numbers(one)}
                    for left, one in leave_one_list_out(counts, fit)]  # fmt: skip
        if left_out:
            found["without_list"] = left_out
        if whole.median is not None and counts.n_observed <= MOST_PERSONS:
            rows = list(_wrong_links(counts, self.asked.seed))
            tasks = [Task(table, self.asked.seed) for _, _, table in rows]
            fits = fit_many(whole.model, tasks, level=whole.level, options=lighter,
                            workers=self.workers)  # fmt: skip
            found["linkage_errors"] = [
                {"links": kind, "share": share, **_numbers(one)}
                for (kind, share, _), one in zip(rows, fits, strict=True)
            ]
        return replace(whole, details={**whole.details, **found})


def _wrong_links(counts: CaptureCounts, seed: int) -> Iterator[tuple[str, float, CaptureCounts]]:
    for share in reversed(ERROR_SHARES):
        yield "false", share, with_false_links(counts, share, np.random.default_rng(seed))
    yield "as found", 0.0, counts
    for share in ERROR_SHARES:
        yield "missed", share, with_missed_links(counts, share, np.random.default_rng(seed))


def _lighter(model: str) -> dict[str, Any]:
    """Options that leave out what only the archive's own clustering needs."""
    if model == "dga":
        return {"sweep": False}
    if model == "loglinear":
        # imported where it is needed: it takes half a second
        from martyrolog.estimate.models.loglinear import LoglinearSettings

        return {"settings": LoglinearSettings(replicates=REPLICATES_A_DRAW)}
    return {}


def _with_draws(base: Estimate, several: Sequence[Sequence[Estimate]], seed: int) -> Estimate:
    """One stratum or the whole over all draws of the clustering that have it."""
    same = [one for fits in several for one in fits if one.stratum == base.stratum]
    if len(same) < 2 or base.median is None:
        return _links_as_known(base)
    found = combine_estimates(same, seed=seed)
    said = {reason.key for reason in base.reasons}
    # a draw counts other persons: what the archive's own clustering says stands for all of them
    others = tuple(reason for reason in found.reasons if reason.key not in said)
    settings = {**base.settings, "draws": len(same)}
    return replace(found, reasons=(*base.reasons, *others), settings=settings,
                   seconds=base.seconds + found.seconds,
                   details={**base.details, "linkage": dict(found.details)})  # fmt: skip


def _links_as_known(estimate: Estimate) -> Estimate:
    if estimate.median is None:
        return estimate
    reason = Reason("estimate.linkage_not_included")
    return replace(estimate, reasons=(*estimate.reasons, reason))


def _numbers(estimate: Estimate) -> dict[str, Any]:
    return {name: getattr(estimate, name) for name in NUMBERS}
