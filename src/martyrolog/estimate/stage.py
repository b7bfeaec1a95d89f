"""Stage ``estimate``: person -> capture_history, estimate, and the report in ``build/``.

Enters: ``person``, ``statement``, ``published_figure``. Nothing is estimated from lists that
archive.toml does not call fit for it: the tables are then empty, and the report says 'not
estimated' with the documented count and the figures that others published.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from martyrolog.archive import Archive
from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.diagnostics.sensitivity import leave_one_list_out
from martyrolog.estimate.histories import (
    Histories,
    fit_lists,
    history_rows,
    make_histories,
    stratum_json,
)
from martyrolog.estimate.report import write_reports
from martyrolog.estimate.result import Estimate
from martyrolog.estimate.running import fit_model
from martyrolog.estimate.strata import fit_strata
from martyrolog.progress import Progress
from martyrolog.stage import Stage, Tables
from martyrolog.tables import make_table

QUANTILES = 100
FAST_MODELS = ("chao", "loglinear", "dga")
LEAST_LISTS = 2


def run(archive: Archive, tables: Tables, progress: Progress) -> Tables:
    """Count, estimate, and write the report.

    Args:
        archive: Its report is written to ``build/estimate.LANGUAGE.md`` and ``.html``.
        tables: Tables ``person``, ``statement``, ``published_figure``.
        progress: Told which model is at work.

    Returns:
        The tables ``capture_history`` and ``estimate``.

    Raises:
        ArchiveError: a list is called fit for estimation without a reason.
        StorageError: the report cannot be written.
    """
    lists = fit_lists(archive)
    histories = make_histories(lists, archive.settings.estimate.strata, tables)
    found = _estimates(archive, histories, progress)
    made = {
        "capture_history": make_table("capture_history", history_rows(histories)),
        "estimate": make_table("estimate", [estimate_row(one) for one in found]),
    }
    write_reports(archive, histories.documented, {**tables, **made})
    return made


def _estimates(archive: Archive, histories: Histories, progress: Progress) -> list[Estimate]:
    if histories.whole is None or len(histories.lists) < LEAST_LISTS:
        return []
    asked = archive.settings.estimate
    found: list[Estimate] = []
    models: Sequence[str] = asked.models
    for model in progress.track(models, label="estimate.progress", total=len(models)):
        if histories.strata:
            found += fit_strata(model, histories.strata, histories.whole, level=asked.level,
                                seed=asked.seed, workers=os.cpu_count() or 1)  # fmt: skip
        else:
            found.append(fit_model(model, histories.whole, level=asked.level, seed=asked.seed))
        if model in FAST_MODELS:
            found[-1] = _without_each_list(found[-1], histories.whole, asked.seed)
    return found


def _without_each_list(whole: Estimate, counts: CaptureCounts, seed: int) -> Estimate:
    """The estimate with those that leave one list out, strata aside, among its details."""

    def fit(table: CaptureCounts) -> Estimate:
        return fit_model(whole.model, table, level=whole.level, seed=seed)

    names = ("status", "median", "lower", "upper", "n_observed")
    rows = [{"list": left, **{name: getattr(one, name) for name in names}}
            for left, one in leave_one_list_out(counts, fit)]  # fmt: skip
    return replace(whole, details={**whole.details, "without_list": rows}) if rows else whole


def estimate_row(estimate: Estimate) -> dict[str, object]:
    """One row of the table ``estimate``; the time taken is left out, so that runs are equal."""
    numbers = ("n_observed", "status", "mean", "median", "lower", "upper", "level", "rhat",
               "ess_bulk", "ess_tail", "model")  # fmt: skip
    reasons = [{"key": reason.key, "values": dict(reason.values)} for reason in estimate.reasons]
    quantiles = None
    if estimate.draws is not None:
        steps = (np.arange(QUANTILES) + 0.5) / QUANTILES
        quantiles = json.dumps([round(float(n), 2) for n in np.quantile(estimate.draws, steps)])
    return {
        **{name: getattr(estimate, name) for name in numbers},
        "stratum": stratum_json(estimate.stratum),
        "list_ids": list(estimate.lists),
        "reasons": json.dumps(reasons, ensure_ascii=False, default=str),
        "settings": json.dumps(dict(estimate.settings), ensure_ascii=False, default=str),
        "details": json.dumps(dict(estimate.details), ensure_ascii=False, default=str),
        "quantiles": quantiles,
    }


def _settings(archive: Archive) -> object:
    fit = {name: source.estimation.model_dump() for name, source in archive.source_lists.items()}
    return {"estimate": archive.settings.estimate.model_dump(), "lists": fit,
            "languages": archive.settings.archive.languages}  # fmt: skip


STAGE = Stage(
    name="estimate",
    reads=("person", "statement", "published_figure"),
    writes=("capture_history", "estimate"),
    run=run,
    files=lambda archive: [],  # noqa: ARG005  it reads none
    settings=_settings,
)
