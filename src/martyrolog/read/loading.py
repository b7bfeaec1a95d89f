"""Finding and checking reading profiles.

:func:`load_profile` looks into the archive's ``profiles/`` first, then among the built-in ones.
Always holds: an unknown key or field fails and names the nearest known one; a regular expression
that does not compile fails before any list is opened.
"""

import re
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from rapidfuzz import process

from martyrolog.archive import settings_error
from martyrolog.errors import ListError
from martyrolog.read.profile import Profile, profile_fields
from martyrolog.yaml_text import parse_foreign_yaml


def load_profile(name: str, folder: Path | None = None, kind: str = "person") -> Profile:
    """Find and check a profile.

    Args:
        name: Name of a profile in ``folder`` or of a built-in one, or a path ending in .yaml.
        folder: The archive's folder of profiles.
        kind: Kind of the list that is read with it; decides which fields there are.

    Raises:
        ListError: there is none of that name; it is no YAML; an unknown key or field; an expression
            that does not compile.
    """
    label, raw, _ = _load_raw(name, folder)
    for _, below, _ in _bases(name, folder):
        raw = _merged(below, {**raw, "extends": below.get("extends")})
    return check_profile(raw, label, kind)


_Raw = tuple[str, dict[str, Any], Path | None]
"""A profile as it stands in its file: name for messages, keys and values, file (None: built in)."""


def _bases(name: str, folder: Path | None) -> Iterator[_Raw]:
    """The profiles on which a profile builds, the nearest first.

    They stand beside it, or are built in: a profile names no path.
    """
    label, raw, file = _load_raw(name, folder)
    beside = folder if folder is not None else (file.resolve().parent if file else None)
    seen = {file.stem if file else name}
    while raw.get("extends"):
        base = str(raw["extends"])
        if base in seen:
            raise _wrong_base(label, f"{base} extends itself")
        if not _NAME.fullmatch(base):
            raise _wrong_base(label, f"{base!r:.80} is no name of a profile, such as 'district'")
        seen.add(base)
        label, raw, file = _load_raw(base, beside)
        yield label, raw, file


_NAME = re.compile(r"\w[\w-]{0,99}")


def _wrong_base(label: str, why: str) -> ListError:
    return ListError("read.profile_wrong_value", profile=label, where="extends", why=why)


def profile_files(name: str, folder: Path) -> list[Path]:
    """The files of an archive that a profile is made of: its own and those on which it builds.

    Args:
        name: Name of the profile.
        folder: The archive's folder of profiles.
    """
    files = [_load_raw(name, folder)[2], *(file for _, _, file in _bases(name, folder))]
    return [file for file in files if file is not None]


def _load_raw(name: str, folder: Path | None) -> _Raw:
    file = _file_of(name, folder)
    label, content = (str(file), _content(file)) if file else (name, _built_in(name, folder))
    try:
        raw = parse_foreign_yaml(content.decode("utf-8"))
    except (yaml.YAMLError, ValueError, RecursionError) as problem:  # a number, a date that is none
        why = " ".join(str(problem).split())
        raise ListError("read.profile_syntax", profile=label, why=why) from problem
    if not isinstance(raw, dict):
        raise ListError("read.profile_syntax", profile=label, why="no mapping of keys to values")
    return label, raw, file


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The base with what the profile itself says put over it; None takes a key away."""
    merged = dict(base)
    for key, value in own.items():
        below = merged.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            merged[key] = _merged(below, value)
        elif value is None:
            merged.pop(key, None)
        else:
            merged[key] = value
    return merged


def _file_of(name: str, folder: Path | None) -> Path | None:
    """The file of a profile that is not built in; None for a built-in one.

    Raises:
        ListError: the file of an archive's profile lies outside the folder (links are followed).
    """
    if name.endswith((".yaml", ".yml")):
        return Path(name)
    own = folder / f"{name}.yaml" if folder is not None else None
    if own is None or not own.is_file():
        return None
    if not own.resolve().is_relative_to(own.parent.parent.resolve() / own.parent.name):
        raise ListError("read.profile_outside", profile=str(own))
    return own


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as problem:
        raise ListError("read.no_such_file", path=str(file)) from problem
    except OSError as problem:
        why = str(problem.strerror)
        raise ListError("read.profile_unreadable", profile=str(file), why=why) from problem


def _built_in(name: str, folder: Path | None) -> bytes:
    built_in = resources.files("martyrolog.read") / "profiles"
    known = {each.name.removesuffix(".yaml") for each in built_in.iterdir()}
    if name in known:
        return (built_in / f"{name}.yaml").read_bytes()
    known |= {each.stem for each in folder.glob("*.yaml")} if folder is not None else set()
    raise ListError("read.no_such_profile", profile=name, known=", ".join(sorted(known)))


def check_profile(raw: Mapping[str, Any], label: str, kind: str = "person") -> Profile:
    """The checked profile of parsed YAML.

    Raises:
        ListError: an unknown key or field (with the nearest known one) or a wrong value.
    """
    try:
        profile = Profile.model_validate(raw)
    except ValidationError as problem:
        found = settings_error(problem, Profile).values
        key = "read.profile_unknown_key" if "key" in found else "read.profile_wrong_value"
        raise ListError(key, profile=label, **found) from problem
    try:
        steps = profile.patterns.compiled
    except ValueError as problem:
        raise ListError(
            "read.profile_wrong_value", profile=label, where="patterns", why=str(problem)
        ) from problem
    named = {group for step in steps for each in step.find for group in each.groupindex}
    within = {step.within for step in steps} - {""}
    for where, fields in (
        ("columns", profile.columns),
        ("patterns", named | within),
        ("patterns.join", profile.patterns.join),
        ("constants", profile.constants),
        ("values", profile.values),
        ("dates_of", profile.dates_of),
        ("required", profile.required),
    ):
        _check_fields(where, set(fields), label, kind)
    return profile


def _check_fields(where: str, fields: set[str], label: str, kind: str) -> None:
    known = profile_fields(kind)
    for field in sorted(fields - set(known)):
        nearest = process.extractOne(field, known)
        raise ListError(
            "read.profile_unknown_key",
            profile=label,
            where=where,
            key=field,
            nearest=nearest[0] if nearest else "",
        )
