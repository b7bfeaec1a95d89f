"""The reading profile: how one source list is written, said in YAML instead of code.

The models here are the reference of its keys; ``loading.py`` finds and checks a profile. A profile
describes: it holds no code, and nothing in it reaches a file outside the list.
"""

import re
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from martyrolog.read.fragments import compile_expression
from martyrolog.tables import DATE_FIELDS, LIST_KINDS, STANDARD_FIELDS, TABLES

Format = Literal["csv", "tsv", "jsonl", "xlsx", "parquet", "html", "text"]
Role = Literal[
    "victim", "defendant", "co_accused", "member", "office_holder", "judge", "prosecutor",
    "secretary",
]  # fmt: skip
ENTRY = "text"
"""Name of the whole text of an entry, where a column name is asked for."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_sequence(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _as_column(value: object) -> object:
    return {"source": value} if isinstance(value, str | list | tuple) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_sequence)]
"""A text or a list of texts."""


class Column(_Strict):
    """Where the value of one field comes from; a text or a list of texts stands for ``source``."""

    source: Texts = Field(min_length=1, description="column or columns of the list")
    join: str = Field(" ", description="what stands between several columns")
    optional: bool = Field(False, description="no error where the list lacks the column")


class Dialect(_Strict):
    """How the rows of a table are laid out."""

    delimiter: str | None = Field(
        None, min_length=1, max_length=1, description="sign between cells; found where not given"
    )
    header_row: int | None = Field(
        None,
        ge=1,
        description="row of the headings among the rows that are not empty, counted from 1; "
        "found where not given",
    )
    headings: Texts = Field((), description="headings of a list that has none")
    sheets: Texts = Field((), description="sheets of a workbook to read; all where empty")


class Html(_Strict):
    """What is a row in an HTML page."""

    tables: str = Field("table", description="CSS selector of the tables to read")
    entries: str = Field(
        "",
        description="CSS selector of elements that are one entry each; where it is given, tables "
        "are not read as tables",
    )
    parts: dict[str, str] = Field(
        {}, description="column name to the CSS selector of an element within the entry"
    )
    context: dict[str, str] = Field(
        {},
        description="column name to the CSS selector of an element that stands before the entry "
        "and holds until the next one; `selector@name` takes an attribute",
    )
    page: str = Field("", description="the context that becomes the page of the locator")


class Prose(_Strict):
    """How entries of running text are separated."""

    separator: str = Field(
        r"\n[ \t]*\n",
        description="regular expression of what stands between two entries; `^` and `$` match at "
        "line ends; by default an empty line",
    )

    @field_validator("separator")
    @classmethod
    def _compiles(cls, value: str) -> str:
        compile_expression(value, {})
        return value


class Step(_Strict):
    """One look at the text: the first alternative that is found fills its named groups."""

    find: Texts = Field(
        min_length=1,
        description="regular expressions in the order in which they are tried; a named group is a "
        "field",
    )
    keep: bool = Field(
        False, description="leave what was found in the text for later steps; else it is cut out"
    )
    within: str = Field(
        "",
        description="look into the value of this field, found by an earlier step, instead of the "
        "text; nothing is cut out",
    )


class CompiledStep(NamedTuple):
    """A step of a profile, ready to look."""

    find: tuple[re.Pattern[str], ...]
    keep: bool
    within: str


class Patterns(_Strict):
    """How fields are taken out of running text, step by step."""

    column: str = Field(ENTRY, description="column that holds the text; `text` is the whole entry")
    fragments: dict[str, Texts] = Field(
        {},
        description="name to alternatives, for use in expressions as `(?&name)`, besides the "
        "common ones (nationality, party_begin, piece ...)",
    )
    join: dict[str, str] = Field(
        {},
        description="field to what stands between its values where several steps find one, such "
        "as `note: '; '`; every other field keeps the first",
    )
    steps: tuple[Step, ...] = Field((), description="looks at the text, in their order")

    @cached_property
    def compiled(self) -> tuple[CompiledStep, ...]:
        """The steps, their expressions with the fragments put in."""
        return tuple(
            CompiledStep(
                tuple(compile_expression(each, self.fragments) for each in step.find),
                step.keep,
                step.within,
            )
            for step in self.steps
        )


class DateManner(_Strict):
    """How the list writes dates."""

    order: Literal["dmy", "mdy", "ymd"] = Field("dmy", description="order of numeric dates")
    calendar: Literal["gregorian", "julian"] = Field(
        "gregorian", description="calendar of the list"
    )
    century: int | None = Field(
        None,
        ge=1000,
        le=2000,
        description="first year of the century in which years of two digits lie, such as 1900",
    )


class Profile(_Strict):
    """How one source list is read. What is left out is found in the file."""

    title: str = Field("", description="what the profile is for")
    extends: str = Field(
        "",
        description="another profile on which this one builds: what is said here goes before, a "
        "key with nothing behind it is taken away",
    )
    format: Format | None = Field(None, description="format of the files")
    encoding: str | None = Field(None, description="encoding of the files, such as cp1251")
    role: Role | None = Field(
        None, description="role of those the list names; goes before the role in archive.toml"
    )
    dialect: Dialect = Field(Dialect(), description="layout of tables")
    html: Html = Field(Html(), description="what is a row in a page")
    prose: Prose = Field(Prose(), description="how entries are separated")
    columns: dict[str, Annotated[Column, BeforeValidator(_as_column)]] = Field(
        {}, description="field to the column or columns that hold it"
    )
    matched: bool | None = Field(
        None,
        description="also match columns by their names in English and Russian; by default only "
        "where `columns` and `patterns` are empty",
    )
    patterns: Patterns = Field(Patterns(), description="fields in running text")
    constants: dict[str, str] = Field({}, description="field to the value that all rows have")
    values: dict[str, dict[str, str]] = Field(
        {}, description="field to a table from values of the list to values of the record"
    )
    empty: Texts = Field((), description="cells that mean nothing is known, such as '.'")
    dates: DateManner = Field(DateManner(), description="how the list writes dates")
    dates_of: dict[str, DateManner] = Field(
        {}, description="field to its own manner of dates, where it differs"
    )
    name_order: Literal["surname_first", "given_first"] | None = Field(
        None, description="how full names are written; found from the words where not given"
    )
    unverified: str = Field(
        "unverified",
        description="column that names the unverified columns of its row, separated by `;`",
    )
    source_url: str = Field(
        "",
        description="link to the live source of a row; `{column}`, `{file}`, `{stem}`, `{page}` "
        "and `{row}` are filled in, percent-encoded; only http and https links are kept",
    )
    archival_reference: str = Field(
        "",
        description="archival reference; `{column}` is filled in, a part in `[brackets]` falls "
        "away where it is empty",
    )
    required: Texts = Field((), description="fields without which a row is rejected")
    same_row: Texts = Field(
        (),
        description="columns that identify a row through the editions of the list, such as a "
        "number (see `supersedes` in archive.toml)",
    )


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
    derived = {
        name.removesuffix("_verbatim") + end
        for name in verbatim
        for end in ("_earliest", "_latest")
    }
    return tuple(name for name in table.names if name not in kept | derived)


def date_fields(kind: str) -> tuple[str, ...]:
    """The fields of a list of one kind that are kept as EDTF, interval and verbatim text."""
    if kind == "person":
        return DATE_FIELDS
    names = TABLES[LIST_KINDS[kind]].names
    return tuple(name for name in names if f"{name}_verbatim" in names)
