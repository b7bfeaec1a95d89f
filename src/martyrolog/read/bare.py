"""Reading a bare file, without an archive."""

from pathlib import Path

import pyarrow as pa

from martyrolog.read.loading import load_profile
from martyrolog.read.profile import Profile
from martyrolog.read.reading import ListFile, Reading, read_source
from martyrolog.tables import empty_table, make_table


def read_file(
    path: Path,
    profile: str | Profile | None = None,
    *,
    list_id: str = "list",
    kind: str = "person",
    role: str = "victim",
) -> dict[str, pa.Table]:
    """Read one file.

    Args:
        path: The file.
        profile: Name of a built-in reading profile, path of a YAML file, or a checked profile; None
            for a plain table.
        list_id: Id that goes into the records.
        kind: What its rows become.
        role: Role of those it names.

    Returns:
        The table of its kind (``record`` for persons) sorted by its key, and ``reject``.

    Raises:
        ListError: the file cannot be read as a whole.
    """
    described = (
        profile
        if isinstance(profile, Profile)
        else (Profile() if profile is None else load_profile(profile, None, kind))
    )
    found = read_source([ListFile(path, path.name)], Reading(list_id, described, kind, role))
    table = pa.concat_tables([*found.entries, empty_table(found.table)]).combine_chunks()
    return {
        found.table: table.sort_by(table.column_names[0]),
        "reject": make_table("reject", found.rejects),
    }
