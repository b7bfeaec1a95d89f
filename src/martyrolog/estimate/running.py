"""Models by their names, fitted to one table.

An estimate that fails is an answer too: a refusal never stops the others.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from martyrolog.errors import EstimateError
from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.result import Estimate

_FUNCTIONS = {
    "chapman": ("chapman", "fit_chapman"),
    "chao": ("chao", "fit_chao"),
    "loglinear": ("loglinear", "fit_loglinear"),
    "dga": ("dga", "fit_dga"),
    "lcmcr": ("lcmcr", "fit_lcmcr"),
}

MODELS = tuple(_FUNCTIONS)

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
    return _fit(model)(counts, level=level, seed=seed, **(options or {}))


def _fit(model: str) -> Fit:
    """The function of a model, imported when it is needed: the command line starts faster."""
    module, name = _FUNCTIONS[model]
    fit: Fit = getattr(import_module(f"martyrolog.estimate.models.{module}"), name)
    return fit
