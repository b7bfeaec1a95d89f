"""How many there were: multiple systems estimation from counts of capture histories.

Enters: which lists hold a person, counted (:class:`CaptureCounts`); no name ever. Leaves: an
:class:`Estimate` with interval, diagnostics and assumptions, or a refusal with its reasons.
Reading order: ``counts.py``, ``result.py``, ``models/``.
"""

from martyrolog.estimate.counts import CaptureCounts, make_counts
from martyrolog.estimate.result import Estimate, Reason

__all__ = ["CaptureCounts", "Estimate", "Reason", "make_counts"]
