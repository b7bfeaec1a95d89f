"""The stage: every analysis once, in its order."""

from collections.abc import Sequence
from pathlib import Path

from martyrolog.archive import Archive
from martyrolog.history.campaign import make_campaign
from martyrolog.history.claims import article_files, make_claims, verdict_log
from martyrolog.history.cohorts import make_cohort_fate, make_cohort_year, members_of
from martyrolog.history.composition import make_composition
from martyrolog.history.fates import lives_of_events, make_duration, make_flow
from martyrolog.history.offices import make_office_period, make_succession
from martyrolog.history.trials import make_trial_outcome, make_trial_tie
from martyrolog.progress import Progress
from martyrolog.stage import Stage, Tables


def run(archive: Archive, tables: Tables, _progress: Progress) -> Tables:
    """Every analysis of the archive, as its tables, and the claims tested on them.

    Args:
        archive: Its articles hold the claims; its log of verdicts is extended where these are new.
        tables: The tables that this stage reads.

    Raises:
        QueryError: an article or a query cannot be understood or run.
        ArchiveError: the log of verdicts is damaged.
        StorageError: it cannot be written.
    """
    analysed = analyse(tables)
    return {**analysed, **make_claims(archive, {**tables, **analysed})}


def analyse(tables: Tables) -> Tables:
    """Every analysis but the claims.

    Args:
        tables: The tables that this stage reads, or more.
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


def _files(archive: Archive) -> Sequence[Path]:
    return [*article_files(archive), verdict_log(archive)]


def _settings(_archive: Archive) -> object:
    return None


STAGE = Stage(
    name="history",
    reads=("source_list", "trial", "body", "office", "cohort", "operation",
           "published_figure", "person", "statement", "event", "relation", "possibly_same",
           "trial_party", "tenure", "membership"),
    writes=("campaign", "campaign_group", "change_point", "wave", "heap", "office_period",
            "succession", "trial_outcome", "trial_tie", "cohort_fate", "cohort_year", "flow",
            "duration", "composition", "claim", "claim_case"),
    run=run,
    files=_files,
    settings=_settings,
)  # fmt: skip
"""Persons and events into campaign, offices, trials, cohorts, fates and claims."""
