"""The release that pages belong to, and how they name it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from martyrolog.archive import Settings
from martyrolog.publish.voice import Voice


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


def release_style(release: ReleaseInfo, voices: Iterable[Voice]) -> str:
    """The style sheet that writes the release into the pages: identifier, day, hash.

    Pages do not hold them, so that a page that says the same is the same file in every release.
    """
    days = "".join(
        f":lang({voice.language}) > .release-day::before"
        f' {{ content: "{voice.date(release.date)}" }}\n'
        for voice in voices
    )
    return (
        f'.release-id::before {{ content: "{release.release_id}" }}\n'
        f'.release-hash::before {{ content: "{release.content_hash}" }}\n'
        f"{days}.release-id > a {{ display: none }}\n"
    )
