"""The stage: every analysis once, in its order."""

from collections.abc import Sequence
from pathlib import Path

from martyrolog.archive import Archive
from martyrolog.history.campaign import make_campaign
from martyrolog.progress import Progress
from martyrolog.stage import Stage, Tables


def run(_archive: Archive, tables: Tables, _progress: Progress) -> Tables:
    """Every analysis of the archive, as its tables.

    Args:
        tables: The tables that this stage reads.
    """
    return make_campaign(tables["event"], tables["person"], tables["statement"])


def _files(_archive: Archive) -> Sequence[Path]:
    return []


def _settings(_archive: Archive) -> object:
    return None


STAGE = Stage(
    name="history",
    reads=("event", "person", "statement"),
    writes=("campaign", "campaign_group", "change_point", "wave", "heap"),
    run=run,
    files=_files,
    settings=_settings,
)
"""Persons and events into the campaign."""
