"""The stage: every analysis once, in its order."""

from collections.abc import Sequence
from pathlib import Path

from martyrolog.archive import Archive
from martyrolog.history.campaign import make_campaign
from martyrolog.history.cohorts import make_cohort_fate, make_cohort_year, members_of
from martyrolog.history.composition import make_composition
from martyrolog.history.fates import lives_of_events, make_duration, make_flow
from martyrolog.history.offices import make_office_period, make_succession
from martyrolog.history.trials import make_trial_outcome, make_trial_tie
from martyrolog.progress import Progress
from martyrolog.stage import Stage, Tables


def run(_archive: Archive, tables: Tables, _progress: Progress) -> Tables:
    """Every analysis of the archive, as its tables.

    Args:
        tables: The tables that this stage reads.
    """
    event, person, statement = tables["event"], tables["person"], tables["statement"]
    cohorts = members_of(tables["cohort"], tables["membership"], person, event)
    lives = lives_of_events(event, person)
    return {
        **make_campaign(event, person, statement),
        "office_period": make_office_period(tables["tenure"]),
        "succession": make_succession(tables["tenure"], person),
        "trial_outcome": make_trial_outcome(tables["trial"], tables["trial_party"], person, event),
        "trial_tie": make_trial_tie(tables["trial_party"]),
        "cohort_fate": make_cohort_fate(cohorts),
        "cohort_year": make_cohort_year(cohorts),
        "flow": make_flow(lives, statement),
        "duration": make_duration(lives),
        "composition": make_composition(person, statement),
    }


def _files(_archive: Archive) -> Sequence[Path]:
    return []


def _settings(_archive: Archive) -> object:
    return None


STAGE = Stage(
    name="history",
    reads=("event", "person", "statement", "tenure", "trial", "trial_party", "cohort",
           "membership"),
    writes=("campaign", "campaign_group", "change_point", "wave", "heap", "office_period",
            "succession", "trial_outcome", "trial_tie", "cohort_fate", "cohort_year", "flow",
            "duration", "composition"),
    run=run,
    files=_files,
    settings=_settings,
)  # fmt: skip
"""Persons and events into campaign, offices, trials, cohorts and fates."""
