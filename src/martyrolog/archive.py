"""An archive on disk: archive.toml, lists/, profiles/, hand/, articles/, build/, releases/.

:func:`open_archive` reads and checks the settings; :func:`init` makes a new archive. Always holds:
an unknown key fails and names the nearest known one; every path stays inside the archive; nothing
under ``lists/`` and ``hand/`` is ever changed by reading it. This module reads no list.
"""

import fcntl
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ByteSize, ConfigDict, Field, ValidationError
from rapidfuzz import process

from martyrolog.errors import ArchiveError, StorageError
from martyrolog.provenance import replaced_file

SETTINGS = "archive.toml"
FOLDERS = ("lists", "profiles", "hand", "articles", "build", "releases")

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Strict):
    """A text in English, in Russian, or both."""

    en: str = ""
    ru: str = ""

    def in_language(self, language: str) -> str:
        """The text in ``language``, in the other one where it is missing."""
        return (self.ru or self.en) if language == "ru" else (self.en or self.ru)


class Historical(_Strict):
    """Why all persons of a list are known to be historical, who says so, and since when."""

    reason: Annotated[str, Field(min_length=10)]
    author: Annotated[str, Field(min_length=2)]
    date: date


def _in_both(given: object) -> object:
    """A text of which no language is said stands for both."""
    return {"en": given, "ru": given} if isinstance(given, str) else given


class Estimation(_Strict):
    """Whether a list is a sample fit for estimation, and why: in each language, or one text."""

    fit: bool = False
    reason: Annotated[Bilingual, BeforeValidator(_in_both)] = Bilingual()


class SourceList(_Strict):
    """One ``[[list]]`` of archive.toml: what the list is and how it is read."""

    id: Identifier
    file: str
    kind: Literal[
        "person", "trial", "body", "office", "cohort", "operation", "published_figure"
    ] = "person"
    profile: Identifier | None = None
    role: Literal[
        "victim",
        "defendant",
        "co_accused",
        "member",
        "office_holder",
        "judge",
        "prosecutor",
        "secretary",
    ] = "victim"
    title: Bilingual
    publisher: str = ""
    year: str = ""
    language: str = ""
    url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    accessed: str = ""
    licence: str = ""
    covers: Bilingual = Bilingual()
    misses: Bilingual = Bilingual()
    duplicate_free: bool = False
    supersedes: Identifier | None = None
    historical: Historical | None = None
    estimation: Estimation = Estimation()


class About(_Strict):
    """``[archive]``: what the archive is."""

    id: Identifier
    title: Bilingual
    description: Bilingual = Bilingual()
    publisher: str = ""
    contact: str = ""
    languages: Annotated[tuple[Literal["en", "ru"], ...], Field(min_length=1)] = ("en", "ru")


class LinkSettings(_Strict):
    """``[link]``: cut-offs, as match probabilities.

    ``model`` is a file ``link_model.parquet``, its path from the archive's folder, to weigh pairs
    with; empty to estimate the model from the records. ``memory`` is what linking may take on this
    machine, such as "4GB"; without it there is no bound.
    """

    threshold: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    possibly_same: Annotated[float, Field(gt=0, lt=1)] = 0.2
    model: str = ""
    memory: ByteSize | None = None


class PublishSettings(_Strict):
    """``[publish]``: how a release is made."""

    possibly_living_years: Annotated[int, Field(ge=100)] = 110
    base_url: Annotated[str, Field(pattern=r"^(https?://[^\s?#]+/)?$")] = ""


class EstimateSettings(_Strict):
    """``[estimate]``: how many there were; which lists are fit for it, each list says itself.

    ``draws`` clusterings are drawn from what the links leave open, and ``draw_models`` estimated
    from each of them; the other models take the links as known.
    """

    models: Annotated[
        tuple[Literal["chapman", "chao", "loglinear", "dga", "lcmcr"], ...], Field(min_length=1)
    ] = ("chapman", "chao", "loglinear", "dga", "lcmcr")
    strata: tuple[
        Literal["period", "region", "sex", "fate", "nationality", "birth_place", "residence",
                "arrest_place", "sentencing_body"], ...
    ] = ()  # fmt: skip
    level: Annotated[float, Field(gt=0, lt=1)] = 0.95
    seed: Annotated[int, Field(ge=0)] = 1
    draws: Annotated[int, Field(ge=0, le=200)] = 10
    draw_models: tuple[Literal["chapman", "chao", "loglinear", "dga", "lcmcr"], ...] = (
        "chapman", "chao", "loglinear", "dga",
    )  # fmt: skip


