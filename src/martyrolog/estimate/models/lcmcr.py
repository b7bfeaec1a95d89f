"""The latent-class model as one of the models: its answer in the common form.

The model and its sampler stand in ``latent_class.py``. What has not converged is refused: draws
and modes of such a fit are shown as diagnostics, never as a number.
"""

from dataclasses import asdict

from martyrolog.estimate.counts import CaptureCounts
from martyrolog.estimate.diagnostics.chains import chain_rows
from martyrolog.estimate.diagnostics.predictive import fit_rows
from martyrolog.estimate.models.answering import Answering
from martyrolog.estimate.models.latent_class import (
    CHAINS,
    CLASSES,
    FEWEST_LISTS,
    SECONDS,
    LatentClassFit,
    fit_latent_class,
)
from martyrolog.estimate.result import Estimate, Reason


def fit_lcmcr(
    counts: CaptureCounts,
    *,
    classes: int = CLASSES,
    chains: int = CHAINS,
    level: float = 0.95,
    seed: int = 0,
    time_limit: float = SECONDS,
) -> Estimate:
    """Estimate by latent classes.

    Args:
        counts: Three or more lists that hold somebody.
        classes: Most classes, K*.
        chains: Dispersed chains, at least 4.
        level: Probability of the interval.
        seed: Of all chains.
        time_limit: Seconds of wall time after which what has not converged is refused.

    Returns:
        The estimate, or ``not_converged`` with the diagnostics and the modes found.
    """
    settings = {"classes": classes, "chains": chains, "time_limit": time_limit}
    answer = Answering.begin("lcmcr", counts, level, seed=seed, **settings)
    refusal = answer.needs_lists(FEWEST_LISTS)
    if refusal is not None:
        return refusal
    found = fit_latent_class(answer.counts.patterns, answer.counts.counts, seed=seed,
                             classes=classes, chains=chains, level=level,
                             time_limit=time_limit)  # fmt: skip
    diagnostics = {"rhat": found.rhat, "ess_bulk": found.ess_bulk, "ess_tail": found.ess_tail}
    details: dict[str, object] = {
        "modes": [asdict(mode) for mode in found.modes],
        "rounds": found.rounds,
        "chains": None if found.draws is None else chain_rows(found.draws, answer.counts),
    }
    if found.mean is None or found.median is None or found.lower is None or found.upper is None:
        reasons = _reasons(found)
        return answer.refuse("not_converged", *reasons, details=details, **diagnostics)
    if found.expected is not None:
        details["cells"] = fit_rows(answer.counts, answer.counts.codes, found.expected)
    return answer.give("estimated", found.draws, mean=found.mean, median=found.median,
                       ends=(found.lower, found.upper), details=details,
                       **diagnostics)  # fmt: skip


def _reasons(found: LatentClassFit) -> tuple[Reason, ...]:
    least = min(found.ess_bulk, found.ess_tail)
    values = {"rhat": f"{found.rhat:.3f}", "ess": f"{least:.0f}"}
    said = [Reason("estimate.not_converged", values)]
    if "fit" in found.reasons:
        said.append(Reason("estimate.fits_differ", {"rhat": f"{found.fit_rhat:.2f}"}))
    if "cap" in found.reasons:
        said.append(Reason("estimate.draws_at_cap"))
    if "time_limit" in found.reasons:
        said.append(Reason("estimate.out_of_time"))
    if len(found.modes) > 1:
        shown = "; ".join(f"{mode.location:,.0f} ({100 * mode.mass:.0f} %)" for mode in found.modes)
        said.append(Reason("estimate.several_modes", {"modes": shown}))
    return tuple(said)
