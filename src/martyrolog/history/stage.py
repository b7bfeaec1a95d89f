"""The stage: the analyses, the claims tested on them, the pictures."""

from collections.abc import Sequence
from pathlib import Path

from martyrolog.archive import Archive
from martyrolog.articles import read_articles
from martyrolog.history.analysis import analyse
from martyrolog.history.claims import article_files, make_claims, verdict_log
from martyrolog.history.pictures import make_chart
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
    known = {**tables, **analysed}
    articles = read_articles(archive.path / "articles")
    return {**analysed, **make_claims(archive, articles, known),
            "chart": make_chart(known, articles)}  # fmt: skip


def _files(archive: Archive) -> Sequence[Path]:
    return [*article_files(archive), verdict_log(archive)]


def _settings(_archive: Archive) -> object:
    return None


STAGE = Stage(
    name="history",
    reads=("source_list", "trial", "body", "office", "cohort", "operation",
           "published_figure", "person", "statement", "event", "relation", "possibly_same",
           "trial_party", "tenure", "membership"),
    writes=("campaign", "campaign_group", "change_point", "wave", "heap", "group_wave",
            "office_period", "event_holder", "succession", "trial_outcome", "trial_tie",
            "cohort_fate", "cohort_year", "flow", "duration", "composition", "group_rate",
            "place_count", "claim", "claim_case", "chart"),
    run=run,
    files=_files,
    settings=_settings,
)  # fmt: skip
"""Persons and events into campaign, offices, trials, cohorts, fates and claims."""
