"""Log-linear models with the choice of the model carried into the interval.

Fienberg (1972); Cormack (1989), Log-linear models for capture-recapture, Biometrics 45; Chan,
Silverman and Vincent (2021), JASA 116. Counts of cells are Poisson, the unseen cell is the
exponential of the intercept. By default pairs of lists are added step by step and the interval is a
BCa bootstrap that chooses anew in every replicate: an interval from the chosen model alone covers
far less than it says. Beyond 8 lists the bootstrap is left out, and the answer says so.
"""

from dataclasses import asdict, dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.diagnostics.predictive import every_code, fit_rows
from martyrolog.estimate.models.answering import Answering, central, spread_quantiles
from martyrolog.estimate.models.bootstrap import Bca, Choose, bca
from martyrolog.estimate.models.lattice import (
    MOST_LISTS_EXHAUSTIVE,
    Model,
    design_of,
    graph_text,
    terms_of,
)
from martyrolog.estimate.models.profile import Profile, profile
from martyrolog.estimate.models.selection import (
    STEPWISE_P,
    choose_best,
    choose_stepwise,
    fit_models,
    rank_models,
)
from martyrolog.estimate.result import Estimate, Reason

Floats = npt.NDArray[np.float64]

MOST_LISTS = 16
MOST_LISTS_BOOTSTRAP = 8
DRAWS = 4000
SHOWN_MODELS = 10


@dataclass(frozen=True)
class LoglinearSettings:
    """How the model is chosen and the interval made.

    Attributes:
        selection: ``stepwise`` (pairs), or the best hierarchical model by ``bic`` or ``aic``
            (exhaustive, at most 5 lists).
        interval: ``bca`` repeats the selection; ``profile`` takes the chosen model as known.
        replicates: Bootstrap tables.
        p_value: Cut-off of the stepwise choice.
        top_models: Among how many of the best models a replicate chooses (bic, aic).
    """

    selection: Literal["stepwise", "bic", "aic"] = "stepwise"
    interval: Literal["bca", "profile"] = "bca"
    replicates: int = 1000
    p_value: float = STEPWISE_P
    top_models: int = 50


@dataclass(frozen=True, eq=False)
class _Choice:
    """The model of the table itself and how to choose again."""

    model: Model
    unseen: float
    again: Choose
    ranked: tuple[dict[str, object], ...] = ()


def fit_loglinear(
    counts: CaptureCounts,
    *,
    settings: LoglinearSettings | None = None,
    level: float = 0.95,
    seed: int = 0,
) -> Estimate:
    """Estimate by a log-linear model.

    Args:
        counts: Two or more lists that hold somebody, at most 16 (exhaustive choice: 5).
        settings: Choice of model and kind of interval.
        level: Probability of the interval.
        seed: Of the bootstrap.

    Returns:
        The estimate; ``does_not_exist`` where no model can be estimated, with two lists always the
        warning that it rests on their independence.
    """
    options = settings or LoglinearSettings()
    if counts.n_lists - len(counts.empty_lists) > MOST_LISTS_BOOTSTRAP:
        options = replace(options, interval="profile")
    answer = Answering.begin("loglinear", counts, level, seed=seed, **asdict(options))
    most = MOST_LISTS if options.selection == "stepwise" else MOST_LISTS_EXHAUSTIVE
    refusal = answer.needs_lists(2, most)
    if refusal is not None:
        return refusal
    used = answer.counts
    table = used.full_table()[1:].astype(float)
    choice = _choose(used, table, options)
    if not np.isfinite(choice.unseen):
        return answer.refuse("does_not_exist", Reason("estimate.no_model_exists"))
    spread = _spread(used.n_lists, table, choice, options, seed)
    return _answer(answer, choice, spread, options, seed)


def _answer(
    answer: Answering,
    choice: _Choice,
    spread: Bca | Profile,
    options: LoglinearSettings,
    seed: int,
) -> Estimate:
    used = answer.counts
    details: dict[str, object] = {"chosen_model": graph_text(choice.model, used.lists)}
    details["cells"] = _cells(used, choice.model)
    if choice.ranked:
        details["ranked"] = choice.ranked
    if isinstance(spread, Bca):
        details["replicates_without_estimate"] = spread.failed
    low, high = spread.quantile(stats.norm.ppf(central(answer.level)))
    reasons = _warnings(used.n_lists, options)
    if not np.isfinite(high):
        return answer.refuse("not_identified", Reason("estimate.no_upper_end"), *reasons,
                             details=details)  # fmt: skip
    draws = used.n_observed + spread.quantile(stats.norm.ppf(spread_quantiles(DRAWS, seed)))
    point = used.n_observed + choice.unseen
    return answer.give(
        "estimated",
        draws[None] if np.isfinite(draws).all() else None,
        *reasons,
        mean=point,
        median=point,
        ends=(used.n_observed + float(low), used.n_observed + float(high)),
        details=details,
    )


def _choose(used: CaptureCounts, table: Floats, options: LoglinearSettings) -> _Choice:
    lists = used.n_lists
    if options.selection == "stepwise":
        found = choose_stepwise(lists, table[None], p_value=options.p_value)

        def stepwise(tables: Floats) -> Floats:
            return choose_stepwise(lists, tables, p_value=options.p_value).unseen

        return _Choice(found.model(), float(found.unseen[0]), stepwise)
    bic = options.selection == "bic"
    ranking = rank_models(lists, table, bic=bic)
    usable = int(np.isfinite(ranking.values).sum())
    if not usable:
        return _Choice(frozenset(), float("nan"), lambda tables: np.full(len(tables), np.nan))
    top = ranking.models[: min(options.top_models, usable)]
    ranked: tuple[dict[str, object], ...] = tuple(
        {"model": graph_text(ranking.models[i], used.lists),
         options.selection: round(float(ranking.values[i]), 3),
         "N": round(used.n_observed + float(ranking.unseen[i]), 1)}
        for i in range(min(SHOWN_MODELS, usable))
    )  # fmt: skip

    def best(tables: Floats) -> Floats:
        return choose_best(lists, tables, top, bic=bic).unseen

    return _Choice(ranking.models[0], float(ranking.unseen[0]), best, ranked)


def _spread(
    n_lists: int, table: Floats, choice: _Choice, options: LoglinearSettings, seed: int
) -> Bca | Profile:
    if options.interval == "profile":
        return profile(n_lists, table, choice.model, choice.unseen)
    rng = np.random.default_rng(seed)
    return bca(table, choice.unseen, choice.again, replicates=options.replicates, rng=rng)


def _cells(used: CaptureCounts, model: Model) -> list[dict[str, object]]:
    terms = terms_of(used.n_lists, tuple(sorted(model)))
    design = design_of(used.n_lists, terms)
    table = used.full_table()[None, 1:].astype(float)
    fitted = fit_models(design, table, np.ones((1, len(terms)), dtype=bool))
    return fit_rows(used, every_code(used), fitted.fits.fitted[0])


def _warnings(n_lists: int, options: LoglinearSettings) -> tuple[Reason, ...]:
    found = []
    if n_lists == 2:
        found.append(Reason("estimate.two_lists"))
    if options.interval == "profile":
        found.append(Reason("estimate.selection_ignored"))
    return tuple(found)