class Settings(_Strict):
    """The whole of archive.toml."""

    archive: About
    link: LinkSettings = LinkSettings()
    publish: PublishSettings = PublishSettings()
    estimate: EstimateSettings = EstimateSettings()
    list: tuple[SourceList, ...] = ()


@dataclass(frozen=True)
class Archive:
    """An archive whose settings have been read and checked."""

    path: Path
    settings: Settings

    @property
    def lists(self) -> Path:
        """The folder of the source files."""
        return self.path / "lists"

    @property
    def profiles(self) -> Path:
        """The folder of the archive's own reading profiles."""
        return self.path / "profiles"

    @property
    def hand(self) -> Path:
        """The folder of what people decided."""
        return self.path / "hand"

    @property
    def build(self) -> Path:
        """The folder of derived tables; can be deleted at any time."""
        return self.path / "build"

    @property
    def releases(self) -> Path:
        """The folder of finished releases."""
        return self.path / "releases"

    @cached_property
    def source_lists(self) -> Mapping[str, SourceList]:
        """The source lists by their id, in the order of archive.toml."""
        return {source.id: source for source in self.settings.list}

    def files_of(self, source: SourceList) -> list[Path]:
        """The files of a list in order of name; ``file`` may be a pattern such as lists/a/*.htm.

        Raises:
            ArchiveError: no such file, or it lies outside ``lists/`` (links are followed).
        """
        inside = self.path.resolve() / "lists"  # lists/ itself may lead nowhere else either
        pattern = Path(source.file)
        if pattern.is_absolute() or ".." in pattern.parts or pattern.parts[:1] != ("lists",):
            raise ArchiveError("core.config_path_outside", file=source.file)
        try:
            found = sorted(path for path in self.path.glob(source.file) if path.is_file())
        except (ValueError, OSError):  # no pattern of files, or a name that no file can have
            found = []
        for path in found:
            if not path.resolve().is_relative_to(inside):
                raise ArchiveError("core.config_path_outside", file=source.file)
        if not found:
            raise ArchiveError("core.config_no_such_file", list_id=source.id, file=source.file)
        return found


