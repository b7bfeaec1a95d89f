"""What every page says of the release it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass

from martyrolog.archive import Settings


@dataclass(frozen=True)
class ReleaseInfo:
    """The release being made.

    Attributes:
        release_id: Date and the first eight digits of the content hash.
        date: Day of the release, ISO 8601.
        content_hash: SHA-256 over the published tables, the settings and the program.
        withheld: Persons withheld.
        withheld_by_list: The same by list.
        settings: The archive's settings.
    """

    release_id: str
    date: str
    content_hash: str
    withheld: int
    withheld_by_list: Mapping[str, int]
    settings: Settings
