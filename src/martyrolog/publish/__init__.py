"""Stage ``publish``: tables into a release, a folder of plain files that anyone can carry away.

Reads every table of read, resolve and history, and the pairs that link compared; writes
``releases/ID/`` (site, downloads, manifest) and the table ``release``. All that becomes public
passes :mod:`martyrolog.publish.disclosure`. The site works from the file system, without JavaScript
for reading, without a request to another host.

Reading order: ``release`` (how a release is made), ``disclosure`` (what is left out), ``content``
and ``groups`` (tables as look-ups), ``pages`` (one module a kind of page), ``render`` and the
templates, ``search_index`` with ``static/search.js`` (search without a server).
"""

from martyrolog.archive import Archive
from martyrolog.provenance import now
from martyrolog.publish.release import disclose_archive, publish, published_files
from martyrolog.publish.search import search_persons
from martyrolog.stage import Stage
from martyrolog.tables import TABLES

READS = (
    *(
        name
        for name, table in TABLES.items()
        if table.stage in ("read", "resolve", "history", "estimate")
    ),
    "match",
)


def _settings(archive: Archive) -> object:
    # the year decides who may be living
    return {**archive.settings.model_dump(mode="json"), "year": now().year}


STAGE = Stage(
    name="publish",
    reads=READS,
    writes=("release",),
    run=publish,
    files=published_files,
    settings=_settings,
)

__all__ = ["READS", "STAGE", "disclose_archive", "publish", "search_persons"]
