"""Finding and checking reading profiles.

:func:`load_profile` looks into the archive's ``profiles/`` first, then among the built-in ones.
Always holds: an unknown key or field fails and names the nearest known one; a regular expression
that does not compile fails before any list is opened.
"""

from collections.abc import Mapping
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
    label, raw = _load_raw(name, folder)
    seen = {name}
    while "extends" in raw:
        base = str(raw["extends"])
        if base in seen:
            raise ListError(
                "read.profile_wrong_value",
                profile=label,
                where="extends",
                why=f"{base} extends itself",
            )
        seen.add(base)
        below = _load_raw(base, folder)[1]
        raw = _merged(below, {**raw, "extends": below.get("extends")})
    return check_profile(raw, label, kind)


def _load_raw(name: str, folder: Path | None) -> tuple[str, dict[str, Any]]:
    label, content = _find(name, folder)
    try:
        raw = parse_foreign_yaml(content)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:  # a number, a date that is none
        why = " ".join(str(problem).split())
        raise ListError("read.profile_syntax", profile=label, why=why) from problem
    if not isinstance(raw, dict):
        raise ListError("read.profile_syntax", profile=label, why="no mapping of keys to values")
    return label, raw


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


def profile_file(name: str, folder: Path | None) -> Path | None:
    """The file of a profile that is not built in; None for a built-in one."""
    if name.endswith((".yaml", ".yml")):
        return Path(name)
    own = folder / f"{name}.yaml" if folder is not None else None
    return own if own is not None and own.is_file() else None


def _find(name: str, folder: Path | None) -> tuple[str, str]:
    own = profile_file(name, folder)
    built_in = resources.files("martyrolog.read") / "profiles"
    try:
        if own is not None:
            return str(own), own.read_text(encoding="utf-8")
        return name, (built_in / f"{Path(name).name}.yaml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        known = {each.name.removesuffix(".yaml") for each in built_in.iterdir()}
        known |= {each.stem for each in folder.glob("*.yaml")} if folder is not None else set()
        raise ListError(
            "read.no_such_profile", profile=name, known=", ".join(sorted(known))
        ) from problem


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
