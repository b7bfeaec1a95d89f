"""How many there were: multiple systems estimation from counts of capture histories.

Enters: which lists hold a person, counted (:class:`CaptureCounts`); no name ever. Leaves: an
:class:`Estimate` with interval, diagnostics and assumptions, or a refusal with its reasons.
Reading order: ``counts.py``, ``result.py``, ``running.py``, ``models/``, ``strata.py``; for an
archive ``histories.py`` and ``stage.py``. What each model is for: docs/explanation/estimation.md.
"""

from martyrolog.estimate.bare_file import estimate_file
from martyrolog.estimate.counts import CaptureCounts, make_counts
from martyrolog.estimate.result import Estimate, Reason
from martyrolog.estimate.rounding import shown_numbers
from martyrolog.estimate.running import MODELS, fit_model
from martyrolog.estimate.strata import TWO_LISTS, add_strata, fit_strata, stratum_name

__all__ = [
    "MODELS",
    "TWO_LISTS",
    "CaptureCounts",
    "Estimate",
    "Reason",
    "add_strata",
    "estimate_file",
    "fit_model",
    "fit_strata",
    "make_counts",
    "shown_numbers",
    "stratum_name",
]
