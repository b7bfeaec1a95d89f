"""The decisions of resolving, read from ``rules.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from martyrolog.yaml_text import parse_yaml


@dataclass(frozen=True)
class Rules:
    """The keys of ``rules.yaml``; what they mean stands there."""

    victim_roles: frozenset[str]
    victim_fates: frozenset[str]
    statement_fields: Mapping[str, tuple[str, ...]]
    several: frozenset[str]
    events: Mapping[str, Mapping[str, str]]
    execution_fates: frozenset[str]
    accused_roles: frozenset[str]
    co_accused_role: str
    most_co_defendants: int
    most_namesakes: int


@cache
def rules() -> Rules:
    """The rules."""
    text = files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8")
    raw = parse_yaml(text)
    return Rules(
        victim_roles=frozenset(raw["victim_roles"]),
        victim_fates=frozenset(raw["victim_fates"]),
        statement_fields={kind: tuple(names) for kind, names in raw["statement_fields"].items()},
        several=frozenset(raw["several"]),
        events=raw["events"],
        execution_fates=frozenset(raw["execution_fates"]),
        accused_roles=frozenset(raw["accused_roles"]),
        co_accused_role=raw["co_accused_role"],
        most_co_defendants=raw["most_co_defendants"],
        most_namesakes=raw["most_namesakes"],
    )
