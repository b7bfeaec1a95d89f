"""The reference page of reading profiles, made from their models."""

from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from martyrolog.read.fragments import common_fragments
from martyrolog.read.profile import (
    Column,
    DateManner,
    Dialect,
    Html,
    Patterns,
    Profile,
    Prose,
    Step,
    profile_fields,
)

_PARTS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("The profile", Profile),
    ("columns", Column),
    ("dialect", Dialect),
    ("html", Html),
    ("prose", Prose),
    ("patterns", Patterns),
    ("patterns.steps", Step),
    ("dates and dates_of", DateManner),
)


def reference_page() -> str:
    """Every key of a reading profile, the fields that may be filled, the common fragments."""
    fields = ", ".join(f"`{name}`" for name in profile_fields("person"))
    fragments = ", ".join(f"`(?&{name})`" for name in sorted(common_fragments()))
    return (
        "# Reading profiles\n\nA reading profile is a YAML file `profiles/NAME.yaml` in the "
        "archive. Every key may be left out. How to write one: "
        "[Describe a list](../how-to/describe-a-list.md).\n\n"
        + "\n".join(_part(name, model) for name, model in _PARTS)
        + f"\n## Fields of a list of persons\n\n{fields}. `full_name` is split into its parts.\n"
        + f"\n## Common fragments\n\nFor use in every expression: {fragments}.\n"
    )


def _part(name: str, model: type[BaseModel]) -> str:
    rows = "".join(_row(key, info) for key, info in model.model_fields.items())
    summary = (model.__doc__ or "").strip()
    return f"## {name}\n\n{summary}\n\n| key | default | meaning |\n| --- | --- | --- |\n{rows}"


def _row(key: str, info: FieldInfo) -> str:
    meaning = (info.description or "").replace("|", "\\|")
    return f"| `{key}` | {_default(info.default)} | {meaning} |\n"


def _default(value: Any) -> str:
    if value is PydanticUndefined:
        return "required"
    if value is None or isinstance(value, BaseModel) or value in ("", (), {}):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else repr(value).strip(chr(39))}`"
