"""Stage ``estimate``: person -> capture_history, estimate, and the report in ``build/``.

Enters: ``person``, ``person_record``, ``statement``, ``published_figure`` and ``cluster_draw``.
Nothing is estimated from lists that archive.toml does not call fit for it: the tables are then
empty, and the report says 'not estimated' with the documented count and the figures that others
published.
"""

import json
from collections.abc import Sequence

import numpy as np

from martyrolog.archive import Archive
from martyrolog.estimate.histories import (
    Histories,
    fit_lists,
    history_rows,
    make_drawn_histories,
    make_histories,
    stratum_json,
)
from martyrolog.estimate.page import as_rows
from martyrolog.estimate.report import make_page, write_reports
from martyrolog.estimate.result import Estimate
from martyrolog.estimate.with_linkage import Fitting
from martyrolog.progress import Progress
from martyrolog.stage import Stage, Tables
from martyrolog.tables import make_table

QUANTILES = 100
LEAST_LISTS = 2


def run(archive: Archive, tables: Tables, progress: Progress) -> Tables:
    """Count, estimate, and write the report.

    Args:
        archive: Its report is written to ``build/estimate.LANGUAGE.md`` and ``.html``.
        tables: Tables ``person``, ``person_record``, ``statement``, ``published_figure``, and
            ``cluster_draw``: what the links leave open.
        progress: Told which model is at work.

    Returns:
        The tables ``capture_history``, ``estimate`` and ``estimate_report``.

    Raises:
        ArchiveError: a list is called fit for estimation without a reason.
        StorageError: the report cannot be written.
    """
    lists = fit_lists(archive)
    strata = archive.settings.estimate.strata
    histories = make_histories(lists, strata, tables)
    drawn = make_drawn_histories(lists, strata, tables)
    found = _estimates(archive, histories, drawn, progress)
    made = {
        "capture_history": make_table("capture_history", history_rows(histories)),
        "estimate": make_table("estimate", [estimate_row(one) for one in found]),
    }
    pages = [make_page(archive, histories.documented, {**tables, **made}, language)
             for language in archive.settings.archive.languages]  # fmt: skip
    write_reports(archive, pages)
    rows = [row for page in pages for row in as_rows(page)]
    return {**made, "estimate_report": make_table("estimate_report", rows)}


def _estimates(
    archive: Archive, histories: Histories, drawn: Sequence[Histories], progress: Progress
) -> list[Estimate]:
    if histories.whole is None or len(histories.lists) < LEAST_LISTS:
        return []
    fitting = Fitting(archive.settings.estimate)
    models: Sequence[str] = archive.settings.estimate.models
    tracked = progress.track(models, label="estimate.progress", total=len(models))
    return [one for model in tracked for one in fitting.estimates(model, histories, drawn)]


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
    reads=("person", "person_record", "statement", "published_figure", "cluster_draw"),
    writes=("capture_history", "estimate", "estimate_report"),
    run=run,
    files=lambda archive: [],  # noqa: ARG005  it reads none
    settings=_settings,
)
