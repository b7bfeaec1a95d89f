"""The reading profile: how one source list is written, said in YAML instead of code.

:func:`load_profile` finds a profile by name (the archive's ``profiles/`` first, then the built-in
ones) or by path and checks it. Always holds: an unknown key or field fails and names the nearest
known one; a regular expression that does not compile fails before any list is opened. A profile
describes; it holds no code, and nothing in it reaches a file outside the list.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator
from rapidfuzz import process

from martyrolog.archive import settings_error
from martyrolog.errors import ListError
from martyrolog.read.fragments import compile_expression
from martyrolog.tables import DATE_FIELDS, LIST_KINDS, STANDARD_FIELDS, TABLES

Format = Literal["csv", "tsv", "jsonl", "xlsx", "parquet", "html", "text"]
ENTRY = "text"
"""Name of the whole text of an entry, where a column name is asked for."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_sequence(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_sequence)]


class Column(_Strict):
    """Where the value of one field comes from."""

    source: Annotated[Texts, Field(min_length=1, description="column or columns of the list")]
    join: Annotated[str, Field(description="what stands between several columns")] = " "
    optional: Annotated[bool, Field(description="no error where the list lacks the column")] = False


def _as_column(value: object) -> object:
    return {"source": value} if isinstance(value, str | list | tuple) else value


class Dialect(_Strict):
    """How the rows of a CSV, TSV or Excel table are laid out."""

    delimiter: Annotated[str, Field(min_length=1, max_length=1,
                         description="what separates cells; found where not given")] | None = None
    header_row: Annotated[int, Field(ge=1, description="row of the headings among the rows that are "
                          "not empty, counted from 1; found where not given")] | None = None
    headings: Annotated[Texts, Field(description="headings of a list that has none")] = ()
    sheets: Annotated[Texts, Field(description="sheets of a workbook to read; all where empty")] = ()


class Html(_Strict):
    """What is a row in an HTML page."""

    tables: Annotated[str, Field(description="CSS selector of the tables to read")] = "table"
    entries: Annotated[str, Field(description="CSS selector of elements that are one entry each; "
                       "where it is given, tables are not read as tables")] = ""
    parts: Annotated[dict[str, str], Field(description="column name to the CSS selector of an "
                     "element within the entry")] = {}  # fmt: skip
    context: Annotated[dict[str, str], Field(description="column name to the CSS selector of an "
                       "element that stands before the entry and holds until the next one; "
                       "'selector@name' takes an attribute")] = {}
    page: Annotated[str, Field(description="the context that becomes the locator's page")] = ""


class Prose(_Strict):
    """How entries of running text are separated."""

    separator: Annotated[str, Field(description="regular expression of what stands between two "
                         "entries; ^ and $ match at line ends")] = r"\n[ \t]*\n"

    @field_validator("separator")
    @classmethod
    def _compiles(cls, value: str) -> str:
        compile_expression(value, {})
        return value


class Step(_Strict):
    """One look at the text: the first alternative that is found fills its named groups."""

    find: Annotated[Texts, Field(min_length=1, description="regular expressions in the order in "
                    "which they are tried; a named group is a field")]
    keep: Annotated[bool, Field(description="leave what was found in the text for later steps; "
                    "otherwise it is cut out")] = False


class Patterns(_Strict):
    """How fields are taken out of running text, step by step."""

    column: Annotated[str, Field(description="column that holds the text; 'text' is the whole "
                      "entry")] = ENTRY
    fragments: Annotated[dict[str, Texts], Field(description="name to alternatives, for use in "
                         "expressions as (?&name), besides those of fragments.yaml")] = {}
    steps: tuple[Step, ...] = ()

    @cached_property
    def compiled(self) -> tuple[tuple[tuple[re.Pattern[str], ...], bool], ...]:
        """The expressions of each step with its fragments put in, and whether it keeps the text."""
        return tuple((tuple(compile_expression(each, self.fragments) for each in step.find), step.keep)
                     for step in self.steps)  # fmt: skip


class DateManner(_Strict):
    """How the list writes dates."""

    order: Annotated[Literal["dmy", "mdy", "ymd"], Field(description="order of numeric dates")] = (
        "dmy"
    )
    calendar: Annotated[Literal["gregorian", "julian"], Field(description="calendar of the "
                        "list")] = "gregorian"  # fmt: skip
    century: Annotated[int, Field(ge=1000, le=2000, description="first year of the century that "
                       "years of two digits are meant in, such as 1900")] | None = None


