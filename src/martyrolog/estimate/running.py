"""Models by their names, fitted to one table.

An estimate that fails is an answer too: a refusal never stops the others.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from martyrolog.errors import EstimateError
from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.diagnostics.overlap import contained_lists
from martyrolog.estimate.result import Estimate, Reason

_FUNCTIONS = {
    "chapman": ("chapman", "fit_chapman"),
    "chao": ("chao", "fit_chao"),
    "loglinear": ("loglinear", "fit_loglinear"),
    "dga": ("dga", "fit_dga"),
    "lcmcr": ("lcmcr", "fit_lcmcr"),
}

MODELS = tuple(_FUNCTIONS)
SLOW_MODELS = ("lcmcr",)
POOLED_FROM: Mapping[str, int] = {"lcmcr": 2, "loglinear": 16, "dga": 16}
"""Tables from which several processes pay: each takes a second to start."""

Fit = Callable[..., Estimate]


def chosen_models(name: str) -> tuple[str, ...]:
    """The models that a name asks for: itself, or every one for ``all``.

    Raises:
        EstimateError: no such model.
    """
    if name == "all":
        return MODELS
    if name not in MODELS:
        known = ", ".join([*MODELS, "all"])
        raise EstimateError("estimate.unknown_model", found=name, known=known)
    return (name,)


def fit_model(
    model: str,
    counts: CaptureCounts,
    *,
    level: float = 0.95,
    seed: int = 0,
    options: Mapping[str, Any] | None = None,
) -> Estimate:
    """Fit one model.

    Args:
        model: One of ``MODELS``.
        counts: What was observed.
        level: Probability of the interval, above 0 and below 1.
        seed: Everything random follows from it.
        options: Further arguments of the model's own function.

    Raises:
        EstimateError: a level that is no probability.
    """
    if not 0 < level < 1:
        raise EstimateError("estimate.wrong_level", found=f"{level:g}")
    return _with_containment(_fit(model)(counts, level=level, seed=seed, **(options or {})), counts)


def _with_containment(found: Estimate, counts: CaptureCounts) -> Estimate:
    """The same answer, with the lists named that stand wholly within another."""
    said = any(reason.key == "estimate.contained_list" for reason in found.reasons)
    within = [] if said else contained_lists(counts)
    if not within:
        return found
    named = {"lists": "; ".join(f"{inner} ⊂ {outer}" for inner, outer in within)}
    return replace(found, reasons=(*found.reasons, Reason("estimate.list_within", named)))


@dataclass(frozen=True, eq=False)
class Task:
    """One table to fit, with its seed, and options of its own."""

    counts: CaptureCounts
    seed: int
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for tasks that have the same answer."""
        counts = self.counts
        return (counts.lists, counts.patterns.tobytes(), counts.counts.tobytes(), self.seed,
                repr(sorted(self.options.items())))  # fmt: skip


def fit_many(
    model: str,
    tasks: Sequence[Task],
    *,
    level: float = 0.95,
    options: Mapping[str, Any] | None = None,
    workers: int = 1,
) -> list[Estimate]:
    """One model on many tables, equal ones fitted once.

    Args:
        model: One of ``MODELS``.
        tasks: Tables and seeds.
        level: Probability of the intervals.
        options: Further arguments of the model's own function.
        workers: Processes at most; the answers do not depend on it.

    Raises:
        EstimateError: a level that is no probability.
    """
    different = {task.key: task for task in tasks}
    call = _Fit(model, level, dict(options or {}))
    if workers > 1 and len(different) >= POOLED_FROM.get(model, len(different) + 1):
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            fitted = list(pool.map(call, different.values()))
    else:
        fitted = [call(task) for task in different.values()]
    known = dict(zip(different, fitted, strict=True))
    return [known[task.key] for task in tasks]


class _Fit:
    """One model with its settings, to be sent to another process."""

    def __init__(self, model: str, level: float, options: Mapping[str, Any]) -> None:
        self._model = model
        self._level = level
        self._options = options

    def __call__(self, task: Task) -> Estimate:
        return fit_model(self._model, task.counts, level=self._level, seed=task.seed,
                         options={**self._options, **task.options})  # fmt: skip


def _fit(model: str) -> Fit:
    """The function of a model, imported when it is needed: the command line starts faster."""
    module, name = _FUNCTIONS[model]
    fit: Fit = getattr(import_module(f"martyrolog.estimate.models.{module}"), name)
    return fit
