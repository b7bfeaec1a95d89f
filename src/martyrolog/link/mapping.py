"""Which column of a bare file is which standard column.

A mapping file is YAML: ``standard column: column of the file``, or a list of columns whose texts
are joined with spaces, or ``null`` for a standard column that is to be left out. A column of the
file that already has a standard name needs no line.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

import yaml

from martyrolog.errors import LinkError
from martyrolog.link.columns import READ_DATES, TEXT_FIELDS

FULL_NAME = "full_name"
"""Whole name in one column: split where neither surname nor given name stand in theirs."""

BOUNDS = tuple(f"{name}_{end}" for name in READ_DATES for end in ("earliest", "latest"))
MAPPABLE = ("record_id", "list_id", FULL_NAME, *TEXT_FIELDS, *READ_DATES, *BOUNDS)
"""Standard columns that linkage reads."""

Mapped = Mapping[str, Sequence[str]]


def read_mapping(path: Path | None) -> Mapping[str, Sequence[str] | None]:
    """The lines of a mapping file; none without a file.

    Raises:
        LinkError: there is no such file, it is no mapping, or names no standard column.
    """
    if path is None:
        return {}
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as problem:
        raise LinkError("link.no_mapping", path=str(path)) from problem
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as problem:
        raise LinkError("link.mapping_unreadable", path=str(path), why=_short(problem)) from problem
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise LinkError("link.mapping_unreadable", path=str(path), why="surname: last_name ?")
    return {str(name): _columns(str(name), wanted, path) for name, wanted in loaded.items()}


def _short(problem: Exception) -> str:
    return " ".join(str(problem).split())[:200]


def _columns(name: str, wanted: object, path: Path) -> Sequence[str] | None:
    if name not in MAPPABLE:
        raise LinkError("link.mapping_unknown", path=str(path), column=name,
                        nearest=nearest(name, MAPPABLE))  # fmt: skip
    if wanted is None:
        return None
    found = wanted if isinstance(wanted, list) else [wanted]
    if not found or not all(isinstance(column, str | int) for column in found):
        raise LinkError("link.mapping_unreadable", path=str(path), why=f"{name}: {wanted!r}")
    return [str(column) for column in found]


def resolve_mapping(
    declared: Mapping[str, Sequence[str] | None], found: Sequence[str], path: Path
) -> Mapped:
    """The columns of the file behind each standard column.

    Args:
        declared: Lines of the mapping file.
        found: Columns of the file.
        path: The file, for messages.

    Raises:
        LinkError: the file lacks a column, or has no name of a person.
    """
    by_name = {column.strip().lower(): column for column in reversed(found)}
    mapped = {name: [by_name[name]] for name in MAPPABLE
              if name in by_name and name not in declared}  # fmt: skip
    for name, columns in declared.items():
        for column in columns or ():
            if column not in found:
                raise LinkError("link.no_such_column", path=str(path), column=column,
                                nearest=nearest(column, found))  # fmt: skip
        if columns is not None:
            mapped[name] = list(columns)
    if not {"surname", "given_name", FULL_NAME} & mapped.keys():
        raise LinkError("link.no_names", path=str(path), found=", ".join(found[:20]))
    return mapped


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like ``name``."""
    names = sorted(known)
    return (get_close_matches(name, names, n=1, cutoff=0) or names or [""])[0]
