"""Reading: source lists in, records and rejects out.

Enters: the files of ``lists/``, each described by a reading profile or by nothing but its headings.
Leaves: ``record`` (one row of one list, never merged), ``reject`` (what could not be read, and
why), ``source_list`` (what each list is, its counts), and the tables of lists that name no persons.

    file -> formats (csv, jsonl, xlsx, parquet, html, text) -> row -> fields -> record | reject

Always holds: rows in = records + rejects; the verbatim text is kept; ids depend on the list, the
content and the occurrence only (``identity``). Method and choices: docs/decisions/0005-reading.md.
"""

from martyrolog.read.add import AddReport, add
from martyrolog.read.bare import read_file
from martyrolog.read.loading import load_profile
from martyrolog.read.profile import Profile
from martyrolog.read.reference import reference_page
from martyrolog.read.stage import WRITES, files_read, read_lists, settings_read
from martyrolog.stage import Stage

STAGE = Stage(
    name="read",
    reads=(),
    writes=WRITES,
    run=read_lists,
    files=files_read,
    settings=settings_read,
)

__all__ = ["STAGE", "AddReport", "Profile", "add", "load_profile", "read_file", "reference_page"]