class Profile(_Strict):
    """How one source list is read. Everything may be left out: then it is found in the file."""

    title: Annotated[str, Field(description="what the profile is for")] = ""
    extends: Annotated[str, Field(description="another profile, on which this one builds: what "
                       "is said here goes before, a key with nothing is taken away")] = ""
    format: Annotated[Format | None, Field(description="format of the files")] = None
    encoding: Annotated[str | None, Field(description="encoding of the files, such as cp1251")] = None
    role: Annotated[str, Field(description="role of those the list names, where archive.toml says "
                    "none")] = ""
    dialect: Dialect = Dialect()
    html: Html = Html()
    prose: Prose = Prose()
    columns: Annotated[
        dict[str, Annotated[Column, BeforeValidator(_as_column)]],
        Field(description="field to the column or columns that hold it"),
    ] = {}
    matched: Annotated[bool, Field(description="also match columns by their names in English and "
                       "Russian; by default only where 'columns' and 'patterns' are empty")] | None = None
    patterns: Patterns = Patterns()
    constants: Annotated[dict[str, str], Field(description="field to the value that all rows "
                         "have")] = {}  # fmt: skip
    values: Annotated[dict[str, dict[str, str]], Field(description="field to (value of the list to "
                      "value of the record)")] = {}
    empty: Annotated[Texts, Field(description="cells that mean nothing is known, such as '.'")] = ()
    dates: DateManner = DateManner()
    dates_of: Annotated[dict[str, DateManner], Field(description="field to its own manner of "
                        "dates")] = {}  # fmt: skip
    name_order: Annotated[Literal["surname_first", "given_first"] | None, Field(description="how "
                          "full names are written; found from the words where not given")] = None
    unverified: Annotated[str, Field(description="column that names the unverified columns of its "
                          "row, separated by ';'")] = "unverified"
    source_url: Annotated[str, Field(description="link to the live source of a row; {column}, "
                          "{file}, {stem}, {page} and {row} are filled in")] = ""
    archival_reference: Annotated[str, Field(description="archival reference; {column} is filled "
                                  "in, a part in [brackets] falls away where it is empty")] = ""
    required: Annotated[Texts, Field(description="fields without which a row is rejected")] = ()
    same_row: Annotated[Texts, Field(description="columns that identify a row through the editions "
                        "of the list, such as a number")] = ()


def profile_fields(kind: str) -> tuple[str, ...]:
    """The fields that a profile may fill for a list of one kind.

    Args:
        kind: A key of ``LIST_KINDS``.
    """
    if kind == "person":
        return ("full_name", *STANDARD_FIELDS)
    table = TABLES[LIST_KINDS[kind]]
    verbatim = {name for name in table.names if name.endswith("_verbatim")}
    kept = {"list_id", "unverified", "verbatim", "verbatim_kind", "file", "page", "row"} | verbatim
    derived = {name.removesuffix("_verbatim") + end for name in verbatim
               for end in ("_earliest", "_latest")}  # fmt: skip
    return tuple(name for name in table.names if name not in kept | derived)


def date_fields(kind: str) -> tuple[str, ...]:
    """The fields of a list of one kind that are kept as EDTF, interval and verbatim text."""
    if kind == "person":
        return DATE_FIELDS
    names = TABLES[LIST_KINDS[kind]].names
    return tuple(name for name in names if f"{name}_verbatim" in names)


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
            raise ListError("read.profile_wrong_value", profile=label, where="extends",
                            why=f"{base} extends itself")  # fmt: skip
        seen.add(base)
        below = _load_raw(base, folder)[1]
        raw = _merged(below, {**raw, "extends": below.get("extends")})
    return check_profile(raw, label, kind)


def _load_raw(name: str, folder: Path | None) -> tuple[str, dict[str, Any]]:
    label, content = _find(name, folder)
    try:
        raw = yaml.safe_load(content)
    except (yaml.YAMLError, RecursionError) as problem:
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
        raise ListError("read.no_such_profile", profile=name,
                        known=", ".join(sorted(known))) from problem  # fmt: skip


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
        raise ListError("read.profile_wrong_value", profile=label, where="patterns",
                        why=str(problem)) from problem  # fmt: skip
    named = {group for step, _ in steps for each in step for group in each.groupindex}
    for where, fields in (("columns", profile.columns), ("patterns", named),
                          ("constants", profile.constants), ("values", profile.values),
                          ("dates_of", profile.dates_of), ("required", profile.required)):  # fmt: skip
        _check_fields(where, set(fields), label, kind)
    return profile


def _check_fields(where: str, fields: set[str], label: str, kind: str) -> None:
    known = profile_fields(kind)
    for field in sorted(fields - set(known)):
        nearest = process.extractOne(field, known)
        raise ListError("read.profile_unknown_key", profile=label, where=where, key=field,
                        nearest=nearest[0] if nearest else "")  # fmt: skip