def open_archive(path: Path) -> Archive:
    """Read and check the settings of the archive in a folder.

    Raises:
        ArchiveError: no archive.toml, no TOML, an unknown key, a wrong value, a list named twice.
    """
    settings_file = path / SETTINGS
    if not settings_file.is_file():
        raise ArchiveError("core.not_an_archive", path=str(path))
    try:
        raw = tomllib.loads(settings_file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as problem:  # wrong bytes, wrong TOML, numbers without end
        raise ArchiveError("core.config_syntax", why=str(problem)) from problem
    settings = parse_settings(raw)
    seen: set[str] = set()
    for source in settings.list:
        if source.id in seen:
            raise ArchiveError("core.config_duplicate_list", list_id=source.id)
        seen.add(source.id)
    return Archive(path.resolve(), settings)


def parse_settings(raw: Mapping[str, Any]) -> Settings:
    """The checked settings of a parsed archive.toml.

    Raises:
        ArchiveError: an unknown key (with the nearest known one) or a wrong value; a text with a
            control, bidi or zero-width character, which would go unseen onto every page.
    """
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as problem:
        raise settings_error(problem, Settings) from problem
    refuse_hidden(raw, "")
    return settings


_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Controls but tab and line end, bidi and zero-width characters; joiners belong to some scripts."""


def refuse_hidden(value: object, where: str) -> None:
    """Refuse a text, or anything that holds one, with a character that nobody sees.

    Args:
        value: A parsed value of archive.toml.
        where: Its key, for the message.

    Raises:
        ArchiveError: which character stands where.
    """
    if isinstance(value, str):
        found = _HIDDEN.search(value)
        if found:
            code = f"U+{ord(found[0]):04X}"
            raise ArchiveError("core.config_hidden", where=without_hidden(where), code=code)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            refuse_hidden(key, where or "top")
            refuse_hidden(inner, f"{where}.{key}".strip("."))
    elif isinstance(value, list):
        for place, inner in enumerate(value, start=1):
            refuse_hidden(inner, f"{where}.{place}")


def without_hidden(text: str) -> str:
    """The text without the characters that :func:`refuse_hidden` refuses."""
    return _HIDDEN.sub("", text)


def settings_error(problem: ValidationError, model: type[BaseModel]) -> ArchiveError:
    """The first difference from a strict model as one message for a person."""
    found = problem.errors()
    # a misspelt key is also a missing one: name the spelling, not what it left out
    first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
    parts = [str(part) for part in first["loc"]]
    if first["type"] == "extra_forbidden":
        known = _known_keys(model, parts[:-1])
        nearest = process.extractOne(parts[-1], known)
        return ArchiveError("core.config_unknown_key", where=".".join(parts[:-1]) or "top",
                            key=parts[-1], nearest=nearest[0] if nearest else "")  # fmt: skip
    return ArchiveError("core.config_wrong_value", where=".".join(parts), why=first["msg"])


def _known_keys(model: type[BaseModel], parts: list[str]) -> list[str]:
    current: Any = model
    for part in parts:
        if part not in getattr(current, "model_fields", {}):  # an index, or a key of a table
            continue
        current = _model_of(current.model_fields[part].annotation)
    return sorted(getattr(current, "model_fields", {}))


def _model_of(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    inner = [_model_of(part) for part in getattr(annotation, "__args__", ())]
    return next((part for part in inner if hasattr(part, "model_fields")), None)


_TEMPLATE = """\
# Settings of this archive. The reference of all keys: docs/reference/archive-toml.md

[archive]
id = {identifier}
title = {{ en = {title}, ru = {title} }}
publisher = ""
languages = ["en", "ru"]
"""


def init(path: Path) -> Archive:
    """Make a new, empty archive.

    Args:
        path: A folder that does not exist or is empty.

    Raises:
        ArchiveError: there is an archive already, or the folder is not empty.
        StorageError: the folder cannot be made.
    """
    if (path / SETTINGS).exists():
        raise ArchiveError("core.archive_exists", path=str(path))
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ArchiveError("core.archive_not_empty", path=str(path))
    name = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in
                            path.resolve().name.lower()).split())[:64].strip("-")  # fmt: skip
    title = _toml_string(without_hidden(path.resolve().name))
    try:
        for folder in FOLDERS:
            (path / folder).mkdir(parents=True, exist_ok=True)
        text = _TEMPLATE.format(identifier=_toml_string(name or "archive"), title=title)
        (path / SETTINGS).write_text(text, encoding="utf-8")
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(path), why=why) from problem
    return open_archive(path)


def _toml_string(value: str) -> str:
    escaped = "".join(
        f"\\u{ord(c):04x}" if ord(c) < 32 or c in '"\\\x7f' else c
        for c in value.encode("utf-8", "replace").decode("utf-8")
    )
    return f'"{escaped}"'


def append_list(archive: Archive, source: SourceList) -> Archive:
    """Add a ``[[list]]`` to archive.toml, leaving every other line as it is.

    Raises:
        ArchiveError: a list of that id is there already.
    """
    if source.id in archive.source_lists:
        raise ArchiveError("core.config_duplicate_list", list_id=source.id)
    lines = ["", "[[list]]", f"id = {_toml_string(source.id)}"]
    lines.append(f"file = {_toml_string(source.file)}")
    if source.kind != "person":
        lines.append(f"kind = {_toml_string(source.kind)}")
    if source.profile:
        lines.append(f"profile = {_toml_string(source.profile)}")
    lines.append(f"role = {_toml_string(source.role)}")
    title = ", ".join(f"{key} = {_toml_string(value)}"
                      for key, value in source.title.model_dump().items() if value)  # fmt: skip
    lines.append(f"title = {{ {title} }}")
    settings_file = archive.path / SETTINGS
    before = settings_file.read_text(encoding="utf-8").rstrip("\n")
    with replaced_file(settings_file) as unfinished:
        unfinished.write_text(before + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return open_archive(archive.path)


@contextmanager
def locked(archive: Archive) -> Iterator[None]:
    """Keep every other command out of the archive while the block runs.

    The lock belongs to the process: a killed run leaves none behind.

    Raises:
        ArchiveError: another command is at work.
        StorageError: ``build/`` is no folder, or cannot be written.
    """
    try:
        archive.build.mkdir(parents=True, exist_ok=True)
        lock = (archive.build / ".lock").open("w")
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(archive.build), why=why) from problem
    with lock as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise ArchiveError("core.archive_locked", path=str(archive.path)) from problem
        yield
