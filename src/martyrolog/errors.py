"""The errors that Martyrolog raises on purpose.

    MartyrologError            exit code 1
      ArchiveError          3  archive.toml, folders, hand-kept files
      ListError             4  a source list or its reading profile cannot be read
      TableError            5  a table between stages is not as declared
      LinkError             6  records cannot be linked as asked
      ReleaseError          7  a release cannot be published or served
      StorageError          8  disk full, no permission, file in use
      QueryError            9  a search or a look-up that cannot be answered
      EstimateError        10  a table of counts from which nothing can be estimated

Each is one message for a person: what is wrong, where (list, row, column), what to do next. The
message is a key of the catalogues, so that it can be shown in English and Russian. Exit code 2 is a
wrong option or argument. A defect of the program raises ordinary exceptions instead and keeps its
traceback.
"""

from martyrolog.messages import text


class MartyrologError(Exception):
    """A mistake in the input or the surroundings that its user can mend.

    Args:
        key: Message key ``area.key``.
        values: Placeholders of the message. Never a field that may be withheld.
    """

    exit_code = 1

    def __init__(self, key: str, /, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(self.render("en"))

    def render(self, language: str) -> str:
        """The message in one language."""
        return text(self.key, language, **self.values)


class ArchiveError(MartyrologError):
    """The folder is no archive, or its settings or hand-kept files are wrong."""

    exit_code = 3


class ListError(MartyrologError):
    """A source list or its reading profile cannot be read."""

    exit_code = 4


class TableError(MartyrologError):
    """A table between stages is missing or not as declared."""

    exit_code = 5


class LinkError(MartyrologError):
    """Records cannot be linked as asked."""

    exit_code = 6


class ReleaseError(MartyrologError):
    """A release cannot be published or served."""

    exit_code = 7


class StorageError(MartyrologError):
    """The disk is full, a folder cannot be written, a file is in use."""

    exit_code = 8


class QueryError(MartyrologError):
    """A search or a look-up cannot be answered."""

    exit_code = 9


class EstimateError(MartyrologError):
    """A table of capture histories, or what is asked of it, is wrong."""

    exit_code = 10
