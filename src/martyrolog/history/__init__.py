"""What the archive knows about the system of repression: campaign, offices, trials, cohorts, fates.

Enters: what ``read`` and ``resolve`` hand on. Leaves the tables declared in
``martyrolog.tables.history``. Each analysis is a function from tables to a tidy table, usable
without an archive (docs/explanation/history.md); the stage only puts them in order.
"""

from martyrolog.history.analysis import analyse
from martyrolog.history.campaign import make_campaign
from martyrolog.history.claims import changed_claims, check
from martyrolog.history.stage import STAGE

__all__ = ["STAGE", "analyse", "changed_claims", "check", "make_campaign"]
